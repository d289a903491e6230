"""Reads WARC files into the index: what a crash left behind, a whole archive anew, or files from elsewhere.

The same pipelines run as in a crawl, without Scrapy.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.warc.files import ENDINGS
from archive.warc.manifest import seal
from archive.warc.pages import page_of
from archive.warc.reader import iter_records, read_record
from crawler.candidates import is_candidate, may_hold_article
from crawler.discovery.listing import may_be_listing, read_listing
from crawler.extraction.document import Document
from crawler.pipelines import STEPS, IndexArticle, IndexFront, ReadArticle, Reading
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from archive.errors import DamagedRecord
    from archive.index.store import Index
    from archive.model import Page, Record
    from archive.warc.reader import OpenRecord
    from archive.warc.recovery import Recovered
    from crawler.runs import Run

logger = logging.getLogger(__name__)


Step = ReadArticle | IndexFront | IndexArticle


@dataclass(slots=True)
class Reread:
    """What re-reading has seen."""

    files: int = 0
    records: int = 0
    pages: int = 0
    damages: list[DamagedRecord] = field(default_factory=list)


def read_files(
    run: Run, paths: Iterable[Path], *, progress: Callable[[Path, int], None] | None = None
) -> Reread:
    """Index what stands in *paths* behind the position each is indexed up to; return what was seen.

    Damage is reported and stepped over; *progress* is told the file and the bytes read so far. The files lie in
    one folder, the archive's ``warc``.
    """
    seen = Reread()
    steps: list[Step] = [ReadArticle(), IndexFront(run), IndexArticle(run)]
    assert tuple(type(step) for step in steps) == STEPS
    for path in paths:
        seen.files += 1
        _read_file(run, path, steps, seen, progress)
        run.commit()
    return seen


def catch_up(run: Run, folder: Path) -> Reread:
    """Read in what stands in the WARC files of *folder* but not yet in the index; oldest file first."""
    return read_files(run, warc_files(folder))


def warc_files(folder: Path) -> list[Path]:
    """Return the WARC and ARC files of *folder* by name, which is by time for our own."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(ENDINGS))


def seal_files(index: Index, folder: Path) -> None:
    """Note the SHA-256 of every finished file of *folder* in its manifest, where it is not yet, and in the index."""
    names = [path.name for path in warc_files(folder)]
    for name, sha256 in seal(folder, names).items():
        if name in names:
            index.set_sealed(name, (folder / name).stat().st_size, sha256)


def in_words(recovered: Recovered) -> str:
    """Return what was done to a file that a killed process had left open."""
    torn = f"; its torn tail is kept as {recovered.torn}" if recovered.torn else ""
    kept = f"{recovered.size} bytes of whole records" if recovered.size else "it held no whole record"
    return f"{recovered.file} was left open by a killed run: {kept}{torn}"


def _read_file(
    run: Run,
    path: Path,
    steps: list[Step],
    seen: Reread,
    progress: Callable[[Path, int], None] | None,
) -> None:
    def find_original(record: Record) -> OpenRecord | None:
        original = run.index.find_original_of(record)
        return (
            read_record(path.parent / original.place.file, original.place.offset, original.place.inner)
            if original
            else None
        )

    start = run.index.position(_indexed_name(path))
    if start >= path.stat().st_size:
        return
    for opened in iter_records(path, start=start, on_damage=seen.damages.append):
        record = opened.record
        seen.records += 1
        run.note_records([record])
        if _is_read(record):
            page = page_of(opened, find_original, is_wanted=_is_read)
            seen.pages += _read(run, record, page, steps)
        if progress is not None:
            progress(path, record.place.offset + record.place.length)
    run.positions.finished(_indexed_name(path), path.stat().st_size)


def _is_read(record: Record) -> bool:
    return is_candidate(record) or may_be_listing(record)


def _read(run: Run, record: Record, page: Page | None, steps: list[Step]) -> bool:
    """Read a feed, a sitemap or a page; return whether it was a page that may be an article."""
    named = read_listing(page) if page is not None else None
    if named is not None:
        run.note_listing(record, named.listing)
    elif page is not None and is_candidate(record) and may_hold_article(page.url, page.media_type):
        _read_page(record, page, steps)
        return True
    run.positions.settled(record)
    return False


def _read_page(record: Record, page: Page, steps: list[Step]) -> None:
    reading = Reading(record=record, page=page, document=Document(page, load_profile(page.url)))
    for step in steps:
        reading = step.process_item(reading)


def _indexed_name(path: Path) -> str:
    return path.name.removesuffix(".open")
