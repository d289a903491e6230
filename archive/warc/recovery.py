"""Finishing WARC files whose process died: whole records stay, a torn tail is set aside, never thrown away."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import ArchiveInUse, UserError
from archive.warc.compression import GZIP_ERRORS, GZIP_MAGIC, decompressor
from archive.warc.files import OPEN, check_space, lock, sync_folder

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_READ = 1 << 16
_RECORD_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovered:
    """What became of one file that was left open."""

    file: str
    """Its final name."""
    size: int
    """Bytes of whole records it has; 0 when there were none and the file is gone."""
    torn: str | None
    """Name of the file beside it that holds what came behind them; None when nothing did."""


def recover(folder: Path) -> list[Recovered]:
    """Finish every ``.open`` file in *folder* that no living process writes, and return what was done.

    The file is cut behind its last whole gzip member that ends a record; the bytes behind that go to
    ``NAME.torn-OFFSET``. Damage in the middle stays where it is, for *verify* to name. Killed half way through, it
    can be done again. Raises DiskFull when the tail cannot be set aside, UserError when the final name is taken.
    """
    found = []
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        try:
            found.append(_recover_one(path))
        except (ArchiveInUse, FileNotFoundError):
            continue  # it is being written, or another process was faster
    if found:
        sync_folder(folder)
    return found


def _recover_one(path: Path) -> Recovered:
    final = path.with_name(path.name.removesuffix(OPEN))
    with path.open("r+b") as file:
        lock(file.fileno(), path)
        if final.exists():
            raise UserError(f"{final}: exists beside {path.name}; one of them must be moved away by hand")
        size = file.seek(0, os.SEEK_END)
        good = end_of_last_record(file)
        torn = _set_aside(file, final, good) if good < size else None
        if good == 0:
            path.unlink()
        else:
            file.truncate(good)
            os.fsync(file.fileno())
            path.rename(final)
    return Recovered(file=final.name, size=good, torn=torn)


def _set_aside(file: BinaryIO, final: Path, start: int) -> str:
    aside = final.with_name(f"{final.name}.torn-{start}")
    try:
        with aside.open("wb") as tail:
            file.seek(start)
            shutil.copyfileobj(file, tail)
            tail.flush()
            os.fsync(tail.fileno())
    except OSError as error:
        check_space(error, aside)
        raise
    return aside.name


def end_of_last_record(file: BinaryIO) -> int:
    """Return the offset behind the last whole gzip member of *file* that ends a record; 0 when there is none."""
    good = position = 0
    size = file.seek(0, os.SEEK_END)
    while position < size:
        end = _member_end(file, position)
        if end is not None:
            good = position = end
            continue
        following = _next_magic(file, position + 1)
        if following is None:
            break
        position = following
    return good


def _member_end(file: BinaryIO, start: int) -> int | None:
    """Return where the member at *start* ends, when it is whole and ends a record."""
    file.seek(start)
    member, tail = decompressor(), b""
    try:
        while raw := file.read(_READ):
            tail = (tail + member.decompress(raw))[-len(_RECORD_END) :]
            if member.eof:
                return file.tell() - len(member.unused_data) if tail == _RECORD_END else None
    except GZIP_ERRORS:
        return None
    return None


def _next_magic(file: BinaryIO, start: int) -> int | None:
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
