"""Parties as people look for them: by name, with those that were put together counted as one, and likely namesakes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.index.fold import fold
from archive.index.parties import plain_name

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Mapping, Sequence

_INITIAL = re.compile(r"\b\w\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person, agency, staff or outlet that is credited, with all that counts as it."""

    key: str
    kind: str
    name: str
    code: str | None
    sites: tuple[str, ...]
    """Outlets that credit it."""
    names: tuple[str, ...]
    """All spellings."""
    members: tuple[str, ...]
    """Keys of all parties that count as this one, its own among them."""
    articles: int
    """How many articles credit it in their newest version."""
    first_on: str | None
    last_on: str | None
    """Days of publication of the first and the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Parties that may be one; nobody has said so."""

    reason: str
    parties: tuple[Party, ...]


def regard(connection: sqlite3.Connection, groups: Mapping[str, str]) -> None:
    """Let the parties of *groups* (key → key of the party as which it counts) count as one on this connection.

    The table ``party_groups`` is a temporary one: the index's own file is not touched.
    """
    connection.execute(
        "create temp table if not exists party_groups (party_id integer primary key, shown_id integer not null)"
    )
    connection.execute("delete from temp.party_groups")
    together: dict[str, list[str]] = {}
    for key, shown in groups.items():
        together.setdefault(shown, [shown]).append(key)
    for keys in together.values():
        ids = [
            i for key in keys for (i,) in connection.execute("select id from parties where key = ?", (key,))
        ]
        connection.executemany(
            "insert or replace into temp.party_groups values (?, ?)", [(one, ids[0]) for one in ids[1:]]
        )


SHOWN = "coalesce((select g.shown_id from temp.party_groups g where g.party_id = {0}), {0})"
"""SQL: the id of the party as which the party {0} counts."""


def namesakes_in(connection: sqlite3.Connection) -> Callable[[str], tuple[str, ...]]:
    """Return a function from a folded name to the other folded names of the parties that are put together with one of that name."""

    @cache
    def groups() -> dict[str, frozenset[str]]:
        if not connection.execute("select 1 from temp.sqlite_master where name = 'party_groups'").fetchone():
            return {}
        together: dict[int, set[str]] = {}
        for shown, name in connection.execute(
            "select g.shown_id, n.name from temp.party_groups g join party_names n on n.party_id in (g.party_id, g.shown_id)"
        ):
            together.setdefault(shown, set()).add(fold(name) or "")
        return {name: frozenset(names) for names in together.values() for name in names}

    def others(name: str) -> tuple[str, ...]:
        return tuple(sorted(groups().get(name, frozenset()) - {name}))

    return others


def ids_named(connection: sqlite3.Connection, name: str, kind: str | None = None) -> list[int]:
    """Return the ids of all parties that are called *name*, or whose key or code it is, with those that count as one with them."""
    plain = plain_name(name)
    found = connection.execute(
        "select id from parties where (key = :name or upper(code) = upper(:name) or (:plain <> '' and key like '%:' || :plain)"
        " or id in (select party_id from party_names where name = :name)) and (:kind is null or kind = :kind)",
        {"name": name, "plain": plain, "kind": kind},
    )
    shown = {one for (party,) in found.fetchall() for one in _shown(connection, party)}
    marks = ",".join("?" * len(shown))
    members = connection.execute(
        f"select party_id from temp.party_groups where shown_id in ({marks})", tuple(shown)
    )
    return sorted(shown | {member for (member,) in members})


def parties(
    connection: sqlite3.Connection,
    *,
    name: str | None = None,
    kind: str | None = None,
    site: str | None = None,
    limit: int | None = None,
) -> list[Party]:
    """Return parties, most credited first: all, or those whose name holds the words of *name*, of one *kind*, of one *site*."""
    wanted = ["p.kind = :kind"] if kind else []
    wanted += ["p.site = :site"] if site else []
    wanted += ["(p.key = :key or p.key like :like or p.code = upper(:key))"] if name else []
    where = f"where {' and '.join(wanted)}" if wanted else ""
    shown = SHOWN.format("p.id")
    rows = connection.execute(
        f"select {shown} as id, count(distinct a.id) as n from parties p left join credits c on c.party_id = p.id"
        f" left join articles a on a.text_id = c.text_id {where} group by 1 order by n desc, id limit :limit",
        {
            "kind": kind, "site": site, "key": name, "like": f"%{plain_name(name or '')}%",
            "limit": -1 if limit is None else limit,
        },
    ).fetchall()  # fmt: skip
    return [_party(connection, row[0]) for row in rows]


def suggestions(connection: sqlite3.Connection, limit: int = 50) -> list[Suggestion]:
    """Return groups of persons that may be one: the same name at several outlets, or initials of a name at one outlet."""
    rows = connection.execute(
        f"select {SHOWN.format('id')} as shown, key, site from parties where kind = 'person' order by key"
    ).fetchall()
    by_name: dict[str, dict[int, str]] = {}
    by_initials: dict[tuple[str, str], dict[int, str]] = {}
    for shown, key, site in rows:
        plain = key.partition(":")[2].partition(":")[2]
        words = plain.split()
        if len(words) > 1:
            by_name.setdefault(plain, {}).setdefault(shown, plain)
            by_initials.setdefault((site or "", f"{words[0][:1]} {words[-1]}"), {}).setdefault(shown, plain)
    found: list[tuple[str, list[int]]] = [
        ("the same name at several outlets", sorted(ids)) for ids in by_name.values() if len(ids) > 1
    ]
    for ids in by_initials.values():
        short = [one for one, plain in ids.items() if len(plain.split()[0]) == 1]
        if short and len(ids) > len(short):
            found.append(("initials and full name at one outlet", sorted(ids)))
    return [
        Suggestion(reason=reason, parties=tuple(_party(connection, one) for one in ids))
        for reason, ids in found[:limit]
    ]


def _shown(connection: sqlite3.Connection, party: int) -> Iterator[int]:
    yield int(connection.execute(f"select {SHOWN.format('?1')}", (party,)).fetchone()[0])


def _party(connection: sqlite3.Connection, shown: int) -> Party:
    rows = connection.execute(
        "select p.* from parties p where p.id = :id or p.id in"
        " (select party_id from temp.party_groups where shown_id = :id) order by p.id <> :id, p.key",
        {"id": shown},
    ).fetchall()
    ids = [row["id"] for row in rows]
    marks = ",".join("?" * len(ids))
    first, last, count = connection.execute(
        "select min(published_on), max(published_on), count(*) from (select distinct a.id, a.published_on from credits c"
        f" join articles a on a.text_id = c.text_id where c.party_id in ({marks}))",
        ids,
    ).fetchone()
    return Party(
        key=rows[0]["key"],
        kind=rows[0]["kind"],
        name=rows[0]["name"],
        code=rows[0]["code"],
        sites=_values(
            connection,
            "select distinct a.site from credits c join articles a on a.text_id = c.text_id"
            f" where c.party_id in ({marks}) order by 1",
            ids,
        ),
        names=_values(
            connection, f"select distinct name from party_names where party_id in ({marks}) order by 1", ids
        ),
        members=tuple(row["key"] for row in rows),
        articles=count,
        first_on=first,
        last_on=last,
    )


def _values(connection: sqlite3.Connection, query: str, ids: Sequence[int]) -> tuple[str, ...]:
    return tuple(row[0] for row in connection.execute(query, ids))
