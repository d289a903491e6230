"""Credits asked for by person, agency, role, outlet and time: listed one by one, or counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.index.party_lists import SHOWN, ids_named

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

ROLES = ("author", "contributor", "source", "cited", "editor", "translator", "photo", "illustration", "graphic", "video", "audio", "research", "copyright")  # fmt: skip
KINDS = ("person", "staff", "agency", "outlet", "other")
BY = {
    "party": "p.name",
    "person": "p.name",
    "agency": "coalesce(p.code, p.name)",
    "kind": "p.kind",
    "role": "c.role",
    "outlet": "a.site",
    "year": "substr(a.published_on, 1, 4)",
    "month": "substr(a.published_on, 1, 7)",
    "day": "a.published_on",
    "language": "a.language",
    "section": "a.section",
    "found-in": "c.found_in",
}
"""What credits are counted by → SQL."""
_PERIOD = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditQuery:
    """Which credits are asked for: all that fit every condition that is given."""

    person: str | None = None
    """Name, in any spelling that was printed, or key of a party."""
    agency: str | None = None
    """Code in the authority table, or name."""
    role: str | None = None
    kind: str | None = None
    outlet: str | None = None
    """Host name of the site."""
    since: str | None = None
    """YYYY, YYYY-MM or YYYY-MM-DD: published then or later."""
    until: str | None = None
    """The same: published then or earlier."""
    found_in: str | None = None
    pictures: bool | None = None
    """True: credits of pictures only; False: of texts only; None: both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditLine:
    """One credit of the newest version of an article."""

    published_on: str | None
    site: str
    headline: str | None
    party: str
    """Its party's name, or that of the party as which it counts."""
    kind: str
    agency: str | None
    role: str
    raw: str
    found_in: str
    picture: int | None
    """Which of the article's pictures is credited, 0 the lead; None: the text."""
    url: str
    article_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditCount:
    """How often credits with these values stand in the archive."""

    values: tuple[str | None, ...]
    articles: int
    credits: int


_FROM = (
    " from credits c join articles a on a.text_id = c.text_id"
    f" join parties p on p.id = {SHOWN.format('c.party_id')} join article_texts t on t.id = c.text_id"
)


def credit_lines(
    connection: sqlite3.Connection, query: CreditQuery, *, limit: int | None = None, offset: int = 0
) -> list[CreditLine]:
    """Return the credits that *query* asks for, newest article first."""
    where, values = _where(connection, query)
    rows = connection.execute(
        "select a.published_on, a.site, t.headline, p.name, p.kind, p.code, c.role, c.raw, c.found_in, c.image_position, a.url, a.id"
        f"{_FROM}{where} order by a.id desc, c.number limit ? offset ?",
        (*values, -1 if limit is None else limit, offset),
    )
    names = CreditLine.__slots__
    return [CreditLine(**dict(zip(names, row, strict=True))) for row in rows]


def credit_counts(
    connection: sqlite3.Connection, query: CreditQuery, by: Sequence[str], *, limit: int | None = None
) -> list[CreditCount]:
    """Return how many articles and credits there are for each combination of the values *by* (names of BY), most first."""
    where, values = _where(connection, query)
    columns = ", ".join(BY[name] for name in by)
    groups = ", ".join(str(n + 1) for n in range(len(by)))
    rows = connection.execute(
        f"select {columns}, count(distinct a.id) as articles, count(*) as credits{_FROM}{where}"
        f" group by {groups} order by articles desc, credits desc, {groups} limit ?",
        (*values, -1 if limit is None else limit),
    )
    return [
        CreditCount(values=tuple(row[: len(by)]), articles=row[-2], credits=row[-1])
        for row in map(tuple, rows)
    ]


def count_credits(connection: sqlite3.Connection, query: CreditQuery) -> tuple[int, int]:
    """Return of how many articles, and how many, the credits are that *query* asks for."""
    where, values = _where(connection, query)
    row = connection.execute(f"select count(distinct a.id), count(*){_FROM}{where}", values).fetchone()
    return int(row[0]), int(row[1])


def _where(connection: sqlite3.Connection, query: CreditQuery) -> tuple[str, list[object]]:
    conditions: list[str] = []
    values: list[object] = []

    def must(condition: str, *wanted: object) -> None:
        conditions.append(condition)
        values.extend(wanted)

    for name, kind in ((query.person, None), (query.agency, "agency")):
        if name is not None:
            ids = ids_named(connection, name, kind)
            if not ids:
                raise UserError(
                    f"nobody in this archive is credited as {name!r}; try: tearsheet parties list"
                )
            must(f"c.party_id in ({','.join('?' * len(ids))})", *ids)
    for column, wanted in (
        ("c.role", query.role),
        ("p.kind", query.kind),
        ("a.site", query.outlet),
        ("c.found_in", query.found_in),
    ):
        if wanted is not None:
            must(f"{column} = ?", wanted)
    if query.pictures is not None:
        must(f"c.image_position is {'not ' if query.pictures else ''}null")
    if query.since is not None:
        must("a.published_on >= ?", _period(query.since))
    if query.until is not None:
        must("substr(a.published_on, 1, ?) <= ?", len(query.until), _period(query.until))
    return (f" where {' and '.join(conditions)}" if conditions else ""), values


def _period(text: str) -> str:
    if not _PERIOD.match(text) or not _is_day(text + "-01-01"[len(text) - 4 :]):
        raise UserError(f"{text!r} is no time; write e.g. 2015, 2015-11 or 2015-11-24")
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:  # such as one of a 13th month
        return False
    return True
