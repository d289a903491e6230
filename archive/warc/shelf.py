"""Finished WARC files that lie elsewhere, on another disk or a mounted bucket: in the archive's folder stands a link to each."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord, UserError
from archive.warc.files import ENDINGS, check_space, sync_folder
from archive.warc.manifest import file_sha256, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime, timedelta
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """One file that lies elsewhere now."""

    file: str
    size: int
    was_there: bool
    """Whether it lay there already, so that nothing had to be copied."""


def missing_files(folder: Path) -> list[str]:
    """Return the links in *folder* that lead nowhere: what they lead to is not mounted, or gone."""
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(path.name for path in found if path.is_symlink() and not path.exists())


def to_shelve(folder: Path, *, now: datetime, older_than: timedelta) -> list[Path]:
    """Return the files of *folder* that are sealed, lie there themselves, and were not changed for *older_than*."""
    sealed = read_manifest(folder)
    return sorted(
        path
        for path in folder.iterdir()
        if path.name in sealed
        and path.name.endswith(ENDINGS)
        and not path.is_symlink()
        and path.is_file()
        and now.timestamp() - path.stat().st_mtime >= older_than.total_seconds()
    )


def shelve(path: Path, target: Path) -> Shelved:
    """Let the sealed file *path* lie in the folder *target*, and a link to it where it was.

    It is there, on the disk and with the SHA-256 it was sealed with, before the link takes its place. A file of its name that
    is there already is taken as it is. Killed in between, it can be done again. Raises DamagedRecord when either copy is not what was
    sealed, DiskFull when there is no room, UserError when nothing can be written there.
    """
    sealed = read_manifest(path.parent)[path.name]
    there = target / path.name
    was_there = there.exists()
    if not was_there:
        _copy(path, there)
    if file_sha256(there) != sealed:
        if not was_there:
            there.unlink()
            raise DamagedRecord(path.name, 0, "is not the file that was sealed; it stays where it is")
        raise DamagedRecord(
            str(there), 0, "is another file than the one that was sealed; it stays where it is"
        )
    size = there.stat().st_size
    link = path.with_name(f".{path.name}.link")
    link.unlink(missing_ok=True)
    link.symlink_to(there.absolute())
    link.replace(path)
    sync_folder(path.parent)
    return Shelved(file=path.name, size=size, was_there=was_there)


def unshelve(path: Path) -> Shelved:
    """Let the file that *path* is a link to lie where the link is; the other copy stays. Raises as *shelve* does."""
    there = path.resolve()
    fresh = path.with_name(f".{path.name}.part")
    _copy(there, fresh)
    if file_sha256(fresh) != read_manifest(path.parent).get(path.name):
        fresh.unlink()
        raise DamagedRecord(str(there), 0, "is not the file that was sealed; the link stays")
    fresh.replace(path)
    sync_folder(path.parent)
    return Shelved(file=path.name, size=path.stat().st_size, was_there=True)


def links(folder: Path) -> Iterator[Path]:
    """Yield the links of *folder* to WARC files that lie elsewhere, by name."""
    yield from sorted(path for path in folder.iterdir() if path.is_symlink() and path.name.endswith(ENDINGS))


def _copy(path: Path, to: Path) -> None:
    partial = to.with_name(f".{to.name}.part")
    try:
        shutil.copyfile(path, partial)
        shutil.copystat(path, partial)
        with partial.open("rb") as file:
            os.fsync(file.fileno())
        partial.replace(to)
        sync_folder(to.parent)
    except OSError as error:
        partial.unlink(missing_ok=True)
        check_space(error, to)
        raise UserError(
            f"{to}: cannot be written ({error.strerror or error}); {path.name} stays where it is"
        ) from error
