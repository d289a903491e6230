"""Raw HTTP/1.x: heads as servers really send them, bodies without chunk framing, and the page they make."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.content_coding import decode
from archive.errors import ArchiveError
from archive.model import Page

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from typing import BinaryIO

PAGE_LIMIT = 64 << 20
"""Bytes of a decoded payload that *page_from* keeps; a hundred times the largest news page we have seen."""
HEAD_LIMIT = 1 << 20
"""Bytes in which a head must end; Scrapy and browsers stop far earlier."""

_HEAD_END = re.compile(rb"\n\r?\n")
_STATUS_LINE = re.compile(rb"HTTP/(\d+(?:\.\d+)?)[ \t]+(\d{3})(?!\d)[ \t]*([^\r\n]*)", re.IGNORECASE)
_CHUNK_LINE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_CHUNK_LINE_LIMIT = 1 << 14
_TRAILER_LIMIT = 1 << 16
_READ = 1 << 16


class BadFraming(ArchiveError):  # noqa: N818
    """A body that is said to be chunked does not follow the rules (RFC 9112, 7.1), or ends early."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of an HTTP/1.x message."""

    start_line: str
    """Status line or request line as sent, decoded as ISO 8859-1."""
    fields: tuple[tuple[str, str], ...]
    """Name and value in the order sent; names as sent, values without blanks around, folded lines joined
    by a blank."""
    status: int | None
    """None when the start line is no status line."""
    version: str | None
    """e.g. ``1.1``; None when the start line is no status line."""

    def first(self, name: str) -> str | None:
        """Return the first value of the field *name* (any case), or None."""
        return next(self._values(name), None)

    def listed(self, name: str) -> tuple[str, ...]:
        """Return the members of all fields *name* as one list (RFC 9110, 5.6.1), in lower case."""
        members = (member.strip().lower() for value in self._values(name) for member in value.split(","))
        return tuple(member for member in members if member)

    def _values(self, name: str) -> Iterator[str]:
        wanted, length = name.lower(), len(name)
        for key, value in self.fields:
            if len(key) == length and key.lower() == wanted:
                yield value

    @property
    def is_chunked(self) -> bool:
        """Return whether the body comes in chunks and in no other transfer coding."""
        return self.listed("transfer-encoding") == ("chunked",)

    @property
    def has_other_transfer_coding(self) -> bool:
        """Return whether a transfer coding beside ``chunked`` was used: nothing here undoes it."""
        return any(coding not in {"chunked", "identity"} for coding in self.listed("transfer-encoding"))

    @property
    def media_type(self) -> str | None:
        """Return the media type of Content-Type in lower case without parameters; None when there is none."""
        return (self.first("content-type") or "").partition(";")[0].strip().lower() or None


def head_end(block: bytes, start: int = 0) -> int | None:
    """Return the offset behind the empty line that ends the head at *start* of *block*, or None.

    Lines may end in CRLF or LF alone.
    """
    found = _HEAD_END.search(block, start)
    return found.end() if found else None


@lru_cache(maxsize=16)  # one record's head is asked for several times while it is read and checked
def parse_head(raw: bytes) -> Head:
    """Return the head *raw* (start line, fields, empty line if any) as parts; never raises.

    Lines without colon are no fields and are left out; a line that begins with a blank goes on with the one
    before it. Neither a reason phrase nor any field is needed.
    """
    lines = [line.rstrip(b"\r") for line in raw.split(b"\n")]
    start_line = lines[0] if lines else b""
    fields: list[tuple[str, str]] = []
    for line in lines[1:]:
        text = line.decode("latin-1")
        if text[:1] in {" ", "\t"} and fields:
            name, value = fields[-1]
            fields[-1] = (name, " ".join((value, text.strip(" \t\r"))).strip(" "))
        elif ":" in text:
            name, _, value = text.partition(":")
            fields.append((name.strip(" \t"), value.strip(" \t\r")))
    status = _STATUS_LINE.match(start_line)
    return Head(
        start_line=start_line.decode("latin-1"),
        fields=tuple(fields),
        status=int(status[2]) if status else None,
        version=status[1].decode() if status else None,
    )


def dechunk(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the body in *stream* without its chunk framing, in pieces of at most 64 KB.

    Trailers are read and dropped; *stream* then stands behind the body. Raises BadFraming where the framing
    is wrong or the stream ends early; what was yielded before is good.
    """
    while True:
        line = stream.readline(_CHUNK_LINE_LIMIT)
        found = _CHUNK_LINE.fullmatch(line)
        if found is None:
            raise BadFraming("the body ends early" if not line.strip() else f"no chunk size: {line[:40]!r}")
        left = int(found[1], 16)
        if left == 0:
            _skip_trailers(stream)
            return
        while left:
            piece = stream.read(min(left, _READ))
            if not piece:
                raise BadFraming(f"{left} bytes of a chunk are missing")
            left -= len(piece)
            yield piece
        if stream.readline(3).strip():
            raise BadFraming("a chunk is longer than its size says")


def _skip_trailers(stream: BinaryIO) -> None:
    read = 0
    while read < _TRAILER_LIMIT:
        line = stream.readline(_TRAILER_LIMIT)
        read += len(line)
        if not line.strip(b"\r\n"):
            return
    raise BadFraming("trailers without end")


def iter_entity(head: Head, body: BinaryIO) -> Iterator[bytes]:
    """Yield the entity in *body*: without chunk framing, still content-coded.

    Raises BadFraming as *dechunk* does. A body that is said to be chunked but does not begin with a chunk
    size comes as it is: many archives store bodies with the framing removed under the head that announced
    it.
    """
    if head.is_chunked and _begins_with_chunk(body):
        yield from dechunk(body)
    else:
        while piece := body.read(_READ):
            yield piece


def _begins_with_chunk(body: BinaryIO) -> bool:
    position = body.tell()
    line = body.readline(_CHUNK_LINE_LIMIT)
    body.seek(position)
    return _CHUNK_LINE.fullmatch(line) is not None


def page_from(
    *, url: str, captured_at: datetime, head: bytes, entity: bytes, limit: int = PAGE_LIMIT
) -> Page:
    """Return the page of a raw HTTP *head* and its *entity* (chunk framing removed, still content-coded).

    Never raises. Where the content coding cannot be undone the payload is what could be decoded, or the
    entity as it came, and `Page.flaw` says so; a payload of more than *limit* bytes is cut. Crawl and
    re-reading both come here.
    """
    parsed = parse_head(head)
    decoded = decode(entity, parsed.listed("content-encoding"), limit=limit)
    payload, flaw = decoded.payload, decoded.flaw
    if len(payload) > limit:
        payload, flaw = payload[:limit], flaw or f"payload cut at {limit} bytes"
    return Page(
        url=url,
        captured_at=captured_at,
        headers=parsed.fields,
        payload=payload,
        status=parsed.status if parsed.status is not None else 200,
        flaw=flaw,
    )
