"""What a run has to tell about a site: alerts that begin with it and alerts that end, judged by the site's own past.

One cause is one alert: a site that is down is not silent too, and where walls stand in the place of articles, that no
articles come is no news.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.index.site_runs import ENDED, FIELDS, RAISED, Alert, still_open
from crawler.alerts import supply
from crawler.alerts.rates import Sample, find_fall, has_recovered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archive.index.site_runs import SiteRun

UNREACHABLE, WALLS, YIELD, FIELD = "unreachable", "walls", "yield", "fields"
USUAL_AFTER = timedelta(days=30)
"""An alert about walls, fields or what is read as an article that still holds after this time is how the site is now."""
_FALLS_TO = {UNREACHABLE: 0.0, WALLS: 0.7, YIELD: 0.4, FIELD: 0.25}
"""To what part of itself a share must fall; pages that are no walls, that are read as articles, that have a field."""
_BACK_AT = 0.75
_WHAT = {
    "headline": "a headline",
    "body": "their text",
    "date": "a date",
    "byline": "a byline",
}


def judge(past: Sequence[SiteRun], present: SiteRun, told: Sequence[Alert]) -> list[Alert]:
    """Return the alerts that *present* ends and raises; *past* are the site's earlier runs, oldest first.

    *told* are the site's alerts so far, in their order. Times are needed in all runs.
    """
    runs = [*past, present]
    found = [
        Alert(
            site=present.site,
            kind=alert.kind,
            subject=alert.subject,
            event=ENDED,
            words=words,
            at=present.started_at,
        )
        for alert in still_open(told)
        if (words := _end(alert, past, present, told)) is not None
    ]
    over = {alert.topic for alert in found}
    still = {alert.topic for alert in still_open(told)} - over
    if not present.is_reached:
        return [*found, *_raised(present, UNREACHABLE, "", _unreachable(runs), still | over)]
    fallen = _fallen(runs, told)
    if "" in fallen[WALLS] and (WALLS, "") not in still:
        found += _raised(present, WALLS, "", fallen[WALLS][""], over)
    has_walls = (WALLS, "") in still or any(alert.kind == WALLS and alert.event == RAISED for alert in found)
    if has_walls:
        return found
    for subject, words in fallen[FIELD].items():
        found += _raised(present, FIELD, subject, words, still | over)
    able = supply.comparable(_without_trouble(runs, [*told, *found]))
    return [*found, *_first_yield(present, able, fallen[YIELD].get("articles"), still, over)]


def _without_trouble(runs: Sequence[SiteRun], told: Sequence[Alert]) -> list[SiteRun]:
    """Return *runs*; those in which an alert held for which nothing could come are as if the site had not been reached."""
    held: list[tuple[datetime, datetime]] = []
    for alert in told:
        if alert.event == ENDED and alert.at is not None and alert.kind in {WALLS, YIELD}:
            raised = [one.at for one in told if one.topic == alert.topic and one.event == RAISED and one.at]
            begun = max((at for at in raised if at < alert.at), default=alert.at)
            held.append((begun, alert.at))
    return [
        replace(run, is_reached=False)
        if run.started_at and any(first <= run.started_at < last for first, last in held)
        else run
        for run in runs
    ]


def _first_yield(
    present: SiteRun,
    runs: Sequence[SiteRun],
    share: str | None,
    still: set[tuple[str, str]],
    over: set[tuple[str, str]],
) -> list[Alert]:
    """Return the first reason why a site yields less, if none is open: each of the others follows from it."""
    if any(kind == YIELD for kind, _ in still):
        return []
    reasons: tuple[tuple[str, Callable[[], str | None]], ...] = (
        ("articles", lambda: share),
        ("front", lambda: supply.dried_up(runs, "front")),
        ("feed", lambda: supply.dried_up(runs, "feed")),
        ("new", lambda: supply.fell_silent(runs)),
    )
    for subject, reason in reasons:
        raised = _raised(present, YIELD, subject, reason(), over)
        if raised:
            return raised
    return []


def _raised(
    present: SiteRun, kind: str, subject: str, words: str | None, not_now: set[tuple[str, str]]
) -> list[Alert]:
    if words is None or (kind, subject) in not_now:
        return []
    return [Alert(site=present.site, kind=kind, subject=subject, words=words)]


def _unreachable(runs: Sequence[SiteRun]) -> str | None:
    """Return in words that the site did not answer several times in a row, though it once did; or None."""
    if any(run.is_reached for run in runs[-supply.CONFIRMED :]) or len(runs) < supply.CONFIRMED:
        return None
    if not any(run.is_reached for run in runs):
        return None
    failures = ", ".join(runs[-1].failures) or "no answer"
    return f"no answer that can be used in {supply.CONFIRMED} runs in a row ({failures})"


def _fallen(runs: Sequence[SiteRun], told: Sequence[Alert]) -> dict[str, dict[str, str]]:
    """Return by kind and subject, in words, which shares have fallen at the end of *runs*."""
    found: dict[str, dict[str, str]] = {WALLS: {}, YIELD: {}, FIELD: {}}
    for kind, subject in _TOPICS:
        usual = _usual(runs, (kind, subject), told)
        if not usual or usual[-1] is not runs[-1]:
            continue
        ended = [alert.at for alert in told if alert.topic == (kind, subject) and alert.event == ENDED]
        since = ended[-1] if ended else None
        newest = sum(_is_since(run, since) for run in usual)
        samples = [_sample(run, kind, subject) for run in usual]
        fall = find_fall(samples, to=_FALLS_TO[kind], newest=newest)
        if fall is None:
            continue
        if kind == WALLS:
            blocked = fall.now.of - fall.now.hits
            found[kind][subject] = (
                f"{blocked} of {fall.now.of} pages asked for as articles are captchas, consent or login pages, refusals, or all alike"
            )
        elif kind == YIELD:
            found[kind][subject] = f"pages that can be read as articles: {fall}"
        else:
            found[kind][subject] = f"articles with {_WHAT[subject]}: {fall}"
    return found


def _is_since(run: SiteRun, at: datetime | None) -> bool:
    return at is None or (run.started_at is not None and run.started_at >= at)


_TOPICS = ((WALLS, ""), (YIELD, "articles"), *((FIELD, name) for name in FIELDS))


def _sample(run: SiteRun, kind: str, subject: str) -> Sample:
    if kind == WALLS:
        return Sample(run.asked - run.walls, run.asked)
    if kind == YIELD:
        pages = run.asked - run.walls
        return Sample(min(run.articles, pages), pages)
    # Pages that all say the same are no measure of what articles have.
    return Sample(getattr(run, f"has_{subject}"), run.articles) if not run.walls else Sample(0, 0)


def _usual(
    runs: Sequence[SiteRun], topic: tuple[str, str], told: Sequence[Alert], *, until: datetime | None = None
) -> list[SiteRun]:
    """Return the runs that show what is usual: those in which an alert of this topic held do not.

    After an alert that ended because it had become usual, only what came since it was raised counts.
    """
    held: list[tuple[datetime, datetime | None]] = []
    start: datetime | None = None
    raised_at: datetime | None = None
    for alert in told:
        if alert.topic != topic or alert.at is None:
            continue
        if alert.event == RAISED:
            raised_at = alert.at
        elif raised_at is not None:
            if alert.words.startswith(_HAS_BECOME_USUAL):
                start, held = raised_at, []
            else:
                held.append((raised_at, alert.at))
            raised_at = None
    if raised_at is not None:
        held.append((raised_at, None))
    return [
        run
        for run in runs
        if run.started_at is not None
        and (start is None or run.started_at >= start)
        and (until is None or run.started_at < until)
        and not any(
            first <= run.started_at and (last is None or run.started_at < last) for first, last in held
        )
    ]


_HAS_BECOME_USUAL = "still so after"


def _end(alert: Alert, past: Sequence[SiteRun], present: SiteRun, told: Sequence[Alert]) -> str | None:
    """Return in words why an open *alert* has ended, or None."""
    assert alert.at is not None
    assert present.started_at is not None
    if alert.kind == UNREACHABLE:
        return "the site answers again" if present.is_reached else None
    if not present.is_reached:
        return None
    before = _usual(past, alert.topic, told, until=alert.at)
    since = [run for run in (*past, present) if run.started_at is not None and run.started_at > alert.at]
    if alert.kind == YIELD and alert.subject in {"feed", "front"}:
        *before, _ = supply.comparable([*before, present])
        return "it names articles again" if supply.has_sources_again(before, present, alert.subject) else None
    if alert.kind == YIELD and alert.subject == "new":
        has_ended = (
            present.new_articles > 0 and supply.fell_silent(supply.comparable([*before, *since])) is None
        )
        return "new articles come again" if has_ended else None
    samples = [[_sample(run, *alert.topic) for run in runs] for runs in (before, since)]
    if has_recovered(*samples, to=_BACK_AT):
        return "as before"
    if present.started_at - alert.at >= USUAL_AFTER:
        return f"{_HAS_BECOME_USUAL} {USUAL_AFTER.days} days: from now on this counts as usual"
    return None
