"""What ``tearsheet reindex`` does once the files are in order: read in, read anew, or only tell what would change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.exit_codes import ExitCode
from archive.index.connection import replace
from archive.index.rereading import compare_readings
from archive.index.store import Index
from archive.warc.shelf import missing_files
from crawler import reindex
from crawler.extractor import extractor
from crawler.reindex.anew import read_anew
from crawler.reindex.workers import Workers
from crawler.runs import Run
from crawler.verbs.reindex_progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import ArchiveFolder
    from archive.index.rereading import Comparison
    from archive.verbs.console import Console
    from crawler.reindex.writing import Reread

SMALL = 8 << 20
"""Bytes: less is read before other processes have begun."""


class Reindexing:
    """One call of the verb, once the files are in order."""

    def __init__(self, console: Console, folder: ArchiveFolder, jobs: int | None) -> None:
        self._console, self._folder, self._config = console, folder, folder.config()
        self._files = reindex.warc_files(folder.warc) if folder.warc.is_dir() else []
        if missing := missing_files(folder.warc):
            raise UserError(
                f"{folder.warc / missing[0]}{f' and {len(missing) - 1} more' if missing[1:] else ''}: what it is a link to is not"
                " there; mount it, or the index would lack what stands in it"
            )
        self._wanted_jobs = jobs

    def run(self, *, anew: bool, dry_run: bool) -> ExitCode:
        """Read what has to be read, tell of it; return the exit code."""
        if dry_run:
            return self._dry_run()
        if anew or not self._folder.index.exists() or self._is_read_by_others():
            return self._read_anew()
        return self._catch_up()

    def _is_read_by_others(self) -> bool:
        with Index.open(self._folder.index) as index:
            others = index.extractors() - {extractor()}
        if others:
            self._console.say(
                "Pages were read by another version of the extractor: all are read anew beside the index."
            )
        return bool(others)

    def _catch_up(self) -> ExitCode:
        Index.delete(self._folder.next_index)  # left by a run that was killed when all was done
        with Index.open(self._folder.index) as index:
            run = Run(index=index, config=self._config)
            todo = reindex.Rereading(run, self._files)
            size = todo.bytes_to_read()
            jobs = self._jobs(size)
            todo = reindex.Rereading(run, self._files, workers=Workers(jobs) if jobs else None)
            with Progress(self._console, size) as progress:
                seen = todo.read(progress)
            index.settle()
            reindex.seal_files(index, self._folder.warc)
        return self._tell(seen, run.counts, None)

    def _read_anew(self) -> ExitCode:
        path, beside = self._folder.index, self._folder.next_index
        seen, counts = self._read_beside(beside)
        compared = self._compare(path, beside)
        replace(path, beside)
        with Index.open(path) as index:
            reindex.seal_files(index, self._folder.warc)
        return self._tell(seen, counts, compared)

    def _dry_run(self) -> ExitCode:
        path = self._folder.index
        beside = path.with_name(path.name + ".dry-run")
        if not path.exists():
            raise UserError(f"{path} is not there: there is nothing to hold a new reading against")
        Index.delete(beside)
        try:
            seen, counts = self._read_beside(beside)
            compared = self._compare(path, beside)
        finally:
            Index.delete(beside)
        return self._tell(seen, counts, compared)

    def _read_beside(self, beside: Path) -> tuple[Reread, dict[str, int]]:
        size = sum(path.stat().st_size for path in self._files)
        with Progress(self._console, size) as progress:
            return read_anew(beside, self._files, self._config, jobs=self._jobs(size), progress=progress)

    def _jobs(self, size: int) -> int:
        """Return how many processes read *size* bytes; 0 for this one alone."""
        if self._wanted_jobs is not None:
            return self._wanted_jobs
        return 0 if size < SMALL else os.cpu_count() or 1

    def _compare(self, path: Path, beside: Path) -> Comparison | None:
        """Return what is read otherwise; None where there is no index to hold it against, or none that can be read."""
        return compare_readings(path, beside) if path.exists() else None

    def _tell(self, seen: Reread, counts: dict[str, int], compared: Comparison | None) -> ExitCode:
        for damage in seen.damages:
            click.echo(f"damaged: {damage}", err=True)
        for fault in seen.faults:
            click.echo(f"not read: {fault}", err=True)
        values = {
            "files": seen.files,
            "records": seen.records,
            "pages": seen.pages,
            "new articles": counts.get("new-article", 0),
            "new versions": counts.get("new-version", 0),
            "unchanged": counts.get("unchanged", 0),
            "no article": counts.get("not-an-article", 0),
            "damages": len(seen.damages),
            "not read": len(seen.faults),
            "deaths": seen.deaths,
        }
        self._console.pairs(values | (_as_values(compared) if compared and self._console.as_json else {}))
        if compared and not self._console.as_json:
            _tell_changes(self._console, compared)
        return ExitCode.FAILED if seen.damages else ExitCode.INCOMPLETE if seen.faults else ExitCode.OK


def _as_values(compared: Comparison) -> dict[str, object]:
    return {
        "compared": compared.articles,
        "read otherwise": compared.changed,
        "fields": [
            {"what": change.what, "articles": change.articles, "example": change.example}
            for change in compared.changes
        ],
    }


def _tell_changes(console: Console, compared: Comparison) -> None:
    console.write()
    console.write(
        f"Of {compared.articles} articles that were in the index, {compared.changed} are read otherwise now."
    )
    if compared.changes:
        console.table(
            ("what", "articles", "for example"),
            [(change.what, change.articles, change.example) for change in compared.changes],
        )
