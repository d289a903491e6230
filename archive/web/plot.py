"""Counts over time as bars: days, months or years without gaps, drawn as SVG that needs no script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

WIDTH, HEIGHT = 720, 120
_MOST_DAYS, _MOST_MONTHS, _MOST_YEARS = 45, 60, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; lengths in the units of the drawing."""

    period: str
    n: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """Counts of a unit of time, oldest first."""

    unit: str
    """day, month or year"""
    counts: tuple[tuple[str, int], ...]
    """Every period from the first to the last that holds something, those with nothing too."""
    is_cut: bool = False
    """Whether older periods were left out for want of room."""

    @property
    def highest(self) -> int:
        """Return the largest count."""
        return max((n for _, n in self.counts), default=0)

    @property
    def filled(self) -> tuple[tuple[str, int], ...]:
        """Return the periods that hold something."""
        return tuple((period, n) for period, n in self.counts if n)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """Return what is drawn."""
        step = WIDTH / max(len(self.counts), 1)
        gap = min(2.0, step / 4)
        return tuple(
            Bar(
                period=period,
                n=n,
                x=round(at * step, 2),
                y=round(HEIGHT - HEIGHT * n / self.highest, 2),
                width=round(step - gap, 2),
                height=round(HEIGHT * n / self.highest, 2),
            )
            for at, (period, n) in enumerate(self.counts)
            if n
        )


def plot_of(facet: Callable[[str, int], list[tuple[str, int]]]) -> Plot | None:
    """Return the plot of what *facet* (unit, limit) counts, in the finest unit that has room; None for nothing."""
    years = _sorted(facet("year", 10_000))
    if not years:
        return None
    if len(years) <= _MOST_MONTHS // 12 + 1:
        months = _sorted(facet("month", 10_000))
        if len(periods("month", months[0][0], months[-1][0])) <= 2:
            days = _sorted(facet("day", 10_000))
            if days and len(periods("day", days[0][0], days[-1][0])) <= _MOST_DAYS:
                return filled("day", days)
        if len(periods("month", months[0][0], months[-1][0])) <= _MOST_MONTHS:
            return filled("month", months)
    return filled("year", years)


def filled(unit: str, counts: list[tuple[str, int]]) -> Plot:
    """Return *counts* with the periods between that hold nothing."""
    found = dict(counts)
    whole = periods(unit, counts[0][0], counts[-1][0])
    kept = whole[-_MOST_YEARS:]
    return Plot(unit=unit, counts=tuple((p, found.get(p, 0)) for p in kept), is_cut=len(kept) < len(whole))


def periods(unit: str, first: str, last: str) -> list[str]:
    """Return all periods from *first* to *last*.

    >>> periods("month", "2025-11", "2026-02")
    ['2025-11', '2025-12', '2026-01', '2026-02']
    """
    if unit == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if unit == "month":
        return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(_months(first), _months(last) + 1)]
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(start + timedelta(days=n)).isoformat() for n in range((end - start).days + 1)]


def _months(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _sorted(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted((str(period), n) for period, n in counts)
