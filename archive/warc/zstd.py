"""WARC files compressed with zstd, a frame a record, with or without a dictionary in front; where a library can."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from archive.warc.compression import Codec

if TYPE_CHECKING:
    from typing import BinaryIO

MAGIC = b"\x28\xb5\x2f\xfd"
_DICTIONARY = b"\x5d\x2a\x4d\x18"
"""A frame that readers skip, with the dictionary of all that follow
(https://iipc.github.io/warc-specifications/specifications/warc-zstd/)."""
_LARGEST_DICTIONARY = 16 << 20
_PIECE = 1 << 20
"""Bytes taken out of a frame at once: a few of zstd's can stand for any number."""


def is_zstd(beginning: bytes) -> bool:
    """Return whether a file that begins so (four bytes) is compressed with zstd."""
    return beginning[:4] == MAGIC or (beginning[1:4] == b"\x2a\x4d\x18" and beginning[0] >> 4 == 5)


def zstd_codec(file: BinaryIO) -> Codec | None:
    """Return how to read *file*, with the dictionary that stands at its beginning; None without a library.

    A dictionary that cannot be used is left out: the frames that need it are then damaged.
    """
    library = _library()
    if library is None:
        return None
    dictionary = _dictionary(library, file)
    return Codec(
        word="zstd frame",
        magic=MAGIC,
        begins=is_zstd,
        errors=(library.ZstdError,),
        decompressor=lambda: _Frame(library, dictionary),
    )


def _library() -> Any:
    """Return the module of Python 3.14, or its twin for older ones, or None."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None


def _dictionary(library: Any, file: BinaryIO) -> Any:
    file.seek(0)
    head = file.read(8)
    if head[:4] != _DICTIONARY:
        return None
    content = file.read(min(int.from_bytes(head[4:], "little"), _LARGEST_DICTIONARY))
    try:
        if content[:4] == MAGIC:
            content = library.ZstdDecompressor().decompress(content, _LARGEST_DICTIONARY)
        return library.ZstdDict(content)
    except (library.ZstdError, ValueError):
        return None


class _Frame:
    """One frame, handed out in pieces."""

    def __init__(self, library: Any, dictionary: Any) -> None:
        self._decompressor = library.ZstdDecompressor(zstd_dict=dictionary)

    @property
    def eof(self) -> bool:
        return bool(self._decompressor.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._decompressor.unused_data)

    @property
    def has_more(self) -> bool:
        """Return whether there is more to hand out before more is put in."""
        return not self._decompressor.eof and not self._decompressor.needs_input

    def decompress(self, chunk: bytes, /) -> bytes:
        return bytes(self._decompressor.decompress(chunk, _PIECE))
