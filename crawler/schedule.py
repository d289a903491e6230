"""When an article is looked at again: a plan of ages, stepped back by changes, pulled forward by news of them, within a budget."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from archive.errors import ConfigError
from archive.index.other_pages import other_page
from archive.times import parse_ages
from crawler.discovery.front_page import home_host
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from archive.config.sections import Revisits
    from archive.index.other_pages import OtherPage
    from archive.index.seen import Look, Seen
    from archive.index.store import Index

CONFIRM_REMOVAL_AFTER = timedelta(hours=24)
"""A first 404 or 410 is asked about again after this time; two make a removal (archive.index.absences)."""
_NAMED_THOUGH_ABSENT = {"removed": timedelta(days=1), "moved": timedelta(days=7)}
"""After which something that still names (or names again) an article that is not there leads to it: it may have been put back."""
_LONGEST_RETRY = timedelta(hours=24)
_OTHER_PAGES_AFTER = timedelta(hours=24), timedelta(days=30)
"""A page that something names and that was read as no article is asked for again after as long as it is known, within these."""
_LONGEST_LIVE_DAYS = 3
"""Without a change; then a live blog is closed whatever end it gives: some say next year."""
_CLOCKS_DIFFER = timedelta(hours=1)
"""News of a change that lies farther ahead than this is a slip, and no news."""
_MOST_ASKED_AGAIN = 2000
"""Articles that were due in a run and are asked at its end when they are due next."""
_WATCHED_FOR = 3
"""Times the last age of the plan: articles captured first longer ago are looked at only when something leads to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The ages at which an article is looked at, and how often a live blog is while it is open."""

    ages: tuple[timedelta, ...]
    live_every: timedelta
    live_open_for: timedelta
    """Since its last change; then it counts as closed and follows the ages."""


def next_look(seen: Seen, plan: Plan) -> datetime | None:
    """Return when the article should be looked at next; None when only news of a change leads to it again.

    It is as if the article were as old as its steps say: every look without a change adds the time that passed, a
    change takes it back to the age before the one it had reached, so that the last wait comes once more. So does a newer
    date of change on a page that says the same, but only once until it does change: many pages give the time of day there.
    """
    if seen.absence is not None:
        return None
    last = seen.looks[-1]
    if seen.misses:
        return _after_miss(seen)
    changed_at = max((look.at for look in seen.looks if look.is_changed), default=seen.first_at)
    if seen.page_type == "live-blog" and _is_open(seen, changed_at, plan):
        return last.at + plan.live_every
    age = _stepped_age(seen.first_at, seen.looks, plan.ages)
    wait = next((step - age for step in plan.ages if step > age), None)
    return None if wait is None else last.at + wait


def _is_open(seen: Seen, changed_at: datetime, plan: Plan) -> bool:
    """Return whether a live blog goes on: it says so, or was changed not long ago and does not say that it has ended.

    Some move the end with every entry: one that has just changed is believed to have ended only at the next look.
    """
    last, end = seen.looks[-1], seen.covered_until
    if end is not None and end <= last.at:
        return last.is_changed
    longest = timedelta(days=_LONGEST_LIVE_DAYS)
    is_on = end is not None and last.at - changed_at < longest
    return is_on or last.at - changed_at < plan.live_open_for


def _stepped_age(first_at: datetime, looks: Sequence[Look], ages: Sequence[timedelta]) -> timedelta:
    age, is_believed = looks[0].at - first_at, True
    for before, look in pairwise(looks):
        age += look.at - before.at
        steps_back = look.is_changed or (look.is_announced and is_believed)
        is_believed = look.is_changed or (is_believed and not look.is_announced)
        if steps_back:
            reached = [step for step in ages if step <= age]
            age = reached[-2] if len(reached) > 1 else timedelta(0)
    return age


def _after_miss(seen: Seen) -> datetime:
    """Return when to ask again where the last answers were errors: after a day when it may be gone, else ever later."""
    first, last = seen.misses[0], seen.misses[-1]
    gone = next((miss for miss in seen.misses if miss.is_gone), None)
    if gone is not None and last.is_gone:
        return max(gone.at + CONFIRM_REMOVAL_AFTER, last.at + timedelta(minutes=30))
    wait = max(timedelta(minutes=30), last.at - first.at)
    return last.at + min(wait, _LONGEST_RETRY)


def _is_asked_again(page: OtherPage, now: datetime) -> bool:
    """Return whether enough time has passed since *page* was asked for last; an error is asked about sooner, as for articles."""
    least, most = (timedelta(minutes=30), _LONGEST_RETRY) if page.is_failure else _OTHER_PAGES_AFTER
    return now >= page.last_at + min(max(least, page.last_at - page.first_at), most)


class Schedule:
    """Decides for one run which known articles are looked at again; remembers what it had to drop."""

    def __init__(
        self,
        index: Index,
        settings: Revisits,
        *,
        now: Callable[[], datetime],
        recheck_all: bool = False,
    ) -> None:
        self._index, self._settings, self._now = index, settings, now
        try:
            self._default_ages = parse_ages(settings.plan)
        except ValueError as error:
            raise ConfigError(f"revisits.plan: {error}") from error
        self._began_at = now()
        self._recheck_all = recheck_all
        self.resumes_at: datetime | None = None
        """When the first of the newest runs that were stopped early began: what they have captured is not due."""
        self._decided: dict[int, bool] = {}
        self._spent: Counter[str] = Counter()
        self._counted: set[str] = set()
        self._due: dict[str, list[str]] = {}
        self._ahead: dict[str, datetime] = {}
        self.left: set[str] = set()
        """Addresses that something named as articles and that were not asked for: what was read there is none."""
        self._listings: set[str] = set()
        self.dropped: dict[str, str] = {}
        """URL → when it was due (ISO, UTC): what the budget of its site left no room for."""

    def is_due(self, url: str, *, changed_at: datetime | None = None) -> bool:
        """Return whether the article at *url* should be fetched in this run; an address that is not known always should.

        One that an interrupted run has captured is not: a run that is started again goes on where the last one was
        stopped. *changed_at* is when a feed or sitemap says that it changed.
        """
        seen = self._index.article_seen(url)
        if seen is None:
            return self._is_due_without_article(url)
        if self.resumes_at is not None and seen.last_at >= self.resumes_at:
            return False
        if self._recheck_all:
            return True
        now = self._now()
        is_news = changed_at is not None and seen.last_asked_at < changed_at <= now + _CLOCKS_DIFFER
        if seen.article_id in self._decided and not is_news:
            return self._decided[seen.article_id]
        if seen.absence is not None:
            at: datetime | None = seen.last_asked_at + _NAMED_THOUGH_ABSENT[seen.absence]
        else:
            at = now if is_news else next_look(seen, self.plan(url))
        if at is None or at > now:
            return False
        return self._decide(seen, url, at)

    def _is_due_without_article(self, url: str) -> bool:
        """Return whether an address should be asked for at which no article is known: not always anew what was none."""
        page = other_page(self._index, url)
        if page is None:
            return True
        if page.is_listing:
            self._listings.add(url)
        if self._recheck_all or _is_asked_again(page, self._now()):
            return True
        if page.last_at < self._began_at:  # else it was asked for in this very run
            self.left.add(url)
        return False

    def is_left(self, url: str) -> bool:
        """Return whether *url* was read as no article and is not asked for again in this run: another may be tried in its place."""
        page = other_page(self._index, url)
        return page is not None and not self._recheck_all and not _is_asked_again(page, self._now())

    def is_listing(self, url: str) -> bool:
        """Return whether *url*, which *is_due*, was read as a page of links: then it is asked for as a front."""
        return url in self._listings

    def due_articles(self, site_host: str) -> list[str]:
        """Return the known articles of a site that are due though nothing may lead to them any more, most urgent first.

        Those that wait the shortest time between looks come first: when the site's budget does not reach, what is
        dropped are late looks at old articles. All that is dropped is remembered.
        """
        now, due = self._now(), []
        for url in self._index.watched_articles(site_host, now - _WATCHED_FOR * self._default_ages[-1]):
            seen = self._index.article_seen(url)
            if seen is None or (self.resumes_at is not None and seen.last_at >= self.resumes_at):
                continue
            at = now if self._recheck_all else next_look(seen, self.plan(url))
            if at is not None and at <= now:
                due.append((at - seen.last_asked_at, at, url, seen))
            elif at is not None:
                self._ahead[site_host] = min(at, self._ahead.get(site_host, at))
        due.sort(key=lambda entry: entry[:3])
        self._due[site_host] = [url for _, _, url, _ in due[:_MOST_ASKED_AGAIN]]
        return [url for _, at, url, seen in due if self._recheck_all or self._decide(seen, url, at)]

    def next_due(self, home: str, *, has_new: bool) -> datetime | None:
        """Return when a look at an article of the site at *home* is due next, as far as this run knows; None for never.

        *has_new* says that this run found articles that were not known before.
        """
        host = home_host(home)
        found = [self._ahead[host]] if host in self._ahead else []
        if has_new:
            found.append(self._now() + self.plan(home).ages[0])
        for url in self._due.get(host, ()):
            seen = self._index.article_seen(url)
            at = next_look(seen, self.plan(url)) if seen is not None else None
            if at is not None:
                found.append(at)
        return min(found, default=None)

    def plan(self, url: str) -> Plan:
        """Return the plan of the site that *url* belongs to: its profile's, else the archive's."""
        profile = load_profile(url)
        ages = parse_ages(profile.revisits) if profile and profile.revisits else self._default_ages
        return Plan(
            ages=ages,
            live_every=timedelta(minutes=self._settings.live_minutes),
            live_open_for=timedelta(hours=self._settings.live_open_hours),
        )

    def _decide(self, seen: Seen, url: str, at: datetime) -> bool:
        """Return whether there is room for one more look at this site today; what is refused is noted."""
        decided = self._decided.get(seen.article_id)
        if decided is not None:
            return decided
        if seen.site not in self._counted:
            self._counted.add(seen.site)
            self._spent[seen.site] += self._index.looks_since(seen.site, self._now() - timedelta(days=1))
        budget = self._settings.per_site_and_day
        has_room = not budget or self._spent[seen.site] < budget
        if has_room:
            self._spent[seen.site] += 1
        else:
            self.dropped.setdefault(url, at.isoformat(timespec="seconds"))
        self._decided[seen.article_id] = has_room
        return has_room
