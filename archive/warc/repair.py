"""Mending a folder of WARC files: what is whole is kept byte for byte, nothing is thrown away, what is lost is named."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import ArchiveInUse, UserError
from archive.warc.compression import GZIP_MAGIC
from archive.warc.files import ENDINGS, OPEN, check_space, lock, sync_folder
from archive.warc.manifest import file_sha256, move_line, read_manifest, reseal, seal
from archive.warc.members import Stretch, iter_stretches
from archive.warc.recovery import end_of_last_record, recover_one, set_aside
from archive.warc.verify import ERROR, Finding, verify_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DONE, LOST, LEFT = "done", "lost", "left"
DAMAGED = "damaged"
"""Folder beside the WARC files for damaged ones whose whole records were copied out."""
_READ = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was mended, or could not be."""

    file: str
    offset: int
    outcome: str
    """``done``; ``lost``: bytes that no longer can be read, set aside; ``left``: damage that stays as it is."""
    message: str
    end: int | None = None
    """Of lost bytes: the offset behind them."""
    moved: bool = False
    """Whether records now stand elsewhere than the index says."""


def repair_folder(folder: Path, *, dry_run: bool = False) -> Iterator[Step]:
    """Mend the WARC and ARC files in *folder* and its manifest, and yield what was done and what could not be.

    With *dry_run* nothing is changed, and the steps are those that would be taken. The caller holds the archive's
    lock. Killed at any point, it can be run again. Raises DiskFull when there is no room for a copy.
    """
    for path in sorted(folder.glob(f"*.warc.gz{OPEN}")):
        yield _finish(path, dry_run=dry_run)
    sealed = read_manifest(folder)
    for path in warc_files(folder):
        yield from _mend(path, sealed.get(path.name), dry_run=dry_run)
    yield from _complete_manifest(folder, dry_run=dry_run)


def warc_files(folder: Path) -> list[Path]:
    """Return the finished WARC and ARC files in *folder* by name."""
    return sorted(path for path in folder.iterdir() if path.name.endswith(ENDINGS))


def _finish(path: Path, *, dry_run: bool) -> Step:
    name = path.name.removesuffix(OPEN)
    try:
        if dry_run:
            size, torn = _would_finish(path)
        else:
            found = recover_one(path)
            size, torn = found.size, found.torn
            sync_folder(path.parent)
    except ArchiveInUse:
        words = "is being written by another process; left alone"
        return Step(file=path.name, offset=0, outcome=LEFT, message=words)
    except UserError as error:
        return Step(file=path.name, offset=0, outcome=LEFT, message=str(error))
    kept = f"finished: {size} bytes of whole records" if size else "held no whole record: taken away"
    tail = f"; the torn tail is set aside as {torn}" if torn else ""
    return Step(file=name, offset=size, outcome=DONE, message=kept + tail)


def _would_finish(path: Path) -> tuple[int, str | None]:
    final = path.with_name(path.name.removesuffix(OPEN))
    with path.open("rb") as file:
        lock(file.fileno(), path)
        if final.exists():
            raise UserError(f"{final}: exists beside {path.name}; one of them must be moved away by hand")
        size = end_of_last_record(file)
        return size, f"{final.name}.torn-{size}" if size < path.stat().st_size else None


def _mend(path: Path, sealed: str | None, *, dry_run: bool) -> Iterator[Step]:
    findings = [finding for finding in verify_file(path) if finding.severity == ERROR]
    was_sealed = sealed is not None and file_sha256(path) == sealed
    stretches = _stretches(path) if findings else []
    broken = [stretch for stretch in stretches if not stretch.is_whole]
    for finding in findings:
        if not _inside(finding, broken) or len(broken) == len(stretches):
            yield _left(finding.file, finding.offset, _in_words(finding) + _why_left(path, stretches))
    if not broken or len(broken) == len(stretches):
        if sealed is not None and not was_sealed:
            words = (
                "is not the file that was sealed, and nothing in it tells what it was: a copy must be found"
            )
            yield _left(path.name, 0, words)
        return
    if stretches[:-1] == [stretch for stretch in stretches if stretch.is_whole]:
        yield _cut(path, broken[0], sealed, dry_run=dry_run, was_sealed=was_sealed)
    else:
        yield _copy_whole(path, stretches, sealed, dry_run=dry_run)
    for stretch in broken:
        yield _lost(path, stretch, [finding for finding in findings if _inside(finding, [stretch])])


def _stretches(path: Path) -> list[Stretch]:
    """Return the parts of *path*; none where it is no gzip, which leaves nothing to tell whole from broken."""
    with path.open("rb") as file:
        if not path.name.endswith(".gz") and file.read(len(GZIP_MAGIC)) != GZIP_MAGIC:
            return []
        return list(iter_stretches(file))


def _why_left(path: Path, stretches: Sequence[Stretch]) -> str:
    if not stretches:
        return f" ({path.name} is not compressed with gzip: what is whole in it can be read where it stands)"
    if not any(stretch.is_whole for stretch in stretches):
        return " (no gzip member in it is whole: nothing can be copied out)"
    return ""


def _cut(path: Path, tail: Stretch, sealed: str | None, *, dry_run: bool, was_sealed: bool) -> Step:
    """Cut *path* behind its last whole record; places in it stay right."""
    aside = f"{path.name}.torn-{tail.start}"
    if not dry_run:
        with path.open("r+b") as file:
            set_aside(file, path, tail.start)
            file.truncate(tail.start)
            os.fsync(file.fileno())
        sync_folder(path.parent)
        if was_sealed and sealed is not None:
            reseal(path.parent, path.name)
    words = f"cut behind its last whole record; {tail.end - tail.start} bytes set aside as {aside}"
    return Step(file=path.name, offset=tail.start, outcome=DONE, message=words)


def _copy_whole(path: Path, stretches: Sequence[Stretch], sealed: str | None, *, dry_run: bool) -> Step:
    """Copy the whole members of *path* into a file of their own, and move *path* aside as it is."""
    whole = [stretch for stretch in stretches if stretch.is_whole]
    target = path.with_name(_repaired_name(path.name))
    aside = path.parent / DAMAGED / path.name
    size = sum(stretch.end - stretch.start for stretch in whole)
    words = f"{size} bytes of whole members copied into {target.name}; the file itself set aside as {DAMAGED}/{path.name}"
    if aside.exists():
        words = f"{DAMAGED}/{path.name} exists already; one of them must be moved away by hand"
        return _left(path.name, 0, words)
    if not dry_run:
        _copy(path, whole, target)
        aside.parent.mkdir(exist_ok=True)
        if sealed is not None:
            move_line(path.parent, path.name, aside.parent)
        path.rename(aside)
        sync_folder(aside.parent)
        sync_folder(path.parent)
    return Step(file=path.name, offset=0, outcome=DONE, message=words, moved=True)


def _repaired_name(name: str) -> str:
    ending = next(ending for ending in sorted(ENDINGS, key=len, reverse=True) if name.endswith(ending))
    stem = name.removesuffix(ending)
    return f"{stem}.repaired{ending if ending.endswith('.gz') else ending + '.gz'}"


def _copy(path: Path, whole: Sequence[Stretch], target: Path) -> None:
    """Write the parts *whole* of *path* to *target*, which appears complete or not at all."""
    partial = target.with_name(target.name + ".partial")
    try:
        with path.open("rb") as source, partial.open("wb") as copy:
            for stretch in whole:
                source.seek(stretch.start)
                left = stretch.end - stretch.start
                while left:
                    left -= copy.write(source.read(min(left, _READ)))
            copy.flush()
            os.fsync(copy.fileno())
    except OSError as error:
        partial.unlink(missing_ok=True)
        check_space(error, partial)
        raise
    partial.replace(target)


def _complete_manifest(folder: Path, *, dry_run: bool) -> Iterator[Step]:
    present = {path.name for path in warc_files(folder)}
    listed = read_manifest(folder)
    for name in sorted(listed.keys() - present):
        yield _left(name, 0, "is in the manifest, but not in the archive: a copy must be found")
    missing = sorted(present - listed.keys())
    if not dry_run:
        seal(folder, missing)
    for name in missing:
        yield Step(file=name, offset=0, outcome=DONE, message="added to the manifest")


def _lost(path: Path, stretch: Stretch, findings: Sequence[Finding]) -> Step:
    reasons = "; ".join(dict.fromkeys(finding.message for finding in findings)) or "cannot be decompressed"
    words = f"{stretch.end - stretch.start} bytes cannot be read: {reasons}"
    return Step(file=path.name, offset=stretch.start, end=stretch.end, outcome=LOST, message=words)


def _left(file: str, offset: int, words: str) -> Step:
    return Step(file=file, offset=offset, outcome=LEFT, message=words)


def _inside(finding: Finding, stretches: Sequence[Stretch]) -> bool:
    return any(stretch.start <= finding.offset < stretch.end for stretch in stretches)


def _in_words(finding: Finding) -> str:
    return f"{finding.target_uri} {finding.message}" if finding.target_uri else finding.message
