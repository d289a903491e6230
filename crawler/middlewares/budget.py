"""Ends a run in good order when it has fetched as many pages, or kept as many bytes, as it may; the rest stays queued."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.runs import Run

LOOK_EVERY_SECONDS = 0.5
"""Requisites come past the signals that tell of pages; their bytes are looked at so often."""


class Budget:
    """Watches what ``crawler.tearsheet_run`` has fetched; ``crawl.max_run_minutes`` is watched by Scrapy itself."""

    def __init__(self, crawler: Crawler, run: Run, *, pages: int, size: float) -> None:
        self._crawler, self._run, self._pages, self._size = crawler, run, pages, size
        self._fetched = 0
        self._ending: asyncio.Task[None] | None = None
        self._loop = create_looping_call(self._look)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the run's settings; raises NotConfigured without a budget."""
        run: Run = crawler.tearsheet_run  # type: ignore[attr-defined]  # set by crawler/job.py
        limits = run.config.crawl
        if not limits.max_run_pages and not limits.max_run_megabytes:
            raise NotConfigured
        budget = cls(crawler, run, pages=limits.max_run_pages, size=limits.max_run_megabytes * 1_000_000)
        crawler.signals.connect(budget.opened, signal=signals.spider_opened)
        crawler.signals.connect(budget.closed, signal=signals.spider_closed)
        crawler.signals.connect(budget.response_received, signal=signals.response_received)
        return budget

    def opened(self) -> None:
        """Begin to look."""
        self._loop.start(LOOK_EVERY_SECONDS, now=False)

    def closed(self) -> None:
        """Look no more."""
        if self._loop.running:
            self._loop.stop()

    def response_received(self) -> None:
        """Count a page, feed or sitemap; robots.txt and requisites come another way or count as bytes only."""
        self._fetched += 1
        self._look()

    def _look(self) -> None:
        if self._ending is not None:
            return
        for spent, budget, reason in (
            (self._fetched, self._pages, "max_run_pages"),
            (self._run.counts["bytes"], self._size, "max_run_megabytes"),
        ):
            if budget and spent >= budget:
                self._end(reason)
                return

    def _end(self, reason: str) -> None:
        engine = self._crawler.engine
        if engine is not None and engine.running:
            self._run.note_limit("the run", f"crawl.{reason}")
            self._ending = asyncio.get_running_loop().create_task(engine.close_spider_async(reason=reason))
