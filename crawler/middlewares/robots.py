"""Asks each host's robots.txt before anything else is fetched from it (RFC 9309), and keeps what it said."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK

from archive.errors import ArchiveError
from archive.index.hosts import TEXT_COUNTS_FOR, HostText
from archive.times import utc_now
from crawler.frontier.scheduler import RUN_ENDS
from crawler.middlewares.ending import is_ending

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.index.hosts import Hosts
    from crawler.runs import Run

logger = logging.getLogger(__name__)

MAX_BYTES = 512 * 1024
"""RFC 9309, 2.5 asks for at least 500 KiB; what follows is not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsPolicy:
    """What one host's robots.txt asks of us."""

    state: str
    """``read``, ``absent`` (4xx: nothing is asked) or ``unreachable`` (5xx or no answer: everything is refused)."""
    rules: Protego | None = None
    crawl_delay_seconds: float | None = None
    sitemaps: tuple[str, ...] = ()
    record_id: str | None = None
    """Record id of the capture of the robots.txt."""
    read_at: datetime = datetime.max.replace(tzinfo=UTC) - TEXT_COUNTS_FOR
    """When it was read; far ahead when it could not be, which is asked once a run."""

    def allows(self, url: str, user_agent: str) -> bool:
        """Return whether *user_agent* may fetch *url*."""
        if self.state == "unreachable":
            return False
        return self.rules is None or bool(self.rules.can_fetch(url, user_agent))


class RobotsDenied(IgnoreRequest):
    """The host's robots.txt does not allow this URL."""


class RobotsUnread(RobotsDenied):
    """The host's robots.txt could not be read, which counts as a no (RFC 9309, 2.3.1.4), until it can."""


class RobotsMiddleware:
    """Lets through what robots.txt allows; notes the decision and the robots.txt capture in the request's meta."""

    def __init__(self, crawler: Crawler, *, obey: bool, max_crawl_delay_seconds: float) -> None:
        self._crawler = crawler
        self._obey = obey
        self._max_delay = max_crawl_delay_seconds
        self._user_agent = str(crawler.settings["USER_AGENT"])
        self._policies: dict[str, asyncio.Future[RobotsPolicy]] = {}
        self._run: Run = crawler.tearsheet_run  # type: ignore[attr-defined]  # set by crawler/job.py
        self._hosts: Hosts = crawler.tearsheet_hosts  # type: ignore[attr-defined]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the settings TEARSHEET_OBEY_ROBOTS and TEARSHEET_MAX_CRAWL_DELAY (seconds)."""
        return cls(
            crawler,
            obey=crawler.settings.getbool("TEARSHEET_OBEY_ROBOTS"),
            max_crawl_delay_seconds=crawler.settings.getfloat("TEARSHEET_MAX_CRAWL_DELAY", 120.0),
        )

    async def process_request(self, request: Request) -> None:
        """Raise RobotsDenied when the host does not want *request*; otherwise note what was decided."""
        if request.meta.get("is_robots_request"):
            return
        policy = await self.policy_for(request.url)
        allowed = policy.allows(request.url, self._user_agent)
        if not allowed and self._obey:
            if policy.state == "unreachable" and is_ending(self._crawler):
                request.meta[RUN_ENDS] = True  # its robots.txt was cut off: the next run asks
                raise IgnoreRequest("the run ends")
            self._count("denied")
            if policy.state == "unreachable":
                raise RobotsUnread("robots.txt did not answer")
            raise RobotsDenied("robots.txt does not allow it")
        request.meta["robots"] = "allowed" if allowed else "disallowed-but-fetched"
        request.meta["robots_record"] = policy.record_id
        request.meta["crawl_delay"] = policy.crawl_delay_seconds

    def sitemaps_of(self, url: str) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of *url*'s host names; none before it was read."""
        read = self._policies.get(_origin(url))
        return read.result().sitemaps if read is not None and read.done() else ()

    async def policy_for(self, url: str) -> RobotsPolicy:
        """Return the policy of *url*'s host; many may wait for one fetch of its robots.txt.

        One that was read in the last 24 hours counts, by this run or by one before (RFC 9309, 2.4).
        """
        host = _origin(url)
        known = self._policies.get(host)
        if known is None or (known.done() and known.result().read_at + TEXT_COUNTS_FOR < utc_now()):
            known = asyncio.get_running_loop().create_future()
            self._policies[host] = known
            known.set_result(self._remembered(host) or await self._read(host))
        return await known

    def _remembered(self, host: str) -> RobotsPolicy | None:
        text = self._hosts.text(host, utc_now())
        if text is None:
            return None
        self._count("remembered")
        return self._policy_from(text)

    async def _read(self, host: str) -> RobotsPolicy:
        request = Request(
            f"{host}/robots.txt",
            priority=1000,
            meta={"is_robots_request": True, "robots": "not-checked", "discovery": "robots"},
            callback=NO_CALLBACK,
        )
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001  (whatever kept it from us, the host has not said yes)
            logger.warning("%s/robots.txt could not be read (%s): nothing is fetched from there", host, error)
            self._count("unreachable")
            return RobotsPolicy(state="unreachable")
        return self._policy_of(response, host)

    def _policy_of(self, response: Response, host: str) -> RobotsPolicy:
        record = response.request.meta.get("capture") if response.request else None
        record_id = record.record_id if record else None
        if response.status >= 500 or response.status == 429:
            logger.warning("%s/robots.txt answered %d: nothing is fetched from there", host, response.status)
            self._count("unreachable")
            return RobotsPolicy(state="unreachable", record_id=record_id)
        body = b"" if response.status >= 300 else response.body[:MAX_BYTES]
        text = HostText(read_at=utc_now(), status=response.status, body=body, record_id=record_id)
        try:
            self._hosts.keep_text(host, text)
        except ArchiveError as error:
            self._run.fail(error)
        return self._policy_from(text)

    def _policy_from(self, text: HostText) -> RobotsPolicy:
        if text.status >= 300:
            return RobotsPolicy(state="absent", record_id=text.record_id, read_at=text.read_at)
        rules = Protego.parse(text.body.decode("utf-8-sig", "ignore"))
        delay = rules.crawl_delay(self._user_agent)
        return RobotsPolicy(
            state="read",
            rules=rules,
            crawl_delay_seconds=min(float(delay), self._max_delay) if delay is not None else None,
            sitemaps=tuple(rules.sitemaps),
            record_id=text.record_id,
            read_at=text.read_at,
        )

    def _count(self, what: str) -> None:
        self._crawler.stats.inc_value(f"robots/{what}")


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
