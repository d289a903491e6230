"""Finishing WARC files whose process died: whole records stay, a torn tail is set aside, never thrown away."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import ArchiveInUse, UserError
from archive.warc.files import OPEN, check_space, lock, sync_folder
from archive.warc.members import member_at, next_magic

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO


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
            found.append(recover_one(path))
        except (ArchiveInUse, FileNotFoundError):
            continue  # it is being written, or another process was faster
    if found:
        sync_folder(folder)
    return found


def recover_one(path: Path) -> Recovered:
    """Finish the ``.open`` file *path* as *recover* does; raises ArchiveInUse when a living process writes it."""
    final = path.with_name(path.name.removesuffix(OPEN))
    with path.open("r+b") as file:
        lock(file.fileno(), path)
        if final.exists():
            raise UserError(f"{final}: exists beside {path.name}; one of them must be moved away by hand")
        size = file.seek(0, os.SEEK_END)
        good = end_of_last_record(file)
        torn = set_aside(file, final, good) if good < size else None
        if good == 0:
            path.unlink()
        else:
            file.truncate(good)
            os.fsync(file.fileno())
            path.rename(final)
    return Recovered(file=final.name, size=good, torn=torn)


def set_aside(file: BinaryIO, final: Path, start: int) -> str:
    """Copy what stands in *file* from byte *start* on to ``NAME.torn-START`` beside *final*, and return that name.

    It is on the disk when this returns. Raises DiskFull when there is no room.
    """
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
        member = member_at(file, position)
        if member is not None and member.ends_record:
            good = position = member.end
            continue
        following = next_magic(file, position + 1)
        if following is None:
            break
        position = following
    return good
