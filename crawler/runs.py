"""One run: its id and settings, what it has counted, and up to where each WARC file is in the index."""

from __future__ import annotations

import json
import logging
import secrets
from collections import Counter, OrderedDict
from datetime import UTC, timedelta
from functools import partial
from typing import TYPE_CHECKING

from archive.index import site_runs
from archive.times import utc_now
from crawler.candidates import is_candidate
from crawler.discovery.listing import Past, may_be_listing
from crawler.schedule import Schedule
from crawler.tally import Tallies
from crawler.url_list import UrlList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archive.config import Config
    from archive.index.site_runs import Alert
    from archive.index.store import Index
    from archive.model import Article, Listing, Record

logger = logging.getLogger(__name__)

SUMMARY_URI = "urn:tearsheet:run:"
"""Target URI of the metadata record that sums a run up, with the run's id behind it."""


_CLOSED = "refused by robots.txt"
MOST_NAMED = 10_000
"""URLs that failed, and looks that were dropped for want of budget, that a run names; the counts beside them are whole."""


class Run:
    """What the parts of one run share: the index, the settings, and the counts that end up in its summary."""

    finish_reason = "failed"
    shares_index = False
    """Whether other runs may write to the index, too: then everything is committed at once."""
    _uncommitted = 0

    def __init__(
        self,
        *,
        index: Index,
        config: Config,
        run_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        recheck_all: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self.index = index
        self.config = config
        self.clock = clock
        self.started_at = clock()
        self.run_id = run_id or new_run_id(self.started_at)
        days = config.crawl.sitemap_days
        self.since = since or (self.started_at - timedelta(days=days) if days and until is None else None)
        """From sitemaps, only what changed at or after this time; None for all."""
        self.until = until
        self.past = Past(since, until) if since or until else None
        """The time asked for; None for what is news."""
        self.is_usual = not (self.backfills or until or recheck_all)
        """Whether it asks for all that is due and for nothing else: then its yield can be held against that of others."""
        self.schedule = Schedule(index, config.revisits, now=clock, recheck_all=recheck_all)
        """Which known articles are looked at again."""
        self.positions = Positions()
        self.tallies = Tallies(partial(site_runs.was_never_an_article, index))
        """What was done at each site."""
        self.counts: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.failed_urls: dict[str, str] = {}
        """URL → reason, the first 10,000."""
        self.limits: dict[str, str] = {}
        """What a setting kept from being fetched: site or page → the setting."""
        self.unread_sites: dict[str, str] = {}
        """Home page → why nothing was read of that site."""
        self.url_list = UrlList()
        self.error: BaseException | None = None
        """The failed write that stopped the run, when one did."""
        self.stopped_hosts: dict[str, str] = {}
        """Hosts that were left alone → why."""
        self.recovered: list[str] = []
        """What a killed run had left and was put in order first, in words."""
        self.on_failure: Callable[[Exception], object] | None = None
        """Told when the index cannot be written."""
        self.alerts: tuple[Alert, ...] = ()
        """Alerts that were raised or have ended with this run."""
        self.not_told: list[str] = []
        """Whom the alerts could not be told, and why."""

    @property
    def backfills(self) -> bool:
        """Return whether a past with a beginning was asked for: then date archives and next pages of fronts are followed."""
        return self.past is not None and self.past.since is not None

    # -- what happens ----------------------------------------------------------------------------------------------

    def note_records(self, records: Sequence[Record]) -> None:
        """Index *records* as they were written; they stand one behind the other in one file."""
        for record in records:
            self._add(record)
            self.positions.written(record)
        self.tallies.note_redirects(records)
        self._committed_sometimes()

    def note_record(self, record: Record) -> None:
        """Index a record that was read back; up to where its file is indexed, *positions.finished* is told."""
        self._add(record)
        self._committed_sometimes()

    def _add(self, record: Record) -> None:
        self.index.add_record(record)
        if record.is_capture:
            self.counts["captured"] += 1
            self.counts["bytes"] += record.place.length
            self.counts["revisits"] += record.record_type == "revisit"
        self.counts["fetched"] += record.record_type == "request"

    def note_reading(self, record: Record, article: Article, outcome: str) -> None:
        """Count what became of a page, and settle its capture."""
        self.counts[outcome] += 1
        if outcome in {"new-article", "new-version"}:
            self.agencies.update(article.agencies)
        self.positions.settled(record)
        self._committed_sometimes()

    def note_listing(self, record: Record, listing: Listing) -> None:
        """Keep what a feed, a sitemap or a front named; a capture that is nothing else is settled with it."""
        self.index.add_listing(record, listing)
        if listing.channel != "front":
            self.positions.settled(record)
            self._committed_sometimes()

    def note_answer(
        self, url: str, status: int, *, discovery: str | None = None, site: str | None = None
    ) -> None:
        """Count an answer, and one that is an error for us by its status."""
        if discovery == "url-list":
            self.url_list.note_answer()
        tally = self.tallies.of(site)
        if tally is not None and discovery == "seed":
            tally.counts["home"] += status < 400
        if status >= 400:
            self._fail(url, f"status {status}", site)
            if discovery == "seed":
                self.unread_sites[url] = f"its home page answered {status}"

    def note_failure(self, url: str, error: BaseException, *, site: str | None = None) -> None:
        """Count a URL that gave no answer at all, or was not asked for."""
        reason = _reason(error)
        self._fail(url, reason, site)
        why = f"{reason}: {error}"
        if site == url and not (reason == _CLOSED and self.url_list.note_closed(url, why)):
            self.unread_sites[url] = why

    def fail(self, error: Exception) -> None:
        """Stop the run: the archive cannot be written. Without a listener, as in re-reading, *error* is raised."""
        if self.on_failure is None:
            raise error
        self.on_failure(error)

    def note_limit(self, subject: str, limit: str) -> None:
        """Remember that a setting kept something from being fetched."""
        self.limits.setdefault(subject, limit)
        tally = self.tallies.of(subject)
        if tally is not None:
            tally.is_limited = True

    def _fail(self, url: str, reason: str, site: str | None) -> None:
        self.failures[reason] += 1
        tally = self.tallies.of(site)
        if tally is not None:
            tally.failures[reason] += 1
        logger.info(
            "%s: %s", url, reason, extra={"event": "failure", "url": url, "reason": reason, "site": site}
        )
        if len(self.failed_urls) < MOST_NAMED:
            self.failed_urls.setdefault(url, reason)

    def resume(self, sites: Sequence[str] = ()) -> None:
        """Go on where earlier runs (of these home pages, when any are given) were stopped: what they have captured is not due."""
        names = [site_runs.site_name(site) for site in sites]
        self.schedule.resumes_at = self.index.interrupted_since(names)
        self.counts.clear()
        self.agencies.clear()

    # -- what is due -----------------------------------------------------------------------------------------------

    def requisite_is_due(self, url: str) -> bool:
        """Return whether an image or style sheet should be fetched: not while a capture of it is fresh enough."""
        last = self.index.last_captured_at(url)
        return last is None or self.started_at - last > timedelta(hours=self.config.requisites.max_age_hours)

    # -- the end ---------------------------------------------------------------------------------------------------

    def summary(self, finish_reason: str) -> dict[str, str]:
        """Return the fields of the run's last WARC record; times in UTC, counts as JSON."""
        if self.schedule.dropped:
            self.counts["revisits-dropped"] = len(self.schedule.dropped)
        if self.schedule.left:
            self.counts["left-as-no-article"] = len(self.schedule.left)
        return {
            "run": self.run_id,
            "startedAt": self.started_at.isoformat(timespec="seconds"),
            "finishedAt": self.clock().isoformat(timespec="seconds"),
            "finishReason": finish_reason,
            "counts": json.dumps(dict(sorted(self.counts.items()))),
            "failures": json.dumps(dict(sorted(self.failures.items()))),
            "failedUrls": json.dumps(self.failed_urls),
            "notCrawled": json.dumps(self.unread_sites | self.stopped_hosts),
            **site_runs.to_json(self.tallies.finished, self.alerts),
            "droppedRevisits": json.dumps(dict(list(self.schedule.dropped.items())[:MOST_NAMED])),
        }

    def commit(self) -> None:
        """Write the positions and commit what was indexed."""
        for file, position in self.positions.news():
            self.index.set_position(file, position)
        self.index.commit()
        self._uncommitted = 0

    def _committed_sometimes(self) -> None:
        self._uncommitted += 1
        if self.shares_index or self._uncommitted >= self.config.index.commit_every:
            self.commit()


class Positions:
    """Up to where each file is indexed: the first page that was written but not yet read, or the end of the file."""

    def __init__(self) -> None:
        self._ends: dict[str, int] = {}
        self._waiting: dict[str, OrderedDict[int, None]] = {}
        self._touched: set[str] = set()
        self.written_files: dict[str, None] = {}
        """Names of the files that were written to, in order."""

    def written(self, record: Record) -> None:
        """Note a record that is in its file; one that may be a page has to be settled."""
        place = record.place
        self._ends[place.file] = place.offset + place.length
        self._touched.add(place.file)
        self.written_files[place.file] = None
        if is_candidate(record) or may_be_listing(record):
            self._waiting.setdefault(place.file, OrderedDict())[place.offset] = None

    def settled(self, record: Record) -> None:
        """Note that a page was read and indexed."""
        self._waiting.get(record.place.file, OrderedDict()).pop(record.place.offset, None)
        self._touched.add(record.place.file)

    def finished(self, file: str, size: int) -> None:
        """Note that *file*, of *size* bytes, was read to its end."""
        self._ends[file] = size
        self._touched.add(file)

    def news(self) -> list[tuple[str, int]]:
        """Return (file, bytes from its start) for every file of which something was said since this was called last."""
        touched, self._touched = self._touched, set()
        return [
            (file, next(iter(self._waiting.get(file) or ()), self._ends[file]))
            for file in sorted(touched & self._ends.keys())
        ]

    def unsettled(self) -> int:
        """Return how many pages wait."""
        return sum(len(waiting) for waiting in self._waiting.values())


def new_run_id(at: datetime) -> str:
    """Return an id that sorts by time: 14 digits UTC, and eight hexadecimal digits by chance."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"


def _reason(error: BaseException) -> str:
    """Return a failure's kind in words an operator knows."""
    names = {
        "RobotsDenied": _CLOSED,
        "RobotsUnread": "robots.txt unreadable",
        "HostStopped": "host left alone",
        "PrivateAddress": "private address",
        "DownloadTimeoutError": "timed out",
        "CannotResolveHostError": "name not found",
        "DownloadConnectionRefusedError": "connection refused",
        "DownloadFailedError": "connection broken",
        "ResponseDataLossError": "cut short",
        "DownloadCancelledError": "too long",
        "UnsupportedURLSchemeError": "not http",
        "TooManyRedirects": "too many redirects",
    }
    return names.get(type(error).__name__, type(error).__name__)
