"""Pages in files that a researcher has at hand: saved HTML or JSON, gzipped or not, and WARC or ARC files."""

from __future__ import annotations

import gzip
import signal
import zlib
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.http import page_from
from archive.warc.pages import page_of
from archive.warc.reader import iter_records, read_record
from crawler.candidates import is_candidate
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.extraction.fields.canonical import read_canonical
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from archive.config.sections import Extraction
    from archive.errors import DamagedRecord
    from archive.model import Article, Page, Record
    from archive.warc.reader import OpenRecord

_GZIP_MAGIC = b"\x1f\x8b"
_WARC_STARTS = (b"WARC/", b"filedesc:")


class CannotRead(UserError):  # noqa: N818  (says what it is)
    """A saved page that cannot be read; the message says why."""


class _TimeUp(BaseException):
    """Not an Exception, so that nothing on the way takes it for a fault of the page."""


def is_warc(path: Path) -> bool:
    """Return whether the file *path* is a WARC or ARC file, by its first bytes. Raises *CannotRead*."""
    return _first_bytes(path, 16).startswith(_WARC_STARTS)


def is_picture(path: Path) -> bool:
    """Return whether the file *path* is a JPEG, PNG or WebP picture, by its first bytes. Raises *CannotRead*."""
    start = _first_bytes(path, 16)
    return start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n")) or (
        start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    )


def saved_page(
    path: Path, url: str | None, limits: Extraction, *, captured_at: datetime | None = None
) -> Page:
    """Return the page saved in the file *path*, as if captured at *url* at *captured_at*; None is now.

    A file's own time is not asked: it may tell when the file was copied or unpacked, years before or after. Without *url* it is the address that the page declares as its own, else that of the file. Raises *CannotRead*.
    """
    most = int(limits.max_page_megabytes * 1_000_000)
    payload = _first_bytes(path, most + 1)
    if len(payload) > most:
        raise CannotRead(f"longer than extraction.max_page_megabytes = {limits.max_page_megabytes:g}")
    media_type = "application/json" if payload.lstrip()[:1] in {b"{", b"["} else "text/html"
    page = page_from(
        url=url or path.absolute().as_uri(),
        captured_at=captured_at or datetime.now(UTC),
        head=f"HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n".encode(),
        entity=payload,
        limit=most,
    )
    if url is None:
        with _time_limit(limits.seconds_per_page):
            declared = read_canonical(Document(page))
        if declared is not None and declared.startswith(("http://", "https://")):
            return replace(page, url=declared)
    return page


def warc_pages(path: Path, on_damage: Callable[[DamagedRecord], None]) -> Iterator[Page]:
    """Yield every page in the WARC or ARC file *path*; a revisit comes with its original's payload if that is in the file."""
    places: dict[str, tuple[int, int]] = {}

    def find_original(record: Record) -> OpenRecord | None:
        for key in (record.refers_to, record.payload_digest):
            if key in places:
                return read_record(path, *places[key])
        return None

    for opened in iter_records(path, on_damage=on_damage):
        record = opened.record
        if record.record_type == "response":
            spot = (record.place.offset, record.place.inner)
            places[record.record_id] = spot
            places.setdefault(record.payload_digest or record.record_id, spot)
        if is_candidate(record):
            page = page_of(opened, find_original)
            if page is not None:
                yield page


def read_article(page: Page, limits: Extraction) -> Article:
    """Return what *page* says. Raises *CannotRead* when it is too long, or takes too long."""
    if len(page.payload) > limits.max_page_megabytes * 1_000_000:
        raise CannotRead(f"longer than extraction.max_page_megabytes = {limits.max_page_megabytes:g}")
    with _time_limit(limits.seconds_per_page):
        return extract_article(Document(page, load_profile(page.url)))


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise *CannotRead* in the block when it takes longer than *seconds*. For the main thread, as signals are."""

    def stop(_signal: int, _frame: object) -> None:
        raise _TimeUp

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _TimeUp:
        raise CannotRead(f"not read within extraction.seconds_per_page = {seconds:g}") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _first_bytes(path: Path, limit: int) -> bytes:
    """Return the first *limit* bytes of a file, decompressed when it is gzip."""
    try:
        with path.open("rb") as file:
            is_gzip = file.read(2) == _GZIP_MAGIC
            file.seek(0)
            return gzip.open(file).read(limit) if is_gzip else file.read(limit)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise CannotRead(f"damaged gzip ({error})") from error
    except OSError as error:
        raise CannotRead(error.strerror or str(error)) from error
