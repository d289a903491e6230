"""WARC files while they are written: names, the lock, whole records or nothing, renamed when closed."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import socket
from typing import TYPE_CHECKING

from archive.errors import ArchiveInUse, DiskFull
from archive.times import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from pathlib import Path

OPEN = ".open"
"""Behind the name of a file that is being written, or was when its process died."""
ENDINGS = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")
"""Of the names of files that can be read record by record."""
_FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_GATHER = 1 << 18
"""Bytes handed to the system at once."""


def file_name(prefix: str, now: datetime, serial: int, host: str | None = None) -> str:
    """Return a WARC file's name: ``PREFIX-YYYYMMDDHHMMSSmmm-SERIAL-HOST.warc.gz`` (WARC 1.1, annex C)."""
    safe_prefix = re.sub(r"[^A-Za-z0-9._]+", "_", prefix) or "warc"
    first_label = (host or socket.gethostname()).partition(".")[0]
    safe_host = re.sub(r"[^A-Za-z0-9]+", "_", first_label) or "localhost"
    return (
        f"{safe_prefix}-{format_timestamp(now)}{now.microsecond // 1000:03}-{serial:05}-{safe_host}.warc.gz"
    )


class OpenFile:
    """One WARC file being written, as ``NAME.open``, locked against every other process."""

    def __init__(self, folder: Path, name: str) -> None:
        """Create the file; raises ArchiveInUse if it exists, finished or not, DiskFull if there is no room for it."""
        self.name = name
        self.path = folder / (name + OPEN)
        self.size = 0
        """Bytes of whole records."""
        self._torn = False
        try:
            self._file = self.path.open("xb", buffering=0)
        except FileExistsError as error:
            raise ArchiveInUse(f"{self.path}: another process writes this file") from error
        except OSError as error:
            check_space(error, self.path)
            raise
        try:
            lock(self._file.fileno(), self.path)
            self._check_name(folder / name)
        except ArchiveInUse:
            self._file.close()
            raise
        sync_folder(folder)

    def _check_name(self, final: Path) -> None:
        """Raise ArchiveInUse when another process has finished a file of this name; nobody else can from here on."""
        if final.exists():
            self.path.unlink()
            raise ArchiveInUse(f"{final}: another process wrote a file of this name")

    def append(self, chunks: Iterable[bytes]) -> int:
        """Write *chunks* behind the last whole record, hand them to the system, and return how many bytes they are.

        All or nothing: on any error, that of making a chunk included, the file is cut back to where it was.
        Raises DiskFull when there is no space, else the error as it came.
        """
        if self._torn:
            self.cut(self.size)
        written = 0
        try:
            for gathered in _gathered(chunks):
                view = memoryview(gathered)
                while view:
                    count = self._file.write(view)
                    written += count
                    view = view[count:]
        except BaseException as error:
            self._torn = True
            self.cut(self.size)
            if isinstance(error, OSError):
                check_space(error, self.path)
            raise
        self.size += written
        return written

    def cut(self, size: int) -> None:
        """Forget everything behind the first *size* bytes."""
        self._file.truncate(size)
        self._file.seek(size)
        self.size = size
        self._torn = False

    def sync(self) -> None:
        """Return when the disk has everything."""
        try:
            os.fsync(self._file.fileno())
        except OSError as error:
            check_space(error, self.path)
            raise

    def close(self) -> None:
        """Give the file its final name; an empty one is removed."""
        if self._file.closed:
            return
        try:
            if self.size == 0:
                self.path.unlink()
            else:
                self.sync()
                self.path.rename(self.path.with_name(self.name))
            sync_folder(self.path.parent)
        finally:
            self._file.close()


def lock(descriptor: int, path: Path) -> None:
    """Take the lock of an open file until it is closed; raises ArchiveInUse when another process has it.

    The file must still be the one at *path*: a recovery that came first may have renamed it.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise ArchiveInUse(f"{path}: another process writes this file") from error
    try:
        same = os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        same = False
    if not same:
        raise ArchiveInUse(f"{path}: another process took this file over")


def sync_folder(folder: Path) -> None:
    """Return when the disk has the names in *folder*."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def check_space(error: OSError, path: Path) -> None:
    """Raise DiskFull when *error* says that there is no space, or that a quota or a size limit is reached."""
    if error.errno in _FULL:
        raise DiskFull(f"{path}: {error.strerror}") from error


def _gathered(chunks: Iterable[bytes]) -> Iterable[bytes]:
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _GATHER:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)
