"""Checking WARC files: every digest, the structure, the tail; in words that name file, offset and URL."""

from __future__ import annotations

import base64
import binascii
import hashlib
import io
import mmap
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from archive.http import BadFraming, iter_entity, parse_head
from archive.warc.compression import GZIP_MAGIC
from archive.warc.headers import first
from archive.warc.quick import look
from archive.warc.reader import iter_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    from _typeshed import ReadableBuffer as Buffer

    from archive.errors import DamagedRecord
    from archive.warc.reader import OpenRecord

ERROR, NOTE = "error", "note"
_READ = 1 << 20
_DIGITS = {
    ord(letter): "0123456789abcdefghijklmnopqrstuv"[number]
    for letters in ("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "abcdefghijklmnopqrstuvwxyz")
    for number, letter in enumerate(letters)
} | {ord(letter): "?" for letter in "0189"}
"""From base 32 (RFC 4648, 6) to the digits of Python's numbers."""
_ALGORITHMS = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something about a file that is not as it should be."""

    file: str
    offset: int
    target_uri: str | None
    severity: str
    """``error``: bytes are lost or were changed; ``note``: another reader might stumble."""
    message: str

    def __str__(self) -> str:
        about = f" {self.target_uri}" if self.target_uri else ""
        return f"{self.file}, offset {self.offset}:{about} {self.message}"


@dataclass(slots=True)
class Summary:
    """What *verify_file* counted, complete when it is exhausted."""

    records: Counter[str] = field(default_factory=Counter)
    """Type of record → how many could be read."""
    block_digests: int = 0
    """Block digests that were right."""
    payload_digests: Counter[str] = field(default_factory=Counter)
    """Convention by which the payload digest was right → how many: ``standard`` (without chunk framing), ``as-sent``
    (with it, as wget and warcio write) or ``either`` (there is none); ``elsewhere`` for revisits."""
    errors: int = 0
    notes: int = 0


def verify_file(path: Path | str, summary: Summary | None = None) -> Iterator[Finding]:
    """Yield what is wrong with the WARC or ARC file *path*, in file order; count in *summary*.

    Nothing is raised but OSError. A payload digest passes by the standard's convention (WARC 1.1, 5.9: without
    transfer coding) and by the other one that was in use for long; *summary* says which.
    """
    path, summary = Path(path), summary if summary is not None else Summary()
    with _mapped(path) as data:
        offset = 0
        while data is not None and offset < len(data):
            offset = _vouched_for(data, offset, summary)
            if offset == len(data):
                return
            stretch = _Stretch(offset, summary)
            yield from stretch.findings(path)
            if stretch.end is None:
                return
            offset = stretch.end
        if data is None:
            yield from _Stretch(0, summary, at_most=None).findings(path)


@contextmanager
def _mapped(path: Path) -> Iterator[mmap.mmap | None]:
    """Give *path* in memory when it begins with a gzip member; None otherwise."""
    with path.open("rb") as file:
        if file.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
            yield None
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            yield data


def _vouched_for(data: mmap.mmap, offset: int, summary: Summary) -> int:
    """Count the records from *offset* on that a quick look vouches for; return the offset behind them."""
    while offset < len(data) and (seen := look(data, offset)) is not None:
        summary.records[seen.record_type] += 1
        summary.block_digests += seen.has_block_digest
        if seen.payload is not None:
            summary.payload_digests[seen.payload] += 1
        offset = seen.end
    return offset


class _Stretch:
    """Some records that are read with care: up to where a quick look may be taken again, or to the end."""

    def __init__(self, start: int, summary: Summary, *, at_most: int | None = 20) -> None:
        self._start, self._summary, self._at_most = start, summary, at_most
        self.end: int | None = None
        """Offset behind the last record read; None when the file was read to its end."""

    def findings(self, path: Path) -> Iterator[Finding]:
        """Yield what is wrong. Where something is, or members hold more than a record, all the rest is read so."""
        damages: list[DamagedRecord] = []
        left = self._at_most
        for open_record in iter_records(path, self._start, on_damage=damages.append):
            if damages:
                left = None
            yield from _counted(_damage_findings(damages), self._summary)
            damages.clear()
            record = open_record.record
            self._summary.records[record.record_type] += 1
            file = record.place.file if "/" in record.place.file else path.name
            yield from _counted(_record_findings(file, open_record, self._summary), self._summary)
            if left is None or not record.place.length or record.place.inner:
                left = None
                continue
            left -= 1
            if left == 0:
                self.end = record.place.offset + record.place.length
                return
        yield from _counted(_damage_findings(damages), self._summary)


def _counted(findings: Iterable[Finding], summary: Summary) -> Iterator[Finding]:
    for finding in findings:
        if finding.severity == ERROR:
            summary.errors += 1
        else:
            summary.notes += 1
        yield finding


def _damage_findings(damages: Iterable[DamagedRecord]) -> list[Finding]:
    return [
        Finding(file=d.file, offset=d.offset, target_uri=None, severity=ERROR, message=d.reason)
        for d in damages
    ]


def _record_findings(file: str, open_record: OpenRecord, summary: Summary) -> Iterator[Finding]:
    record = open_record.record
    problems = [(NOTE, flaw) for flaw in open_record.flaws]
    problems += _block_problems(open_record, summary)
    problems += _payload_problems(open_record, summary)
    for severity, message in problems:
        yield Finding(
            file=file,
            offset=record.place.offset,
            target_uri=record.target_uri,
            severity=severity,
            message=message,
        )


def _block_problems(open_record: OpenRecord, summary: Summary) -> list[tuple[str, str]]:
    written = first(open_record.headers, "WARC-Block-Digest")
    if written is None:
        return []
    digest = _Written.parse(written)
    if digest is None:
        return [(NOTE, f"WARC-Block-Digest {written[:80]!r} cannot be read")]
    if not digest.fits(_block_pieces(open_record)):
        return [(ERROR, "the block is not the one that was written: its digest differs")]
    summary.block_digests += 1
    return []


def _payload_problems(open_record: OpenRecord, summary: Summary) -> list[tuple[str, str]]:
    record = open_record.record
    written = record.payload_digest
    if written is None:
        return []
    if record.record_type == "revisit":
        summary.payload_digests["elsewhere"] += 1
        return []
    digest = _Written.parse(written)
    if digest is None:
        return [(NOTE, f"WARC-Payload-Digest {written[:80]!r} cannot be read")]
    is_framed = parse_head(open_record.http_head()).is_chunked
    if digest.fits(_entity_pieces(open_record)):
        summary.payload_digests["standard" if is_framed else "either"] += 1
        return []
    if is_framed and digest.fits(_body_pieces(open_record)):
        summary.payload_digests["as-sent"] += 1
        return []
    if record.truncated:
        return [(NOTE, "the payload was cut, its digest is that of the whole")]
    return [(ERROR, "the payload is not the one that was written: its digest differs")]


def _block_pieces(open_record: OpenRecord) -> Iterator[Buffer]:
    return _pieces(open_record.block(), 0)


def _body_pieces(open_record: OpenRecord) -> Iterator[Buffer]:
    return _pieces(open_record.block(), len(open_record.http_head()))


def _pieces(block: BinaryIO, start: int) -> Iterator[Buffer]:
    """Yield *block* from byte *start* on; what is in memory comes in one piece, and is not copied."""
    if isinstance(block, io.BytesIO):
        yield block.getbuffer()[start:]
        return
    block.seek(start)
    while piece := block.read(_READ):
        yield piece


def _entity_pieces(open_record: OpenRecord) -> Iterator[Buffer]:
    head = parse_head(open_record.http_head())
    if not head.is_chunked:
        yield from _body_pieces(open_record)
        return
    try:
        yield from iter_entity(head, open_record.body())
    except BadFraming:
        yield b"\0framing"  # fits no digest: what is undecodable has no payload digest


@dataclass(frozen=True, slots=True)
class _Written:
    """A digest as a record has it: algorithm and value, in base 16, 32 or 64."""

    algorithm: str
    value: str

    @classmethod
    def parse(cls, text: str) -> _Written | None:
        algorithm, colon, value = text.partition(":")
        name = algorithm.strip().lower().replace("-", "")
        return cls(name, value.strip()) if colon and name in _ALGORITHMS else None

    def fits(self, pieces: Iterable[Buffer]) -> bool:
        """Return whether this is the digest of *pieces*."""
        hasher = hashlib.new(self.algorithm, usedforsecurity=False)
        for piece in pieces:
            hasher.update(piece)
        return hasher.digest() == self._read(hasher.digest_size)

    def _read(self, size: int) -> bytes | None:
        """Return the *size* bytes that the value means: writers do not say which base they used, its length does."""
        letters = len(self.value.rstrip("="))
        decode = {size * 2: bytes.fromhex, -(-size * 8 // 5): _base32, -(-size * 4 // 3): _base64}.get(
            letters
        )
        try:
            return decode(self.value.rstrip("=")) if decode else None
        except (ValueError, binascii.Error):
            return None


def _base32(value: str) -> bytes:
    """Return what *value*, without padding, means; by way of a number, which is six times as fast as base64's way."""
    if not value.isalnum() or value.translate(_DIGITS).strip("0123456789abcdefghijklmnopqrstuv"):
        raise ValueError("not base 32")
    size, surplus = divmod(len(value) * 5, 8)
    return (int(value.translate(_DIGITS), 32) >> surplus).to_bytes(size, "big")


def _base64(value: str) -> bytes:
    return base64.b64decode(value.translate(str.maketrans("-_", "+/")) + "=" * (-len(value) % 4))
