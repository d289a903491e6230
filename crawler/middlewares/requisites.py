"""Fetches what pages need to be shown (images, style sheets, fonts, icons) past most of Scrapy's machinery.

Thirty of them come with an article, and nothing is read in them but style sheets. Scheduler, duplicate filter, two
chains of middlewares and the scraper took as much processor time for each as capturing and indexing it. What matters
of them is asked here of the same code. tests/bench/bench_requisites.py has the figures.
"""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import DontCloseSpider, IgnoreRequest, NotConfigured
from scrapy.utils.misc import load_object
from w3lib.url import safe_url_string

from archive.errors import ArchiveError
from archive.http import PAGE_LIMIT, page_from
from crawler.candidates import is_candidate
from crawler.extraction.document import Document
from crawler.extraction.requisites import css_requisites
from crawler.middlewares.fingerprint import canonical_digest
from crawler.middlewares.requisite_requests import Queue, RequisiteDownloader, Wanted
from crawler.pipelines import Reading
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from scrapy.core.engine import ExecutionEngine
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.index.frontier import Frontier
    from archive.model import Page, Record
    from crawler.runs import Run

logger = logging.getLogger(__name__)

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_REDIRECTS = 5
"""Browsers follow 20, but an image behind more than a few is behind a login."""


class TooManyRedirects(IgnoreRequest):
    """A requisite that leads from one URL to the next more than MAX_REDIRECTS times."""


class RequisiteFetcher:
    """One queue and one task a host, in turns with its pages; keeps the spider open until the last queue is empty."""

    def __init__(self, crawler: Crawler, run: Run) -> None:
        settings = crawler.settings
        self._crawler, self._run = crawler, run
        self._page_limit = settings.getint("DOWNLOAD_MAXSIZE") or PAGE_LIMIT
        self._retry_times = settings.getint("RETRY_TIMES")
        self._retry_statuses = frozenset(int(code) for code in settings.getlist("RETRY_HTTP_CODES"))
        self._retry_errors = tuple(load_object(error) for error in settings.getlist("RETRY_EXCEPTIONS"))
        self._queues: dict[str, Queue] = {}
        self._seen: set[bytes] = set()
        self._engine_waits = False
        self._ending: asyncio.Task[None] | None = None
        self._frontier: Frontier = crawler.tearsheet_frontier  # type: ignore[attr-defined]  # set by crawler/job.py

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build for ``crawler.tearsheet_run``; raises NotConfigured when requisites are not wanted."""
        run: Run = crawler.tearsheet_run  # type: ignore[attr-defined]  # set by crawler/job.py
        if not run.config.requisites.fetch:
            raise NotConfigured
        fetcher = cls(crawler, run)
        crawler.signals.connect(fetcher.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(fetcher.spider_idle, signal=signals.spider_idle)
        return fetcher

    # -- beginning and end -----------------------------------------------------------------------------------------

    def spider_opened(self) -> None:
        """Find the middlewares, which the engine has made."""
        self._downloader = RequisiteDownloader(self._crawler)

    def spider_idle(self) -> None:
        """Keep the spider open while something is under way."""
        self._engine_waits = self.under_way > 0
        if self._engine_waits:
            raise DontCloseSpider

    async def close(self) -> None:
        """Let what is on the wire come in, and forget the rest: the next run finds it wanting again."""
        self._downloader.close()
        tasks = [queue.task for queue in self._queues.values() if queue.task is not None]
        if tasks:
            await asyncio.wait(tasks)

    @property
    def under_way(self) -> int:
        """Return at how many hosts something is being fetched or waits for its turn."""
        return sum(queue.task is not None for queue in self._queues.values())

    @property
    def _engine(self) -> ExecutionEngine:
        engine = self._crawler.engine
        assert engine is not None
        return engine

    def _rest(self) -> None:
        """End the spider when the engine was waiting for the last queue only: it looks by itself every 5 s."""
        if not self._engine_waits or self.under_way or self._downloader.is_over:
            return
        if self._engine.spider_is_idle():
            # The engine's own word for a start() that raised: such a run has not "finished".
            reason = "start_error" if getattr(self._engine, "_start_error", False) else "finished"
            self._ending = asyncio.get_running_loop().create_task(
                self._engine.close_spider_async(reason=reason)
            )

    # -- what is wanted --------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """Fetch what an earlier run has left wanting. The engine must be running."""
        for url, via, site in self._frontier.wanted():
            self._want(Wanted(url=url, via=via, site=site))

    def want(self, urls: Iterable[str], *, via: str, site: str) -> None:
        """Fetch *urls*, which *via* needs, some time in this run; not what was wanted before or is fresh enough."""
        limit = self._run.config.requisites.max_per_page
        for count, url in enumerate(urls):
            if limit and count >= limit:
                self._run.note_limit(via, "max_per_page")
                return
            self._want(Wanted(url=url, via=via, site=site))

    def _want(self, wanted: Wanted) -> None:
        digest = canonical_digest(wanted.url)
        if digest in self._seen:
            return
        self._seen.add(digest)
        if not self._run.requisite_is_due(wanted.url):
            return
        if not wanted.url.isascii():
            wanted.url = safe_url_string(wanted.url)  # a host has one spelling then, and one queue
        try:
            self._frontier.want(wanted.url, via=wanted.via, site=wanted.site)
        except ArchiveError as error:
            self._give_up(error)
            return
        host = self._downloader.politeness.group_of(wanted.host)
        queue = self._queues.setdefault(host, Queue(host=host))
        queue.wanted.append(wanted)
        if queue.task is None:
            queue.task = asyncio.get_running_loop().create_task(self._serve(queue))

    async def _serve(self, queue: Queue) -> None:
        try:
            while queue.wanted and not self._downloader.is_over:
                wanted = queue.wanted.popleft()
                is_done = True
                try:
                    is_done = await self._fetch(queue, wanted)
                except Exception:  # one requisite must not end its host's queue
                    logger.exception("%s could not be handled", wanted.url)
                if is_done and not self._downloader.is_over:
                    self._had(wanted)
        finally:
            queue.task = None
            self._rest()

    def _had(self, wanted: Wanted) -> None:
        try:
            self._frontier.had(wanted.url)
        except ArchiveError as error:
            self._give_up(error)

    def _give_up(self, error: ArchiveError) -> None:
        """Ask for nothing more: nothing can be kept."""
        self._downloader.close()
        self._run.fail(error)

    # -- what comes back -------------------------------------------------------------------------------------------

    async def _fetch(self, queue: Queue, wanted: Wanted) -> bool:
        """Fetch *wanted*; return False when it stands in the queue again."""
        try:
            response = await self._downloader.download(queue, wanted)
        except Exception as error:  # noqa: BLE001  (whatever kept it from us is counted, as for pages)
            return self._failed(queue, wanted, error)
        if response is None:
            return True
        if self._is_asked_again(queue, wanted, response):
            return False
        self._run.note_answer(wanted.url, response.status, site=wanted.site)
        capture: Record | None = response.meta.get("capture")
        if capture is None:
            return True
        if response.status in REDIRECTS and capture.redirect_to is not None:
            self._follow(wanted, capture.redirect_to)
        elif response.status == 200 and capture.truncated != "disconnect":
            await self._read(wanted, response, capture)
        return True

    def _failed(self, queue: Queue, wanted: Wanted, error: Exception) -> bool:
        """Count the failure; return False when *wanted* is tried again."""
        if isinstance(error, ArchiveError):
            self._downloader.close()  # nothing can be kept: nothing is asked for
        elif isinstance(error, self._retry_errors) and wanted.tries < self._retry_times:
            wanted.tries += 1
            queue.wanted.append(wanted)
            return False
        else:
            self._downloader.politeness.note_error(queue.host, error)
        self._run.note_failure(wanted.url, error, site=wanted.site)
        return True

    def _is_asked_again(self, queue: Queue, wanted: Wanted, response: Response) -> bool:
        """Return whether the answer is none yet: the host was busy, or failed for the first times."""
        politeness = self._downloader.politeness
        wait = politeness.hear(queue.host, response)
        if wait is not None:
            if politeness.gives_up(queue.host, response.status, wait, tries=wanted.waits):
                return False
            wanted.waits += 1
            queue.wanted.appendleft(wanted)
            return True
        if response.status in self._retry_statuses and wanted.tries < self._retry_times:
            wanted.tries += 1
            queue.wanted.append(wanted)
            return True
        politeness.note_status(queue.host, response.status)
        return False

    def _follow(self, wanted: Wanted, target: str) -> None:
        if len(wanted.redirects) >= MAX_REDIRECTS:
            self._run.note_failure(wanted.url, TooManyRedirects(target), site=wanted.site)
        elif target.lower().startswith(("http://", "https://")):
            redirects = (*wanted.redirects, wanted.url)
            self._want(Wanted(url=target, via=wanted.via, site=wanted.site, redirects=redirects))

    async def _read(self, wanted: Wanted, response: Response, capture: Record) -> None:
        """Want what a style sheet needs; hand a page that came instead of an image to the item pipelines."""
        if capture.mime == "text/css" or urlsplit(wanted.url).path.endswith(".css"):
            sheet = self._page(response, capture).payload.decode("utf-8", "replace")
            self.want(css_requisites(sheet, response.url), via=response.url, site=wanted.site)
        elif response.body and is_candidate(capture):
            page = self._page(response, capture)
            reading = Reading(record=capture, page=page, document=Document(page, load_profile(page.url)))
            await self._engine.scraper.start_itemproc_async(reading, response=response)

    def _page(self, response: Response, capture: Record) -> Page:
        return page_from(
            url=capture.target_uri or response.url,
            captured_at=capture.captured_at,
            head=response.meta["capture_head"],
            entity=response.body,
            limit=self._page_limit,
        )
