"""Ties the run to the capture: what was written is indexed, and the end of the run is summed up in its last record."""

from __future__ import annotations

import asyncio
import logging
from time import monotonic
from typing import TYPE_CHECKING

from scrapy import signals

from archive.errors import ArchiveError
from archive.index.site_runs import RAISED
from crawler.alerts import conclude
from crawler.alerts.telling import line
from crawler.capture.extension import CaptureExtension, keeper_of
from crawler.capture.handler import CapturingDownloadHandler
from crawler.frontier.scheduler import RUN_ENDS
from crawler.middlewares.ending import is_ending
from crawler.middlewares.politeness import PolitenessMiddleware
from crawler.middlewares.requisites import RequisiteFetcher
from crawler.runs import SUMMARY_URI

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from archive.index.frontier import Frontier
    from archive.model import Record
    from archive.warc.writer import WarcWriter
    from crawler.runs import Run

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 0.5
FINISH_IN_SECONDS = 8.0
"""What is being downloaded when the run is to end may take so long; then it is cut off, and asked for again by the next run.
Together with what has to be written, half a minute is enough, which is what containers and systemd give at least."""


class RunKeeping:
    """Listens to the capture for ``crawler.tearsheet_run``. Stands before the capture extension, which closes the file."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        self._crawler, self._run = crawler, run

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Connect to the spider's beginning and end."""
        extension = cls(crawler, crawler.tearsheet_run)  # type: ignore[attr-defined]  # set by crawler/job.py
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self) -> None:
        """Hear of every record from now on."""
        keeper = keeper_of(self._crawler)
        keeper.on_records = self._run.note_records
        self._run.on_failure = keeper.report
        self._watch = asyncio.get_running_loop().create_task(self._hurry())

    async def _hurry(self) -> None:
        """Once the spider is being closed, let nothing wait for its turn any more: delays may be minutes."""
        ending_at: float | None = None
        while True:
            await asyncio.sleep(LOOK_EVERY_SECONDS)
            politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
            if politeness is not None and is_ending(self._crawler):
                politeness.let_go()
                ending_at = ending_at or monotonic()
                self._cut_off(ending_at + FINISH_IN_SECONDS - monotonic())

    def _cut_off(self, seconds: float) -> None:
        """Let nothing be downloaded for longer than *seconds*; what is cut off so stays queued."""
        for handler in set(self._crawler.engine.downloader.handlers._handlers.values()):  # noqa: SLF001
            if isinstance(handler, CapturingDownloadHandler):
                for request in handler.cut_off(max(0.0, seconds)):
                    request.meta.update({RUN_ENDS: True, "dont_retry": True})

    async def spider_closed(self, reason: str) -> None:
        """Write the run's summary as its last record and leave how it ended with the run."""
        fetcher = self._crawler.get_extension(RequisiteFetcher)
        if fetcher is not None:
            await fetcher.close()
        self._watch.cancel()
        capture = self._crawler.get_extension(CaptureExtension)
        politeness = self._crawler.get_downloader_middleware(PolitenessMiddleware)
        self._run.finish_reason = reason
        self._run.error = capture.failure if capture else None
        self._run.stopped_hosts = dict(politeness.stopped) if politeness else {}
        if self._run.error is None:
            self._remember_hosts(politeness)
            self._conclude()
            self._run.unread_sites.update(self._run.url_list.unread())
            fields = tuple(self._run.summary(reason).items())

            def write(writer: WarcWriter) -> tuple[Record, ...]:
                return (writer.write_metadata(SUMMARY_URI + self._run.run_id, fields),)

            await keeper_of(self._crawler).write(write)

    def _remember_hosts(self, politeness: PolitenessMiddleware | None) -> None:
        frontier: Frontier = self._crawler.tearsheet_frontier  # type: ignore[attr-defined]  # set by crawler/job.py
        try:
            if politeness is not None:
                politeness.remember()
            frontier.commit()
        except ArchiveError as error:
            self._run.fail(error)

    def _conclude(self) -> None:
        """Judge what the run did at each site; a fault in judging must not cost the run its summary."""
        try:
            conclude(self._run)
            for alert in self._run.alerts:
                level = logging.WARNING if alert.event == RAISED else logging.INFO
                told = {
                    "event": f"alert-{alert.event}",
                    "site": alert.site,
                    "kind": alert.kind,
                    "subject": alert.subject,
                }
                logger.log(level, "%s", line(alert), extra=told)
        except Exception:
            logger.exception("the run's sites could not be judged: no alert is raised or ended")
