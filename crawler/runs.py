"""One run: its id and settings, what it has counted, and up to where each WARC file is in the index."""

from __future__ import annotations

import json
import secrets
from collections import Counter, OrderedDict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.candidates import is_candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.config import Config
    from archive.index.store import Index
    from archive.model import Article, Record

SUMMARY_URI = "urn:tearsheet:run:"
"""Target URI of the metadata record that sums a run up, with the run's id behind it."""


SHORTEST_WAIT, LONGEST_WAIT = timedelta(minutes=30), timedelta(days=30)
"""Between two looks at one article. Four fifths of all edits fall into the first day (GDELT Global Difference Graph)."""

OLDEST_RECHECK = timedelta(days=35)
"""Articles first captured longer ago are looked at again only when something still leads to them."""


class Run:
    """What the parts of one run share: the index, the settings, and the counts that end up in its summary."""

    def __init__(
        self,
        *,
        index: Index,
        config: Config,
        run_id: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        recheck_all: bool = False,
    ) -> None:
        self.index = index
        self.config = config
        self.started_at = datetime.now(UTC)
        self.run_id = run_id or new_run_id(self.started_at)
        days = config.crawl.sitemap_days
        self.since = since or (self.started_at - timedelta(days=days) if days and until is None else None)
        """From sitemaps, only what changed at or after this time; None for all."""
        self.until = until
        self._recheck_all = recheck_all
        self._resumes_at: datetime | None = None
        self.positions = Positions()
        self.counts: Counter[str] = Counter()
        self.agencies: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.failed_urls: dict[str, str] = {}
        """URL → reason, the first 1,000."""
        self.limits: dict[str, str] = {}
        """What a setting kept from being fetched: site or page → the setting."""
        self.unread_sites: dict[str, str] = {}
        """Home page → why nothing was read of that site."""
        self.finish_reason = "failed"
        self.error: BaseException | None = None
        """The failed write that stopped the run, when one did."""
        self.stopped_hosts: dict[str, str] = {}
        """Hosts that were left alone → why."""
        self.recovered: list[str] = []
        """What a killed run had left and was put in order first, in words."""
        self.on_failure: Callable[[Exception], object] | None = None
        """Told when the index cannot be written."""
        self._uncommitted = 0

    # -- what happens ----------------------------------------------------------------------------------------------

    def note_records(self, records: Iterable[Record]) -> None:
        """Index *records* as they were written; they stand one behind the other in one file."""
        for record in records:
            self.index.add_record(record)
            self.positions.written(record)
            if record.is_capture:
                self.counts["captured"] += 1
                self.counts["bytes"] += record.place.length
                self.counts["revisits"] += record.record_type == "revisit"
            self.counts["fetched"] += record.record_type == "request"
        self._committed_sometimes()

    def note_reading(self, record: Record, article: Article, outcome: str) -> None:
        """Count what became of a page, and settle its capture."""
        self.counts[outcome] += 1
        if outcome in {"new-article", "new-version"}:
            self.agencies.update(article.agencies)
        self.positions.settled(record)
        self._committed_sometimes()

    def note_answer(self, url: str, status: int, *, discovery: str | None = None) -> None:
        """Count an answer that is an error for us, by its status."""
        if status >= 400:
            self._fail(url, f"status {status}")
            if discovery == "seed":
                self.unread_sites[url] = f"its home page answered {status}"

    def note_failure(self, url: str, error: BaseException, *, site: str | None = None) -> None:
        """Count a URL that gave no answer at all, or was not asked for."""
        reason = _reason(error)
        self._fail(url, reason)
        if site == url:
            self.unread_sites[url] = f"{reason}: {error}"

    def fail(self, error: Exception) -> None:
        """Stop the run: the archive cannot be written. Without a listener, as in re-reading, *error* is raised."""
        if self.on_failure is None:
            raise error
        self.on_failure(error)

    def note_limit(self, subject: str, limit: str) -> None:
        """Remember that a setting kept something from being fetched."""
        self.limits.setdefault(subject, limit)

    def _fail(self, url: str, reason: str) -> None:
        self.failures[reason] += 1
        if len(self.failed_urls) < 1000:
            self.failed_urls.setdefault(url, reason)

    def resume(self) -> None:
        """Go on where earlier runs were stopped: what they have captured is not asked for again."""
        self._resumes_at = self.index.interrupted_since()
        self.counts.clear()
        self.agencies.clear()

    # -- what is due -----------------------------------------------------------------------------------------------

    def is_due(self, url: str, *, changed_at: datetime | None = None) -> bool:
        """Return whether the article at *url* should be fetched in this run.

        A new one always is. One that an interrupted run has captured a short while ago is not: so a run that is
        started again goes on where the last one was stopped. Otherwise it is looked at again when a fifth of its
        age has passed since the last look (half an hour to 30 days), or when a feed says that it changed.
        """
        seen = self.index.article_seen(url)
        if seen is None:
            return True
        if self._resumes_at is not None and seen.last_at >= self._resumes_at:
            return False
        if self._recheck_all or (changed_at is not None and changed_at > seen.last_at):
            return True
        wait = min(max((seen.last_at - seen.first_at) / 5, SHORTEST_WAIT), LONGEST_WAIT)
        return self.started_at >= seen.last_at + wait

    def due_articles(self, site_host: str) -> list[str]:
        """Return the known articles of a site that should be looked at again although nothing leads to them any more."""
        young = self.index.young_articles(site_host, self.started_at - OLDEST_RECHECK)
        return [url for url in young if self.is_due(url)]

    def requisite_is_due(self, url: str) -> bool:
        """Return whether an image or style sheet should be fetched: not while a capture of it is fresh enough."""
        last = self.index.last_captured_at(url)
        return last is None or self.started_at - last > timedelta(hours=self.config.requisites.max_age_hours)

    # -- the end ---------------------------------------------------------------------------------------------------

    def summary(self, finish_reason: str) -> dict[str, str]:
        """Return the fields of the run's last WARC record; times in UTC, counts as JSON."""
        return {
            "run": self.run_id,
            "startedAt": self.started_at.isoformat(timespec="seconds"),
            "finishedAt": datetime.now(UTC).isoformat(timespec="seconds"),
            "finishReason": finish_reason,
            "counts": json.dumps(dict(sorted(self.counts.items()))),
            "failures": json.dumps(dict(sorted(self.failures.items()))),
            "failedUrls": json.dumps(dict(list(self.failed_urls.items())[:200])),
            "notCrawled": json.dumps(self.unread_sites | self.stopped_hosts),
        }

    def commit(self) -> None:
        """Write the positions and commit what was indexed."""
        for file, position in self.positions.all():
            self.index.set_position(file, position)
        self.index.commit()
        self._uncommitted = 0

    def _committed_sometimes(self) -> None:
        self._uncommitted += 1
        if self._uncommitted >= self.config.index.commit_every:
            self.commit()


class Positions:
    """Up to where each file is indexed: the first page that was written but not yet read, or the end of the file."""

    def __init__(self) -> None:
        self._ends: dict[str, int] = {}
        self._waiting: dict[str, OrderedDict[int, None]] = {}

    def written(self, record: Record) -> None:
        """Note a record that is in its file; one that may be a page has to be settled."""
        place = record.place
        self._ends[place.file] = place.offset + place.length
        if is_candidate(record):
            self._waiting.setdefault(place.file, OrderedDict())[place.offset] = None

    def settled(self, record: Record) -> None:
        """Note that a page was read and indexed."""
        self._waiting.get(record.place.file, OrderedDict()).pop(record.place.offset, None)

    def finished(self, file: str, size: int) -> None:
        """Note that *file*, of *size* bytes, was read to its end."""
        self._ends[file] = size

    def all(self) -> list[tuple[str, int]]:
        """Return (file, bytes from its start) for every file that was written to."""
        return [(file, next(iter(self._waiting.get(file) or ()), end)) for file, end in self._ends.items()]

    def unsettled(self) -> int:
        """Return how many pages wait."""
        return sum(len(waiting) for waiting in self._waiting.values())


def new_run_id(at: datetime) -> str:
    """Return an id that sorts by time: 14 digits UTC, and eight hexadecimal digits by chance."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(4)}"


def _reason(error: BaseException) -> str:
    """Return a failure's kind in words an operator knows."""
    names = {
        "RobotsDenied": "refused by robots.txt",
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
