"""What we lean on in Scrapy's engine and spider middlewares; looked at before a run, so that it fails by name and not in silence."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from scrapy.utils.conf import build_component_list
from scrapy.utils.misc import load_object

from archive.errors import ConfigError
from crawler.capture.seam import Use, check

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

_ENGINE = "scrapy.core.engine:"
_DOWNLOADER = "scrapy.core.downloader:"

ENGINE_USES = (
    Use(_ENGINE + "_Slot.__init__", ("inprogress", "closing")),
    Use(_ENGINE + "_Slot.add_request", ("inprogress",)),
    Use(_ENGINE + "_Slot.remove_request", ("inprogress",)),
    Use(_ENGINE + "_Slot.close", ("closing",)),
    Use(_ENGINE + "ExecutionEngine.__init__", ("_slot", "_start_error")),
    Use(_ENGINE + "ExecutionEngine._remove_request", ("_slot", "remove_request")),
    Use("scrapy.core.downloader.handlers:DownloadHandlers.__init__", ("_handlers",)),
    Use(_DOWNLOADER + "Downloader.__init__", ("slots", "per_slot_settings")),
    Use(_DOWNLOADER + "Downloader._enqueue_request", ("queue", "_get_slot", "active")),
    Use(_DOWNLOADER + "Downloader._process_queue", ("lastseen", "queue", "free_transfer_slots")),
    Use(_DOWNLOADER + "Downloader._download", ("transferring", "_process_queue", "request_left_downloader")),
    Use(_DOWNLOADER + "Slot.free_transfer_slots", ("transferring", "concurrency")),
    Use(_DOWNLOADER + "Downloader._slot_gc", ("active",)),
)


def check_engine() -> None:
    """Raise SeamBroken naming the first of these names that Scrapy's engine no longer has or no longer uses."""
    check(ENGINE_USES)


def check_spider_middlewares(settings: BaseSettings) -> None:
    """Raise ConfigError for a spider middleware whose output method Scrapy would skip with no more than a line in the log.

    Scrapy 2.19 does so when ``process_spider_output_async`` stands beside a ``process_spider_output`` that is an
    asynchronous generator itself, stands alone, or is none.
    """
    for path in build_component_list(settings.getwithbase("SPIDER_MIDDLEWARES")):
        fault = _fault(load_object(path))
        if fault:
            raise ConfigError(f"SPIDER_MIDDLEWARES: {path} {fault}; Scrapy would skip it")


def _fault(middleware: Any) -> str | None:
    plain = getattr(middleware, "process_spider_output", None)
    beside = getattr(middleware, "process_spider_output_async", None)
    if beside is None:
        return None
    if plain is None:
        return "has process_spider_output_async() and no process_spider_output()"
    if not inspect.isasyncgenfunction(beside):
        return "has a process_spider_output_async() that is no asynchronous generator"
    if inspect.isasyncgenfunction(plain):
        return "has both process_spider_output() and process_spider_output_async() as asynchronous generators"
    return None
