"""From a record to the page in it: the way into extraction for archives that are read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.http import PAGE_LIMIT, page_from

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model import Page, Record
    from archive.warc.reader import OpenRecord

_PAGE_TYPES = frozenset(
    {"application/xhtml+xml", "application/xml", "application/json", "application/ld+json"}
)
"""Beside everything that is ``text/…``; CSS and scripts excepted, which hold nothing to read."""
_NO_PAGE_TYPES = frozenset(
    {"text/css", "text/javascript", "text/ecmascript", "text/vtt", "text/event-stream"}
)


def may_be_page(record: Record) -> bool:
    """Return whether *record* is the capture of something that can be read: status 200, text, XML or JSON.

    What was cut on its way is none: half an article would look like a new version of it. A missing media type
    counts as text, as browsers look for themselves. A server-not-modified revisit has no head of its own: its
    original decides. Crawl and re-reading ask here and nowhere else.
    """
    if record.record_type not in {"response", "revisit"} or not record.target_uri:
        return False
    if not record.target_uri.lower().startswith(("http://", "https://")):
        return False
    if record.record_type == "revisit" and record.status is None:
        return record.profile == "server-not-modified"
    if record.record_type == "response" and record.truncated:
        return False
    if record.status != 200 or record.payload_length == 0:
        return False
    return _is_readable(record.mime)


def page_of(
    open_record: OpenRecord,
    find_original: Callable[[Record], OpenRecord | None],
    *,
    limit: int = PAGE_LIMIT,
    is_wanted: Callable[[Record], bool] = may_be_page,
) -> Page | None:
    """Return the page that *open_record* captured, or None when it is no page, or its original is not to be had.

    A revisit gives its original's payload under its own URL and time, with its own head where it has one (of an
    identical payload) and the original's where not. *find_original* is asked with the revisit's record and returns
    the response it refers to; *is_wanted* says of both whether they may be what is looked for. At most *limit* bytes of entity and of payload are read.
    """
    record = open_record.record
    if not is_wanted(record) or record.target_uri is None:
        return None
    holder = open_record
    if record.record_type == "revisit":
        original = find_original(record)
        if original is None or original.record.record_type != "response" or not is_wanted(original.record):
            return None
        holder = original
    head = open_record.http_head() or holder.http_head()
    entity = _first_bytes(holder, limit)
    return page_from(
        url=record.target_uri, captured_at=record.captured_at, head=head, entity=entity, limit=limit
    )


def _first_bytes(holder: OpenRecord, limit: int) -> bytes:
    pieces: list[bytes] = []
    left = limit
    for piece in holder.iter_entity():
        pieces.append(piece[:left])
        left -= len(piece)
        if left <= 0:
            break
    return b"".join(pieces)


def _is_readable(mime: str | None) -> bool:
    if mime is None or "/" not in mime:
        return True
    if mime in _NO_PAGE_TYPES:
        return False
    return (
        mime.startswith("text/")
        or mime in _PAGE_TYPES
        or (mime.endswith(("+xml", "+json")) and mime != "image/svg+xml")
    )
