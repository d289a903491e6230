"""How one page requisite is asked for: with all that is asked before a page is fetched, in its host's turn."""

from __future__ import annotations

import asyncio
import re
from collections import deque
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.http import Headers

from archive.errors import ConfigError
from crawler.middlewares.politeness import PolitenessMiddleware
from crawler.middlewares.private_addresses import PrivateAddressMiddleware
from crawler.middlewares.robots import RobotsMiddleware
from crawler.middlewares.shared_turns import REQUISITE, RunEnds
from crawler.middlewares.turns import Turns

if TYPE_CHECKING:
    from typing import TypeVar

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from crawler.middlewares.shared_turns import SharedTurns

    Middleware = TypeVar("Middleware")

_SAFE = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?/(?:[!$&'()*+,./:;=?@\w~-]|%[0-9A-Fa-f]{2})*", re.ASCII)
"""A URL that Scrapy would send as it is. To find that out takes it ten times as long."""

LONGEST_NAP_SECONDS = 5.0
"""How long the queue of a held host sleeps before it looks whether the host was stopped meanwhile."""


@dataclass(slots=True, kw_only=True)
class Wanted:
    """A requisite on its way; the queues hold these and not requests, as there may be ten thousands."""

    url: str
    via: str
    site: str
    redirects: tuple[str, ...] = ()
    """The URLs that led here, oldest first."""
    tries: int = 0
    waits: int = 0
    """How often its host was too busy to answer."""

    @property
    def host(self) -> str:
        """Return host and port, lower case."""
        return urlsplit(self.url).netloc.lower()


@dataclass(slots=True, kw_only=True)
class Queue:
    """What is wanted of one host, and who fetches it."""

    host: str
    wanted: deque[Wanted] = field(default_factory=deque)
    task: asyncio.Task[None] | None = None
    started_at: float = float("-inf")
    """When the last request was sent, on the monotonic clock."""


class RequisiteDownloader:
    """Asks the middlewares that decide and wait, then the capturing download handler, and nobody else."""

    def __init__(self, crawler: Crawler) -> None:
        """Read Scrapy's settings; the engine must stand already."""
        settings = crawler.settings
        self._crawler = crawler
        self._delay = settings.getfloat("TEARSHEET_REQUISITE_DELAY")
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._places = asyncio.Semaphore(max(1, settings.getint("CONCURRENT_REQUESTS") // 2))
        self._headers = Headers(settings.getdict("DEFAULT_REQUEST_HEADERS"))
        self._headers["User-Agent"] = settings["USER_AGENT"]
        self._headers["Accept-Encoding"] = "gzip"  # as crawler.capture.decode does for pages
        self._proxy = crawler.get_downloader_middleware(HttpProxyMiddleware)
        self._private = self._middleware(PrivateAddressMiddleware)
        self._robots = self._middleware(RobotsMiddleware)
        self.politeness = self._middleware(PolitenessMiddleware)
        self._turns = Turns(crawler)
        self._shared: SharedTurns = crawler.tearsheet_turns  # type: ignore[attr-defined]  # set by crawler/job.py
        self._closing: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @property
    def is_over(self) -> bool:
        """Return whether nothing more is to be sent."""
        engine = self._crawler.engine
        return self._closing.done() or engine is None or not engine.running

    def close(self) -> None:
        """Send nothing more, and wake who waits for a turn."""
        if not self._closing.done():
            self._closing.set_result(None)

    async def download(self, queue: Queue, wanted: Wanted) -> Response | None:
        """Return the answer, captured; None when the run ended before it was asked for.

        Raises what the middlewares raise for a page (RobotsDenied, HostStopped, PrivateAddress), and what Scrapy's
        download handler and the archive raise.
        """
        request = self._request(wanted)
        self._private.process_request(request)
        await self._robots.process_request(request)
        throttled = self.politeness.throttled(queue.host)
        delay = max(self._delay, throttled, request.meta["crawl_delay"] or 0.0)
        while not self.is_over:
            wait = self._wait(queue, delay)
            if wait > 0:
                await asyncio.wait([self._closing], timeout=min(wait, LONGEST_NAP_SECONDS))
                continue
            async with self._turns.turn(queue.host, request, self._closing) as is_ours:
                if is_ours and self._wait(queue, delay) <= 0 and not self._places.locked():
                    async with self._places:
                        return await self._send_in_turn(queue, request, delay)
            if self._places.locked():  # pages of the host need not wait for that
                async with self._places:
                    continue
        return None

    async def _send_in_turn(self, queue: Queue, request: Request, delay: float) -> Response | None:
        """Send *request* when no other run has the host's turn; None when this one ended before."""
        try:
            async with self._shared.turn(queue.host, REQUISITE, delay, is_over=lambda: self.is_over):
                return await self._send(queue, request)
        except RunEnds:
            return None

    async def _send(self, queue: Queue, request: Request) -> Response:
        engine = self._crawler.engine
        assert engine is not None
        queue.started_at = monotonic()
        response = await engine.downloader.handlers.download_request_async(request)
        response.request = request
        queue.started_at = request.meta.get("sent_at", queue.started_at)
        return response

    def _wait(self, queue: Queue, delay: float) -> float:
        """Return the seconds until the host may be asked again; raises HostStopped."""
        free_at = max(queue.started_at + delay, self.politeness.held_until(queue.host))
        return free_at - monotonic()

    def _request(self, wanted: Wanted) -> Request:
        request = Request(
            wanted.url,
            meta={
                "via": wanted.via,
                "discovery": "requisite",
                "download_timeout": self._timeout,
                "is_plain": True,
                "verbatim_url": _SAFE.fullmatch(wanted.url) is not None,
            },
        )
        if wanted.redirects:
            request.meta["redirect_urls"] = list(wanted.redirects)
        request.headers = self._headers  # shared: to make 5,000 of them took a tenth of the time
        if self._proxy is not None and self._proxy.proxies:
            request.headers = self._headers.copy()
            self._proxy.process_request(request)
        return request

    def _middleware(self, kind: type[Middleware]) -> Middleware:
        middleware = self._crawler.get_downloader_middleware(kind)
        if middleware is None:
            raise ConfigError(f"DOWNLOADER_MIDDLEWARES: no requisite is fetched without {kind.__name__}")
        return middleware
