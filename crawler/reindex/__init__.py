"""Reads WARC files into the index: what a crash left behind, a whole archive anew, or files from elsewhere.

The same steps run as in a crawl, without Scrapy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.warc.files import ENDINGS
from archive.warc.manifest import seal
from archive.warc.reader import iter_records
from crawler.reindex.writing import Reread, Rereading

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from archive.index.store import Index
    from archive.warc.recovery import Recovered
    from crawler.runs import Run

__all__ = ["Reread", "Rereading", "catch_up", "files_but_of", "in_words", "seal_files", "warc_files"]


def catch_up(run: Run, folder: Path, files: Sequence[Path] | None = None) -> Reread:
    """Read in what stands in the WARC files of *folder*, or in *files* of them, but not in the index; damage is stepped over."""
    return Rereading(run, warc_files(folder) if files is None else files).read()


def files_but_of(index: Index, folder: Path, runs: Collection[str]) -> list[Path]:
    """Return the WARC files of *folder* but those that one of *runs*, which go on side by side, has still to index to the end."""
    found = warc_files(folder)
    if not runs:
        return found
    return [
        path
        for path in found
        if index.position(path.name) >= path.stat().st_size or _run_of(path) not in runs
    ]


def _run_of(path: Path) -> str | None:
    """Return the id of the run that wrote *path*, as its first record says; None when it says nothing."""
    first = next(iter_records(path, on_damage=lambda _: None), None)
    return first.record.fields.get("run") if first is not None else None


def warc_files(folder: Path) -> list[Path]:
    """Return the WARC and ARC files of *folder* by name, which is by time for our own; not links that lead nowhere."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(ENDINGS) and path.exists())


def seal_files(index: Index, folder: Path) -> None:
    """Note the SHA-256 of every finished file of *folder* in its manifest, where it is not yet, and in the index."""
    names = [path.name for path in warc_files(folder)]
    for name, sha256 in seal(folder, names).items():
        if name in names:
            index.set_sealed(name, (folder / name).stat().st_size, sha256)


def in_words(recovered: Recovered) -> str:
    """Return what was done to a file that a killed process had left open."""
    torn = f"; its torn tail is kept as {recovered.torn}" if recovered.torn else ""
    kept = f"{recovered.size} bytes of whole records" if recovered.size else "it held no whole record"
    return f"{recovered.file} was left open by a killed run: {kept}{torn}"
