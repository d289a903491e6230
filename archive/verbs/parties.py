"""See who is credited, and say which names are one person"""

from __future__ import annotations

import dataclasses
import getpass
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.credit_lists import KINDS
from archive.index.party_decisions import PartyDecisions
from archive.index.reading_room import reading_room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.index.party_lists import Party
    from archive.index.store import Index
    from archive.verbs.console import Console

_COLUMNS = ("articles", "kind", "name", "outlets", "also printed as", "key")


@click.group()
def command() -> None:
    r"""Persons of one name at two outlets are two parties until somebody says that they are one: nothing is merged silently.

    What you say is kept in operator.db beside the index, logged, and can be taken back; a reindex does not lose it.

    \b
    Example:
      tearsheet parties list --kind person
      tearsheet parties suggest
      tearsheet parties merge "Jane Doe" --note "her own site says so"
      tearsheet parties undo
    """


@command.command("list")
@click.argument("name", required=False)
@click.option("--kind", type=click.Choice(KINDS), help="Only parties of this kind.")
@click.option("--outlet", metavar="HOST", help="Only persons and staff of this outlet.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many, at most.")
@click.pass_obj
def list_command(
    console: Console, *, name: str | None, kind: str | None, outlet: str | None, limit: int
) -> None:
    r"""List who is credited, most credited first: all, or those whose NAME holds these words.

    \b
    Example:
      tearsheet parties list "Jane Doe"
      tearsheet parties list --kind agency --json
    """
    with _opened(console) as (index, _):
        found = index.parties(name=name, kind=kind, site=outlet, limit=limit)
    if console.as_json:
        for party in found:
            console.emit(dataclasses.asdict(party))
    else:
        console.table(_COLUMNS, [_row(party) for party in found])
    if not found:
        console.say("Nobody is credited like that.")


@command.command()
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many groups, at most."
)
@click.pass_obj
def suggest(console: Console, *, limit: int) -> None:
    r"""Name persons that may be one: the same name at several outlets, initials and full name at one.

    These are guesses by the names alone. Look before you merge.

    \b
    Example:
      tearsheet parties suggest
    """
    with _opened(console) as (index, _):
        found = index.party_suggestions(limit)
    for suggestion in found:
        if console.as_json:
            console.emit(dataclasses.asdict(suggestion))
            continue
        console.write(f"{suggestion.reason}:")
        for party in suggestion.parties:
            console.write(f"  {party.key}  ({party.articles} articles)")
    if not found:
        console.say("No two names look like one person.")


@command.command()
@click.argument("names", nargs=-1, required=True, metavar="KEY…")
@click.option(
    "--into", metavar="KEY", help="As whom they count from then on. Default: the one credited most."
)
@click.option("--note", help="Why; kept in the log.")
@click.option("--by", "decided_by", help="Who says so. Default: your name on this machine.")
@click.pass_obj
def merge(
    console: Console, *, names: tuple[str, ...], into: str | None, note: str | None, decided_by: str | None
) -> None:
    r"""Say that the parties KEY… are one. A name alone means all parties of exactly that name.

    \b
    Example:
      tearsheet parties merge "Jane Doe"
      tearsheet parties merge person:a.example:j doe --into "person:a.example:jane doe"
    """
    with _opened(console) as (index, decisions):
        parties = list({p.key: p for name in names for p in _exactly(index, name)}.values())
        target = _one(index, into) if into else max(parties, key=lambda party: (party.articles, party.key))
        keys = [key for party in parties for key in party.members]
        number = decisions.merge(keys, target.key, by=decided_by or _user(), note=note)
        index.regard(decisions.party_groups())
        _tell(console, number, index.parties(name=target.key, limit=1))


@command.command()
@click.argument("keys", nargs=-1, required=True, metavar="KEY…")
@click.option("--note", help="Why; kept in the log.")
@click.option("--by", "decided_by", help="Who says so. Default: your name on this machine.")
@click.pass_obj
def split(console: Console, *, keys: tuple[str, ...], note: str | None, decided_by: str | None) -> None:
    r"""Take the parties KEY… out of those they were merged with.

    \b
    Example:
      tearsheet parties split "person:b.example:jane doe"
    """
    with _opened(console) as (index, decisions):
        number = decisions.split(keys, by=decided_by or _user(), note=note)
        index.regard(decisions.party_groups())
        _tell(console, number, [party for key in keys for party in index.parties(name=key, limit=1)])


@command.command()
@click.argument("number", type=int, required=False)
@click.option("--by", "decided_by", help="Who says so. Default: your name on this machine.")
@click.pass_obj
def undo(console: Console, *, number: int | None, decided_by: str | None) -> None:
    r"""Take back the decision NUMBER of the log, or the newest one. It stays in the log.

    \b
    Example:
      tearsheet parties undo
      tearsheet parties undo 3
    """
    with _opened(console) as (_, decisions):
        undone = decisions.undo(number, by=decided_by or _user())
    if console.as_json:
        console.emit(dataclasses.asdict(undone))
    else:
        console.say(f"Decision {undone.number} ({undone.action} of {', '.join(undone.keys)}) is taken back.")


@command.command()
@click.pass_obj
def log(console: Console) -> None:
    r"""List all decisions, those that were taken back too.

    \b
    Example:
      tearsheet parties log --json
    """
    with PartyDecisions(console.folder().operator) as decisions:
        lines = decisions.party_decisions()
    if console.as_json:
        for line in lines:
            console.emit(dataclasses.asdict(line))
        return
    console.table(
        ("number", "at", "by", "what", "parties", "into", "note", "taken back"),
        [
            (one.number, one.decided_at, one.decided_by, one.action, one.keys, one.into_key, one.note,
             one.undone_at and f"{one.undone_at} by {one.undone_by}")
            for one in lines
        ],
    )  # fmt: skip


@contextmanager
def _opened(console: Console) -> Iterator[tuple[Index, PartyDecisions]]:
    """Yield the index, in which merged parties count as one, and the decisions."""
    folder = console.folder()
    with PartyDecisions(folder.operator) as decisions, reading_room(folder) as index:
        yield index, decisions


def _exactly(index: Index, name: str) -> list[Party]:
    """Return the parties with the key or the code, or exactly the name *name*. Raises UserError when there is none."""
    found = [
        party
        for party in index.parties(name=name)
        if name in party.members
        or name.casefold() in {one.casefold() for one in (*party.names, party.code or "")}
    ]
    if not found:
        raise UserError(f"nobody is credited as {name!r}; try: tearsheet parties list {name!r}")
    return found


def _one(index: Index, key: str) -> Party:
    found = _exactly(index, key)
    if len(found) > 1:
        raise UserError(
            f"{key!r} names {len(found)} parties; choose one by its key: {', '.join(p.key for p in found)}"
        )
    return found[0]


def _tell(console: Console, number: int, parties: list[Party]) -> None:
    if console.as_json:
        console.emit({"decision": number, "parties": [dataclasses.asdict(party) for party in parties]})
        return
    console.say(f"Decision {number}; take it back with: tearsheet parties undo {number}")
    console.table(_COLUMNS, [_row(party) for party in parties])


def _row(party: Party) -> tuple[object, ...]:
    others = [name for name in party.names if name != party.name]
    return (party.articles, party.kind, party.name, party.sites, others, party.key)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
