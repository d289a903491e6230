"""The completeness ledger: for each site and day what could be expected, what was captured, why the rest was not, and what no channel showed."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import date

FEWEST_SHARED = 7
"""Articles that two channels must have in common; below, the estimate says more about chance than about the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """How many articles there were, by the overlap of two channels (Chapman 1951)."""

    total: float
    low: float
    high: float
    """Bounds of 95 %; never below what was seen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One site's account of one day: the articles that a feed, sitemap or front named first on that day (UTC)."""

    site: str
    day: str
    expected: int
    in_feed: int
    in_sitemap: int
    on_front: int
    captured: int
    failed: int
    not_asked: int
    reasons: Mapping[str, int] = field(default_factory=dict)
    """Why → how many were not captured."""
    estimate: Estimate | None = None
    """Of feeds and sitemaps together against fronts; None when one of them is silent or they share too little."""

    @property
    def unseen(self) -> float | None:
        """Return how many articles, by the estimate, no channel showed."""
        return None if self.estimate is None else max(0.0, self.estimate.total - self.expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An address that could be expected and is no article in the archive."""

    site: str
    day: str
    url: str
    title: str | None
    """Its headline in the feed, sitemap or front."""
    outcome: str
    """failed or not asked"""
    reason: str | None
    channels: tuple[str, ...]


def chapman(first: int, second: int, both: int) -> Estimate | None:
    """Return how many there are of which *first* and *second* were seen by two channels, and *both* by both.

    The channels must find articles independently of each other; where they do not (a feed and a sitemap out of one
    database) they share more than by chance and the estimate is too low. None when *both* is too small to say.

    >>> round(chapman(40, 30, 20).total)
    60
    """
    if both < FEWEST_SHARED:
        return None
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    margin, seen = 1.96 * math.sqrt(variance), first + second - both
    return Estimate(total=total, low=max(seen, total - margin), high=max(seen, total + margin))


def days(
    connection: sqlite3.Connection, site: str | None, *, since: date | None = None, until: date | None = None
) -> list[Day]:
    """Return the accounts of all sites, or of *site* and what is below it, newest day first."""
    by_day: dict[tuple[str, str], dict[object, sqlite3.Row]] = defaultdict(dict)
    merged: dict[tuple[str, str, object], set[str]] = defaultdict(set)
    for row in _expected(connection, site, since, until):
        what = row["article_id"] if row["article_id"] is not None else row["url"]
        by_day[row["day"], row["site"]].setdefault(what, row)
        merged[row["day"], row["site"], what].update(_channels(row))
    return [
        _day(key, rows.values(), [merged[(*key, what)] for what in rows])
        for key, rows in sorted(by_day.items(), key=lambda entry: (_reversed(entry[0][0]), entry[0][1]))
    ]


def missing(
    connection: sqlite3.Connection, site: str | None, *, since: date | None = None, until: date | None = None
) -> list[Missing]:
    """Return what could be expected and was not captured, newest day first."""
    rows = [row for row in _expected(connection, site, since, until) if row["outcome"] != "captured"]
    rows.sort(key=lambda row: (_reversed(row["day"]), row["site"], row["url"]))
    return [
        Missing(
            site=row["site"],
            day=row["day"],
            url=row["url"],
            title=row["title"],
            outcome=row["outcome"],
            reason=row["reason"],
            channels=_channels(row),
        )
        for row in rows
    ]


def _expected(
    connection: sqlite3.Connection, site: str | None, since: date | None, until: date | None
) -> Iterable[sqlite3.Row]:
    """Return the rows of v_expected that are articles, or may be as far as is known."""
    conditions: list[str] = []
    values: list[str] = []
    if site is not None:
        conditions.append("(site = ? or site like '%.' || ?)")
        values += [site, site]
    for sign, day in ((">=", since), ("<=", until)):
        if day is not None:
            conditions.append(f"day {sign} ?")
            values.append(day.isoformat())
    # Last, as they cost most: they ask other tables.
    conditions += ["outcome <> 'no article'", "(not is_probe or outcome = 'captured')"]
    return connection.execute(f"select * from v_expected where {' and '.join(conditions)}", values)


def _day(key: tuple[str, str], rows: Iterable[sqlite3.Row], channels: list[set[str]]) -> Day:
    outcomes, reasons = Counter[str](), Counter[str]()
    for row in rows:
        outcomes[row["outcome"]] += 1
        if row["outcome"] == "failed":
            reasons[row["reason"] or "unknown"] += 1
    listed = sum(bool(found & {"feed", "sitemap"}) for found in channels)
    fronted = sum("front" in found for found in channels)
    both = sum("front" in found and len(found) > 1 for found in channels)
    return Day(
        day=key[0],
        site=key[1],
        expected=len(channels),
        in_feed=sum("feed" in found for found in channels),
        in_sitemap=sum("sitemap" in found for found in channels),
        on_front=fronted,
        captured=outcomes["captured"],
        failed=outcomes["failed"],
        not_asked=outcomes["not asked"],
        reasons=dict(reasons.most_common()),
        estimate=chapman(listed, fronted, both),
    )


def _channels(row: sqlite3.Row) -> tuple[str, ...]:
    named = (("feed", "in_feed"), ("sitemap", "in_sitemap"), ("front", "on_front"))
    return tuple(name for name, column in named if row[column])


def _reversed(day: str) -> int:
    return -int(day.replace("-", ""))
