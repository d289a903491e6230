"""List the sites: profiles that are written, and what the archive holds of each"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from archive.folder import ArchiveFolder
from archive.index.store import Index
from crawler.profiles import load_profile, load_profiles

if TYPE_CHECKING:
    from pathlib import Path

    from archive.verbs.console import Console

_HELD = (
    "select site, count(*) as articles, min(first_captured_at) as first_at, max(last_captured_at) as last_at"
    " from articles group by site order by site"
)


@click.command()
@click.pass_obj
def command(console: Console) -> None:
    r"""List every site that has a profile in spiders/sites or articles in the archive.

    A profile is what somebody wrote down about a publisher (feeds, time zone, layouts); a site is crawled without one
    too. Where there is no archive, only the profiles are listed.

    \b
    Example:
      tearsheet sites
      tearsheet sites --json
    """
    folder = ArchiveFolder(console.archive)
    held = _held(folder.index) if folder.index.is_file() else {}
    if not folder.index.is_file():
        console.say(f"There is no index in {folder.path}; only the profiles are listed.")
    columns = ("site", "publisher", "profile", "articles", "first captured", "last captured")
    rows = (_row(site, held.get(site, {})) for site in sorted({*held, *_with_profile()}))
    if not console.as_json:  # people need no more than the minute
        rows = ((*row[:4], *(str(moment or "")[:16].replace("T", " ") for moment in row[4:])) for row in rows)
    console.table(columns, rows)


def _held(index_file: Path) -> dict[str, dict[str, object]]:
    with Index.open(index_file, read_only=True) as index:
        return {row["site"]: row for row in index.rows(_HELD)}


def _with_profile() -> set[str]:
    """Return the first domain of each profile: the name of its file."""
    return {profile.domains[0] for profile in load_profiles().values()}


def _row(site: str, held: dict[str, object]) -> tuple[object, ...]:
    profile = load_profile(f"https://{site}/")
    return (
        site,
        profile.publisher if profile else None,
        f"{profile.domains[0]}.toml" if profile else None,
        held.get("articles", 0),
        held.get("first_at"),
        held.get("last_at"),
    )
