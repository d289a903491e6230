"""A whole archive read anew beside its index, which stays as it is until the new one is complete."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.index.store import Index
from crawler.extractor import extractor
from crawler.reindex.tasks import SEGMENT
from crawler.reindex.workers import Workers
from crawler.reindex.writing import Reread, Rereading, WronglyDivided
from crawler.runs import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from archive.config import Config


def read_anew(
    target: Path,
    files: Sequence[Path],
    config: Config,
    *,
    jobs: int,
    progress: Callable[[Rereading], None] | None = None,
) -> tuple[Reread, dict[str, int]]:
    """Make the index *target* from *files*; return what was seen, and counts by outcome.

    What an earlier, killed run of the same extractor has left at *target* is gone on with.
    """
    divide_by: int | None = SEGMENT
    while True:
        try:
            return _read(target, files, config, jobs, divide_by, progress)
        except WronglyDivided:
            Index.delete(target)
            divide_by = None


def _read(
    target: Path,
    files: Sequence[Path],
    config: Config,
    jobs: int,
    divide_by: int | None,
    progress: Callable[[Rereading], None] | None,
) -> tuple[Reread, dict[str, int]]:
    if target.exists() and not _is_ours(target):
        Index.delete(target)
    with Index.open(target) as index:
        run = Run(index=index, config=config)
        seen = Rereading(run, files, workers=Workers(jobs) if jobs else None, divide_by=divide_by).read(
            progress
        )
        index.optimize()
        return seen, dict(run.counts)


def _is_ours(target: Path) -> bool:
    """Return whether what is at *target* was made by this very extractor, and by none beside it."""
    with Index.open(target) as index:
        return index.extractors() <= {extractor()}
