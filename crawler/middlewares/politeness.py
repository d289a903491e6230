"""A start-to-start delay per host; waits when a host asks for it and stops when it keeps failing."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from twisted.python.failure import Failure

from archive.errors import ArchiveError
from archive.index.hosts import HostState
from archive.times import utc_now
from crawler.frontier.scheduler import RUN_ENDS
from crawler.middlewares.host_groups import HostGroups
from crawler.middlewares.shared_turns import PAGE, RunEnds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.index.hosts import Hosts
    from crawler.middlewares.shared_turns import SharedTurns

logger = logging.getLogger(__name__)

SLOW_SECONDS = 1.0
"""An answer that takes longer makes the delay longer: the host is strained, or far away."""
TRIES_OF_A_FAILING_HOST = 3
"""Failures in a row after which a host that failed when the last run ended is left alone again."""
FIRST_BACK_OFF_SECONDS = 30.0
"""When a host says "too many requests" without saying for how long; doubled each time."""
LONGEST_WAIT_IN_RUN_SECONDS = 600.0
"""A host that wants to be left alone for longer is left alone for the rest of the run."""
BUSY = frozenset({429, 503})


class HostStopped(IgnoreRequest):
    """Nothing more is fetched from this host in this run."""


class PolitenessMiddleware:
    """Gives each request its host's slot and delay; blocks or stops hosts that ask for it or fail too often."""

    def __init__(
        self,
        crawler: Crawler,
        *,
        delay: float,
        retry_after_max: float,
        stop_after: int,
        throttle: float,
        longest_delay: float,
        groups: str = "",
    ) -> None:
        self._crawler = crawler
        self._hosts: Hosts = crawler.tearsheet_hosts  # type: ignore[attr-defined]  # both set by crawler/job.py
        self._turns: SharedTurns = crawler.tearsheet_turns  # type: ignore[attr-defined]
        self._turns.on_hold = self._learn
        crawler.tearsheet_turn = self.turn  # type: ignore[attr-defined]  # for the download handler
        self._delay = delay
        self._throttle, self._longest_delay = throttle, longest_delay
        self._groups = HostGroups(groups)
        self._answers_in: dict[str, float] = {}
        self._known: set[str] = set()
        self._rests: dict[str, tuple[datetime, str]] = {}
        self._over = asyncio.Event()
        self._retry_after_max = retry_after_max
        self._stop_after = stop_after
        self._failures: dict[str, int] = {}
        self._back_off: dict[str, float] = {}
        self._held: dict[str, float] = {}
        self.stopped: dict[str, str] = {}
        """Host → why nothing more is fetched from it."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from DOWNLOAD_DELAY and TEARSHEET_RETRY_AFTER_MAX (seconds), …_STOP_AFTER (failures), …_THROTTLE (times)."""
        settings = crawler.settings
        middleware = cls(
            crawler,
            delay=settings.getfloat("DOWNLOAD_DELAY"),
            retry_after_max=settings.getfloat("TEARSHEET_RETRY_AFTER_MAX", 86400.0),
            stop_after=settings.getint("TEARSHEET_STOP_AFTER", 20),
            throttle=settings.getfloat("TEARSHEET_THROTTLE", 5.0),
            longest_delay=settings.getfloat("TEARSHEET_MAX_CRAWL_DELAY", 120.0),
            groups=settings.get("TEARSHEET_HOST_GROUPS") or "",
        )
        crawler.signals.connect(middleware.response_downloaded, signal=signals.response_downloaded)
        return middleware

    async def process_request(self, request: Request) -> None:
        """Put *request* into its host's slot; raise HostStopped when the host is left alone."""
        host = self._host(request)
        request.meta["download_slot"] = host
        asked = (request.meta.get("crawl_delay") or 0.0, request.meta.get("site_delay") or 0.0)
        self._set_delay(host, max(self._delay, self.throttled(host), *asked))
        if host not in self._crawler.engine.downloader.slots:  # its slot knows nothing of the run before
            await self._rest(request, self.held_until(host) - monotonic())
        self.held_until(host)

    @asynccontextmanager
    async def turn(self, request: Request) -> AsyncIterator[None]:
        """Hold the turn of *request*'s host over all runs; its slot has let it through, so it is due in this one.

        Who fetches requisites does that by himself: their delay is another.
        """
        if request.meta.get("discovery") == "requisite":
            yield
            return
        host = self._host(request)
        delay = self._crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", self._delay)
        try:
            async with self._turns.turn(host, PAGE, delay, is_over=self._over.is_set):
                yield
                request.meta.pop(RUN_ENDS, None)  # it was to be cut off, and came after all
        except RunEnds:
            request.meta[RUN_ENDS] = True
            raise

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Wait and ask again when the host is busy."""
        host = self._host(request)
        if response.status not in BUSY:
            return response
        wait, tries = request.meta["busy_wait"], request.meta.get("busy_times", 0)
        if self.gives_up(host, response.status, wait, tries=tries):
            return response
        again = request.replace(dont_filter=True)
        again.meta["busy_times"] = tries + 1
        return again

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Count a failure to get any answer."""
        self.note_error(self._host(request), exception)

    def group_of(self, host: str) -> str:
        """Return the name under which *host* (with its port) has its turn: its own, or that of the group it is in."""
        return self._groups.of(host)

    def _host(self, request: Request) -> str:
        return self.group_of(urlsplit(request.url).netloc.lower())

    def response_downloaded(self, request: Request, response: Response) -> None:
        """Hold or stop the host at once when it is busy or fails: before its next request, which waits in the slot, is sent."""
        host = self._host(request)
        slot = self._crawler.engine.downloader.slots.get(host)
        if slot is not None:  # Scrapy counts from when it meant to ask; a busy crawler does so later
            slot.lastseen = max(slot.lastseen, request.meta.get("sent_at", 0.0))
        self._time(host, request.meta.get("download_latency", 0.0))
        wait = self.hear(host, response)
        if wait is not None:
            request.meta["busy_wait"] = wait
        else:
            self.note_status(host, response.status)

    # -- what those say and ask who fetch past the downloader ------------------------------------------------------

    def held_until(self, host: str) -> float:
        """Return when *host* may be asked again, on the monotonic clock; raises HostStopped when it is left alone."""
        self._recall(host)
        if host in self.stopped:
            raise HostStopped(self.stopped[host])
        return self._held.get(host, 0.0)

    def hear(self, host: str, response: Response) -> float | None:
        """Return the seconds for which *host*, being busy, is held now; None when it is not busy."""
        if response.status not in BUSY:
            self._back_off.pop(host, None)
            return None
        doubled = self._back_off.get(host, FIRST_BACK_OFF_SECONDS / 2) * 2
        self._back_off[host] = doubled
        asked = retry_after_seconds(response.headers.get(b"Retry-After"), now=datetime.now(UTC))
        wait = min(asked if asked is not None else doubled, self._retry_after_max)
        self._hold(host, wait)
        until, why = utc_now() + timedelta(seconds=wait), f"answered {response.status}"
        self._rests[host] = (until, why)
        try:
            self._hosts.hold(host, until, why, doubled)
        except ArchiveError as error:
            self._turns.on_failure(error)
        return wait

    def throttled(self, host: str) -> float:
        """Return the seconds that must lie between two requests to *host* because it answers slowly, or not well."""
        slow = self._answers_in.get(host, 0.0)
        return min(self._throttle * slow, self._longest_delay) if slow > SLOW_SECONDS else 0.0

    def _time(self, host: str, seconds: float) -> None:
        """Note how long *host* took to begin its answer. One slow answer counts for a third, so it must go on."""
        self._answers_in[host] = (2 * self._answers_in.get(host, 0.0) + seconds) / 3

    def gives_up(self, host: str, status: int, wait: float, *, tries: int) -> bool:
        """Return whether the busy *host* wants too much rest, or was asked *tries* times in vain; it is stopped then."""
        if wait > LONGEST_WAIT_IN_RUN_SECONDS or tries >= self._crawler.settings.getint("RETRY_TIMES"):
            self.stop(host, f"answered {status} and wants {wait:.0f} s of rest")
            return True
        logger.info("%s answered %d: waiting %.0f s", host, status, wait)
        return False

    def note_status(self, host: str, status: int) -> None:
        """Count an answer that is a failure of the server; another one ends the row."""
        if status >= 500:
            self._count_failure(host, f"status {status}")
        else:
            self._failures.pop(host, None)

    def note_error(self, host: str, error: Exception) -> None:
        """Count a failure to get any answer; what we did not ask for is none."""
        if isinstance(error, DownloadTimeoutError):
            self._time(host, self._crawler.settings.getfloat("DOWNLOAD_TIMEOUT"))
        if not isinstance(error, IgnoreRequest):
            self._count_failure(host, str(error) or type(error).__name__)

    def _count_failure(self, host: str, reason: str) -> None:
        self._failures[host] = self._failures.get(host, 0) + 1
        if self._failures[host] >= self._stop_after:
            self.stop(host, f"{self._failures[host]} failures in a row, the last: {reason}")

    def stop(self, host: str, why: str) -> None:
        """Fetch nothing more from *host* in this run, and say *why*."""
        if host not in self.stopped:
            self.stopped[host] = why
            logger.error("%s is left alone for the rest of the run: %s", host, why)
            self._empty(host, why)

    def _set_delay(self, slot: str, delay: float) -> None:
        downloader = self._crawler.engine.downloader
        settings = downloader.per_slot_settings.setdefault(slot, {"concurrency": 1, "jitter": 0.0})
        settings["delay"] = delay
        if slot in downloader.slots:
            downloader.slots[slot].delay = delay

    def _empty(self, slot: str, why: str) -> None:
        """Take back what waits in *slot*: it has passed this middleware already."""
        waiting = self._crawler.engine.downloader.slots.get(slot)
        while waiting is not None and waiting.queue:
            _, answer = waiting.queue.popleft()
            answer.errback(Failure(HostStopped(why)))  # type: ignore[no-untyped-call]  # Twisted is untyped here

    # -- from one run to the next ----------------------------------------------------------------------------------

    def _recall(self, host: str) -> None:
        """Take over how the last run that asked *host* for something left it."""
        if host in self._known:
            return
        self._known.add(host)
        left, now = self._hosts.state(host), utc_now()
        if left.failures:
            self._failures[host] = min(left.failures, max(0, self._stop_after - TRIES_OF_A_FAILING_HOST))
        if left.held_until is not None and left.held_until > now:
            self._back_off[host] = left.back_off_seconds or FIRST_BACK_OFF_SECONDS / 2
            self._rests[host] = (left.held_until, left.why)
            rest = min((left.held_until - now).total_seconds(), self._retry_after_max)
            if rest > LONGEST_WAIT_IN_RUN_SECONDS:
                self.stop(
                    host,
                    f"{left.why} before this run and wants rest until {left.held_until:%Y-%m-%d %H:%M} UTC",
                )
            self._held[host] = monotonic() + rest
        elif left.asked_at is not None and left.asked_at <= now:
            self._held[host] = monotonic() + max(0.0, self._delay - (now - left.asked_at).total_seconds())

    def _learn(self, host: str, seconds: float, why: str) -> None:
        """Hear of another run that *host* wants to be left alone; raises HostStopped when that is for too long."""
        if seconds > LONGEST_WAIT_IN_RUN_SECONDS:
            self.stop(host, f"{why} and wants {seconds:.0f} s of rest")
        self.held_until(host)

    async def _rest(self, request: Request, seconds: float) -> None:
        """Keep *request* back for *seconds*, or until the run ends."""
        if seconds <= 0:
            return
        with suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), timeout=seconds)
            request.meta[RUN_ENDS] = True
            raise IgnoreRequest("the run ends")

    def remember(self) -> None:
        """Leave what is known of the hosts to the next run. Raises what the frontier raises."""
        now, slots = utc_now(), self._crawler.engine.downloader.slots
        states = []
        for host in self._known:
            slot = slots.get(host)
            since = monotonic() - slot.lastseen if slot is not None and slot.lastseen else 0.0
            until, why = self._rests.get(host, (None, ""))
            states.append(
                (
                    host,
                    HostState(
                        asked_at=now - timedelta(seconds=max(0.0, since)) if slot is not None else None,
                        held_until=until if until is not None and until > now else None,
                        why=why,
                        back_off_seconds=self._back_off.get(host, 0.0),
                        failures=self._failures.get(host, 0),
                    ),
                )
            )
        self._hosts.keep_states(states, now)

    def let_go(self) -> None:
        """Send back what waits for its turn: the run ends, and the next one asks for it."""
        self._over.set()
        for slot in self._crawler.engine.downloader.slots.values():
            for waiting in [each for each in slot.queue if not each[0].meta.get("is_robots_request")]:
                slot.queue.remove(waiting)
                waiting[0].meta[RUN_ENDS] = True
                waiting[1].errback(Failure(IgnoreRequest("the run ends")))  # type: ignore[no-untyped-call]

    def _hold(self, slot: str, seconds: float) -> None:
        """Let *slot* start its next request in *seconds* at the earliest."""
        self._held[slot] = monotonic() + seconds
        held = self._crawler.engine.downloader.slots.get(slot)
        if held is not None:
            held.lastseen = monotonic() + seconds - held.delay


def retry_after_seconds(value: bytes | None, *, now: datetime) -> float | None:
    """Return the seconds a Retry-After header (RFC 9110, 10.2.3: seconds or a date) asks to wait; None without one.

    >>> retry_after_seconds(b"120", now=datetime.now(UTC))
    120.0
    """
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        at = parsedate_to_datetime(text) if text else None
    except ValueError:
        return None
    if at is None:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())
