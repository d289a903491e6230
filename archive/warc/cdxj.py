"""CDXJ: the sorted list of captures in which players look up URL and time, made from records alone."""

from __future__ import annotations

import heapq
import json
import tempfile
from typing import IO, TYPE_CHECKING

from archive.times import format_timestamp
from archive.urls import surt_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model import Record

CHUNK = 100_000
"""Lines sorted in memory at a time, about 40 MB; more than that waits in temporary files to be merged."""


def cdxj_lines(records: Iterable[Record], chunk: int = CHUNK) -> Iterator[str]:
    """Yield the CDXJ line, with its line end, of each capture among *records*, sorted as pywb's binary search needs it.

    Keys and fields are those that pywb's own indexer writes: ``<SURT> <14 digits> {"url", "mime", "status", "digest",
    "length", "offset", "filename"}``, all values strings; a revisit has the mime ``warc/revisit`` and no status.
    Requests, metadata and records without a URL are left out. Memory is bounded by *chunk* lines.
    """
    lines = (
        _line(record, record.target_uri) for record in records if record.is_capture and record.target_uri
    )
    return _sorted(lines, chunk)


def _line(record: Record, url: str) -> str:
    is_revisit = record.record_type == "revisit"
    fields = {
        "url": url,
        "mime": "warc/revisit" if is_revisit else record.mime or "unk",
        "status": None if is_revisit or record.status is None else str(record.status),
        "digest": _bare_sha1(record.payload_digest),
        "length": str(record.place.length or ""),  # not known where one gzip member holds several records
        "offset": str(record.place.offset),
        "filename": record.place.file,
    }
    said = json.dumps({name: value for name, value in fields.items() if value})
    return f"{surt_key(url)} {format_timestamp(record.captured_at)} {said}\n"


def _bare_sha1(digest: str | None) -> str | None:
    """Return *digest* as pywb compares it: SHA-1 without its label, so that it knows the digest of nothing at all."""
    return digest.removeprefix("sha1:") if digest else None


def _sorted(lines: Iterator[str], chunk: int) -> Iterator[str]:
    """Yield *lines* in order: sorted runs in temporary files, then merged; without files where one run is enough.

    Code points sort like their UTF-8 bytes, which pywb compares.
    """
    runs: list[IO[str]] = []
    batch: list[str] = []
    try:
        for line in lines:
            batch.append(line)
            if len(batch) >= chunk:
                runs.append(_spilled(sorted(batch)))
                batch.clear()
        batch.sort()
        yield from heapq.merge(*runs, batch)
    finally:
        for run in runs:
            run.close()


def _spilled(lines: list[str]) -> IO[str]:
    run = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115  (closed by who merges)
    run.writelines(lines)
    run.seek(0)
    return run
