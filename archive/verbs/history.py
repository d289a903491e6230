"""Show how an article was changed: every version, removal and move, in the order of time"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from archive.comparison import compare_paragraphs, counted, disclosure
from archive.index.reading_room import reading_room
from archive.times import format_warc_date
from archive.verbs.article_text import time_in_words
from archive.verbs.chosen import find_article
from archive.verbs.credit_table import write_csv

if TYPE_CHECKING:
    from datetime import datetime

    from archive.index.stored import Change, StoredVersion
    from archive.verbs.console import Console

_COLUMNS = (
    "seen",
    "version",
    "event",
    "kinds",
    "disclosure",
    "headline",
    "words new",
    "words gone",
    "detail",
    "record",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """A line of the history."""

    at: datetime
    version: int | None
    event: str
    kinds: tuple[str, ...] = ()
    disclosure: str = ""
    headline: str | None = None
    """Of the first version and of those that have another one than the version before."""
    new: int | None = None
    gone: int | None = None
    """Words of the body, against the version before."""
    detail: str | None = None
    record: str
    """The WARC record that proves it."""


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV, for a spreadsheet.")
@click.pass_obj
def command(console: Console, *, article: str, as_csv: bool) -> None:
    r"""Show what happened to an article, oldest first: versions with their kinds of change, removals, moves, returns.

    A headline stands where it is new. A correction is disclosed when a notice came with it, and silent when words were
    taken back without one. Times are those of the captures: what happened between two of them, nobody saw.

    \b
    Example:
      tearsheet history 1700000000
      tearsheet history https://a-newspaper.example/harbour --csv > harbour.csv
      tearsheet history 1700000000 --json
    """
    with reading_room(console.folder()) as index:
        found = find_article(index, article)
        events = _events(index.versions(found.id), index.changes(found.id))
    if as_csv:
        write_csv(_COLUMNS, ((format_warc_date(event.at), *_row(event)[1:]) for event in events))
    elif console.as_json:
        for event in events:
            console.emit(_values(event))
    else:
        shown = _COLUMNS[:-1]
        console.table(shown, (_row(event)[: len(shown)] for event in events))
        console.say(f"{found.url}: {found.version_count} versions. Word by word: tearsheet diff {found.id}")


def _events(versions: tuple[StoredVersion, ...], changes: tuple[Change, ...]) -> list[_Event]:
    events: list[_Event] = []
    before: StoredVersion | None = None
    for version in versions:
        events.append(_of_version(before, version, [c for c in changes if c.version == version.number]))
        before = version
    events += [
        _Event(
            at=change.seen_at, version=None, event=change.kind, detail=change.detail, record=change.capture
        )
        for change in changes
        if change.version is None
    ]
    return sorted(events, key=lambda event: event.at)


def _of_version(before: StoredVersion | None, version: StoredVersion, changes: list[Change]) -> _Event:
    headline = version.content.headline
    first = _Event(
        at=version.seen_from,
        version=version.number,
        event="first seen",
        headline=headline,
        record=version.provenance.record_id,
    )
    if before is None:
        return first
    pieces = [
        piece
        for paragraph in compare_paragraphs(before.content.body, version.content.body)
        for piece in paragraph.pieces
    ]
    words = counted(pieces)
    kinds = tuple(change.kind for change in changes)
    return replace(
        first,
        event="changed" if version.changed else "read by another extractor",
        kinds=kinds,
        disclosure=disclosure(kinds),
        headline=headline if headline != before.content.headline else None,
        new=words["new"],
        gone=words["gone"],
        detail=next((change.detail for change in changes if change.detail), None),
    )


def _row(event: _Event) -> tuple[object, ...]:
    return (
        time_in_words(event.at), event.version, event.event, event.kinds, event.disclosure, event.headline, event.new, event.gone,
        event.detail, event.record,
    )  # fmt: skip


def _values(event: _Event) -> dict[str, Any]:
    return {
        "seen_at": format_warc_date(event.at),
        "version": event.version,
        "event": event.event,
        "kinds": list(event.kinds),
        "disclosure": event.disclosure or None,
        "headline": event.headline,
        "words_new": event.new,
        "words_gone": event.gone,
        "detail": event.detail,
        "record": event.record,
    }
