"""What is handed to whoever reads: segments of WARC files, and revisits with the responses they refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.warc.compression import GZIP_MAGIC
from archive.warc.members import next_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.model import Article, Listing, Record

SEGMENT = 4 << 20
"""Bytes of a file that one process reads at a time: half a second or so, so that all end at about the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """The records of a WARC file whose offsets are at least *start* and less than *stop*."""

    path: Path
    start: int
    stop: int
    is_last: bool = True
    """Whether the file ends at *stop*; if not, a record must begin there."""
    known: frozenset[tuple[int, int]] = frozenset()
    """Places (offset, inner) of pages that are in the index already: they are not read again."""
    begin_at: tuple[int, int] | None = None
    """Place of the record that was told of last, by a process that died then."""
    leave_out: tuple[int, int] | None = None
    """Place of the page that cannot be read: who tried has died of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisits:
    """Revisits in the files of one folder, each with the response it refers to."""

    folder: Path
    pairs: tuple[tuple[Record, Record], ...]


Task = Segment | Revisits


@dataclass(frozen=True, slots=True)
class Found:
    """A record; when it *is_page* (or a feed, or a sitemap), what is read of it comes next."""

    record: Record
    is_page: bool = False


@dataclass(frozen=True, slots=True)
class WasRead:
    """What was read of *record*: an article, what a feed, a sitemap or a front named, both, or nothing after all."""

    record: Record
    article: Article | None = None
    listing: Listing | None = None
    identity: str | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Damaged:
    """What could not be read of a file."""

    file: str
    offset: int
    reason: str


@dataclass(frozen=True, slots=True)
class WrongStop:
    """No record begins where the segment was to stop: what follows there is no part of the file's own records."""


News = Found | WasRead | Damaged | WrongStop


def segments(path: Path, start: int, *, size: int = SEGMENT) -> Iterator[Segment]:
    """Yield what is behind byte *start* of the file *path* in segments of about *size* bytes, none when nothing is.

    A segment ends where a compressed record seems to begin behind a multiple of *size*. Whether it does is known when
    the segment has been read; then *WrongStop* says that it does not. Files that are not compressed, or with zstd, are
    one segment.
    """
    end = path.stat().st_size
    with path.open("rb") as file:
        divisible = file.read(len(GZIP_MAGIC)) == GZIP_MAGIC
        while start < end:
            mark = (start // size + 1) * size
            stop = next_record(file, mark) if divisible and mark + size <= end else None
            yield Segment(path=path, start=start, stop=stop or end, is_last=stop is None)
            start = stop or end
