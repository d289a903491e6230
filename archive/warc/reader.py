"""Reading WARC and ARC files, ours and anyone's: every record that can be found, every damage by its name."""

from __future__ import annotations

import io
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord
from archive.http import BadFraming, iter_entity, parse_head
from archive.model import Place
from archive.warc.arc import arc_fields
from archive.warc.files import OPEN
from archive.warc.headers import every, first, parse_lines
from archive.warc.records import HTTP_RESPONSE, describe
from archive.warc.stream import Mark, Stream, Torn
from archive.warc.wacz import BadWacz, Location, inner_warcs, locate, open_warc
from archive.warc.zip_salvage import HEADER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    from archive.model import Record
    from archive.warc.records import Pairs

_IN_MEMORY = 4 << 20
"""Blocks up to this size are held in memory, larger ones in a temporary file."""
_GUESS_LIMIT = 64 << 20
"""Bytes in which the next record must begin where a record's length is not known."""
_HEADER_LIMIT = 1 << 20
_HEADER_END = re.compile(rb"\n\r?\n")
_NEXT_RECORD = re.compile(rb"\r?\n(?=WARC/\d\.\d+\r?\n)")
_STEPS_BACK = 64
"""How often a file makes us read a stretch again, before we only go forward: no file can keep us for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRecord:
    """A record that was read, with its block at hand."""

    record: Record
    headers: Pairs
    """Header fields in the order of the file; of an ARC record those that a WARC record would have."""
    flaws: tuple[str, ...]
    """In words: what is wrong with the record, though it could be read."""
    head: bytes
    length: int
    """Bytes of the block."""
    stored: BinaryIO

    def block(self) -> BinaryIO:
        """Return the block, at its beginning; the same file each time."""
        self.stored.seek(0)
        return self.stored

    def http_head(self) -> bytes:
        """Return the raw HTTP head, empty line included; empty when the record has none."""
        return self.head

    def body(self) -> BinaryIO:
        """Return the block behind the HTTP head, as it was sent."""
        self.stored.seek(len(self.head))
        return self.stored

    def iter_entity(self) -> Iterator[bytes]:
        """Yield the entity: chunk framing removed, still content-coded. Ends early where the framing is wrong."""
        try:
            yield from iter_entity(parse_head(self.head), self.body())
        except BadFraming:
            return

    def entity(self) -> bytes:
        """Return the entity as *iter_entity* yields it, in one piece."""
        return b"".join(self.iter_entity())


def iter_records(
    path: Path | str, start: int = 0, *, on_damage: Callable[[DamagedRecord], None] | None = None
) -> Iterator[OpenRecord]:
    """Yield the records of a WARC or ARC file, compressed or not, being written or not, from byte *start* on.

    *start* is the offset of a record. Raises DamagedRecord, and nothing else but OSError, where something cannot
    be read; with *on_damage* it is told instead, and reading goes on with the next record that can be found.
    A record that ends before its Content-Length is reached comes with a flaw and as truncated, and is reported.
    Of a WACZ file, all WARC files inside are read; their places are named ``X.wacz/archive/Y.warc.gz``, which as *path*
    is understood here and by *read_record*.
    """
    path = Path(path)
    for location in _warcs_at(path, on_damage):
        try:
            file = open_warc(location)
        except BadWacz as error:
            _tell(DamagedRecord(location.name, 0, str(error)), on_damage)
            continue
        with file:
            yield from _Reading(file, location.name, start, on_damage).records()


def _warcs_at(path: Path, on_damage: Callable[[DamagedRecord], None] | None) -> list[Location]:
    location = locate(path)
    if location.inside is not None:
        return [location]
    with path.open("rb") as file:
        if file.read(len(HEADER)) != HEADER:
            return [location]
    names, problem = inner_warcs(path)
    if problem is not None:
        _tell(DamagedRecord(path.name, 0, problem), on_damage)
    return [Location(path, name) for name in names]


def _tell(damage: DamagedRecord, on_damage: Callable[[DamagedRecord], None] | None) -> None:
    if on_damage is None:
        raise damage
    on_damage(damage)


def read_record(path: Path | str, offset: int, inner: int = 0) -> OpenRecord:
    """Return the record that stands at *offset* (and *inner*, see `Place`) of a file; raises DamagedRecord, OSError."""
    location = locate(Path(path))
    try:
        file = open_warc(location)
    except BadWacz as error:
        raise DamagedRecord(location.name, offset, str(error)) from error
    with file:
        found = _Reading(file, location.name, offset, None).record_at(Mark(offset, inner))
    if found is None:
        raise DamagedRecord(location.name, offset, "the file ends before this record")
    return found


class _Unreadable(Exception):  # noqa: N818  (becomes DamagedRecord, with file and offset)
    pass


class _Reading:
    """One way through one file."""

    def __init__(
        self, file: BinaryIO, name: str, start: int, on_damage: Callable[[DamagedRecord], None] | None
    ) -> None:
        self._stream = Stream(file, start)
        self._file_name, self._on_damage = name, on_damage
        self._name = name.removesuffix(OPEN)
        self._at = Mark(start, 0)
        self._steps_back = 0
        self._cut: str | None = None
        """Of the record just found: that it ends before its Content-Length is reached."""

    def records(self) -> Iterator[OpenRecord]:
        """Yield what can be read, report what cannot."""
        while True:
            try:
                found = self._next()
            except Torn as error:
                self._report(str(error))
                going_on = self._stream.find_member()
            except _Unreadable as error:
                torn = self._stream.torn
                self._report(str(torn or error))
                going_on = self._stream.find_member() if torn else self._find_record()
            else:
                if found is None:
                    return
                yield found
                if self._cut is None:
                    continue
                self._report(self._cut)
                self._cut = None
                going_on = self._find_record()
            if not going_on:
                return

    def record_at(self, mark: Mark) -> OpenRecord | None:
        """Return the record at *mark*; None at the end of the file."""
        self._at = mark
        try:
            self._stream.go(mark)
            return self._next()
        except (Torn, _Unreadable) as error:
            raise DamagedRecord(self._file_name, mark.offset, str(error)) from error

    def _report(self, reason: str) -> None:
        damage = DamagedRecord(self._file_name, self._at.offset, reason)
        if self._at.inner:
            damage = DamagedRecord(
                damage.file, damage.offset, f"{reason} ({self._at.inner} bytes into the member)"
            )
        _tell(damage, self._on_damage)

    def _find_record(self) -> bool:
        try:
            return self._stream.find_record()
        except Torn as error:
            self._at = self._stream.mark
            self._report(str(error))
            return self._stream.find_member()

    def _next(self) -> OpenRecord | None:
        stream = self._stream
        self._at = stream.mark
        try:
            stream.skip_line_ends()
            is_end = not stream.peek(1)
        finally:  # damage that is found here is that of the next gzip member
            self._at = stream.mark
        if is_end:
            return None
        if stream.peek_in_member(5).upper() == b"WARC/":
            return self._warc()
        if stream.at_record():
            return self._arc()
        raise _Unreadable(_what_is(stream.peek(8)))

    def _warc(self) -> OpenRecord:
        version, _, lines = self._take_header().partition(b"\n")
        pairs, flaws = parse_lines(lines)
        if not re.fullmatch(rb"(?i:WARC)/\d+\.\d+", version.rstrip(b"\r")):
            flaws.append(f"version line {version[:40].decode('latin-1')!r}")
        lengths = set(every(pairs, "Content-Length"))
        if len(lengths) > 1:
            flaws.append("several Content-Length fields that differ")
        return self._finish(pairs, first(pairs, "Content-Length"), flaws)

    def _arc(self) -> OpenRecord:
        line = b""
        while not line.endswith(b"\n") and len(line) < _HEADER_LIMIT:
            ahead = self._stream.peek(1 << 10)
            if not ahead:
                break
            line += self._stream.read(ahead.find(b"\n") + 1 or len(ahead))
        try:
            pairs, media_type = arc_fields(line)
        except ValueError as error:
            raise _Unreadable(str(error)) from error
        return self._finish(pairs, first(pairs, "Content-Length"), [], arc_media_type=media_type)

    def _take_header(self) -> bytes:
        size = 1 << 11
        while True:
            ahead = self._stream.peek(size)
            found = _HEADER_END.search(ahead)
            if found:
                self._stream.skip(found.end())
                return ahead[: found.end()]
            if len(ahead) < size or size >= _HEADER_LIMIT:
                raise _Unreadable("the record's header does not end")
            size *= 4

    def _finish(
        self, pairs: Pairs, length_text: str | None, flaws: list[str], *, arc_media_type: str | None = None
    ) -> OpenRecord:
        stream, at = self._stream, self._at
        after_header = stream.mark if stream.peek(1) else None
        length = _number(length_text)
        if length is None:
            stored, length = self._until_next_record()
            flaws.append(f"Content-Length {length_text!r} cannot be used")
        else:
            stored, length, shortened = self._block(length, after_header)
            flaws += shortened
        flaws += self._end_of_record(2 if arc_media_type is None else 1)
        end = stream.record_end()
        place_length = end - at.offset if end is not None and at.inner == 0 else 0
        place = Place(file=self._name, offset=at.offset, length=place_length, inner=at.inner)
        if arc_media_type is not None:
            pairs = _with_arc_type(pairs, arc_media_type, stored)
        described = describe(pairs, stored, length, place)
        record = described.record
        if self._cut is not None:
            record = replace(record, truncated=record.truncated or "unspecified", payload_length=None)
        return OpenRecord(
            record=record,
            headers=pairs,
            flaws=(*flaws, *described.flaws),
            head=described.head,
            length=length,
            stored=stored,
        )

    def _block(self, length: int, after_header: Mark | None) -> tuple[BinaryIO, int, list[str]]:
        """Return the block and its length, shorter than *length* where another record begins inside."""
        stored, got = self._store(length)
        is_short = got < length
        looks_wrong = is_short or not self._is_end()
        if looks_wrong and after_header is not None and self._steps_back < _STEPS_BACK:
            cut = _find_next_record(stored)
            if cut is not None:
                self._steps_back += 1
                self._stream.go(after_header)
                self._stream.skip(cut)
                stored.truncate(cut)
                return stored, cut, [f"Content-Length {length} reaches into the next record"]
        if not is_short:
            return stored, length, []
        if self._stream.torn is not None:
            raise self._stream.torn
        self._cut = f"the record ends early: {got} of {length} bytes are there"
        return stored, got, [self._cut]

    def _store(self, length: int) -> tuple[BinaryIO, int]:
        got = 0
        stored: BinaryIO = io.BytesIO() if length <= _IN_MEMORY else tempfile.TemporaryFile()  # noqa: SIM115
        while got < length:
            piece = self._stream.read(length - got)
            if not piece:
                break
            stored.write(piece)
            got += len(piece)
        return stored, got

    def _is_end(self) -> bool:
        """Return whether the next record, or nothing, follows what may be line ends."""
        ahead = self._stream.peek_in_member(4)
        if ahead == b"\r\n\r\n" or not ahead.strip(b"\r\n"):
            return True
        return ahead[:1] == b"\n" or self._stream.at_record()

    def _until_next_record(self) -> tuple[BinaryIO, int]:
        """Return as block what there is up to the next line that looks like the first of a record."""
        stream, stored = self._stream, io.BytesIO()
        line = b"\n"  # the header's last
        while not (stream.at_line_start(line) and stream.at_record()) and stream.torn is None:
            line = stream.read_line()
            if not line:
                break
            stored.write(line)
            if stored.tell() > _GUESS_LIMIT:
                raise _Unreadable("no usable Content-Length, and no next record")
        length = len(stored.getvalue().rstrip(b"\r\n"))
        stored.truncate(length)
        return stored, length

    def _end_of_record(self, wanted: int) -> list[str]:
        """Go behind the line ends that follow a block, and return what is wrong with them."""
        stream = self._stream
        ends = stream.peek_in_member(2 * wanted)
        if ends == b"\r\n" * wanted:
            stream.skip(len(ends))
            found = wanted
        else:
            found = ends[: len(ends) - len(ends.lstrip(b"\r\n"))].count(b"\n")
        while (ahead := stream.peek_in_member(1)) and ahead in b"\r\n":
            stream.skip(1)
        if found >= wanted:
            return []
        return ["does not end in two CRLF" if wanted == 2 else "does not end in a line feed"]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def _find_next_record(stored: BinaryIO) -> int | None:
    """Return where in a block its record must have ended, because the next one begins; None if none does."""
    stored.seek(0)
    position, held = 0, b""
    while piece := stored.read(1 << 20):
        held += piece
        found = _NEXT_RECORD.search(held)
        if found:
            start = position + found.start()
            before = held[max(0, found.start() - 2) : found.start()]
            return start - 2 if before == b"\r\n" else start
        position += max(0, len(held) - 64)
        held = held[-64:]
    return None


def _with_arc_type(pairs: Pairs, media_type: str, stored: BinaryIO) -> Pairs:
    """Return *pairs* with the type that the block of an ARC record shows."""
    if any(name == "WARC-Filename" for name, _ in pairs):
        return [("WARC-Type", "warcinfo"), *pairs, ("Content-Type", media_type)]
    stored.seek(0)
    if stored.read(5).upper() == b"HTTP/":
        return [("WARC-Type", "response"), *pairs, ("Content-Type", HTTP_RESPONSE)]
    return [("WARC-Type", "resource"), *pairs, ("Content-Type", media_type)]


def _what_is(beginning: bytes) -> str:
    if beginning.startswith(b"PK\x03\x04"):
        return "a ZIP file begins here"
    if beginning.startswith(b"\x28\xb5\x2f\xfd") or beginning[1:4] == b"\x2a\x4d\x18":
        return "this is compressed with zstd, which needs Python 3.14 or the package backports.zstd"
    return "no record begins here"
