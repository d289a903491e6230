"""What a WARC record says, as `Record`: one way for records just written and for records read back."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from archive.http import HEAD_LIMIT, BadFraming, Head, head_end, iter_entity, parse_head
from archive.model import Place, Record
from archive.times import parse_warc_date
from archive.urls import resolve, tidy
from archive.warc.headers import by_name, every, parse_fields

if TYPE_CHECKING:
    from typing import BinaryIO


WARC_FIELDS = "application/warc-fields"
HTTP_RESPONSE = "application/http; msgtype=response"
HTTP_REQUEST = "application/http; msgtype=request"
REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
IDENTICAL = "identical-payload-digest"
NOT_MODIFIED = "server-not-modified"

Pairs = list[tuple[str, str]]

_FIELDS_LIMIT = 8 << 20
"""Bytes of a warc-fields block that are read; Heritrix writes a line for every link of a page."""
_UNKNOWN_DATE = datetime(1970, 1, 1, tzinfo=UTC)
_NO_ID = uuid.UUID("5e0c3c1c-9d13-5b77-8f0e-6f3a2a9f7d10")
"""Name space of ids for records that have none; drawn once, never to change."""
_HTTP_TYPES = frozenset({"response", "revisit", "request"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A record and what was found wrong with it."""

    record: Record
    head: bytes
    """The raw HTTP head in the block; empty when there is none."""
    flaws: tuple[str, ...]
    """In words; the record could be read all the same."""


def describe(pairs: Pairs, block: BinaryIO, length: int, place: Place) -> Described:
    """Return the record with the header fields *pairs* and the *length* bytes in *block*, which stands at *place*.

    Never raises for what stands in the record. A missing id is made from place and header, so that it is
    the same each time; where WARC-Date cannot be read, the HTTP head's Date stands in, or else the year
    1970, with a flaw.
    """
    flaws: list[str] = []
    fields = by_name(pairs)
    record_type = (fields.get("warc-type") or "").lower()
    if not record_type:
        flaws.append("no WARC-Type")
    head = read_http_head(block, record_type) if record_type in _HTTP_TYPES else b""
    http = parse_head(head)
    content_type = fields.get("content-type")
    target_uri = tidy(fields.get("warc-target-uri") or "") or None
    truncated = fields.get("warc-truncated")
    profile = (fields.get("warc-profile") or "").rstrip("/").rpartition("/")[2] or None
    answer = record_type in {"response", "revisit"} and http.status is not None
    refers_to_at, refers_flaw = _date(fields.get("warc-refers-to-date"), "WARC-Refers-To-Date")
    captured_at, date_flaw = _captured_at(fields.get("warc-date"), http)
    record_id, id_flaw = _record_id(fields.get("warc-record-id"), pairs, place)
    flaws += [flaw for flaw in (refers_flaw, date_flaw, id_flaw) if flaw]
    record = Record(
        record_type=record_type or "unknown",
        record_id=record_id,
        target_uri=target_uri,
        captured_at=captured_at,
        place=place,
        content_type=content_type,
        status=http.status if answer else None,
        mime=http.media_type if answer else _media_type(record_type, content_type),
        payload_digest=fields.get("warc-payload-digest"),
        payload_length=_payload_length(record_type, head, http, block, length, truncated),
        redirect_to=_redirect(target_uri, http) if answer else None,
        profile=profile if record_type == "revisit" else None,
        refers_to=_bare(fields.get("warc-refers-to")),
        refers_to_uri=tidy(fields.get("warc-refers-to-target-uri") or "") or None,
        refers_to_at=refers_to_at,
        truncated=truncated,
        ip=fields.get("warc-ip-address"),
        concurrent_to=tuple(_bare(value) or "" for value in every(pairs, "WARC-Concurrent-To")),
        warcinfo_id=_bare(fields.get("warc-warcinfo-id")),
        fields=_block_fields(content_type, block, length),
    )
    block.seek(0)
    return Described(record=record, head=head, flaws=tuple(flaws))


def read_http_head(block: BinaryIO, record_type: str = "response") -> bytes:
    """Return the raw HTTP head at the beginning of *block*, empty when there is none.

    A block that begins like a response but has no empty line is a head as a whole. The position of *block*
    changes.
    """
    block.seek(0)
    seen = block.read(1 << 14)
    if record_type != "request" and seen[:5].upper() != b"HTTP/":
        return b""
    end = head_end(seen)
    if end is None and len(seen) == 1 << 14:
        seen += block.read(HEAD_LIMIT - len(seen))
        end = head_end(seen)
    if end is not None:
        return seen[:end]
    return seen if len(seen) < HEAD_LIMIT else b""


def new_record_id() -> str:
    """Return a new record id, without angle brackets."""
    return f"urn:uuid:{uuid.uuid4()}"


def _bare(identifier: str | None) -> str | None:
    return identifier.strip("<> \t") or None if identifier else None


def _record_id(text: str | None, pairs: Pairs, place: Place) -> tuple[str, str | None]:
    given = _bare(text)
    if given:
        return given, None
    name = f"{place.offset} {place.inner} {pairs}"
    return f"urn:uuid:{uuid.uuid5(_NO_ID, name)}", "no WARC-Record-ID"


def _date(text: str | None, name: str) -> tuple[datetime | None, str | None]:
    try:
        return (parse_warc_date(text) if text else None), None
    except ValueError:
        return None, f"{name} {(text or '')[:60]!r} cannot be read"


def _captured_at(text: str | None, http: Head) -> tuple[datetime, str | None]:
    moment, flaw = _date(text, "WARC-Date")
    if moment is not None:
        return moment, None
    try:
        sent = parsedate_to_datetime(http.first("Date") or "")
        return (sent if sent.tzinfo else sent.replace(tzinfo=UTC)).astimezone(UTC), flaw or "no WARC-Date"
    except (ValueError, OverflowError):
        return _UNKNOWN_DATE, flaw or "no WARC-Date"


def _media_type(record_type: str, content_type: str | None) -> str | None:
    """Return the media type of a payload that is the whole block."""
    if record_type not in {"response", "resource", "conversion"} or content_type is None:
        return None
    return content_type.partition(";")[0].strip().lower() or None


def _redirect(target_uri: str | None, http: Head) -> str | None:
    location = http.first("Location")
    if http.status is None or not 300 <= http.status < 400 or not location:
        return None
    # Header bytes are UTF-8 in practice where they are not ASCII; the head is decoded byte by byte.
    return resolve(target_uri, location.encode("latin-1", "replace").decode("utf-8", "replace"))


def _payload_length(
    record_type: str, head: bytes, http: Head, block: BinaryIO, length: int, truncated: str | None
) -> int | None:
    if record_type in {"resource", "conversion"}:
        return length if truncated is None else None
    if record_type == "revisit":
        announced = http.first("Content-Length") or ""
        known = not http.listed("Transfer-Encoding") and announced.isascii() and announced.isdigit()
        return int(announced) if known and len(announced) < 16 else None
    if record_type not in {"response", "request"} or truncated is not None or http.has_other_transfer_coding:
        return None
    if not http.is_chunked or length == len(head):
        return length - len(head)
    block.seek(len(head))
    try:
        return sum(len(piece) for piece in iter_entity(http, block))
    except BadFraming:
        return None


def _block_fields(content_type: str | None, block: BinaryIO, length: int) -> dict[str, str]:
    if (content_type or "").partition(";")[0].strip().lower() != WARC_FIELDS:
        return {}
    block.seek(0)
    return parse_fields(block.read(min(length, _FIELDS_LIMIT)))
