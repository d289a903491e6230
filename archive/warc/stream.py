"""The bytes of a WARC or ARC file as one decompressed stream that knows where in the file each byte stands."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archive.errors import ArchiveError
from archive.warc.compression import GZIP
from archive.warc.zstd import is_zstd, zstd_codec

if TYPE_CHECKING:
    from typing import BinaryIO

    from archive.warc.compression import Codec, Decompressor

_READ = 1 << 15
"""Bytes read at once. Not more, because what lies behind a member's end is copied once for each member."""
_SNIFF = 1 << 12
RECORD_START = re.compile(
    rb"(?i:WARC)/\d|(?:filedesc|https?|ftp|dns|whois|gopher|nntp|news|mailto|urn|data|file|metadata|warcinfo)"
    rb":[^\n]*[ ](?:\d{8,18}[ ]\S+[ ]\S+|\S+[ ]-?\d+)\r?\n"
)
"""What the first line of a WARC record, or of an ARC record, looks like."""


class Mark(NamedTuple):
    """A position: *inner* bytes into what is decompressed from *offset* on."""

    offset: int
    inner: int


class Torn(ArchiveError):  # noqa: N818
    """The compressed bytes end early or are damaged; never leaves the package."""


@dataclass(slots=True)
class _Member:
    first: int
    """Position in the stream of its first byte."""
    offset: int
    end: int | None = None


class Stream:
    """Reads forward over all gzip members of a file, or over a file that is not compressed."""

    _decompressor: Decompressor | None

    def __init__(self, file: BinaryIO, start: int = 0) -> None:
        """Begin at byte *start* of *file*, where a gzip member or a record begins."""
        self._file = file
        file.seek(start)
        beginning = file.read(4)
        self._codec: Codec | None = None
        if beginning[:2] == GZIP.magic[:2]:
            self._codec = GZIP
        elif is_zstd(beginning):
            self._codec = zstd_codec(file)
        self.go(Mark(start, 0))

    def go(self, mark: Mark) -> None:
        """Stand at *mark*; raises Torn where the bytes before it cannot be decompressed."""
        self._buffer, self._position, self._base = b"", 0, 0
        self._raw, self._decompressor = b"", None
        self._members: list[_Member] = []
        self.torn: Torn | None = None
        """What makes it impossible to go on behind what was read; None while all is well."""
        if self._codec is not None:
            self._file.seek(mark.offset)
            self.skip(mark.inner)
        else:
            self._base = mark.offset + mark.inner
            self._file.seek(self._base)

    @property
    def mark(self) -> Mark:
        """Return where the next byte stands; look at it before."""
        here = self._base + self._position
        if self._codec is None:
            return Mark(here, 0)
        for member in reversed(self._members):
            if member.first <= here:
                return Mark(member.offset, here - member.first)
        return Mark(self._file.tell(), 0)

    def record_end(self) -> int | None:
        """Return the offset in the file of this position; None in the middle of a gzip member.

        Reads to the end of the member, where its checksum stands: raises Torn when that is wrong.
        """
        while self._position == len(self._buffer) and self._is_inside_member():
            self._fill()
        here = self._base + self._position
        if self._codec is None:
            return here
        # The member that ends here: the one before the first that begins here, or the last of all.
        for before, member in itertools.pairwise(self._members):
            if member.first == here:
                return before.end
        return self._members[-1].end if self._members and self._position == len(self._buffer) else None

    def peek(self, size: int) -> bytes:
        """Return the next *size* bytes without going on; fewer at the end of the file, and before damage.

        Raises Torn only when not a byte can be had.
        """
        while len(self._buffer) - self._position < size and self._fill_softly():
            pass
        return self._buffer[self._position : self._position + size]

    def peek_in_member(self, size: int) -> bytes:
        """Return up to *size* bytes from here without going on; nothing at the end of a gzip member."""
        while len(self._buffer) - self._position < size:
            if self._codec is not None and not self._is_inside_member():
                break
            if not self._fill_softly():
                break
        return self._buffer[self._position : min(self._position + size, self._member_stop())]

    def read(self, size: int) -> bytes:
        """Return at most *size* bytes, at least one of them unless the file is at its end."""
        while self._position == len(self._buffer):
            if not self._fill():
                return b""
        piece = self._buffer[self._position : self._position + size]
        self._position += len(piece)
        return piece

    def skip(self, size: int) -> None:
        """Go on by *size* bytes, or to the end of the file."""
        while size > 0:
            piece = self.read(size)
            if not piece:
                return
            size -= len(piece)

    def skip_line_ends(self) -> None:
        """Go on behind all CR and LF that stand here."""
        while True:
            ahead = self.peek(1)
            if not ahead or ahead not in b"\r\n":
                return
            self._position += 1

    def at_record(self) -> bool:
        """Return whether what stands here looks like the first line of a record."""
        try:
            self.peek(1)  # into the next gzip member, if one ended here
        except Torn:
            return False
        return RECORD_START.match(self.peek_in_member(_SNIFF)) is not None

    def find_record(self) -> bool:
        """Go on to the next line that looks like the first of a record, and return whether there is one."""
        while line := self.read_line():
            if self.at_line_start(line) and self.at_record():
                return True
        return False

    def read_line(self) -> bytes:
        """Return what there is up to and with the next line feed, or to the next gzip member if that comes first.

        A very long line comes in several pieces. Nothing comes at the end of the file.
        """
        while self._position == len(self._buffer):
            if not self._fill():
                return b""
        begin, stop = self._position, self._member_stop()
        found = self._buffer.find(b"\n", begin, stop)
        self._position = found + 1 if found >= 0 else stop
        return self._buffer[begin : self._position]

    def at_line_start(self, line: bytes) -> bool:
        """Return whether *line*, which was just read, was the end of a line or of a gzip member."""
        while self._position == len(self._buffer) and self._is_inside_member() and self._fill_softly():
            pass
        if line.endswith(b"\n") or (self._codec is not None and self._position == len(self._buffer)):
            return True
        here = self._base + self._position
        return any(member.first == here for member in self._members)

    def find_member(self) -> bool:
        """Go on to the next gzip member that begins with a record, and return whether there is one.

        For damaged compression: searches the file itself for a gzip header, from behind the current member's.
        """
        if self._codec is None:
            return False
        magic = self._codec.magic
        offset = (self._members[-1].offset if self._members else self._file.tell()) + 1
        self._file.seek(offset)
        held = b""
        while piece := self._file.read(1 << 16):
            held += piece
            at = held.find(magic)
            while at >= 0:
                if self._begins_record(offset + at):
                    self.go(Mark(offset + at, 0))
                    return True
                at = held.find(magic, at + 1)
            held_back = min(len(held), len(magic) - 1)
            offset += len(held) - held_back
            held = held[len(held) - held_back :]
            self._file.seek(offset + held_back)
        return False

    def _begins_record(self, offset: int) -> bool:
        assert self._codec is not None
        self._file.seek(offset)
        try:
            beginning = self._codec.decompressor().decompress(self._file.read(_SNIFF))
        except self._codec.errors:
            return False
        return RECORD_START.match(beginning) is not None

    def _is_inside_member(self) -> bool:
        """Return whether the member that was begun last goes on, and begins before the end of what is held."""
        if self._decompressor is None:
            return False
        return self._members[-1].first < self._base + len(self._buffer)

    def _member_stop(self) -> int:
        """Return the position in the buffer where the next member begins, or the buffer ends."""
        here = self._base + self._position
        first = next((m.first for m in self._members if m.first > here), None)
        return len(self._buffer) if first is None else first - self._base

    def _fill_softly(self) -> bool:
        """Do as *_fill*, but leave damage to who asks when nothing is left to hand out."""
        try:
            return self._fill()
        except Torn:
            if self._position == len(self._buffer):
                raise
            return False

    def _fill(self) -> bool:
        """Add to the buffer (perhaps nothing), and return whether the file goes on."""
        if self.torn is not None:
            raise self.torn
        if self._codec is None:
            piece = self._file.read(_READ)
            self._keep(piece)
            return bool(piece)
        if self._decompressor is None and not self._begin_member():
            return False
        assert self._decompressor is not None
        has_more = getattr(self._decompressor, "has_more", False)
        raw = b"" if has_more else self._raw or self._file.read(_READ)
        if not raw and not has_more:
            raise self._tear(f"the {self._codec.word} ends early")
        try:
            piece = self._decompressor.decompress(raw)
        except self._codec.errors as error:
            raise self._tear(f"the {self._codec.word} is damaged ({error})") from error
        self._raw = b""
        self._keep(piece)
        if self._decompressor.eof:
            self._raw = self._decompressor.unused_data
            self._members[-1].end = self._file.tell() - len(self._raw)
            self._decompressor = None
        return True

    def _tear(self, reason: str) -> Torn:
        self.torn = Torn(reason)
        return self.torn

    def _begin_member(self) -> bool:
        assert self._codec is not None
        if len(self._raw) < len(self._codec.magic):
            self._raw += self._file.read(_READ)
        if not self._raw:
            return False
        offset = self._file.tell() - len(self._raw)
        first = self._base + len(self._buffer)
        here = self._base + self._position
        # Of the members behind us only the one we are in, or just left, is of interest.
        passed = [m for m in self._members if m.first <= here]
        self._members = [*passed[-2:], *(m for m in self._members if m.first > here), _Member(first, offset)]
        if not self._codec.begins(self._raw):
            raise self._tear(f"no {self._codec.word} begins here")
        self._decompressor = self._codec.decompressor()
        return True

    def _keep(self, piece: bytes) -> None:
        if self._position == len(self._buffer):
            self._base += self._position
            self._buffer, self._position = piece, 0
        elif piece:
            self._base += self._position
            self._buffer, self._position = self._buffer[self._position :] + piece, 0
