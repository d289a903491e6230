"""WACZ: a ZIP file with WARC files in it (https://specs.webrecorder.net/wacz/), read in place and taken out."""

from __future__ import annotations

import io
import lzma
import os
import re
import shutil
import struct
import tempfile
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.warc.files import ENDINGS, check_space
from archive.warc.manifest import file_sha256
from archive.warc.zip_salvage import HEADER, HEADER_SIZE, iter_found, unpack

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from _typeshed import WriteableBuffer

_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,  # a compression that nobody knows
    RuntimeError,  # encrypted
    EOFError,
    ValueError,
    struct.error,
    OverflowError,
)


class BadWacz(Exception):  # noqa: N818  (becomes DamagedRecord or UserError, with the file's name)
    """The ZIP file, or one file in it, cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class Location:
    """A WARC file on its own, or one inside a WACZ file."""

    file: Path
    inside: str | None = None

    @property
    def name(self) -> str:
        """Return ``X.warc.gz`` or ``X.wacz/archive/Y.warc.gz``, as `Place.file` and damages have it."""
        return self.file.name if self.inside is None else f"{self.file.name}/{self.inside}"


def locate(path: Path) -> Location:
    """Return what *path* means, which may go on inside a WACZ file: ``X.wacz/archive/Y.warc.gz``."""
    if not path.exists():
        for above in path.parents:
            if above.is_file():
                return Location(above, path.relative_to(above).as_posix())
    return Location(path)


def open_warc(location: Location) -> BinaryIO:
    """Return the WARC file at *location*, to be read from any place in it; raises OSError, BadWacz.

    What stands in the ZIP file uncompressed, as the standard wants it, is read there; else a temporary file is made.
    """
    if location.inside is None:
        return location.file.open("rb")
    try:
        archive = _zip(location.file)
    except BadWacz:
        return _salvaged(location.file, location.inside)
    with archive:
        try:
            info = archive.getinfo(location.inside)
        except KeyError as error:
            raise BadWacz(f"holds no {location.inside}") from error
        if info.compress_type == zipfile.ZIP_STORED and not info.flag_bits & 1:
            return _stored(location.file, info)
        return _unpacked(archive, info)


def inner_warcs(path: Path) -> tuple[list[str], str | None]:
    """Return the names inside the ZIP file *path* that are WARC or ARC files, in its order, and what is wrong with it.

    Where the ZIP file's own list cannot be read, the files are looked for from its beginning on. Raises OSError.
    """
    problem = None
    try:
        with _zip(path) as archive:
            names = archive.namelist()
    except BadWacz as error:
        names, problem = [found.name for found in iter_found(path)], str(error)
    warcs = [name for name in dict.fromkeys(names) if name.lower().endswith(ENDINGS)]
    return warcs, problem or (None if warcs else "this ZIP file holds no WARC file")


def extract_warcs(path: Path, folder: Path) -> list[Path]:
    """Copy the WARC files inside the WACZ file *path* into *folder*, byte for byte, and return where they are.

    Each keeps its own name; where *folder* has another file of that name, the WACZ file's stands before it. What is
    there already is not copied again. Raises UserError when *path* cannot be read or holds none, DiskFull.
    """
    names, problem = inner_warcs(path)
    if problem is not None:
        raise UserError(f"{path}: {problem}")
    try:
        return [_extract(Location(path, name), folder) for name in names]
    except BadWacz as error:
        raise UserError(f"{path}: {error}") from error


def _extract(location: Location, folder: Path) -> Path:
    assert location.inside is not None
    name = _safe(location.inside.rpartition("/")[2])
    partial = folder / f"{name}.partial"
    try:
        with open_warc(location) as source, partial.open("wb") as copy:
            shutil.copyfileobj(source, copy)
            copy.flush()
            os.fsync(copy.fileno())
        digest = file_sha256(partial)
        for target in (folder / name, folder / f"{_safe(location.file.stem)}-{name}"):
            if not target.exists():
                return partial.rename(target)
            if file_sha256(target) == digest:
                return target
    except OSError as error:
        check_space(error, partial)
        raise
    finally:
        partial.unlink(missing_ok=True)
    raise UserError(
        f"{location.file}: the archive holds other files named {name}; rename them or the WACZ file"
    )


def _safe(name: str) -> str:
    return re.sub(r"[^\w.\-]+", "_", name).lstrip(".") or "warc"


def _zip(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _ERRORS as error:
        raise BadWacz(f"the ZIP file's list of files cannot be read ({error})") from error


def _stored(path: Path, info: zipfile.ZipInfo) -> BinaryIO:
    file = path.open("rb")
    file.seek(max(0, info.header_offset))  # below 0 where the list is damaged
    header = file.read(HEADER_SIZE)
    if info.header_offset < 0 or len(header) < HEADER_SIZE or not header.startswith(HEADER):
        file.close()
        raise BadWacz(f"{info.filename} does not stand where the ZIP file's list says")
    behind = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    start = info.header_offset + HEADER_SIZE + behind
    return io.BufferedReader(_Window(file, start, info.file_size))


def _salvaged(path: Path, name: str) -> BinaryIO:
    found = next((each for each in iter_found(path) if each.name == name), None)
    if found is None:
        raise BadWacz(f"holds no {name}, as far as it can be read")
    if not found.is_packed:
        return io.BufferedReader(_Window(path.open("rb"), found.start, found.end - found.start))
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
    unpack(path, found, file)
    file.seek(0)
    return file


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> BinaryIO:
    # Without a name: it is gone when it is closed.
    file: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        with archive.open(info) as packed:
            shutil.copyfileobj(packed, file)
    except _ERRORS as error:
        file.close()
        raise BadWacz(f"{info.filename} cannot be unpacked ({error})") from error
    file.seek(0)
    return file


class _Window(io.RawIOBase):
    """A part of a file as a file."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        base = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._size}[whence]
        self._position = max(0, base + offset)
        return self._position

    def readinto(self, buffer: WriteableBuffer) -> int:
        self._file.seek(self._start + self._position)
        piece = self._file.read(max(0, min(len(memoryview(buffer)), self._size - self._position)))
        memoryview(buffer)[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        self._file.close()
        super().close()
