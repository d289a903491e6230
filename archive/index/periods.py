"""Large results over time without touching an article: ids are seconds of publication, so a month is a span of ids."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from archive.index.asking import execute, fulltext_source
from archive.index.slices import Slice

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from archive.index.query import Condition

_LENGTHS = {"day": 10, "month": 7, "year": 4}
_MOST_SPANS = 400
"""Spans that are asked one by one: each costs a tenth of a millisecond beside its hits."""


def spread_over_time(
    connection: sqlite3.Connection, condition: Condition, unit: str, *, is_all: bool
) -> dict[str, int] | None:
    """Return how many hits each *unit* (day, month, year) has, in UTC; of all articles (*is_all*) by their printed date.

    None where there are too many units to ask for each.
    """
    if is_all:
        return _by_date(connection, unit)
    [first, last] = connection.execute("select min(id), max(id) from articles").fetchone()
    spans = list(_spans(unit, _day(first), _day(last)))
    if len(spans) > _MOST_SPANS:
        return None
    counts = {}
    for start, end in spans:
        text, values = fulltext_source(condition, Slice(_second(start), _second(end)))
        [n] = execute(connection, f"select count(*) {text}", values).fetchone()
        if n:
            counts[start.isoformat()[: _LENGTHS[unit]]] = int(n)
    return counts


def _by_date(connection: sqlite3.Connection, unit: str) -> dict[str, int]:
    """Return how many articles were published in each *unit*, by an index alone."""
    [first] = connection.execute("select min(published_on) from articles").fetchone()
    if first is None:
        return {}
    length = _LENGTHS[unit]
    if unit == "day":
        rows = connection.execute(
            "select published_on, count(*) from articles where published_on >= '0' group by 1"
        )
        return {day: n for day, n in rows if len(day) == length}
    counts: dict[str, int] = {}
    period = first[:length]
    while period is not None:
        end = period + (
            "~" if len(period) == length else " "
        )  # of "2026" alone, behind it and before "2026-01"
        [n] = connection.execute(
            "select count(*) from articles where published_on >= ? and published_on < ?", (period, end)
        ).fetchone()
        if len(period) == length:
            counts[period] = int(n)
        [following] = connection.execute(
            "select min(published_on) from articles where published_on >= ?", (end,)
        ).fetchone()
        period = following[:length] if following is not None else None
    return counts


def _spans(unit: str, first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the days on which each period from that of *first* to that of *last* begins, and the next one."""
    start = (
        first if unit == "day" else first.replace(day=1) if unit == "month" else first.replace(month=1, day=1)
    )
    while start <= last:
        far = {"day": 1, "month": 31, "year": 366}[unit]
        end = start + timedelta(days=far)
        end = end if unit == "day" else end.replace(day=1) if unit == "month" else end.replace(month=1, day=1)
        yield start, end
        start = end


def _day(article_id: int) -> date:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=article_id)).date()


def _second(day: date) -> int:
    return (day - date(1970, 1, 1)).days * 86_400
