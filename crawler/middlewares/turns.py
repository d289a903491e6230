"""One exchange with a host at a time: a requisite takes the place in the downloader's slot that a page would take."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from scrapy import Request
    from scrapy.core.downloader import Downloader
    from scrapy.crawler import Crawler


class Turns:
    """Lets requisites and pages of a host (or of a group of hosts) take turns.

    Scrapy sends nothing of a slot while what is being transferred fills it, and it holds one. So whoever fetches past the
    downloader stands in the same slot: pages wait for the requisite, and the requisite for the page. A requisite that
    waits has the next turn, as there may always be one more page; then it is a page's turn again.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Listen to the downloader; the engine must stand already."""
        self._crawler = crawler
        self._waiting: dict[str, asyncio.Future[None]] = {}
        crawler.signals.connect(self.request_left_downloader, signal=signals.request_left_downloader)

    @asynccontextmanager
    async def turn(self, host: str, request: Request, until: asyncio.Future[None]) -> AsyncIterator[bool]:
        """Wait until nothing of *host* is on the wire, and keep it so meanwhile; gives False when *until* came first."""
        request.meta["download_slot"] = host
        _, slot = self._downloader._get_slot(request)  # noqa: SLF001  (crawler/frontier/contract.py looks that it is there)
        slot.active.add(request)  # a slot in which nothing is active is swept away
        slot.transferring.add(request)
        try:
            if (
                len(slot.active) > 1
            ):  # a page that has left the queue stands among the transferred one step later
                await asyncio.sleep(0)
            while len(slot.transferring) > 1 and not until.done():
                await self._wait(host, until)
            yield not until.done()
        finally:
            slot.transferring.discard(request)
            slot.active.discard(request)
            self._downloader._process_queue(slot)  # noqa: SLF001  (it has not looked while the slot was full)

    async def _wait(self, host: str, until: asyncio.Future[None]) -> None:
        left = self._waiting[host] = asyncio.get_running_loop().create_future()
        try:
            await asyncio.wait([left, until], return_when=asyncio.FIRST_COMPLETED)
        finally:
            left.cancel()
            self._waiting.pop(host, None)

    def request_left_downloader(self, request: Request) -> None:
        """Wake the requisite that waits for this page's end."""
        left = self._waiting.get(request.meta.get("download_slot", ""))
        if left is not None and not left.done():
            left.set_result(None)

    @property
    def _downloader(self) -> Downloader:
        engine = self._crawler.engine
        assert engine is not None
        return engine.downloader
