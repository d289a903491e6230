"""Read an archived article: its text, credits, versions, and where it comes from"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import click

from archive.errors import UserError
from archive.export.values import article_values, change_values, page_values, version_values
from archive.index.reading_room import reading_room
from archive.index.together import pages_together
from archive.verbs.article_text import article_text, time_in_words, whole_text
from archive.verbs.chosen import find_article
from archive.verbs.moments import Moment

if TYPE_CHECKING:
    from datetime import datetime

    from archive.index.stored import Change, StoredArticle, StoredVersion
    from archive.verbs.console import Console


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option(
    "--version", "number", type=click.IntRange(1), metavar="N", help="Show this version; 1 is the oldest."
)
@click.option("--at", type=Moment(), help="Show the article as it stood at this time; a day means its end.")
@click.option(
    "--versions", "list_versions", is_flag=True, help="List the versions, with what changed in each."
)
@click.option(
    "--whole", is_flag=True, help="Read all pages of an article on several pages, one after the other."
)
@click.pass_obj
def command(
    console: Console,
    *,
    article: str,
    number: int | None,
    at: datetime | None,
    list_versions: bool,
    whole: bool,
) -> None:
    r"""Show the article with this id (as `search` lists it), or the one at this address.

    Without --version or --at it is the newest version. Everything printed was read from the WARC record that stands
    under Provenance.

    \b
    Example:
      tearsheet show 1700000000
      tearsheet show https://a-newspaper.example/harbour --at 2024-03-01
      tearsheet show 1700000000 --versions
      tearsheet show https://a-newspaper.example/long-read --whole
    """
    if whole and (number is not None or at is not None or list_versions):
        raise click.UsageError(
            "--whole reads the newest version of every page; it goes with no other choice."
        )
    if number is not None and at is not None:
        raise click.UsageError("Choose a version by --version or by --at, not by both.")
    with reading_room(console.folder()) as index:
        found = find_article(index, article)
        versions = index.versions(found.id)
        changes = index.changes(found.id)
        pages = pages_together(index, found)
    if list_versions:
        _list(console, versions, changes)
        return
    version = _choose(versions, number, at)
    if console.as_json:
        console.emit({**_values(found, version, versions), "pages": [page_values(page) for page in pages]})
    elif whole and pages:
        console.write(whole_text(found, pages))
    else:
        console.write(article_text(found, version))
        if pages:
            console.say(f"One of {len(pages)} pages of an article: tearsheet show {found.id} --whole")
        if len(versions) > 1:
            console.say(f"{len(versions)} versions: tearsheet show {found.id} --versions")


def _choose(versions: tuple[StoredVersion, ...], number: int | None, at: datetime | None) -> StoredVersion:
    if number is not None:
        found = next((version for version in versions if version.number == number), None)
        if found is None:
            raise UserError(f"there is no version {number}; the newest is {versions[-1].number}")
        return found
    if at is not None:
        return next((version for version in reversed(versions) if version.seen_from <= at), versions[0])
    return versions[-1]


def _list(console: Console, versions: tuple[StoredVersion, ...], changes: tuple[Change, ...]) -> None:
    """List the versions with their kinds of change, then when the article was removed, moved and put back."""
    kinds = {
        version.number: [change for change in changes if change.version == version.number]
        for version in versions
    }
    events = [change for change in changes if change.version is None]
    if console.as_json:
        for version in versions:
            found = [change_values(change) for change in kinds[version.number]]
            console.emit({**version_values(version), "headline": version.content.headline, "changes": found})
        for event in events:
            console.emit(change_values(event))
        return
    console.table(
        ("version", "seen from", "seen until", "changed", "kind", "headline"),
        (
            (
                version.number,
                time_in_words(version.seen_from),
                time_in_words(version.seen_until),
                version.changed,
                tuple(change.kind for change in kinds[version.number]),
                version.content.headline,
            )
            for version in versions
        ),
    )
    if events:
        console.table(
            ("event", "first seen", "detail", "proved by the records"),
            (
                (
                    event.kind,
                    time_in_words(event.seen_at),
                    event.detail,
                    (event.capture, event.confirmed or event.before),
                )
                for event in events
            ),
        )


def _values(
    article: StoredArticle, version: StoredVersion, versions: tuple[StoredVersion, ...]
) -> dict[str, Any]:
    shown = dataclasses.replace(article, content=version.content)
    return {
        **article_values(shown),
        "version": version.number,
        **{name: value for name, value in version_values(version).items() if name != "number"},
        "versions": [version_values(one) for one in versions],
    }
