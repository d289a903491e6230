"""WACZ: one file that opens in ReplayWeb.page, with pages listed by headline; to share and to embed.

WARC files, CDXJ index and page list in one ZIP file (WACZ 1.1.1), for players that read it in parts over the web.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import IO, TYPE_CHECKING

from archive.export.members import compressed, files_of, is_plain, iter_members, members_of
from archive.export.wacz_container import ENTRY_LIMIT, Container
from archive.export.warc_subset import describe, head_member
from archive.model import Place
from archive.times import format_warc_date
from archive.warc.cdxj import cdxj_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from typing import BinaryIO

    from archive.export.members import Member
    from archive.export.subset import Subset
    from archive.model import Record

PART = 1 << 30
"""Bytes after which records go on in another WARC file."""
_BLOCK = 1024
"""CDXJ lines in one gzip member of the index: what a player fetches to look one address up."""
_READ = 1 << 20


def export(subset: Subset, out: BinaryIO) -> int:
    """Write *subset* to *out*, which must be seekable, as WACZ; return how many captures are in it.

    Each version of each article is a page of the list. The same subset at the same time gives the same bytes.
    """
    with Container(out, subset.made_at) as container:
        return _export(subset, container)


def _export(subset: Subset, container: Container) -> int:
    with tempfile.TemporaryFile() as index:
        packing = _Packing(subset, container)
        directory = _write_index(packing.lines(), index)
        index.seek(0)
        with container.entry("indexes/index.cdx.gz") as entry:
            entry.write(iter(lambda: index.read(_READ), b""))
        with container.entry("indexes/index.idx", deflated=True) as entry:
            entry.write(directory)
    first: Mapping[str, object] = {}
    with container.entry("pages/pages.jsonl", deflated=True) as entry:
        entry.write(
            [_line({"format": "json-pages-1.0", "id": "pages", "title": "Articles", "hasText": True})]
        )
        for page in _pages(subset):
            first = first or page
            entry.write([_line(page)])
    container.finish(_about(subset, first))
    return packing.captures


@dataclass(slots=True)
class _Packing:
    """Puts records into WARC files of the container, and knows where they stand then."""

    subset: Subset
    container: Container
    captures: int = 0
    parts: int = 0

    def lines(self) -> Iterator[str]:
        """Yield the CDXJ lines of all captures, sorted; with the first one all are packed."""
        yield from cdxj_lines(self._counted(self._packed()))

    def _counted(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.captures += record.is_capture
            yield record

    def _packed(self) -> Iterator[Record]:
        if self.subset.articles is not None:
            yield from self._in_parts(iter_members(self.subset), "subset")
            return
        plain: set[str] = set()
        for file in files_of(self.subset):
            if is_plain(self.subset, file) and self.subset.path_of(file).stat().st_size < ENTRY_LIMIT:
                self._copy(file)
                plain.add(file)
            else:
                yield from self._in_parts(members_of(self.subset, file), "repacked")
        yield from (record for record in self.subset.index.iter_captures() if record.place.file in plain)

    def _copy(self, file: str) -> None:
        with (
            self.subset.path_of(file).open("rb") as source,
            self.container.entry(f"archive/{file}") as entry,
        ):
            entry.write(iter(lambda: source.read(_READ), b""))

    def _in_parts(self, members: Iterator[Member], prefix: str) -> Iterator[Record]:
        """Pack *members* and yield their records with the places they have now."""
        member = next(members, None)
        while member is not None:
            name = f"{prefix}-{self.parts:05}.warc.gz"
            self.parts += 1
            with self.container.entry(f"archive/{name}") as entry:
                entry.write(head_member(self.subset, name))
                while member is not None and entry.size < PART:
                    offset = entry.size
                    place = Place(file=name, offset=offset, length=entry.write(member.pieces))
                    yield replace(member.record, place=place)
                    member = next(members, None)


def _write_index(lines: Iterator[str], out: IO[bytes]) -> list[bytes]:
    """Write *lines* to *out* in gzip members of *_BLOCK* lines; return the lines that say where each of these begins.

    This is the ZipNum index that pywb and wabac.js look things up in (``cdxj-gzip-1.0``).
    """
    directory = [b'!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\n']
    while block := list(itertools.islice(lines, _BLOCK)):
        packed = b"".join(compressed(line.encode() for line in block))
        place = {
            "offset": out.tell(),
            "length": len(packed),
            "digest": f"sha256:{sha256(packed).hexdigest()}",
        }
        key, timestamp, _ = block[0].split(" ", 2)
        directory.append(f"{key} {timestamp} {json.dumps(place)}\n".encode())
        out.write(packed)
    return directory


def _pages(subset: Subset) -> Iterator[dict[str, object]]:
    """Yield the entry of each page by itself, then of each version of each article, as it was captured first; newest first."""
    index = subset.index
    for page in subset.pages:
        url = page.target_uri or ""
        yield {"id": page.record_id, "url": url, "ts": _moment(page.captured_at), "title": url}
    for article in index.ids("") if subset.articles is None else subset.articles:
        for version in reversed(index.versions(article)):
            captured = version.provenance
            yield {
                "id": f"{article}-{version.number}",
                "url": captured.target_uri,
                "ts": _moment(captured.captured_at),
                "title": version.content.headline or captured.target_uri,
                "text": "\n\n".join(filter(None, (version.content.standfirst, *version.content.body))),
            }


def _about(subset: Subset, first: Mapping[str, object]) -> dict[str, object]:
    """Return what ``datapackage.json`` says of *subset*, whose first page is *first*."""
    about: dict[str, object] = {
        "title": f"Articles found by: {subset.query}" if subset.query else "A news archive",
        "description": describe(subset),
        "created": _moment(subset.made_at),
        "software": subset.software,
    }
    if first:
        about |= {"mainPageUrl": first["url"], "mainPageDate": first["ts"]}
    return about


def _moment(moment: datetime) -> str:
    """Return *moment* as RFC 3339 to the second, which is what CDXJ has."""
    return f"{format_warc_date(moment)[:19]}Z"


def _line(values: Mapping[str, object]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"
