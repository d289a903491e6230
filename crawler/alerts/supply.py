"""Does a site still supply articles? What its feeds and fronts name, and how long nothing new has come, against its own past."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import timedelta
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.index.site_runs import SiteRun

FEWEST_NAMED = 5
NAMED_RUNS = 20
"""Runs whose lowest count is what a feed or front names at least."""
CONFIRMED = 2
"""Runs in a row that must see the same before it is said."""
KNOWN_FOR = timedelta(days=7)
"""A site must have been crawled for so long, a whole week with its weekend, before silence means something."""
FEWEST_NEW, FEWEST_TIMES = 15, 8
"""New articles, and runs with new ones, that must be known before silence means something."""
SILENCE = 3
"""Times the longest silence so far."""
SHORTEST_SILENCE = timedelta(hours=24)
FEWEST_RUNS = 3
"""Runs that must have looked in vain."""
WINDOWS = (timedelta(days=2), timedelta(days=7))
_WINDOWS_BEFORE = 3
FEWEST_IN_WINDOW = 8
"""New articles in the poorest time so far; where there were fewer, chance is too large."""


def comparable(runs: Sequence[SiteRun]) -> list[SiteRun]:
    """Return *runs*; what a limit of pages cut short is held against its like, and what was whole against what was.

    To a whole run, one that was cut short is as if the site had not been reached: it may have left out what was new.
    """
    if runs[-1].is_limited:
        return [run if run.is_limited else replace(run, is_usual=False) for run in runs]
    return [replace(run, is_usual=False, is_reached=False) if run.is_limited else run for run in runs]


def dried_up(runs: Sequence[SiteRun], channel: str, *, to: float = 0.1) -> str | None:
    """Return in words that feeds (or fronts) name next to nothing any more at the end of *runs*, or None."""
    counts = [getattr(run, f"named_{channel}") for run in runs if run.is_usual and run.is_reached]
    now, before = counts[-CONFIRMED:], counts[:-CONFIRMED][-NAMED_RUNS:]
    least = min(before, default=0)
    if len(before) < CONFIRMED or least < FEWEST_NAMED or max(now) > to * least:
        return None
    names = {"feed": "feeds and sitemaps", "front": "fronts"}[channel]
    return f"its {names} name {now[-1]} articles (before: {least} at least)"


def has_sources_again(before: Sequence[SiteRun], present: SiteRun, channel: str) -> bool:
    """Return whether feeds (or fronts) name again half of what they had named at least *before* they dried up."""
    counts = [getattr(run, f"named_{channel}") for run in before if run.is_usual and run.is_reached]
    least = min(counts[:-1][-NAMED_RUNS:], default=0)
    return present.is_usual and int(getattr(present, f"named_{channel}")) >= least / 2


def fell_silent(runs: Sequence[SiteRun]) -> str | None:
    """Return in words that too few new articles have come at the end of *runs* (oldest first), or None."""
    if runs[-1].is_limited and not is_known([run for run in runs if run.is_limited]):
        return None  # what came before the limit was set is no measure
    return _silence(runs) or _trickle(runs)


def _silence(runs: Sequence[SiteRun]) -> str | None:
    """Return in words that nothing has come for several times the longest silence there ever was."""
    last = max((number for number, run in enumerate(runs) if run.new_articles), default=0)
    known, silent = runs[: last + 1], runs[last + 1 :]
    while any(not run.is_reached for run in silent):
        silent = silent[1:]
    if sum(run.is_usual for run in silent) < FEWEST_RUNS or not is_known(known):
        return None
    waited = _at(runs[-1]) - _at(runs[-len(silent) - 1])
    longest = _longest_gap(known)
    if waited <= max(SHORTEST_SILENCE, SILENCE * longest):
        return None
    return f"no new article for {in_words(waited)} (never before for more than {in_words(longest)})"


def is_known(runs: Sequence[SiteRun]) -> bool:
    """Return whether enough has come, for long enough, to say what is usual. The first run finds all that is there."""
    later = runs[1:]
    if not later or _at(later[-1]) - _at(runs[0]) < KNOWN_FOR:
        return False
    return (
        sum(run.new_articles for run in later) >= FEWEST_NEW
        and sum(run.new_articles > 0 for run in later) >= FEWEST_TIMES
    )


def _longest_gap(runs: Sequence[SiteRun]) -> timedelta:
    """Return the longest time between two runs that found something new; times in which the site was down count not."""
    longest, since, is_whole = timedelta(), _at(runs[0]), True
    for run in runs[1:]:
        is_whole = is_whole and run.is_reached
        if run.new_articles:
            longest = max(longest, _at(run) - since) if is_whole else longest
            since, is_whole = _at(run), True
    return longest


def _trickle(runs: Sequence[SiteRun], *, to: float = 0.2) -> str | None:
    """Return in words that in some days less came than ever before in as many, by far. The first run is not counted."""
    times = [_at(run) for run in runs]
    found, down, usual = (
        list(accumulate(values, initial=0))
        for values in (
            [run.new_articles for run in runs],
            [not run.is_reached for run in runs],
            [run.is_usual for run in runs],
        )
    )
    for span in WINDOWS:
        begin = bisect_right(times, times[-1] - span)
        if times[-1] - times[0] < (_WINDOWS_BEFORE + 2) * span:
            continue
        past = [
            (bisect_right(times, times[end] - span), end + 1)
            for end in range(begin)
            if times[end] - times[0] > span
        ]
        past = [(first, last) for first, last in past if down[last] == down[first]]
        if not past or down[-1] != down[begin]:
            continue
        now, least = found[-1] - found[begin], min(found[last] - found[first] for first, last in past)
        often = sum(last - first for first, last in past) / len(past)
        if (
            least >= FEWEST_IN_WINDOW
            and now <= to * least
            and usual[-1] - usual[begin] >= max(FEWEST_RUNS, often / 2)
        ):
            return f"{now} new articles in {in_words(span)} (never before fewer than {least})"
    return None


def _at(run: SiteRun) -> datetime:
    assert run.started_at is not None
    return run.started_at


def in_words(span: timedelta) -> str:
    """Return a time in whole hours, or from three days on in days.

    >>> in_words(timedelta(hours=30)), in_words(timedelta(days=9))
    ('30 hours', '9 days')
    """
    hours = round(span.total_seconds() / 3600)
    return f"{hours} hours" if hours < 72 else f"{round(hours / 24)} days"
