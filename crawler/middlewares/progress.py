"""The progress line while a run goes on: on a terminal one line that is rewritten, otherwise one every half minute."""

from __future__ import annotations

import logging
import sys
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from crawler.middlewares.requisites import RequisiteFetcher

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from crawler.runs import Run

logger = logging.getLogger(__name__)

SECONDS_ON_TERMINAL, SECONDS_IN_LOG = 0.5, 30.0


class Progress:
    """Writes how far the run is to standard error."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self._crawler, self._run = crawler, run
        self._as_log = crawler.settings.getbool("TEARSHEET_LOG_JSON")
        self._terminal = sys.stderr.isatty() and not self._as_log
        self._loop = create_looping_call(self._tell)
        self._started = monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for ``crawler.tearsheet_run``; raises NotConfigured when TEARSHEET_QUIET is set."""
        if crawler.settings.getbool("TEARSHEET_QUIET"):
            raise NotConfigured
        extension = cls(crawler, crawler.tearsheet_run)  # type: ignore[attr-defined]  # set by crawler/verbs/crawl.py
        crawler.signals.connect(extension.open, signal=signals.spider_opened)
        crawler.signals.connect(extension.close, signal=signals.spider_closed)
        return extension

    def open(self) -> None:
        """Begin."""
        self._loop.start(SECONDS_ON_TERMINAL if self._terminal else SECONDS_IN_LOG, now=False)

    def close(self) -> None:
        """End with a last line."""
        if self._loop.running:
            self._loop.stop()
        self._tell()
        if self._terminal:
            sys.stderr.write("\n")

    def _tell(self) -> None:
        counts = self._run.counts
        engine = self._crawler.engine
        waiting = len(engine.downloader.active) if engine is not None else 0
        fetcher = self._crawler.get_extension(RequisiteFetcher)
        waiting += fetcher.under_way if fetcher is not None else 0
        articles = sum(counts[outcome] for outcome in ("new-article", "new-version", "unchanged"))
        seconds = int(monotonic() - self._started)
        line = (
            f"{seconds // 60:d}:{seconds % 60:02d}  fetched {counts['fetched']}  captured {counts['captured']}"
            f"  articles {articles}  failures {self._run.failures.total()}  under way {waiting}"
        )
        if self._as_log:
            logger.info(line, extra={"event": "progress", "counts": dict(counts)})
            return
        sys.stderr.write(f"\r\x1b[K{line}" if self._terminal else f"{line}\n")
        sys.stderr.flush()
