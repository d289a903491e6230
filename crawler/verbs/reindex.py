"""Make the index from the WARC files, or take in WARC files from elsewhere"""

from __future__ import annotations

import shutil
import sys
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.exit_codes import ExitCode
from archive.folder import ArchiveFolder
from archive.warc.files import ENDINGS
from archive.warc.wacz import extract_warcs

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.verbs.console import Console
    from crawler.reindex import Reread


@click.command()
@click.option("--rebuild", is_flag=True, help="Delete index.db first and make it anew from all WARC files.")
@click.option(
    "--from",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Copy this WARC, ARC or WACZ file into the archive and index it; may be given more than once.",
)
@click.argument(
    "more_files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar=""
)
@click.pass_obj
def command(
    console: Console, *, rebuild: bool, files: tuple[Path, ...], more_files: tuple[Path, ...]
) -> None:
    r"""Read into the index what stands in the archive's WARC files but not yet in it.

    The index holds nothing that the WARC files do not: delete index.db, run this, and the same rows are there again.
    With --from FILE… it takes in files that other crawlers made.

    \b
    Example:
      tearsheet reindex
      tearsheet reindex --rebuild
      tearsheet --archive /srv/old reindex --from crawl-2009.warc.gz older.arc.gz
    """
    from archive.index.store import Index  # noqa: PLC0415
    from archive.warc.recovery import recover  # noqa: PLC0415
    from crawler import reindex  # noqa: PLC0415
    from crawler.runs import Run  # noqa: PLC0415

    wanted = (*files, *more_files)
    if more_files and not files:
        raise click.UsageError("Files from elsewhere are taken in with --from FILE…")
    folder = ArchiveFolder(console.archive)
    folder = folder.create() if wanted else folder.open()
    config = folder.config()
    with folder.lock("reindex"):
        for item in recover(folder.warc):
            console.say(f"Put in order first: {reindex.in_words(item)}")
        for file in wanted:
            _take_in(file, folder.warc, console)
        if rebuild:
            Index.delete(folder.index)
        with Index.open(folder.index) as index:
            run = Run(index=index, config=config)
            seen = reindex.read_files(run, reindex.warc_files(folder.warc), progress=_progress(console))
            index.optimize()
            reindex.seal_files(index, folder.warc)
    _tell(console, seen, run.counts)
    sys.exit(ExitCode.FAILED if seen.damages else ExitCode.OK)


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


def _progress(console: Console) -> Callable[[Path, int], None]:
    last: list[Path] = []

    def tell(path: Path, _position: int) -> None:
        if not last or last[-1] != path:
            last[:] = [path]
            console.detail(f"reading {path.name}")

    return tell


def _tell(console: Console, seen: Reread, counts: dict[str, int]) -> None:
    for damage in seen.damages:
        click.echo(f"damaged: {damage}", err=True)
    console.pairs(
        {
            "files": seen.files,
            "records": seen.records,
            "pages": seen.pages,
            "new articles": counts.get("new-article", 0),
            "new versions": counts.get("new-version", 0),
            "unchanged": counts.get("unchanged", 0),
            "no article": counts.get("not-an-article", 0),
            "damages": len(seen.damages),
        }
    )
