"""A quick look at one gzip member: is it one WARC record, plain in form, with every digest right?

Most records of most files are. *verify_file* looks here first and reads with care only what this does not vouch for:
chunked bodies, other digests than SHA-1 in base 32, odd headers, and everything that is wrong.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.warc.compression import GZIP_ERRORS, GZIP_MAGIC, decompressor

if TYPE_CHECKING:
    from mmap import mmap

LARGEST = 16 << 20
"""Bytes of a record that is looked at as a whole; larger ones are read in pieces, with care."""
_FIRST_PIECE = 32768
"""Most records end inside it."""
_NEXT_PIECE = 4 * _FIRST_PIECE
"""At a thousand to one, the most that deflate can do, it unpacks to 130 MB."""
_HEAD = re.compile(rb"WARC/1\.[01]\r\n((?:[A-Za-z-]+: [!-~][ -~]*\r\n)+)\r\n")
_FIELD = re.compile(rb"([A-Za-z-]+): ([ -~]+)\r\n")
_DATE = re.compile(
    rb"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?Z"
)
_ID = re.compile(rb"<[a-z]+:[!-;=?-~]+>")
_NEEDED = (b"warc-type", b"warc-record-id", b"warc-date", b"content-length")


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a record with which all is well."""

    end: int
    """Offset behind its gzip member."""
    record_type: str
    has_block_digest: bool
    payload: str | None
    """``either`` or ``elsewhere`` (of revisits), as in *Summary.payload_digests*; None without a payload digest."""


def look(data: mmap, offset: int) -> Look | None:
    """Return what stands at *offset* of *data*, if it is a record in which nothing needs a closer look; else None."""
    unpacked = _member(data, offset)
    if unpacked is None:
        return None
    record, end = unpacked
    head = _HEAD.match(record)
    if head is None:
        return None
    lines = _FIELD.findall(head[1])
    fields = {name.lower(): value for name, value in lines}
    if len(fields) < len(lines) - 1 or not _is_plain(fields):
        return None  # more than WARC-Protocol, which may stand twice, is repeated
    block = memoryview(record)[head.end() : -4]
    if len(block) != int(fields[b"content-length"]) or not record.endswith(b"\r\n\r\n"):
        return None
    written = fields.get(b"warc-block-digest")
    if written is not None and written != _sha1(block):
        return None
    payload = _payload(fields, record, head.end())
    if payload == "":
        return None
    return Look(end, fields[b"warc-type"].decode(), written is not None, payload)


def _member(data: mmap, offset: int) -> tuple[bytes, int] | None:
    """Return the bytes of the gzip member at *offset* and the offset behind it; None when it is none, or too large."""
    if data[offset : offset + 3] != GZIP_MAGIC:
        return None
    reader = decompressor()
    pieces: list[bytes] = []
    size, position, step = 0, offset, _FIRST_PIECE
    try:
        while not reader.eof:
            chunk = data[position : position + step]
            if not chunk or size > LARGEST:
                return None
            pieces.append(reader.decompress(chunk))
            size += len(pieces[-1])
            position += len(chunk)
            step = _NEXT_PIECE
    except GZIP_ERRORS:
        return None
    return b"".join(pieces), position - len(reader.unused_data)


def _is_plain(fields: dict[bytes, bytes]) -> bool:
    return (
        all(name in fields for name in _NEEDED)
        and fields[b"content-length"].isdigit()
        and _DATE.fullmatch(fields[b"warc-date"]) is not None
        and _ID.fullmatch(fields[b"warc-record-id"]) is not None
    )


def _payload(fields: dict[bytes, bytes], record: bytes, start: int) -> str | None:
    """Return how the payload digest is right, None when there is none, or empty when it needs a closer look."""
    written = fields.get(b"warc-payload-digest")
    if written is None:
        return None
    if fields[b"warc-type"] == b"revisit":
        return "elsewhere"
    is_http = fields.get(b"content-type", b"").startswith(b"application/http")
    head_end = record.find(b"\r\n\r\n", start, -4)
    if not is_http or head_end < 0 or b"warc-truncated" in fields:
        return ""
    http_head = record[start:head_end].lower()
    if b"\n\n" in http_head or b"transfer-encoding" in http_head:
        return ""
    return "either" if written == _sha1(memoryview(record)[head_end + 4 : -4]) else ""


def _sha1(piece: memoryview) -> bytes:
    return b"sha1:" + base64.b32encode(hashlib.sha1(piece, usedforsecurity=False).digest())
