"""Has a share fallen against its own past? Shares of pages, run by run: how many have a byline, are read as articles …"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEWEST_NOW, FEWEST_BEFORE = 8, 20
"""Pages that must be known; on fewer nothing is said."""
MOST_RUNS_NOW, MOST_NOW = 40, 80
"""Runs that are put together until there are enough pages, and pages that are enough: small sites have one article in many runs."""
CHANCE = 1e-9
"""So improbable must it be that nothing has changed. A thousand sites with six shares each, looked at every hour, are 144,000
questions a day; and pages of one day are alike, which makes chance larger than it is reckoned."""
WELL_KNOWN = 30
"""Pages in a row whose share, where it was lowest, is what is reckoned with: the poorest day so far, not the average."""
OFTEN = 0.3
"""A share that was smaller before is no rule that could be broken."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Of how many pages of one run something was true."""

    hits: int
    of: int


@dataclass(frozen=True, slots=True)
class Fall:
    """What a share is now, and what it was."""

    now: Sample
    before: Sample

    def __str__(self) -> str:
        """Return it in words, e.g. ``0 of 12 (before: 97%)``."""
        return f"{self.now.hits} of {self.now.of} (before: {share(self.before):.0%})"


def find_fall(series: Sequence[Sample], *, to: float, newest: int = MOST_RUNS_NOW) -> Fall | None:
    """Return how a share has fallen *to* that part of itself, or less, at the end of *series* (oldest run first); or None.

    Not more than the *newest* runs are taken for the end. It must also be less than it ever was over as many pages, so that a weekend is no alert once there was one before.

    >>> str(find_fall([Sample(19, 20), Sample(20, 20), Sample(0, 9)], to=0.4))
    '0 of 9 (before: 98%)'
    >>> find_fall([Sample(19, 20), Sample(20, 20), Sample(0, 3)], to=0.4) is None
    True
    """
    hits = list(accumulate((one.hits for one in series), initial=0))
    pages = list(accumulate((one.of for one in series), initial=0))
    for turn in range(len(series) - 1, max(2, len(series) - min(MOST_RUNS_NOW, newest)) - 1, -1):
        now = Sample(hits[-1] - hits[turn], pages[-1] - pages[turn])
        before = Sample(hits[turn], pages[turn])
        if now.of - series[turn].of > MOST_NOW or before.of < FEWEST_BEFORE:
            break
        if now.of < FEWEST_NOW or share(before) < OFTEN or share(now) > to * share(before):
            continue
        past = series[:turn]
        if share(now) >= lowest(past, now.of):
            continue
        poorest = lowest(past, max(WELL_KNOWN, now.of))
        usual = min((before.hits + 1) / (before.of + 2), max(poorest, 1 / WELL_KNOWN))
        if probability_of_at_most(now.hits, now.of, usual) < CHANCE:
            return Fall(now, before)
    return None


def has_recovered(before: Sequence[Sample], since: Sequence[Sample], *, to: float) -> bool:
    """Return whether the newest enough pages *since* the fall have again a share of *to* parts of the one before."""
    for length in range(1, len(since) + 1):
        now = pooled(since[-length:])
        if now.of >= FEWEST_NOW // 2:
            return share(now) >= to * share(pooled(before))
    return False


def share(sample: Sample) -> float:
    """Return hits by pages; 0 without any."""
    return sample.hits / sample.of if sample.of else 0.0


def pooled(samples: Sequence[Sample]) -> Sample:
    """Return the samples as one."""
    return Sample(sum(one.hits for one in samples), sum(one.of for one in samples))


def lowest(past: Sequence[Sample], pages: int) -> float:
    """Return the smallest share of runs in a row of *past* that have at least so many *pages* together; else of all."""
    found, hits, of = [], 0, 0
    for sample in reversed(past):
        hits, of = hits + sample.hits, of + sample.of
        if of >= pages:
            found.append(hits / of)
            hits = of = 0
    return min(found, default=share(pooled(past)))


def probability_of_at_most(hits: int, of: int, chance: float) -> float:
    """Return how probable at most *hits* of *of* are when each has this *chance* (binomial).

    >>> round(probability_of_at_most(1, 4, 0.5), 4)
    0.3125
    """
    logs = [
        math.lgamma(of + 1)
        - math.lgamma(number + 1)
        - math.lgamma(of - number + 1)
        + number * math.log(chance)
        + (of - number) * math.log1p(-chance)
        for number in range(hits + 1)
    ]
    highest = max(logs)
    return math.exp(highest) * sum(math.exp(log - highest) for log in logs)
