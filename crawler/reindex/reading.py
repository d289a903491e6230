"""Reads tasks: records out of WARC files, articles out of pages. No index here, so any number of processes can do it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord
from archive.warc.files import OPEN
from archive.warc.pages import page_of
from archive.warc.reader import iter_records, read_record
from crawler.candidates import is_candidate, may_hold_article
from crawler.discovery.listing import Past, may_be_listing, read_listing
from crawler.extraction.document import Document
from crawler.pictures import read_again
from crawler.pipelines import ReadArticle, Reading, in_words, not_read
from crawler.profiles import load_profile
from crawler.reindex.tasks import Damaged, Found, Revisits, Segment, WasRead, WrongStop

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.model import Record
    from archive.warc.reader import OpenRecord
    from crawler.reindex.tasks import News, Task


def read_task(task: Task) -> Iterator[News]:
    """Yield what is found in *task*, in order; every page is told of before it is read."""
    return _read_revisits(task) if isinstance(task, Revisits) else _read_segment(task)


def _read_segment(segment: Segment) -> Iterator[News]:
    damages: list[DamagedRecord] = []
    start = segment.begin_at[0] if segment.begin_at else segment.start
    for opened in iter_records(segment.path, start=start, on_damage=damages.append):
        yield from _told(damages, segment)
        place = (opened.record.place.offset, opened.record.place.inner)
        if not segment.is_last and place[0] >= segment.stop:
            if place[0] != segment.stop:
                yield WrongStop()
            return
        if segment.begin_at is not None and place < segment.begin_at:
            continue
        is_left_out = place in segment.known or place == segment.leave_out
        # A revisit waits until all responses are in the index: it may refer to any of them.
        is_page = not is_left_out and opened.record.record_type != "revisit" and is_read(opened.record)
        yield Found(read_again(opened), is_page)
        if is_page:
            yield _read(opened, None, segment.path)
    yield from _told(damages, segment)
    if not segment.is_last:
        yield WrongStop()


def is_read(record: Record) -> bool:
    """Return whether *record* may be a page that holds an article, a feed or a sitemap."""
    return is_candidate(record) or may_be_listing(record)


def _told(damages: list[DamagedRecord], segment: Segment) -> Iterator[Damaged]:
    for damage in damages:
        if segment.is_last or damage.offset < segment.stop:
            yield Damaged(damage.file, damage.offset, damage.reason)
    damages.clear()


def _read_revisits(task: Revisits) -> Iterator[News]:
    for revisit, original in task.pairs:
        yield Found(revisit, is_page=True)
        try:
            opened, response = (
                read_record(_path(task.folder, record), record.place.offset, record.place.inner)
                for record in (revisit, original)
            )
        except (DamagedRecord, OSError) as error:
            yield Damaged(
                revisit.place.file, revisit.place.offset, f"what it refers to cannot be read: {error}"
            )
            yield WasRead(revisit)
            continue
        yield _read(opened, response, _path(task.folder, revisit))


def _path(folder: Path, record: Record) -> Path:
    path = folder / record.place.file
    return path if path.exists() else path.with_name(path.name + OPEN)


@lru_cache(maxsize=64)
def _past(path: Path) -> Past | None:
    """Return the past that the run was asked for which wrote the file: its first record says so."""
    first = next(iter_records(path, on_damage=_overlook), None)
    is_head = first is not None and first.record.record_type == "warcinfo"
    return Past.from_fields(first.record.fields) if first is not None and is_head else None


def _overlook(_: DamagedRecord) -> None:
    """Stand where damage is told of by whoever reads the records."""


def _read(opened: OpenRecord, original: OpenRecord | None, file: Path) -> WasRead:
    """Read the page in *opened*, which stands in *file*; of a revisit *original* has the payload."""
    record = opened.record
    try:
        page = page_of(opened, lambda _: original, is_wanted=is_read)
        if page is None:
            return WasRead(record)
        if (named := read_listing(page, _past(file))) is not None:
            return WasRead(record, listing=named.listing)
        if not (is_candidate(record) and may_hold_article(page.url, page.media_type)):
            return WasRead(record)
        document = Document(page, load_profile(page.url))
        reading = ReadArticle().process_item(Reading(record=record, page=page, document=document))
        return WasRead(record, reading.article, reading.front(), reading.identity, reading.fault)
    except Exception as error:  # noqa: BLE001  (one page must not end the run: it is named and counted)
        return WasRead(record, not_read(record.target_uri or "", in_words(error)), fault=in_words(error))
