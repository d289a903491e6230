"""How each site does: its last run, what it yields against its own past, what fails, what is due, and its open alerts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.index import site_runs
from archive.index.site_runs import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from archive.index.site_runs import Alert, SiteRun
    from archive.index.store import Index

RECENT, BEFORE = 7, 28
"""Days whose yield is held against that of the days before."""
SHOWN_DAYS, SHOWN_RUNS = 30, 30
"""Days and runs whose course is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteStatus:
    """One site after its last run. Times are aware UTC."""

    site: str
    home: str
    run: str
    """The id of its last run."""
    started_at: datetime
    is_reached: bool
    new_articles: int
    """Of that run."""
    new_a_day: float | None
    """In the last seven days; None while there was one run only, which finds all that is there."""
    before_a_day: float | None
    """In the 28 days before those, as far as they were crawled; None when they were not."""
    read: float | None
    """Share of the pages asked for as articles in that run that were read as such; None when none was."""
    fields: Mapping[str, float]
    """Field → share of the articles of that run that have it; empty when there were none."""
    failures: Mapping[str, int]
    """Reason → URLs, in that run."""
    next_due: datetime | None
    alerts: tuple[Alert, ...]
    """Those that are open."""
    days: Mapping[date, int]
    """Day (UTC) → new articles, oldest first; days before the first run are left out, days without a run are 0."""
    course: tuple[tuple[datetime, float | None, Mapping[str, float]], ...]
    """The last runs, oldest first: when, share of pages read as articles, and shares of the fields."""

    @property
    def ratio(self) -> float | None:
        """Return what comes a day now by what came before; None where either is not known."""
        if self.new_a_day is None or not self.before_a_day:
            return None
        return self.new_a_day / self.before_a_day


def site_statuses(index: Index) -> list[SiteStatus]:
    """Return the status of every site that was given to a run: those with open alerts first, then by name."""
    found = site_runs.still_open(site_runs.alerts(index))
    statuses = [
        _status(site_runs.history(index, site), tuple(alert for alert in found if alert.site == site))
        for site in site_runs.sites(index)
    ]
    return sorted(statuses, key=lambda status: (not status.alerts, status.site))


def _status(runs: Sequence[SiteRun], alerts: tuple[Alert, ...]) -> SiteStatus:
    last = runs[-1]
    at = _at(last)
    new_a_day, before = _yields(runs)
    return SiteStatus(
        site=last.site,
        home=last.home,
        run=last.run,
        started_at=at,
        is_reached=last.is_reached,
        new_articles=last.new_articles,
        new_a_day=new_a_day,
        before_a_day=before,
        read=_read(last),
        fields=_fields(last),
        failures=last.failures,
        next_due=site_runs.due_moment(last.next_due),
        alerts=alerts,
        days=_days(runs, at),
        course=tuple((_at(run), _read(run), _fields(run)) for run in runs[-SHOWN_RUNS:]),
    )


def _yields(runs: Sequence[SiteRun]) -> tuple[float | None, float | None]:
    """Return new articles a day in the last days and in those before; the first run of all is left out."""
    first, last = _at(runs[0]), _at(runs[-1])
    turn, start = last - timedelta(days=RECENT), last - timedelta(days=RECENT + BEFORE)
    recent = sum(run.new_articles for run in runs[1:] if _at(run) > turn)
    before = sum(run.new_articles for run in runs[1:] if start < _at(run) <= turn)
    return _per_day(recent, last - max(turn, first)), _per_day(before, turn - max(start, first))


def _per_day(count: int, span: timedelta) -> float | None:
    days = span / timedelta(days=1)
    return count / days if days >= 0.5 else None


def _read(run: SiteRun) -> float | None:
    return min(1.0, run.articles / run.asked) if run.asked else None


def _fields(run: SiteRun) -> dict[str, float]:
    if not run.articles:
        return {}
    return {name: getattr(run, f"has_{name}") / run.articles for name in FIELDS}


def _days(runs: Sequence[SiteRun], last: datetime) -> dict[date, int]:
    counts: Counter[date] = Counter()
    for run in runs[1:]:
        counts[_at(run).date()] += run.new_articles
    first = max(_at(runs[0]).date(), last.date() - timedelta(days=SHOWN_DAYS - 1))
    return {
        first + timedelta(days=number): counts[first + timedelta(days=number)]
        for number in range((last.date() - first).days + 1)
    }


def _at(run: SiteRun) -> datetime:
    assert run.started_at is not None
    return run.started_at
