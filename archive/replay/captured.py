"""A capture's payload out of its WARC record, found by address and time through the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord
from archive.http import page_from
from archive.warc.files import OPEN
from archive.warc.reader import read_record

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Page, Record

LIMIT = 64 << 20
"""Bytes of a payload that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Captured:
    """A capture, and what it holds."""

    record: Record
    """The capture asked for; a revisit stays one."""
    page: Page
    """Head and payload; of a revisit those of the response it refers to."""
    raw_head: bytes
    entity: bytes
    """As it was sent, still content-coded."""

    @property
    def url(self) -> str:
        """Return the address that was captured."""
        return self.record.target_uri or ""


class NotReadable(DamagedRecord):
    """A capture whose record, or whose original, cannot be read."""


def read_capture(index: Index, warc_folder: Path, record: Record) -> Captured:
    """Return what the capture *record* holds. Raises *DamagedRecord* when it, or its original, cannot be had."""
    holder = record
    if record.record_type == "revisit":
        original = index.find_original_of(record)
        if original is None:
            raise NotReadable(record.place.file, record.place.offset, "the capture it refers to is not here")
        holder = original
    opened = read_record(_path_of(warc_folder, holder.place.file), holder.place.offset, holder.place.inner)
    head = opened.http_head()
    entity = opened.entity()
    url = record.target_uri or ""
    page = page_from(url=url, captured_at=record.captured_at, head=head, entity=entity, limit=LIMIT)
    return Captured(record=record, page=page, raw_head=head, entity=entity)


def _path_of(folder: Path, file: str) -> Path:
    """Return where the WARC file named *file* is. A name that would lead out of the folder is no name of ours."""
    for path in (folder / file, folder / (file + OPEN)):
        outermost = folder / path.relative_to(folder).parts[0]
        inside = path.resolve().is_relative_to(folder.resolve()) or outermost.is_symlink()
        if ".." not in path.parts and inside and (path.exists() or outermost.is_file()):
            return path
    raise NotReadable(file, 0, "the file is not in the archive")


def closest(index: Index, url: str, at: datetime | None) -> Record | None:
    """Return the capture of *url* closest to *at* (the newest when None), or None."""
    return index.closest(url, at)
