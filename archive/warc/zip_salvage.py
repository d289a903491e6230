"""Files in a ZIP file whose list, which stands at its end, is missing: a download that broke off, mostly."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

HEADER = b"PK\x03\x04"
HEADER_SIZE = 30
_SIZE_FOLLOWS, _ENCRYPTED = 1 << 3, 1
_IN_ZIP64 = 0xFFFFFFFF
_READ = 1 << 16


@dataclass(frozen=True, slots=True)
class Found:
    """A file whose own header could be read."""

    name: str
    start: int
    end: int
    """Of its bytes as they stand; the end of the ZIP file where it was cut, or where the header does not say."""
    is_packed: bool


def iter_found(path: Path) -> Iterator[Found]:
    """Yield the files of the ZIP file *path*, stored or deflated, that can be found from its beginning on."""
    size = path.stat().st_size
    with path.open("rb") as file:
        position = 0
        while position < size:
            file.seek(position)
            header = file.read(HEADER_SIZE)
            if len(header) < HEADER_SIZE or not header.startswith(HEADER):
                return
            flags, method = (int.from_bytes(header[at : at + 2], "little") for at in (6, 8))
            length = int.from_bytes(header[18:22], "little")
            name_size, extra_size = (int.from_bytes(header[at : at + 2], "little") for at in (26, 28))
            name = file.read(name_size).decode("utf-8", "replace")
            start = position + HEADER_SIZE + name_size + extra_size
            is_last = bool(flags & _SIZE_FOLLOWS and not length) or length == _IN_ZIP64
            position = size if is_last else min(size, start + length)
            if method in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} and not flags & _ENCRYPTED:
                yield Found(name, start, position, method == zipfile.ZIP_DEFLATED)


def unpack(path: Path, found: Found, into: BinaryIO) -> None:
    """Write what can be inflated of *found* to *into*."""
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    with path.open("rb") as file:
        file.seek(found.start)
        left = found.end - found.start
        while left > 0 and not inflating.eof and (piece := file.read(min(left, _READ))):
            left -= len(piece)
            try:
                into.write(inflating.decompress(piece))
            except zlib.error:
                return
