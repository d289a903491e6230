"""Texts as sketches: runs of three words, hashed, and of these a MinHash in one pass; no library's weight is needed for it.

One-permutation MinHash (Li, Owen, Zhang 2012) with empty bins filled from the next (Shrivastava, Li 2014): 72 bins in
24 bands of 3. Of pairs that have 60 % of their runs in common (Jaccard) 99.7 % meet in a band, of 50 % 96, of 20 % 18; who
meets is compared whole. datasketch would bring numpy and scipy, and keep its tables in memory or in another server.
"""

from __future__ import annotations

import re
import zlib

from archive.index.fold import UNSPACED, fold

BINS, ROWS = 72, 3
BANDS = BINS // ROWS
RUN, RUN_OF_CHARACTERS = 3, 8
"""Words in a run, and characters in scripts that put no blanks between words. Runs of five words lose copy in which a desk
changed every tenth word (15 % found); with three, all (tests/bench/bench_copies.py)."""
FEWEST = 25
"""Runs that a text needs: below, a weather line and its like would be copies of each other."""
LONGEST = 60_000
"""Characters of a text that are looked at."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W_]+")
_RANGE = 1 << 32
_STEP = 0x9E3779B1
"""By which a value borrowed from another bin is told from the bin's own."""


def runs_of(text: str) -> frozenset[int]:
    """Return the hashes of all runs of words of *text*, folded; empty when there are too few.

    >>> len(runs_of("one two three four five six seven " * 2))
    0
    """
    words = _WORD.findall(fold(text[:LONGEST]) or "")
    if len(words) < FEWEST:
        return frozenset()
    length = RUN_OF_CHARACTERS if sum(map(len, words)) < 2 * len(words) else RUN
    encoded = [word.encode("utf-8", "replace") for word in words]
    found = frozenset(
        zlib.crc32(b" ".join(encoded[at : at + length])) for at in range(len(words) - length + 1)
    )
    return found if len(found) >= FEWEST else frozenset()


def bands_of(runs: frozenset[int]) -> tuple[int, ...]:
    """Return the keys under which texts with such *runs* are looked up, one for each band."""
    bins = [_RANGE] * BINS
    for run in runs:
        place, value = run % BINS, run // BINS
        bins[place] = min(bins[place], value)
    values = [_filled(bins, place) for place in range(BINS)]
    return tuple(
        zlib.crc32(b",".join(b"%d" % value for value in values[band * ROWS : (band + 1) * ROWS]))
        for band in range(BANDS)
    )


def _filled(bins: list[int], place: int) -> int:
    for distance in range(BINS):
        value = bins[(place + distance) % BINS]
        if value != _RANGE:
            return value + distance * _STEP
    return 0


def overlap(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of the shorter one's runs that stand in the other.

    >>> overlap(frozenset({1, 2}), frozenset({2, 3, 4}))
    0.5
    """
    return len(one & other) / max(1, min(len(one), len(other)))
