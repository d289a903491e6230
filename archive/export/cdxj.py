"""CDXJ: where each capture stands in the WARC files; for replay tools such as pywb.

Sorted by URL and time, as these tools look it up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from archive.warc.cdxj import cdxj_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model import Record


def export(captures: Iterable[Record], out: TextIO) -> int:
    """Write a line for each of *captures* to *out*; return how many. Memory is bounded, however many there are."""
    count = 0
    for line in cdxj_lines(captures):
        count += 1
        out.write(line)
    return count
