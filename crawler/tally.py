"""Counts what one run does at one site, for the run's summary and for alerts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.index.site_runs import SiteRun, site_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archive.model import Article, Record
    from crawler.discovery.found import Found

REFUSALS = frozenset({401, 403, 407, 429, 451})
"""Answers to an article's address that stand for a wall: who asks is not let in."""
ALIKE = 5
"""So many pages under one headline, or led to one address, are no articles, whatever they look like."""
_NO_TEXT = frozenset({"brief", "paywall-stub"})
"""Types of pages that lack the text an article has."""
_WALLS = ("reads like an error page", "error or wall")
"""Beginnings of reasons (crawler/extraction/page_type.py)."""
_KNOWN = {"new-article": "new_articles", "new-version": "new_versions"}


class Tally:
    """What a run has done so far at the site whose *home* page, feed or sitemap was given."""

    def __init__(self, home: str, *, is_other: Callable[[str], bool]) -> None:
        """Count for *home*; *is_other* knows of pages that were never articles."""
        self.home = home
        self._is_other = is_other
        self.counts: Counter[str] = Counter()
        self.failures: Counter[str] = Counter()
        self.is_limited = False
        """Whether a setting kept something of it from being fetched."""
        self._named: dict[str, set[int]] = {"feed": set(), "front": set()}
        self._headlines: Counter[str] = Counter()
        self._led_to: Counter[str] = Counter()
        self._read: set[str] = set()

    def note_named(self, channel: str, urls: Iterable[str]) -> None:
        """Count the articles that a feed, sitemap or front named; each once."""
        self._named["front" if channel == "front" else "feed"].update(map(hash, urls))

    def note_refusal(self, status: int) -> None:
        """Count an answer, other than 200, to the address of an article."""
        if status in REFUSALS:
            self.counts["asked"] += 1
            self.counts["walls"] += 1

    def note_redirect(self, target: str) -> None:
        """Remember where a page has led."""
        parts = urlsplit(target)
        self._led_to[f"{parts.netloc}{parts.path}"] += 1

    def note_article(self, article: Article, outcome: str) -> None:
        """Count a page that was asked for as an article; *outcome* is what it was for the index."""
        if article.url in self._read or (not article.is_article and self._is_other(article.url)):
            return
        self._read.add(article.url)
        self.counts["asked"] += 1
        if is_wall(article):
            self.counts["walls"] += 1
            return
        self._headlines[" ".join((article.headline or "").lower().split())] += bool(article.headline)
        if not article.is_article:
            return
        self.counts["articles"] += 1
        if outcome in _KNOWN:
            self.counts[_KNOWN[outcome]] += 1
        for name, is_there in (
            ("has_headline", article.headline),
            ("has_body", article.body and article.page_type not in _NO_TEXT),
            ("has_date", article.date_published and article.date_published.found_in != "url"),
            ("has_byline", article.byline or article.credits),
        ):
            self.counts[name] += bool(is_there)

    def note_home(self, article: Article, outcome: str) -> None:  # noqa: ARG002  (as *note_article*)
        """Note that the home page is a wall, if it is."""
        self.counts["home_walls"] += is_wall(article)

    def finish(self, *, is_usual: bool, is_reached: bool, next_due: str | None) -> SiteRun:
        """Return the counts as they are kept."""
        counts = self.counts
        alike = sum(times for times in self._headlines.values() if times >= ALIKE)
        led = max(self._led_to.values(), default=0)
        led = led if led >= ALIKE else 0
        asked, walls = counts["asked"] + led, counts["walls"] + alike + led
        if counts["home_walls"]:
            asked, walls = max(asked, ALIKE), max(asked, ALIKE)
        return SiteRun(
            site=site_name(self.home),
            home=self.home,
            is_usual=is_usual,
            is_limited=self.is_limited,
            is_reached=is_reached,
            named_feed=len(self._named["feed"]),
            named_front=len(self._named["front"]),
            asked=asked,
            walls=walls,
            articles=counts["articles"],
            new_articles=counts["new_articles"],
            new_versions=counts["new_versions"],
            has_headline=counts["has_headline"],
            has_body=counts["has_body"],
            has_date=counts["has_date"],
            has_byline=counts["has_byline"],
            failures=dict(self.failures.most_common()),
            next_due=next_due,
        )


class Tallies:
    """The tallies of a run, by home page; of sites that are watched only, and of which anything was seen."""

    def __init__(self, is_other: Callable[[str], bool]) -> None:
        self._is_other = is_other
        self._sites: frozenset[str] = frozenset()
        self._by_host: dict[str, Tally] = {}
        self.begun: dict[str, Tally] = {}
        """Home page → what was done there so far."""
        self.finished: tuple[SiteRun, ...] = ()
        """The same as it is kept, once the run has ended."""

    def watch(self, sites: Iterable[str]) -> None:
        """Count for the sites with these home pages."""
        self._sites = frozenset(sites)

    def of(self, site: str | None) -> Tally | None:
        """Return what counts for the site with this home page; None for one that is not watched."""
        if site is None or site not in self._sites:
            return None
        found = self.begun.get(site)
        if found is None:
            found = self.begun[site] = self._by_host[urlsplit(site).netloc.lower()] = Tally(
                site, is_other=self._is_other
            )
        return found

    def note_named(self, site: str, channel: str, found: Iterable[Found]) -> None:
        """Count the articles that a feed, sitemap or front of *site* named."""
        tally = self.of(site)
        if tally is not None:
            tally.note_named(channel, (one.url for one in found if one.kind == "article"))

    def note_redirects(self, records: Sequence[Record]) -> None:
        """Count where a page leads that was captured with *records*: pages that all lead to one are not let in."""
        leading = next((record for record in records if record.redirect_to is not None), None)
        if leading is None or any(record.fields.get("discovery") == "requisite" for record in records):
            return
        tally = self._by_host.get(urlsplit(leading.target_uri or "").netloc.lower())
        if tally is not None and leading.redirect_to is not None:
            tally.note_redirect(leading.redirect_to)


def is_wall(article: Article) -> bool:
    """Return whether a page answered with 200 is a captcha, consent or login page, or an error."""
    reason = article.reason
    return (article.page_type == "error" and reason.startswith(_WALLS)) or reason.startswith(
        "login or account page"
    )
