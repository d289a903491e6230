"""Whether the run is about to end: what it still asks for may be sent back unasked."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


def is_ending(crawler: Crawler) -> bool:
    """Return whether *crawler* has begun to close its spider; Scrapy has no signal for the beginning of the end."""
    slot = crawler.engine._slot if crawler.engine is not None else None  # noqa: SLF001  (crawler/frontier/contract.py looks that it is there)
    return slot is not None and slot.closing is not None
