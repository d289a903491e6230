"""Make the index from the WARC files, or take in WARC files from elsewhere"""

from __future__ import annotations

import shutil
import sys
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.folder import ArchiveFolder
from archive.warc.files import ENDINGS
from archive.warc.wacz import extract_warcs
from crawler.verbs.site_options import sites_option, use_sites

if TYPE_CHECKING:
    from archive.verbs.console import Console


@click.command()
@click.option(
    "--rebuild", is_flag=True, help="Read everything anew, also what this extractor has read already."
)
@click.option(
    "--dry-run", is_flag=True, help="Only tell what would be read otherwise than before; change nothing."
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Number of processes that read; as many as the machine has cores by default.",
)
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Copy this WARC, ARC or WACZ file into the archive and index it; may be given more than once.",
)
@click.option(
    "--wait",
    "wait_minutes",
    type=click.FloatRange(0),
    default=0.0,
    metavar="MINUTES",
    help="Wait so long for runs under way to end; no other begins meanwhile.",
)
@sites_option
@click.argument(
    "more_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=""
)
@click.pass_obj
def command(
    console: Console,
    *,
    rebuild: bool,
    dry_run: bool,
    jobs: int | None,
    files: tuple[Path, ...],
    wait_minutes: float,
    sites_folder: Path | None,
    more_files: tuple[Path, ...],
) -> None:
    r"""Bring the index to what this version of Tearsheet reads in the archive's WARC files.

    What is not in the index yet is read in. Where pages were read by another version (or with --rebuild), all of them are
    read anew, beside the index, which takes the new one's place when that is complete; killed, it goes on where it was.
    It is told which fields of how many articles are read otherwise. That never makes a new version: only what a newsroom
    has changed does. With --from FILE… it takes in files that other crawlers made.

    \b
    Example:
      tearsheet reindex
      tearsheet reindex --dry-run
      tearsheet reindex --rebuild --jobs 4
      tearsheet --archive /srv/old reindex --from crawl-2009.warc.gz older.arc.gz
    """
    from archive.warc.recovery import recover  # noqa: PLC0415
    from crawler import reindex  # noqa: PLC0415
    from crawler.verbs.reindexing import Reindexing  # noqa: PLC0415

    wanted = (*files, *more_files)
    if more_files and not files:
        raise click.UsageError("Files from elsewhere are taken in with --from FILE…")
    if wanted and dry_run:
        raise click.UsageError("--dry-run changes nothing: it takes no file in.")
    use_sites(console, sites_folder)
    folder = ArchiveFolder(console.archive)
    folder = folder.create() if wanted else folder.open()
    with folder.lock("reindex", wait_seconds=60 * wait_minutes):
        if not dry_run:
            for item in recover(folder.warc):
                console.say(f"Put in order first: {reindex.in_words(item)}")
        for file in wanted:
            _take_in(file, folder.warc, console)
        code = Reindexing(console, folder, jobs).run(anew=rebuild, dry_run=dry_run)
    sys.exit(code)


def _take_in(file: Path, warc_folder: Path, console: Console) -> None:
    """Copy *file* into the archive under its own name, whole or not at all; of a WACZ file the WARC files inside."""
    if file.suffix == ".wacz":
        for copied in extract_warcs(file, warc_folder):
            console.detail(f"{file.name}: {copied.name}")
        return
    if not file.name.endswith(ENDINGS):
        raise UserError(f"{file}: the name of a WARC or ARC file ends in {', '.join(ENDINGS)} or .wacz")
    target = warc_folder / file.name
    if target.exists():
        if _sha256(target) != _sha256(file):
            raise UserError(f"{file}: the archive holds another file of this name; rename one of them")
        console.say(f"{file.name} is in the archive already.")
        return
    partial = target.with_name(target.name + ".partial")
    shutil.copyfile(file, partial)
    partial.replace(target)


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()
