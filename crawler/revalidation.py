"""Conditional requests for feeds and sitemaps: asked with the validators of a capture that is young enough, answered by it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from archive.http import parse_head
from archive.warc.pages import page_of
from archive.warc.reader import read_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Page, Record
    from archive.warc.reader import OpenRecord

UNCONDITIONAL_EVERY = timedelta(hours=24)
"""Once a day a feed is fetched whatever its validators say: some servers send the same ETag although the feed has changed."""
_VALIDATORS = (("etag", "If-None-Match"), ("last-modified", "If-Modified-Since"))


class Revalidation:
    """Asks again for what the archive holds."""

    def __init__(self, index: Index, folder: Path, now: Callable[[], datetime]) -> None:
        self._index, self._folder, self._now = index, folder, now

    def conditions(self, url: str) -> tuple[dict[str, str], str] | None:
        """Return the header fields of a conditional request for *url*, and the record id of the capture they are of.

        None when it is to be asked for without conditions: it was never captured whole in the last 24 hours, or came
        without validators, or its WARC file is not here.
        """
        record = self._index.last_whole_capture(url, self._now() - UNCONDITIONAL_EVERY)
        opened = self._open(record) if record is not None else None
        if record is None or opened is None:
            return None
        given = {name.lower(): value for name, value in parse_head(opened.http_head()).fields}
        fields = {asked: given[name] for name, asked in _VALIDATORS if given.get(name)}
        return (fields, record.refers_to or record.record_id) if fields else None

    def page(self, record: Record) -> Page | None:
        """Return what the capture holds that *record*, of an answer 304, refers to; None when it is not to be had."""
        opened = self._open(record)
        return page_of(opened, self._original) if opened is not None else None

    def _original(self, record: Record) -> OpenRecord | None:
        original = self._index.find_original_of(record)
        return self._open(original) if original is not None else None

    def _open(self, record: Record) -> OpenRecord | None:
        place = record.place
        for name in (place.file, f"{place.file}.open"):
            path = self._folder / name
            if path.is_file():
                try:
                    return read_record(path, place.offset, place.inner)
                except ArchiveError:  # damaged: `tearsheet verify` names it; here the feed is fetched whole
                    return None
        return None
