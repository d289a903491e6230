"""The records that an exchange becomes, before they are written (WARC 1.1, 6)."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.http import BadFraming, Head, iter_entity, parse_head
from archive.times import format_warc_date
from archive.urls import tidy
from archive.warc.headers import format_lines
from archive.warc.records import (
    HTTP_REQUEST,
    HTTP_RESPONSE,
    IDENTICAL,
    NOT_MODIFIED,
    REVISIT_PROFILE,
    WARC_FIELDS,
    Pairs,
    read_http_head,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from typing import BinaryIO

    from archive.model import Exchange, FetchNotes
    from archive.warc.dedup import Original, Originals

_READ = 1 << 16
_IN_MEMORY = 1 << 20
_GARBAGE_LIMIT = 1 << 20
"""Bytes kept of an answer that is no HTTP."""
_COMPRESSED_TYPES = ("image/", "video/", "audio/", "font/woff", "application/zip", "application/gzip")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A record without its place and its WARC-Warcinfo-ID."""

    pairs: Pairs
    block: BinaryIO
    """Seekable."""
    length: int
    is_compressed: bool = False
    """Compressing it again would not make it smaller."""


def exchange_drafts(
    exchange: Exchange, notes: FetchNotes, originals: Originals, new_id: Callable[[], str]
) -> list[Draft]:
    """Return the records of *exchange* in the order in which they are written.

    First the response, or the revisit that stands for it (none when no HTTP came back); then the request
    (none when nothing was sent); then the metadata record.
    """
    response_id = new_id() if exchange.head_end is not None else None
    request_id = new_id() if exchange.request else None
    drafts: list[Draft] = []
    fields: Pairs = []
    if response_id is not None:
        draft, fields = _response(exchange, notes, originals, (response_id, request_id))
        drafts.append(draft)
    elif exchange.response_end > exchange.response_start:
        received = _window(exchange.response, exchange.response_start, exchange.response_end)
        fields = [("responseHead", _base64(received.read(_GARBAGE_LIMIT)))]
    if request_id is not None:
        drafts.append(_request(exchange, request_id, response_id))
    described = [*_notes_fields(exchange, notes), *fields]
    if described:
        partner = response_id or request_id
        common = [("WARC-Target-URI", tidy(exchange.target_uri))]
        common += [("WARC-Concurrent-To", f"<{partner}>")] if partner else []
        drafts.append(metadata_draft(common, described, date=exchange.started_at, record_id=new_id()))
    return drafts


def metadata_draft(
    common: Pairs, fields: Iterable[tuple[str, str]], *, date: datetime, record_id: str
) -> Draft:
    """Return a metadata record with *fields* as warc-fields block and the header fields *common*."""
    return block_draft("metadata", common, WARC_FIELDS, format_lines(fields), date=date, record_id=record_id)


def block_draft(
    record_type: str, common: Pairs, content_type: str, block: bytes, *, date: datetime, record_id: str
) -> Draft:
    """Return a record whose block is at hand as bytes."""
    pairs = [*_identity(record_type, record_id, date), *common, ("WARC-Block-Digest", digest_of([block]))]
    return Draft(pairs=[*pairs, ("Content-Type", content_type)], block=io.BytesIO(block), length=len(block))


def digest_of(pieces: Iterable[bytes]) -> str:
    """Return the SHA-1 of *pieces* in base 32, as ``sha1:…``: what CDX and CDXJ files hold."""
    sha1 = hashlib.sha1(usedforsecurity=False)
    for piece in pieces:
        sha1.update(piece)
    return "sha1:" + base64.b32encode(sha1.digest()).decode()


def _response(
    exchange: Exchange, notes: FetchNotes, originals: Originals, ids: tuple[str, str | None]
) -> tuple[Draft, Pairs]:
    """Return the response or revisit, and what its metadata record has to add."""
    block = _window(exchange.response, exchange.response_start, exchange.response_end)
    length = exchange.response_end - exchange.response_start
    raw_head = read_http_head(block)
    head = parse_head(raw_head)
    digest = None if exchange.truncated else _payload_digest(head, len(raw_head), block)
    common = [*_common(exchange), *([("WARC-Concurrent-To", f"<{ids[1]}>")] if ids[1] else [])]
    if head.status == 304 and notes.revalidates:
        pairs = _not_modified(notes.revalidates, originals)
        added = [("responseHead", _base64(raw_head))]
        return _revisit(exchange, ids[0], [*pairs, *common], b""), added
    original = None
    if digest is not None and head.status == 200 and length > len(raw_head):
        original = originals.find(digest, tidy(exchange.target_uri))
    if original is not None:
        pairs = [("WARC-Profile", REVISIT_PROFILE + IDENTICAL), *_refers_to(original), *common]
        pairs += [("WARC-Truncated", "length"), ("WARC-Payload-Digest", digest or "")]
        return _revisit(exchange, ids[0], pairs, raw_head), []
    pairs = [*_identity("response", ids[0], exchange.started_at), *common]
    pairs += [("WARC-Truncated", exchange.truncated)] if exchange.truncated else []
    pairs += [("WARC-Payload-Digest", digest)] if digest else []
    pairs += [("WARC-Block-Digest", digest_of(_pieces(block))), ("Content-Type", HTTP_RESPONSE)]
    return Draft(pairs=pairs, block=block, length=length, is_compressed=_is_compressed(head)), []


def _revisit(exchange: Exchange, record_id: str, pairs: Pairs, block: bytes) -> Draft:
    return block_draft("revisit", pairs, HTTP_RESPONSE, block, date=exchange.started_at, record_id=record_id)


def _not_modified(revalidates: str, originals: Originals) -> Pairs:
    original = originals.find_record(revalidates)
    profile = [("WARC-Profile", REVISIT_PROFILE + NOT_MODIFIED)]
    if original is None:
        return [*profile, ("WARC-Refers-To", f"<{revalidates}>")]
    digest = [("WARC-Payload-Digest", original.payload_digest)] if original.payload_digest else []
    return [*profile, *_refers_to(original), *digest]


def _refers_to(original: Original) -> Pairs:
    return [
        ("WARC-Refers-To", f"<{original.record_id}>"),
        ("WARC-Refers-To-Target-URI", tidy(original.target_uri)),
        ("WARC-Refers-To-Date", format_warc_date(original.captured_at)),
    ]


def _request(exchange: Exchange, record_id: str, response_id: str | None) -> Draft:
    head = read_http_head(io.BytesIO(exchange.request), "request")
    common = [*_common(exchange), *([("WARC-Concurrent-To", f"<{response_id}>")] if response_id else [])]
    common += [("WARC-Payload-Digest", digest_of([exchange.request[len(head) :]]))]
    return block_draft(
        "request", common, HTTP_REQUEST, exchange.request, date=exchange.started_at, record_id=record_id
    )


def _identity(record_type: str, record_id: str, date: datetime) -> Pairs:
    return [
        ("WARC-Type", record_type),
        ("WARC-Record-ID", f"<{record_id}>"),
        ("WARC-Date", format_warc_date(date)),
    ]


def _common(exchange: Exchange) -> Pairs:
    pairs = [("WARC-Target-URI", tidy(exchange.target_uri))]
    if exchange.ip:
        pairs.append(("WARC-IP-Address", exchange.ip))
    if exchange.http_version:
        pairs.append(("WARC-Protocol", f"http/{exchange.http_version}"))
    if exchange.tls_version:
        # OpenSSL says TLSv1.3 and, for the first version of all, TLSv1.
        version = exchange.tls_version.lower().replace("v", "/")
        pairs.append(("WARC-Protocol", version if "." in version else f"{version}.0"))
    if exchange.cipher:
        pairs.append(("WARC-Cipher-Suite", exchange.cipher))
    return pairs


def _notes_fields(exchange: Exchange, notes: FetchNotes) -> Pairs:
    outcome = "failed" if exchange.head_end is None else "truncated" if exchange.truncated else None
    values = (
        ("via", notes.via),
        ("discovery", notes.discovery),
        ("robots", notes.robots),
        ("robotsRecord", notes.robots_record),
        ("tdmReservation", notes.tdm_reservation),
        ("tdmrepRecord", notes.tdmrep_record),
        ("fetchTimeMs", None if exchange.elapsed_ms is None else str(exchange.elapsed_ms)),
        ("captureOutcome", outcome),
        ("error", exchange.error),
        ("interimResponses", _interim(exchange)),
    )
    return [(name, value) for name, value in values if value]


def _interim(exchange: Exchange) -> str | None:
    if exchange.response_start == 0:
        return None
    return _base64(_window(exchange.response, 0, exchange.response_start).read())


def _payload_digest(head: Head, head_length: int, block: BinaryIO) -> str | None:
    """Return the digest of the payload without chunk framing (WARC 1.1, 5.9); None where that cannot be
    undone.
    """
    if head.has_other_transfer_coding:
        return None
    block.seek(head_length)
    try:
        return digest_of(iter_entity(head, block))
    except BadFraming:
        return None


def _is_compressed(head: Head) -> bool:
    codings = set(head.listed("content-encoding")) - {"identity"}
    return bool(codings) or (head.media_type or "").startswith(_COMPRESSED_TYPES)


def _pieces(block: BinaryIO) -> Iterator[bytes]:
    block.seek(0)
    while piece := block.read(_READ):
        yield piece


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _window(file: BinaryIO, start: int, end: int) -> BinaryIO:
    """Return the bytes *start* … *end* of *file* as a file of their own."""
    if end - start <= _IN_MEMORY:
        file.seek(start)
        return io.BytesIO(file.read(end - start))
    return io.BufferedReader(_Window(file, start, end), _READ)


class _Window(io.RawIOBase):
    """A part of a file, for bodies that are too large to be held in memory."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        super().__init__()
        self._file, self._start, self._length = file, start, end - start
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._length}[whence]
        self._position = max(0, origin + offset)
        return self._position

    def readinto(self, buffer: Any, /) -> int:
        self._file.seek(self._start + self._position)
        piece = self._file.read(max(0, min(len(buffer), self._length - self._position)))
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)
