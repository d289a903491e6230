"""The scheduler: every request goes through the frontier file, and is settled when all that it led to is done."""

from __future__ import annotations

import logging
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.core.scheduler import BaseScheduler

from archive.errors import ArchiveError
from crawler.frontier.requests import from_json, to_json

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler

    from archive.index.frontier import Frontier
    from crawler.runs import Run

logger = logging.getLogger(__name__)

PER_HOST = 2
"""Requests of one host in flight: one is being read while the next waits for its turn. More would only wait."""
RUN_ENDS = "run_ends"
"""Set in the meta of a request that was sent back unasked as the run ends: it stays queued."""


class FrontierScheduler(BaseScheduler):
    """Hands out the most urgent request of the host that has the least in flight.

    Scrapy says nowhere when a request is done with. But its engine lists those that are not: a request leaves the list
    after its callback and the item pipelines, or when its failure was handled, or when a redirect or retry stands in
    its place. The answer was in the WARC file before the callback began (crawler/capture).
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._frontier: Frontier = crawler.tearsheet_frontier  # type: ignore[attr-defined]  # set by crawler/job.py
        self._run: Run = crawler.tearsheet_run  # type: ignore[attr-defined]  # set by crawler/job.py
        self._in_flight: dict[Request, tuple[int, str]] = {}
        self._busy: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler of ``crawler.tearsheet_frontier``."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Remember the spider, whose methods the callbacks are."""
        self._spider = spider

    def close(self, reason: str) -> None:
        """Keep what is left for the next run; forget all when everything was done."""
        try:
            self._settle()
            self._frontier.commit()
            if reason == "finished":
                self._frontier.finish()
        except ArchiveError as error:
            self._run.fail(error)

    def has_pending_requests(self) -> bool:
        """Return whether something is queued."""
        return bool(self._frontier.waiting)

    def enqueue_request(self, request: Request) -> bool:
        """Queue *request*; return False when its like was there before."""
        fingerprinter = self._crawler.request_fingerprinter
        assert fingerprinter is not None
        try:
            return self._frontier.add(
                fingerprinter.fingerprint(request),
                to_json(request, self._spider),
                site=request.meta.get("site") or request.url,
                slot=urlsplit(request.url).netloc.lower(),
                priority=request.priority,
                again=request.dont_filter,
            )
        except ArchiveError as error:
            self._run.fail(error)
            return False

    def next_request(self) -> Request | None:
        """Return what is to be asked next; None while every host that has something has enough in flight."""
        try:
            self._settle()
            slot = self._next_slot()
            if slot is None:
                return None
            number, text = self._frontier.take(slot)
        except ArchiveError as error:
            self._run.fail(error)
            return None
        request = from_json(text, self._spider)
        self._in_flight[request] = (number, slot)
        self._busy[slot] += 1
        return request

    def _next_slot(self) -> str | None:
        best, least = None, PER_HOST
        for slot in self._frontier.waiting:
            busy = self._busy.get(slot, 0)
            if busy < least:
                best, least = slot, busy
                if not busy:
                    break
        return best

    def _settle(self) -> None:
        """Settle what the engine has done with since we looked last."""
        engine = self._crawler.engine
        assert engine is not None
        assert engine._slot is not None  # noqa: SLF001  (see above: there is no signal)
        under_way = engine._slot.inprogress  # noqa: SLF001
        over = [request for request in self._in_flight if request not in under_way]
        for request in over:
            number, slot = self._in_flight.pop(request)
            self._busy[slot] -= 1
            if not self._busy[slot]:
                del self._busy[slot]
            if request.meta.get(RUN_ENDS):
                self._frontier.put_back(number, slot)
            else:
                self._frontier.settle(number)
        if over:
            self._frontier.commit()
