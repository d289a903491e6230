"""A part of the archive that stands by itself: which captures belong to the articles that a query finds."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.export.requisites import Requisites
from archive.warc.files import OPEN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Record

Spots = dict[str, set[tuple[int, int]]]
"""WARC file → offset and inner offset (see `Place`) of captures in it."""

_READ_AS = "select c.record_id from readings r join captures c on c.id = r.capture_id where r.article_id = ? order by c.captured_at"
_FAILED_OR_MOVED = (
    "select c.record_id from article_urls u join captures c on c.urlkey = u.urlkey"
    " where u.article_id = ? and u.relation in ('own', 'canonical') and c.status >= 300"
)
_LEADING_THERE = (
    "select c.record_id from article_urls u join captures c on c.urlkey = u.urlkey"
    " where u.article_id = ? and u.relation = 'redirect' and c.redirect_key is not null"
)
_PICTURES = (
    "select distinct i.url from article_texts t join article_images m on m.text_id = t.id join images i on i.id = m.image_id"
    " where t.article_id = ?"
)
_FETCHED_FOR = "select record_id from fetch_notes where discovery = 'requisite' and via in (select value from json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """What a format that writes captures with their bytes is given."""

    index: Index
    warc_folder: Path
    articles: Sequence[int] | None
    """Ids, newest first; None for the archive as a whole."""
    pages: Sequence[Record] = ()
    """Captures of pages that stand beside the articles, each with what it needs to be shown."""
    query: str
    """As asked; empty for the archive as a whole."""
    file_name: str
    """Of the file being written, without folder."""
    software: str
    """Name and version of the writing program."""
    made_at: datetime
    warn: Callable[[str], None]
    """Told in words what had to be left out."""

    def path_of(self, file: str) -> Path:
        """Return where the WARC file named *file* is; raises UserError when the archive has lost it."""
        for path in (self.warc_folder / file, self.warc_folder / (file + OPEN)):
            if path.exists():
                return path
        raise UserError(f"{file} is in the index, but not in {self.warc_folder}; see `tearsheet verify`")

    def spots(self) -> Spots:
        """Return the places of all captures that belong to the articles and pages: about 200 bytes of memory for each."""
        return _Choice(self).made()


def articles_for_subset(index: Index, query: str, found: Sequence[int]) -> Sequence[int] | None:
    """Return what Subset.articles is for *query*: None, the archive as a whole, only if nothing of it is withheld."""
    return None if not query and not index.withholds else found


@dataclass(slots=True)
class _Choice:
    subset: Subset
    spots: Spots = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)

    def made(self) -> Spots:
        index = self.subset.index
        requisites = Requisites(index, self.subset.path_of, self.subset.warn)
        for article in self.subset.articles or ():
            pictures = [row["url"] for row in index.rows(_PICTURES, (article,))]
            for page in self._records(_READ_AS, article):
                self._add_page(requisites, page, pictures)
            for query in (_FAILED_OR_MOVED, _LEADING_THERE):
                self._add_all(self._records(query, article))
        for page in self.subset.pages:
            self._add_page(requisites, page, ())
        self._add_all(requisites.of_fetched(self._fetched_for_pages()))
        return self.spots

    def _add_page(self, requisites: Requisites, page: Record, pictures: Sequence[str]) -> None:
        self._add(page)
        self.pages.add(page.target_uri or "")
        self._add_all(requisites.of_page(page, pictures))

    def _records(self, query: str, value: object) -> Iterator[Record]:
        index = self.subset.index
        for row in index.rows(query, (value,)):
            record = index.find_capture(row["record_id"])
            if record is not None:
                yield record

    def _fetched_for_pages(self) -> Iterator[Record]:
        return self._records(_FETCHED_FOR, json.dumps(sorted(self.pages)))

    def _add_all(self, records: Iterator[Record]) -> None:
        for record in records:
            self._add(record)

    def _add(self, record: Record) -> None:
        """Add a capture, the response that a revisit refers to, the robots.txt that allowed it and the tdmrep.json about it."""
        if not self._note(record):
            return
        index = self.subset.index
        if record.record_type == "revisit":
            original = index.find_original_of(record)
            if original is None:
                self.subset.warn(
                    f"{record.target_uri}: the response that a revisit refers to is not in the archive"
                )
            else:
                self._add(original)
        for row in index.rows(
            "select robots_record, tdmrep_record from fetch_notes where record_id = ?", (record.record_id,)
        ):
            for said in row.values():
                file = index.find_capture(said or "")
                if file is not None:
                    self._add(file)

    def _note(self, record: Record) -> bool:
        place = record.place
        known = self.spots.setdefault(place.file, set())
        spot = (place.offset, place.inner)
        if spot in known:
            return False
        known.add(spot)
        return True
