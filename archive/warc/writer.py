"""Writing WARC 1.1: every exchange as records, whole or not at all, in files that rotate."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.errors import ArchiveInUse
from archive.model import Place
from archive.times import utc_now
from archive.urls import tidy
from archive.warc.compression import ALREADY_COMPRESSED, compressor
from archive.warc.drafts import Draft, block_draft, digest_of, exchange_drafts, metadata_draft
from archive.warc.files import OpenFile, file_name
from archive.warc.headers import fit, format_lines
from archive.warc.records import WARC_FIELDS, describe, new_record_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from archive.model import Exchange, FetchNotes, Record
    from archive.warc.dedup import Originals

GIGABYTE = 1 << 30
DAY = 86_400.0
_READ = 1 << 16
_NAMES = 100
"""Tried until one is free."""
_CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"


class WarcWriter:
    """Writes exchanges into WARC files in one folder, one file at a time. Not for several threads at once.

    When a method returns, the operating system has what was written: it survives the death of the process.
    `sync` makes it survive a power cut. What fails is taken back as a whole and can be tried again.
    """

    def __init__(  # noqa: PLR0913  (what an operator may set, and what a test must)
        self,
        folder: Path,
        *,
        prefix: str,
        info: Sequence[tuple[str, str]],
        originals: Originals,
        max_bytes: int = GIGABYTE,
        max_seconds: float = DAY,
        level: int = 6,
        clock: Callable[[], datetime] = utc_now,
        new_id: Callable[[], str] = new_record_id,
    ) -> None:
        """Take note; the first file is made with the first record.

        *info* are the fields of the warcinfo record at the head of each file. A file is closed once it has
        *max_bytes* or is *max_seconds* old, between two exchanges. *level* is zlib's; what is compressed
        already gets level 1.
        """
        self._folder, self._prefix, self._info, self._originals = folder, prefix, tuple(info), originals
        self._max_bytes, self._max_seconds, self._level = max_bytes, max_seconds, level
        self._clock, self._new_id = clock, new_id
        self._serial = 0
        self._file: OpenFile | None = None
        self._opened_at = datetime.min.replace(tzinfo=UTC)
        self.warcinfo: Record | None = None
        """The warcinfo record of the file being written; another one after each rotation."""

    def write_exchange(self, exchange: Exchange, notes: FetchNotes) -> tuple[Record, ...]:
        """Write *exchange* and return its records in file order: response or revisit, request, metadata.

        There is no response or revisit when no HTTP head came back, no request when nothing was sent. All
        of them stand in one file. Raises DiskFull when there is no space.
        """
        drafts = exchange_drafts(exchange, notes, self._originals, self._new_id)
        records = self._write(drafts)
        for record in records:
            self._remember(record)
        return records

    def write_metadata(
        self, target_uri: str, fields: Iterable[tuple[str, str]], *, concurrent_to: str | None = None
    ) -> Record:
        """Write a metadata record about *target_uri* with *fields* as warc-fields block, and return it.

        *concurrent_to* is the record id of the capture it belongs to, if it belongs to one.
        """
        common = [("WARC-Target-URI", tidy(target_uri))]
        if concurrent_to is not None:
            common.append(("WARC-Concurrent-To", f"<{concurrent_to}>"))
        draft = metadata_draft(common, fields, date=self._clock(), record_id=self._new_id())
        return self._write([draft])[0]

    def write_resource(self, target_uri: str, content_type: str, block: bytes) -> Record:
        """Write *block*, which we made, as resource record under *target_uri*, and return it."""
        common = [("WARC-Target-URI", tidy(target_uri)), ("WARC-Payload-Digest", digest_of([block]))]
        draft = block_draft(
            "resource", common, fit(content_type), block, date=self._clock(), record_id=self._new_id()
        )
        return self._write([draft])[0]

    def sync(self) -> None:
        """Return when the disk has everything written so far."""
        if self._file is not None:
            self._file.sync()

    def close(self) -> None:
        """Give the current file its final name. Writing again begins a new one."""
        if self._file is not None:
            file, self._file, self.warcinfo = self._file, None, None
            file.close()

    def release(self) -> None:
        """Close the current file, and the originals that were given to it. Nothing is written afterwards."""
        try:
            self.close()
        finally:
            self._originals.close()

    def _write(self, drafts: Iterable[Draft]) -> tuple[Record, ...]:
        file = self._current_file()
        start = file.size
        try:
            return tuple([self._append(file, draft, self.warcinfo) for draft in drafts])
        except BaseException:
            file.cut(start)  # an exchange is there as a whole or not at all
            raise

    def _current_file(self) -> OpenFile:
        now = self._clock()
        if self._file is not None:
            age = (now - self._opened_at).total_seconds()
            if self._file.size < self._max_bytes and age < self._max_seconds:
                return self._file
            self.close()
        file = self._new_file(now)
        try:
            self.warcinfo = self._append(file, self._warcinfo_draft(file.name, now), None)
        except BaseException:
            file.close()
            raise
        self._file, self._opened_at = file, now
        return file

    def _new_file(self, now: datetime) -> OpenFile:
        """Return a file of a name of its own: runs side by side may begin in the same millisecond."""
        for _ in range(_NAMES - 1):
            name = file_name(self._prefix, now, self._serial)
            self._serial += 1
            try:
                return OpenFile(self._folder, name)
            except ArchiveInUse:
                continue
        return OpenFile(self._folder, file_name(self._prefix, now, self._serial))

    def _warcinfo_draft(self, name: str, now: datetime) -> Draft:
        fields = [*self._info, ("format", "WARC File Format 1.1"), ("conformsTo", _CONFORMS_TO)]
        common = [("WARC-Filename", name)]
        record_id = self._new_id()
        return block_draft(
            "warcinfo", common, WARC_FIELDS, format_lines(fields), date=now, record_id=record_id
        )

    def _append(self, file: OpenFile, draft: Draft, warcinfo: Record | None) -> Record:
        pairs = list(draft.pairs)
        if warcinfo is not None:
            pairs.append(("WARC-Warcinfo-ID", f"<{warcinfo.record_id}>"))
        pairs = [(name, fit(value)) for name, value in (*pairs, ("Content-Length", str(draft.length)))]
        level = min(self._level, ALREADY_COMPRESSED) if draft.is_compressed else self._level
        offset = file.size
        length = file.append(_member(pairs, draft, level))
        place = Place(file=file.name, offset=offset, length=length)
        return describe(pairs, draft.block, draft.length, place).record

    def _remember(self, record: Record) -> None:
        is_whole = record.status == 200 and record.payload_digest and record.payload_length
        if record.record_type == "revisit" or (record.record_type == "response" and is_whole):
            self._originals.remember(record)


def _member(pairs: list[tuple[str, str]], draft: Draft, level: int) -> Iterator[bytes]:
    """Yield one gzip member with the whole record (WARC 1.1, annex D)."""
    made = compressor(level)
    yield made.compress(b"WARC/1.1\r\n" + format_lines(pairs) + b"\r\n")
    draft.block.seek(0)
    left = draft.length
    while left:
        piece = draft.block.read(min(left, _READ))
        if not piece:
            raise EOFError(f"the block is {left} bytes shorter than announced")
        left -= len(piece)
        yield made.compress(piece)
    yield made.compress(b"\r\n\r\n")
    yield made.flush()
