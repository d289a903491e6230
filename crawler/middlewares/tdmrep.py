"""Asks each host once a day what it reserves of text and data mining, path by path (W3C community group's TDMRep, 2024)."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http.request import NO_CALLBACK

from archive.errors import ArchiveError
from archive.index.hosts import TEXT_COUNTS_FOR, HostText
from archive.times import utc_now
from crawler.candidates import TDMREP_PATH
from crawler.frontier.scheduler import RUN_ENDS
from crawler.middlewares.ending import is_ending

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.index.hosts import Hosts
    from crawler.runs import Run

logger = logging.getLogger(__name__)

MAX_BYTES, MAX_RULES = 512 * 1024, 1000


@dataclass(frozen=True, slots=True)
class Rule:
    """What a host says of the paths that fit *location*."""

    location: str
    is_reserved: bool

    def fits(self, path: str) -> bool:
        """Return whether *path* (with query) begins as the location says; ``*`` stands for anything, ``$`` for the end.

        >>> Rule("/a/*.html$", True).fits("/a/b/c.html"), Rule("/a", True).fits("/ab"), Rule("/a$", True).fits("/ab")
        (True, True, False)
        """
        first, *rest = unquote(self.location.removesuffix("$")).split("*")
        if not path.startswith(first):
            return False
        at = len(first)
        if self.location.endswith("$"):
            if not rest:
                return at == len(path)
            last = rest.pop()
            if not path.endswith(last) or len(path) - len(last) < at:
                return False
            path = path[: len(path) - len(last)]
        for part in rest:
            found = path.find(part, at)
            if found < 0:
                return False
            at = found + len(part)
        return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservations:
    """What one host's tdmrep.json says."""

    rules: tuple[Rule, ...] = ()
    record_id: str | None = None
    """Record id of its capture."""
    read_at: datetime

    def of(self, url: str) -> bool | None:
        """Return whether *url* is reserved, by the first rule that fits it; None when none does."""
        parts = urlsplit(url)
        path = unquote(parts.path or "/") + (f"?{unquote(parts.query)}" if parts.query else "")
        return next((rule.is_reserved for rule in self.rules if rule.fits(path)), None)


def read_rules(body: bytes) -> tuple[Rule, ...]:
    """Return the rules of a tdmrep.json in their order; what is none is left out, and all of it when it is no JSON list.

    >>> read_rules(b'[{"location": "/a/*", "tdm-reservation": 1}, {"location": "/"}, 7]')
    (Rule(location='/a/*', is_reserved=True),)
    """
    try:
        entries = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    rules = []
    for entry in entries[:MAX_RULES] if isinstance(entries, list) else ():
        location = entry.get("location") if isinstance(entry, dict) else None
        value = str(entry.get("tdm-reservation")).strip().lower() if isinstance(location, str) else ""
        if location and value in {"0", "1", "true", "false"}:
            rules.append(Rule(location if location[0] in "/*" else f"/{location}", value in {"1", "true"}))
    return tuple(rules)


class TdmRepMiddleware:
    """Notes in each page request's meta what its host reserves; keeps nothing from being fetched."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._run: Run = crawler.tearsheet_run  # type: ignore[attr-defined]  # set by crawler/job.py
        self._hosts: Hosts = crawler.tearsheet_hosts  # type: ignore[attr-defined]
        self._read_of: dict[str, asyncio.Future[Reservations]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the setting TEARSHEET_READ_TDMREP; raises NotConfigured when it is off."""
        if not crawler.settings.getbool("TEARSHEET_READ_TDMREP"):
            raise NotConfigured
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Note whether the host reserves *request*'s URL, and the capture that says so."""
        meta = request.meta
        if meta.get("is_robots_request") or meta.get("is_tdmrep_request"):
            return
        for name in ("tdm_reservation", "tdmrep_record"):
            meta.pop(name, None)  # a redirect carries on what was noted of where it came from
        said = await self._reservations(request)
        is_reserved = said.of(request.url)
        if is_reserved is not None:
            meta["tdm_reservation"] = "1" if is_reserved else "0"
            meta["tdmrep_record"] = said.record_id

    async def _reservations(self, request: Request) -> Reservations:
        """Return what the host says; one that was read in the last 24 hours counts, by this run or by one before."""
        parts = urlsplit(request.url)
        url = f"{parts.scheme}://{parts.netloc}{TDMREP_PATH}"
        known = self._read_of.get(url)
        if known is None or (known.done() and known.result().read_at + TEXT_COUNTS_FOR < utc_now()):
            known = self._read_of[url] = asyncio.get_running_loop().create_future()
            known.set_result(self._remembered(url) or await self._read(url))
        said = await known
        if is_ending(self._crawler):
            request.meta[RUN_ENDS] = True  # it may have been sent back unasked: the next run asks for both
            raise IgnoreRequest("the run ends")
        return said

    def _remembered(self, url: str) -> Reservations | None:
        text = self._hosts.text(url, utc_now())
        if text is None:
            return None
        return _from(text)

    async def _read(self, url: str) -> Reservations:
        meta = {"is_tdmrep_request": True, "discovery": "robots", "dont_retry": True}
        request = Request(url, priority=900, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  (whatever kept it from us, nothing is known to be reserved)
            logger.info("%s could not be read: %s", url, error)
            return Reservations(read_at=utc_now())
        return self._keep(url, response)

    def _keep(self, url: str, response: Response) -> Reservations:
        record = response.request.meta.get("capture") if response.request else None
        text = HostText(
            read_at=utc_now(),
            status=response.status,
            body=response.body[:MAX_BYTES] if response.status == 200 else b"",
            record_id=record.record_id if record else None,
        )
        if response.status < 500 and response.status != 429:
            try:
                self._hosts.keep_text(url, text)
            except ArchiveError as error:
                self._run.fail(error)
        return _from(text)


def _from(text: HostText) -> Reservations:
    return Reservations(rules=read_rules(text.body), record_id=text.record_id, read_at=text.read_at)
