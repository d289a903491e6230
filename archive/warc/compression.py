"""gzip for single records: isal where it is installed, which is several times faster, zlib otherwise."""

from __future__ import annotations

import importlib
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Compressor(Protocol):
    """Makes one gzip member."""

    def compress(self, chunk: bytes, /) -> bytes:
        """Return what is ready of the compressed bytes."""

    def flush(self) -> bytes:
        """Return the rest of the member."""


class Decompressor(Protocol):
    """Reads one member; raises one of its codec's errors, wrong checksums included.

    It may have an attribute *has_more*: whether an empty chunk gives more.
    """

    @property
    def eof(self) -> bool:
        """Whether the member is over."""

    @property
    def unused_data(self) -> bytes:
        """What was put in behind the member's end."""

    def decompress(self, chunk: bytes, /) -> bytes:
        """Return what *chunk* holds."""


def _load_isal() -> Any:
    try:
        return importlib.import_module("isal.isal_zlib")
    except ImportError:
        return None


_isal = _load_isal()
GZIP_ERRORS: tuple[type[Exception], ...] = (zlib.error, _isal.error) if _isal else (zlib.error,)
GZIP_MAGIC = b"\x1f\x8b\x08"
ALREADY_COMPRESSED = 1
"""The level for payloads that do not get smaller."""
_GZIP = 31
"""zlib's window bits for: 32 KB and a gzip envelope."""


def compressor(level: int) -> Compressor:
    """Return a compressor of zlib level *level* (0 … 9), or the nearest one of isal.

    On news pages isal's level 3 takes 1.12 times the space of zlib's 9 and a fifth of the time, level 2 takes
    1.16 times the space and a seventh of the time (tests/bench/bench_warc_writer.py). Its level 0 is not used: what
    is compressed already grows by a quarter with it, and level 1 is the faster one there. 0 is zlib's: no compression.
    """
    if _isal and level > 0:
        nearest = 1 if level <= 3 else 2 if level <= 5 else 3
        made: Compressor = _isal.compressobj(nearest, zlib.DEFLATED, _GZIP)
        return made
    return zlib.compressobj(level, zlib.DEFLATED, _GZIP)


def decompressor() -> Decompressor:
    """Return a decompressor for one gzip member."""
    made: Decompressor = (_isal or zlib).decompressobj(wbits=_GZIP)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Codec:
    """How the members of a compressed file are told and read."""

    word: str
    magic: bytes
    """With which a member that holds something begins."""
    begins: Callable[[bytes], bool]
    """Whether bytes are the beginning of a member."""
    errors: tuple[type[Exception], ...]
    decompressor: Callable[[], Decompressor]


GZIP = Codec(
    word="gzip member",
    magic=GZIP_MAGIC,
    begins=lambda beginning: beginning.startswith(GZIP_MAGIC),
    errors=GZIP_ERRORS,
    decompressor=decompressor,
)
