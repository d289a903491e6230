"""Move finished WARC files to another disk, or to where a bucket is mounted"""

from __future__ import annotations

import secrets
import sys
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import DamagedRecord, UserError
from archive.exit_codes import ExitCode
from archive.times import utc_now
from archive.warc.shelf import links, missing_files, shelve, to_shelve, unshelve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console
    from archive.warc.shelf import Shelved

SHELVING = "the shelving of WARC files"
"""What no other process may be about meanwhile."""


@click.command()
@click.option(
    "--to",
    "target",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder on the other disk, or of the mounted bucket.",
)
@click.option(
    "--older-than",
    "days",
    type=click.FloatRange(0),
    default=0.0,
    metavar="DAYS",
    help="Only files that were finished so many days ago.",
)
@click.option("--back", is_flag=True, help="Copy the files that lie elsewhere back into the archive.")
@click.option("--dry-run", is_flag=True, help="Only tell which files would be moved.")
@click.pass_obj
def command(console: Console, *, target: Path | None, days: float, back: bool, dry_run: bool) -> None:
    r"""Move the archive's sealed WARC files to DIR; in the folder warc stays a link to each.

    Everything goes on finding them: search, show, replay, export, verify, reindex, and the crawl, which refers to what the archive
    holds. Each file is compared there with the SHA-256 that it was sealed with before the link takes its place. Where DIR has a file of
    that name already (a bucket it was uploaded to, mounted read-only), nothing is copied. Crawls may go on meanwhile.

    \b
    Example:
      tearsheet shelve --to /mnt/large-disk/warc --older-than 30
      tearsheet shelve --back
    """
    if (target is None) != back:
        raise click.UsageError("Say where to: --to DIR; or --back.")
    folder = console.folder()
    with folder.locks.beside("shelve", run=f"shelve-{secrets.token_hex(4)}", sites=[SHELVING]):
        found = list(_back(folder) if target is None else _away(folder, target, timedelta(days=days)))
        if dry_run:
            _tell_plan(console, [path for path, _ in found])
            return
        failed = 0
        for path, move in found:
            try:
                _tell(console, move(path))
            except DamagedRecord as error:
                failed += 1
                click.echo(f"damaged: {error}", err=True)
    console.say(f"Files moved: {len(found) - failed}." if found else "There is nothing to move.")
    if missing := missing_files(folder.warc):
        console.say(f"Links that lead nowhere (is the disk mounted?): {len(missing)}, such as {missing[0]}.")
    sys.exit(ExitCode.FAILED if failed else ExitCode.OK)


def _away(
    folder: ArchiveFolder, target: Path, age: timedelta
) -> Iterator[tuple[Path, Callable[[Path], Shelved]]]:
    if target.resolve() == folder.warc.resolve():
        raise UserError(f"{target} is the archive's own folder")
    for path in to_shelve(folder.warc, now=utc_now(), older_than=age):
        yield path, lambda path: shelve(path, target)


def _back(folder: ArchiveFolder) -> Iterator[tuple[Path, Callable[[Path], Shelved]]]:
    for path in links(folder.warc):
        if not path.exists():
            raise UserError(f"{path} leads to {path.readlink()}, which is not there: is its disk mounted?")
        yield path, unshelve


def _tell_plan(console: Console, paths: list[Path]) -> None:
    for path in paths:
        if console.as_json:
            console.emit({"file": path.name, "size": path.stat().st_size})
        else:
            console.write(f"would be moved: {path.name}, {path.stat().st_size} bytes")


def _tell(console: Console, moved: Shelved) -> None:
    if console.as_json:
        console.emit(asdict(moved))
    else:
        console.write(f"{moved.file}: {moved.size} bytes{', was there already' if moved.was_there else ''}")
