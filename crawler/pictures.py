"""Reads what captured pictures say of themselves, when they are written and when WARC files are read again, by one code."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from archive.content_coding import decode
from archive.errors import ArchiveError
from archive.http import iter_entity, parse_head
from crawler.extraction.credits.embedded import MAX_WEBP, holds_words, read_picture

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from archive.model import Exchange, Record
    from archive.warc.reader import OpenRecord

logger = logging.getLogger(__name__)

_BEGINNING = 1 << 12
"""Bytes by which it is seen whether a picture has words at all."""
_UNTYPED = frozenset({"", "application/octet-stream", "binary/octet-stream"})


def may_say_something(record: Record) -> bool:
    """Return whether *record* holds the bytes of what may be a picture."""
    if record.record_type not in {"response", "resource"} or record.status not in {200, None}:
        return False
    mime = record.mime or ""
    return (mime.startswith("image/") and mime != "image/svg+xml") or mime in _UNTYPED


def read_again(opened: OpenRecord) -> Record:
    """Return the record of *opened*, with what it says of itself when it is a picture."""
    if not may_say_something(opened.record):
        return opened.record
    return _with_words(opened.record, opened.http_head(), opened.body())


def read_new(exchange: Exchange, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return *records*, just written of *exchange*, the capture with what it says of itself when it is a picture."""
    if exchange.head_end is None or not any(map(may_say_something, records)):
        return records
    exchange.response.seek(exchange.response_start)
    head = exchange.response.read(exchange.head_end - exchange.response_start)
    return tuple(
        _with_words(record, head, exchange.response) if may_say_something(record) else record
        for record in records
    )


def _with_words(record: Record, head: bytes, body: BinaryIO) -> Record:
    """Return *record* with the words of the picture in *body*. Never raises: a picture must not cost its capture."""
    try:
        payload = _beginning(head, body)
        picture = read_picture(payload) if payload else None
    except Exception:
        logger.exception("what the picture %s says of itself could not be read", record.target_uri)
        return record
    return replace(record, picture=picture) if picture is not None else record


def _beginning(head: bytes, body: BinaryIO) -> bytes:
    """Return as much of the payload as may hold words; nothing when it is no picture that can."""
    fields = parse_head(head)
    codings = fields.listed("content-encoding")
    pieces = iter_entity(fields, body)
    if codings:
        entity = _taken(pieces, b"", MAX_WEBP)
        return decode(entity, codings, limit=MAX_WEBP).payload
    taken = _taken(pieces, b"", _BEGINNING)
    while (wanted := holds_words(taken)) > len(taken):
        more = _taken(pieces, taken, wanted)
        if len(more) == len(taken):
            break
        taken = more
    return taken if wanted else b""


def _taken(pieces: Iterator[bytes], taken: bytes, wanted: int) -> bytes:
    """Return *taken* and what comes next of *pieces*, until there are *wanted* bytes or no more; bad framing ends it."""
    parts, size = [taken], len(taken)
    try:
        while size < wanted and (piece := next(pieces, None)) is not None:
            parts.append(piece)
            size += len(piece)
    except ArchiveError:
        return b"".join(parts)
    return b"".join(parts)
