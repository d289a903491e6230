"""Ties the run to the capture: what was written is indexed, a failed write stops the crawl, the end is summed up."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from scrapy import signals

from crawler.capture.extension import keeper_of
from crawler.middlewares.politeness import PolitenessMiddleware
from crawler.runs import SUMMARY_URI

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.runs import Run

logger = logging.getLogger(__name__)


class RunKeeping:
    """Listens to the capture for ``crawler.tearsheet_run``."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self._crawler, self._run = crawler, run
        self._stopping: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the keeper that the capture extension has made."""
        extension = cls(crawler, crawler.tearsheet_run)  # type: ignore[attr-defined]  # set by crawler/job.py
        keeper = keeper_of(crawler)
        keeper.on_records = extension._run.note_records
        keeper.on_failure = extension._stop
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    async def spider_closed(self, reason: str) -> None:
        """Write the run's summary as its last record and keep what the caller wants to know."""
        politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
        crawler = self._crawler
        crawler.tearsheet_finish_reason = reason  # type: ignore[attr-defined]
        crawler.tearsheet_stopped_hosts = dict(politeness.stopped) if politeness else {}  # type: ignore[attr-defined]
        if getattr(crawler, "tearsheet_error", None) is None:
            summary = self._run.summary(reason)
            await keeper_of(crawler).keep_metadata(SUMMARY_URI + self._run.run_id, list(summary.items()))

    def _stop(self, error: BaseException) -> None:
        """Stop the crawl: what cannot be written must not be fetched."""
        if self._stopping is not None:
            return
        logger.error("the run stops: %s", error)
        self._crawler.tearsheet_error = error  # type: ignore[attr-defined]
        assert self._crawler.engine is not None
        self._stopping = asyncio.ensure_future(self._crawler.engine.close_spider_async(reason="write failed"))
