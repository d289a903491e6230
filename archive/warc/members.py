"""Whole gzip members in a file, also behind damage: what can be copied byte for byte."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.warc.compression import GZIP_ERRORS, GZIP_MAGIC, decompressor
from archive.warc.stream import RECORD_START

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

_READ = 1 << 16
_TAIL = 4
_BEGINNING = 1 << 12
RECORD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member, its checksum right."""

    end: int
    """Offset in the file behind it."""
    begins_record: bool
    """Whether what it holds begins like a WARC or ARC record."""
    ends_record: bool
    """Whether it ends as WARC records do, with two CRLF."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file: whole gzip members, or what lies between, before or behind them."""

    start: int
    end: int
    is_whole: bool


def member_at(file: BinaryIO, start: int) -> Member | None:
    """Return the gzip member that begins at *start*, or None when it is damaged, ends early or is none."""
    file.seek(start)
    reader, beginning, tail = decompressor(), b"", b""
    try:
        while raw := file.read(_READ):
            piece = reader.decompress(raw)
            if len(beginning) < _BEGINNING:
                beginning += piece[:_BEGINNING]
            tail = (tail + piece[-_TAIL:])[-_TAIL:]
            if reader.eof:
                end = file.tell() - len(reader.unused_data)
                return Member(end, RECORD_START.match(beginning) is not None, tail == RECORD_END)
    except GZIP_ERRORS:
        return None
    return None


def next_magic(file: BinaryIO, start: int) -> int | None:
    """Return the first offset from *start* on where the bytes of a gzip header stand, or None."""
    file.seek(start)
    held = b""
    while piece := file.read(_READ):
        held += piece
        at = held.find(GZIP_MAGIC)
        if at >= 0:
            return start + at
        start += len(held) - 2
        held = held[-2:]
    return None


def iter_stretches(file: BinaryIO) -> Iterator[Stretch]:
    """Yield the parts of *file* in order, whole and not in turns; together they are the file.

    Behind damage a member counts only when it begins a record: payloads may hold gzip members of their own.
    """
    size = file.seek(0, os.SEEK_END)
    start = position = 0
    while position < size:
        member = member_at(file, position)
        if member is not None:
            position = member.end
            continue
        if start < position:
            yield Stretch(start, position, is_whole=True)
        following = next_record(file, position + 1)
        start = size if following is None else following
        yield Stretch(position, start, is_whole=False)
        position = start
    if start < size:
        yield Stretch(start, size, is_whole=True)


def next_record(file: BinaryIO, start: int) -> int | None:
    """Return the first offset from *start* on where a whole gzip member seems to begin that begins a record, or None.

    Payloads may hold gzip members with records of their own: what is found need not be one of the file's.
    """
    found = next_magic(file, start)
    while found is not None:
        member = member_at(file, found)
        if member is not None and member.begins_record:
            return found
        found = next_magic(file, found + 1)
    return None
