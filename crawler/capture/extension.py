"""The Scrapy extension that opens the archive's WARC file for a crawl, and stops the crawl when it fails."""

from __future__ import annotations

import asyncio
import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.utils.asyncio import is_asyncio_available
from scrapy.utils.misc import load_object

from archive.errors import ConfigError
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import GIGABYTE, WarcWriter
from crawler.capture.keeper import Keeper
from crawler.capture.notes import forget_last_download
from crawler.capture.seam import check_seam

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.settings import BaseSettings

    from archive.warc.dedup import Originals

logger = logging.getLogger(__name__)

FAILED = "archive-failed"
"""The reason with which a spider is closed when the archive cannot be written."""


class CaptureExtension:
    """Gives the crawler its ``capture_keeper`` and closes it when the engine has stopped."""

    def __init__(self, keeper: Keeper, crawler: Crawler) -> None:
        self.keeper = keeper
        self.failure: Exception | None = None
        """Why the archive could not be written, if so; the first reason of several."""
        self._crawler = crawler
        self._is_over = False
        self._stopping: asyncio.Task[None] | None = None
        keeper.on_failure = self.stop

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive named in the settings; raises ``SeamBroken`` and what the writer raises."""
        check_seam()
        if not is_asyncio_available():
            raise ConfigError("TWISTED_REACTOR: capture needs Twisted's asyncio reactor, Scrapy's default")
        extension = cls(open_keeper(crawler.settings), crawler)
        crawler.capture_keeper = extension.keeper  # type: ignore[attr-defined]
        crawler.signals.connect(forget_last_download, signal=signals.request_scheduled)
        crawler.signals.connect(extension.close, signal=signals.engine_stopped)
        return extension

    async def close(self) -> None:
        """Drain and close the keeper. Until then, other parts may still write while the spider is being closed."""
        self._is_over = True
        await self.keeper.close()

    def stop(self, error: Exception) -> None:
        """Note *error* and let the spider be closed; what is on its way is still waited for."""
        if self.failure is not None:
            return
        self.failure = error
        logger.error("The archive cannot be written: %s. The crawl stops.", error)
        self._crawler.stats.set_value("archive/failure", str(error))
        if not self._is_over and self._crawler.engine.spider is not None:
            closing = self._crawler.engine.close_spider_async(reason=FAILED)
            self._stopping = asyncio.get_running_loop().create_task(closing)


def keeper_of(crawler: Crawler) -> Keeper:
    """Return the keeper of *crawler*; raises ``ConfigError`` when the extension is not switched on."""
    keeper = getattr(crawler, "capture_keeper", None)
    if not isinstance(keeper, Keeper):
        raise ConfigError(
            "EXTENSIONS: the capturing download handler needs crawler.capture.extension.CaptureExtension"
        )
    return keeper


def open_keeper(settings: BaseSettings) -> Keeper:
    """Return a keeper that writes as the ``TEARSHEET_WARC…`` settings say."""
    folder = settings["TEARSHEET_WARC_FOLDER"]
    if not folder:
        raise ConfigError("TEARSHEET_WARC_FOLDER: the folder for WARC files is not set")

    def open_writer() -> WarcWriter:
        Path(folder).mkdir(parents=True, exist_ok=True)
        return WarcWriter(
            Path(folder),
            prefix=settings.get("TEARSHEET_WARC_PREFIX", "tearsheet"),
            info=[(name, value) for name, value in settings.getlist("TEARSHEET_WARCINFO")],
            originals=_originals(settings),
            max_seconds=settings.getfloat("TEARSHEET_WARC_MAX_SECONDS") or math.inf,
            max_bytes=settings.getint("TEARSHEET_WARC_MAX_BYTES", GIGABYTE),
            level=settings.getint("TEARSHEET_WARC_LEVEL", 6),
        )

    keeper = Keeper(open_writer, sync_seconds=settings.getfloat("TEARSHEET_WARC_SYNC_SECONDS", 5.0))
    if reader := settings.get("TEARSHEET_WARC_READER"):
        keeper.read_in = load_object(reader)
    return keeper


def _originals(settings: BaseSettings) -> Originals:
    """Return what the setting's function makes, in the writer's thread; without one, a run knows itself only."""
    maker = settings.get("TEARSHEET_WARC_ORIGINALS")
    if maker is None:
        return OriginalsInMemory()
    originals: Originals = load_object(maker)(settings)
    return originals
