"""The list of sealed WARC files with their SHA-256, in the format that ``sha256sum --check`` reads."""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.warc.files import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

MANIFEST = "manifest-sha256.txt"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file *path* in lower-case hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_manifest(folder: Path) -> dict[str, str]:
    """Return file name → SHA-256 of the sealed files of *folder*; empty when nothing was sealed yet.

    Raises UserError, with the line, when the manifest cannot be read.
    """
    path = folder / MANIFEST
    if not path.exists():
        return {}
    listed: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        digest, _, name = line.partition("  ")
        if len(digest) != 64 or not name:
            raise UserError(f"{path}, line {number}: not a line of sha256sum")
        listed[name] = digest
    return listed


def seal(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Add the files *names* of *folder* to its manifest, and return the whole of it.

    Files that are listed already are not read again and keep their line. The manifest is replaced in one step:
    it is never seen half written.
    """
    listed = read_manifest(folder)
    new = {name: file_sha256(folder / name) for name in names if name not in listed}
    if not new:
        return listed
    with _locked(folder):
        listed = new | read_manifest(folder)
        _replace(folder / MANIFEST, listed)
    return listed


def reseal(folder: Path, name: str) -> None:
    """Give *name*, which we changed ourselves, a new line in the manifest of *folder*."""
    with _locked(folder):
        _replace(folder / MANIFEST, read_manifest(folder) | {name: file_sha256(folder / name)})


def move_line(folder: Path, name: str, to_folder: Path) -> None:
    """Move the line of *name* from the manifest of *folder* to that of *to_folder*, unchanged.

    It then tells what the file was when it was sealed. Killed in between, the line stands in both.
    """
    listed = read_manifest(folder)
    line = {name: listed.pop(name)}
    _replace(to_folder / MANIFEST, read_manifest(to_folder) | line)
    _replace(folder / MANIFEST, listed)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the manifest of *folder* for a moment: runs side by side end when they like."""
    with (folder / f".{MANIFEST}.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _replace(path: Path, listed: Mapping[str, str]) -> None:
    fresh = path.with_name(path.name + ".new")
    with fresh.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{digest}  {name}\n" for name, digest in sorted(listed.items()))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)
