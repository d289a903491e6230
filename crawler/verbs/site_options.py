"""Options that several verbs share: a folder of one's own profiles, and settings for one call."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.folder import ArchiveFolder
from crawler.profiles import use_folder
from crawler.profiles.folders import VARIABLE

if TYPE_CHECKING:
    from archive.verbs.console import Console

sites_option = click.option(
    "--sites",
    "sites_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of your own profiles, which count before those of the house. Default: sites in the archive's folder.",
)
assignments_option = click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting for this run, e.g. politeness.delay_seconds=1.",
)


def use_sites(console: Console, chosen: Path | None) -> Path | None:
    """Let the profiles in *chosen*, else in TEARSHEET_SITES, else in the archive's own folder, count first; return it, or None."""
    use_folder(None)
    own = ArchiveFolder(console.archive).path / "sites"
    named = os.environ.get(VARIABLE)
    folder = chosen or (Path(named) if named else own if own.is_dir() else None)
    use_folder(folder)
    return folder
