"""Scrapy's download handler for http and https which archives every exchange before its response goes on."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, StopDownload

from archive.errors import SeamBroken
from crawler.capture.appetite import HEAP_MAX_BYTES
from crawler.capture.extension import keeper_of
from crawler.capture.notes import fetch_notes, forget_last_download, leave_without_body
from crawler.capture.reasons import in_words
from crawler.capture.seam import TapedDownloadHandler
from crawler.capture.tape import Recording

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.model import Exchange, Record
    from crawler.capture.tape import Tape


class CapturingDownloadHandler(TapedDownloadHandler):
    """Downloads as Scrapy does; every attempt that reached the wire is in the archive when it returns.

    ``request.meta["capture"]`` is then the ``Record`` of the response or revisit, ``["capture_head"]`` its raw
    head. With ``request.meta["archive_only"]`` the body is archived, but the response comes without it. It is set here
    for bodies that nothing reads, or that are longer than ``TEARSHEET_HEAP_MAX_BYTES``.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._keeper = keeper_of(crawler)
        super().__init__(crawler)
        self._spool_folder = str(crawler.settings["TEARSHEET_WARC_FOLDER"])
        self._heap_limit = crawler.settings.getint("TEARSHEET_HEAP_MAX_BYTES", HEAP_MAX_BYTES)

    async def download_request(self, request: Request) -> Response:
        """Return Scrapy's response; raises what Scrapy raises, or what the archive does.

        Where runs share their hosts' turns, ``crawler.tearsheet_turn`` makes the context in which a request has its own.
        """
        turn = getattr(self.crawler, "tearsheet_turn", None)
        async with turn(request) if turn is not None else nullcontext():
            return await self._download(request)

    async def _download(self, request: Request) -> Response:
        forget_last_download(request)
        is_body_wanted = not request.meta.get("archive_only")
        recording = Recording(
            target_uri=urldefrag(request.url)[0],
            is_proxied=bool(request.meta.get("proxy")),
            is_body_wanted=is_body_wanted,
            heap_limit=self._heap_limit,
            spool_folder=self._spool_folder,
        )
        try:
            response = await self.download_taped(request, recording)
        except Exception as error:
            await self._keep(request, recording, cut=_cut_by(error), error=in_words(error))
            raise
        if is_body_wanted and not recording.is_body_wanted:
            leave_without_body(request)
            self.crawler.stats.inc_value("archive/bodies_spared")
        if not recording.attempts():
            unseen = SeamBroken(f"{request.url} came past the capture; see crawler/capture/README.md")
            raise self._keeper.report(unseen)
        await self._keep(request, recording, cut="length" if "download_stopped" in response.flags else None)
        return response

    async def _keep(
        self, request: Request, recording: Recording, cut: str | None, error: str | None = None
    ) -> None:
        if recording.attempts():
            request.meta["sent_at"] = recording.tapes[-1].started
        else:
            self.crawler.stats.inc_value("archive/not_sent")
        try:
            for tape in recording.attempts():
                last = tape is recording.tapes[-1]
                await self._keep_one(request, tape, cut if last else None, error if last else None)
        except asyncio.CancelledError:
            raise  # the tapes stay open: the writer's thread may be reading
        except Exception:
            await _free(recording)
            raise
        await _free(recording)

    async def _keep_one(self, request: Request, tape: Tape, cut: str | None, error: str | None) -> None:
        if tape.failure is not None:
            raise self._keeper.report(tape.failure)
        exchange = tape.exchange(cut, error)
        records = await self._keeper.keep(exchange, fetch_notes(exchange.target_uri, request.meta))
        self._leave(request, exchange, records)

    def _leave(self, request: Request, exchange: Exchange, records: tuple[Record, ...]) -> None:
        capture = next((record for record in records if record.is_capture), None)
        if capture is None:
            self.crawler.stats.inc_value("archive/unanswered")
            return
        self.crawler.stats.inc_value(f"archive/{capture.record_type}s")
        if capture.truncated:
            self.crawler.stats.inc_value(f"archive/truncated/{capture.truncated}")
        request.meta["capture"] = capture
        request.meta["capture_head"] = _head(exchange)


async def _free(recording: Recording) -> None:
    if recording.is_large:
        await asyncio.to_thread(recording.close)
    else:
        recording.close()


def _head(exchange: Exchange) -> bytes:
    assert exchange.head_end is not None
    exchange.response.seek(exchange.response_start)
    return exchange.response.read(exchange.head_end - exchange.response_start)


def _cut_by(error: Exception) -> str | None:
    if isinstance(error, DownloadTimeoutError):
        return "time"
    if isinstance(error, (DownloadCancelledError, StopDownload)):
        return "length"
    return None
