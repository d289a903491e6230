"""Mend what a crash or a bad disk left, and name what cannot be mended"""

from __future__ import annotations

import dataclasses
import sys
from collections import Counter
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from archive.exit_codes import ExitCode
from archive.warc.repair import DONE, LEFT, LOST, Step, repair_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console

_LABELS = {DONE: "repaired", LOST: "lost", LEFT: "left as it is"}


@click.command()
@click.option("--dry-run", is_flag=True, help="Change nothing; tell what would be done.")
@click.option(
    "--wait",
    "wait_minutes",
    type=click.FloatRange(0),
    default=0.0,
    metavar="MINUTES",
    help="Wait so long for runs under way to end; no other begins meanwhile.",
)
@click.pass_obj
def command(console: Console, *, dry_run: bool, wait_minutes: float) -> None:
    r"""Put the archive's WARC files in order again.

    Files left open by a killed run are finished, and torn tails set aside. Where gzip members in the middle of a file
    are damaged, the whole ones are copied byte for byte into NAME.repaired.warc.gz, and the file moves to
    warc/damaged/ as it is. Finished files get their line in the manifest. Nothing is thrown away. What cannot be
    mended is named with file, offset and reason: lost bytes, wrong digests, files that are not what was sealed.

    Ends with exit code 0 when nothing is left damaged, and 1 when something is, or when records are lost; run again,
    it does not count those any more.

    \b
    Example:
      tearsheet repair --dry-run
      tearsheet repair && tearsheet verify
    """
    folder = console.folder()
    with nullcontext() if dry_run else folder.lock("repair", wait_seconds=60 * wait_minutes):
        steps = []
        for step in repair_folder(folder.warc, dry_run=dry_run) if folder.warc.is_dir() else ():
            steps.append(step)
            _tell(console, step, dry_run=dry_run)
        urls = _lost_captures(folder, steps)
    for file, offset, url in urls:
        _tell_url(console, file, offset, url)
    _sum_up(console, folder, steps, len(urls), dry_run=dry_run)
    sys.exit(ExitCode.FAILED if any(step.outcome != DONE for step in steps) else ExitCode.OK)


def _tell(console: Console, step: Step, *, dry_run: bool) -> None:
    if console.as_json:
        console.emit({"type": "step", **dataclasses.asdict(step), "dry_run": dry_run})
        return
    label = "to repair" if dry_run and step.outcome == DONE else _LABELS[step.outcome]
    console.write(f"{label}: {step.file}, offset {step.offset}: {step.message}")


def _lost_captures(folder: ArchiveFolder, steps: Iterable[Step]) -> list[tuple[str, int, str]]:
    """Return file, offset and URL of the captures that stood in lost bytes, as far as the index knows them."""
    lost = [step for step in steps if step.outcome == LOST]
    if not lost or not folder.index.exists():
        return []
    # Loaded here: nothing else of this verb needs it.
    from archive.index.store import Index  # noqa: PLC0415

    with Index.open(folder.index, read_only=True) as index:
        return [
            (step.file, capture.place.offset, capture.target_uri or "")
            for capture in index.iter_captures()
            for step in lost
            if capture.place.file == step.file and step.offset <= capture.place.offset < (step.end or 0)
        ]


def _tell_url(console: Console, file: str, offset: int, url: str) -> None:
    if console.as_json:
        console.emit({"type": "lost-capture", "file": file, "offset": offset, "target_uri": url})
    else:
        console.write(f"lost: {file}, offset {offset}: the capture of {url}")


def _sum_up(
    console: Console, folder: ArchiveFolder, steps: list[Step], lost_captures: int, *, dry_run: bool
) -> None:
    counts = Counter(step.outcome for step in steps)
    values = {
        "repaired": 0 if dry_run else counts[DONE],
        "to_repair": counts[DONE] if dry_run else 0,
        "lost_stretches": counts[LOST],
        "lost_captures_known": lost_captures,
        "left_damaged": counts[LEFT],
    }
    if console.as_json:
        console.emit({"type": "summary", **values})
    else:
        console.pairs({name.replace("_", " "): value for name, value in values.items()})
    if dry_run:
        console.say("Nothing was changed.")
        return
    if steps:
        from archive.index.store import Index  # noqa: PLC0415

        Index.delete(folder.next_index)  # half made, of files as they were
    if any(step.moved or step.outcome == LOST for step in steps):
        console.say("Records have moved or are gone: now run `tearsheet reindex --rebuild`.")
    elif counts[DONE] or not folder.index.exists():
        console.say("Now run `tearsheet reindex`, which reads in what is not in the index yet.")
    elif not steps:
        console.say("There is nothing to repair.")
