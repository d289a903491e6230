"""Made-up sites through weeks of runs: how much they publish by hour and day, and what befalls them."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.index.site_runs import Alert, SiteRun
from crawler.alerts import judge

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime(2026, 3, 4, 5, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Habits:
    """What is usual at a site."""

    a_day: float = 40.0
    """New articles on a weekday."""
    weekend: float = 0.3
    """Of these, on a Saturday or Sunday."""
    night: float = 0.1
    """Of what comes in an hour of the day, in one of the night."""
    byline: float = 0.7
    weekend_byline: float = 0.45
    """Agency copy has none."""
    date: float = 0.99
    read: float = 0.93
    """Of pages asked for as articles; the others are galleries' indexes, services and the like."""


def lived(
    habits: Habits,
    *,
    days: float,
    hours: float,
    seed: int = 1,
    befalls: Callable[[float, SiteRun], SiteRun] = lambda _day, run: run,
) -> list[Alert]:
    """Return the alerts that runs every so many *hours* raise and end; *befalls* is what comes between: (day, run) → run."""
    dice, told, past = random.Random(seed), [], []
    for number in range(int(days * 24 / hours)):
        at = START + timedelta(hours=number * hours)
        run = befalls(number * hours / 24, _run(habits, at, hours, dice, is_first=number == 0))
        run = replace(run, started_at=at, run=f"{number:05}")
        told += [replace(alert, at=at, run=run.run) for alert in judge(past[-300:], run, told)]
        past.append(run)
    return told


def _run(habits: Habits, at: datetime, hours: float, dice: random.Random, *, is_first: bool) -> SiteRun:
    is_weekend = at.weekday() >= 5
    rate = habits.a_day / 24 * hours * (habits.weekend if is_weekend else 1)
    rate *= habits.night if at.hour < 6 and hours < 12 else 1
    new = 60 if is_first else _poisson(rate, dice)
    looks = _poisson(2 * rate, dice)
    asked = new + looks
    articles = sum(dice.random() < habits.read for _ in range(asked))
    byline = habits.weekend_byline if is_weekend else habits.byline
    return SiteRun(
        site="a.example", home="https://a.example/", is_usual=True, is_reached=True, named_feed=30,
        named_front=60 + dice.randrange(-15, 15), asked=asked, articles=articles, new_articles=min(new, articles),
        new_versions=0, has_headline=articles, has_body=sum(dice.random() < 0.9 for _ in range(articles)),
        has_date=sum(dice.random() < habits.date for _ in range(articles)),
        has_byline=sum(dice.random() < byline for _ in range(articles)),
    )  # fmt: skip


def _poisson(rate: float, dice: random.Random) -> int:
    """Return how many come when *rate* come on average."""
    count, waited = 0, dice.expovariate(1)
    while waited < rate:
        count, waited = count + 1, waited + dice.expovariate(1)
    return count
