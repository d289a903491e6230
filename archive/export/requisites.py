"""What a page needs to be shown: the captures of its pictures, styles, fonts and scripts.

The index knows which page made the crawler fetch something, and that is one page: a style sheet that a hundred
articles share was found on the first of them, or on the front page, or by a run of last month. So the page itself is
read, and what it names is looked up.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord
from archive.export.named import named_urls
from archive.http import page_from
from archive.index.records import key_of
from archive.times import format_warc_date, parse_warc_date
from archive.warc.pages import may_be_page
from archive.warc.reader import read_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Record

_TEXT_LIMIT = 8 << 20
"""Bytes of a page or style sheet that are searched for addresses."""
_REMEMBERED = 64
"""Payloads whose addresses are kept: the captures of one article mostly share theirs."""
_LONGEST_CHAIN = 5
"""Redirects followed one after another."""
_BEFORE = (
    "select record_id, captured_at from captures where urlkey = ? and coalesce(status, 200) < 400 and captured_at <= ?"
    " order by captured_at desc limit 1"
)
_AFTER = (
    "select record_id, captured_at from captures where urlkey = ? and coalesce(status, 200) < 400 and captured_at >= ?"
    " order by captured_at limit 1"
)


class Requisites:
    """Finds what pages need. Each capture is yielded once."""

    def __init__(self, index: Index, path_of: Callable[[str], Path], warn: Callable[[str], None]) -> None:
        self._index, self._path_of, self._warn = index, path_of, warn
        self._names: OrderedDict[tuple[str, str], tuple[str, ...]] = OrderedDict()
        self._seen: set[str] = set()

    def of_page(self, page: Record, more: Iterable[str] = ()) -> Iterator[Record]:
        """Yield what the capture *page* names and *more* addresses besides, each as captured closest to its time.

        A style sheet is followed by what it names itself. Whatever is a page of its own is none of it.
        """
        yield from self._closest(dict.fromkeys((*self._named_in(page), *more)), page.captured_at)

    def of_fetched(self, captures: Iterable[Record]) -> Iterator[Record]:
        """Yield *captures*, which were fetched as requisites, and what style sheets among them name."""
        for capture in captures:
            yield from self._with_named(capture)

    def _closest(self, urls: Iterable[str], at: datetime) -> Iterator[Record]:
        for url in urls:
            chain = self._chain(url, at)
            if chain and self._is_requisite(chain[-1]):
                for capture in chain:
                    yield from self._with_named(capture)

    def _with_named(self, capture: Record) -> Iterator[Record]:
        if capture.record_id in self._seen:
            return
        self._seen.add(capture.record_id)
        yield capture
        if self._holder(capture).mime == "text/css":
            yield from self._closest(self._named_in(capture), capture.captured_at)

    def _chain(self, url: str, at: datetime) -> list[Record]:
        """Return the capture of *url* closest to *at*, and those it redirects to."""
        chain: list[Record] = []
        target: str | None = url
        while target is not None and len(chain) < _LONGEST_CHAIN:
            found = self._closest_to(target, at)
            if found is None:
                break
            chain.append(found)
            target = found.redirect_to
        return chain

    def _closest_to(self, url: str, at: datetime) -> Record | None:
        moment = format_warc_date(at)
        rows = [row for side in (_BEFORE, _AFTER) for row in self._index.rows(side, (key_of(url), moment))]
        if not rows:
            return None
        near = rows[0]
        if len(rows) == 2 and parse_warc_date(rows[1]["captured_at"]) - at < at - parse_warc_date(
            rows[0]["captured_at"]
        ):
            near = rows[1]
        return self._index.find_capture(near["record_id"])

    def _is_requisite(self, capture: Record) -> bool:
        if not may_be_page(self._holder(capture)) and capture.redirect_to is None:
            return True
        noted = self._index.rows(
            "select 1 from fetch_notes where record_id = ? and discovery = 'requisite'", (capture.record_id,)
        )
        return bool(noted)

    def _holder(self, capture: Record) -> Record:
        """Return the record that holds the payload."""
        original = self._index.find_original_of(capture) if capture.record_type == "revisit" else None
        return original or capture

    def _named_in(self, capture: Record) -> tuple[str, ...]:
        holder, url = self._holder(capture), capture.target_uri or ""
        key = (holder.record_id, url)
        if key not in self._names:
            self._names[key] = named_urls(self._text_of(holder, url), url)
            if len(self._names) > _REMEMBERED:
                self._names.popitem(last=False)
        return self._names[key]

    def _text_of(self, holder: Record, url: str) -> str:
        place = holder.place
        try:
            opened = read_record(self._path_of(place.file), place.offset, place.inner)
        except DamagedRecord as error:
            self._warn(f"{url}: cannot be read, so what it needs is not known ({error})")
            return ""
        page = page_from(
            url=url,
            captured_at=holder.captured_at,
            head=opened.http_head(),
            entity=opened.entity(),
            limit=_TEXT_LIMIT,
        )
        return page.payload.decode("utf-8", "replace")
