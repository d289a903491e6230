"""The news spider: finds a site's articles by its robots.txt, feeds, sitemaps and fronts, and hands every page on."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider

from archive.errors import ArchiveError
from crawler.candidates import is_candidate, may_hold_article
from crawler.discovery.feed import is_feed, wanted_feeds
from crawler.discovery.found import Found
from crawler.discovery.front_page import belongs, home_host, rank_link, read_front, site_hosts
from crawler.discovery.listing import MAX_UNDATED, may_be_listing, read_listing
from crawler.discovery.past import date_archive, is_all_before, is_in_span, next_page
from crawler.discovery.patterns import learn
from crawler.discovery.sitemap import is_sitemap, wanted
from crawler.extraction.document import Document
from crawler.frontier.scheduler import RUN_ENDS
from crawler.middlewares.requisites import RequisiteFetcher
from crawler.pipelines import Reading
from crawler.profiles import load_profile
from crawler.revalidation import Revalidation
from spiders.answers import named_by, page_behind, page_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from archive.index.frontier import Frontier
    from archive.model import Page
    from crawler.discovery.listing import ReadListing
    from crawler.discovery.patterns import Patterns
    from crawler.middlewares.robots import RobotsMiddleware
    from crawler.profiles import SiteProfile
    from crawler.profiles.records import DateArchive
    from crawler.runs import Run

logger = logging.getLogger(__name__)

PRIORITY = {"seed": 100, "sitemap": 80, "feed": 80, "front": 60, "article": 40, "recheck": 20}
PROBES_PER_FRONT = 10
"""Links of a front that may be articles although their address does not look like one."""
MAX_SITEMAPS = 200
"""Sitemaps read of one site in one run; in a run that was asked for the past, fifty times as many."""
MAX_PAST_PAGES = 4000
"""Pages of one archive, or following pages of one front, that are fetched in one run; ten years of days."""


class NewsSpider(Spider):
    """Crawls the sites given; yields a Reading for every page, article or not: that is decided in extraction."""

    name = "news"

    def __init__(
        self, *, run: Run, sites: Iterable[str] = (), urls: Iterable[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(self.name, **kwargs)
        self._run = run
        self._sites = tuple(sites)
        self._urls = tuple(urls)
        self._hosts: dict[str, frozenset[str]] = {}
        self._patterns: dict[str, Patterns] = {}
        self._with_archive: set[str] = set()
        self._pages: Counter[str] = Counter()
        self._sitemaps: Counter[str] = Counter()
        self._sitemaps_asked: set[str] = set()
        self._revalidation: Revalidation | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Return the spider of ``crawler.tearsheet_run``."""
        return super().from_crawler(crawler, *args, run=crawler.tearsheet_run, **kwargs)  # type: ignore[attr-defined]

    async def start(self) -> AsyncIterator[Request]:
        """Yield the home page of every site, then what its profile names, then the URLs given one by one."""
        folder = self.crawler.settings["TEARSHEET_WARC_FOLDER"]
        self._revalidation = Revalidation(self._run.index, Path(folder), self._run.clock)
        self._go_on()
        for site in self._sites:
            profile = load_profile(site)
            self._patterns[site] = learn(self._run.index.outcomes(home_host(site)))
            yield self._request(Found(url=site, how="seed", kind="front"), site=site, depth=0)
            for found in named_by(profile) if profile else ():
                yield self._request(found, site=site, depth=0 if found.kind != "front" else 1)
            if profile is not None and self._run.backfills:
                for archive in profile.archive:
                    for request in self._past(archive, site, via=site):
                        yield request
            for url in self._run.schedule.due_articles(home_host(site)):
                if belongs(url, self._hosts[site]):
                    yield self._request(Found(url=url, how="recheck"), site=site, depth=0)
        for url in self._urls:
            yield self._request(Found(url=url, how="url-list"), site=url, depth=0)

    def _go_on(self) -> None:
        """Be ready for answers to what an earlier run left queued: they may come before the first of ours."""
        for site in self._sites:
            profile = load_profile(site)
            self._hosts[site] = site_hosts(site, *(profile.domains if profile else ()))
        if self._run.config.crawl.max_pages_per_site:
            frontier: Frontier = self.crawler.tearsheet_frontier  # type: ignore[attr-defined]  # set by crawler/job.py
            self._pages.update(frontier.counted([PRIORITY["article"], PRIORITY["front"]]))
        fetcher = self.crawler.get_extension(RequisiteFetcher)
        if fetcher is not None:
            fetcher.go_on()

    # -- what comes back -------------------------------------------------------------------------------------------

    def parse_front(self, response: Response) -> Iterator[Request | Reading]:
        """Yield the page itself, its feeds, and the articles and sections it links to; its requisites are wanted."""
        site, depth = response.meta["site"], response.meta["depth"]
        if depth == 0:
            yield from self._sitemaps_of_robots(response.url, site)
        if self._is_listing(response):
            yield from self.parse_listing(response)
            return
        reading = self._reading(response)
        if reading is None:
            return
        tally = self._run.tallies.of(site)
        if tally is not None and depth == 0:
            reading.tally = tally.note_home
        yield reading
        document = reading.document
        via = response.url
        for feed in wanted_feeds(document.feeds()):
            yield from self._follow(
                [Found(url=feed.url, how="feed", kind="feed", title=feed.title)], site, depth, via
            )
        if self._run.config.crawl.follow_links:
            limit = self._run.config.crawl.max_depth
            found = read_front(
                document.links(),
                site_hosts=self._hosts.get(site, frozenset()),
                probes=PROBES_PER_FRONT,
                fronts="past_page" not in response.meta and (not limit or depth + 1 < limit),
                rank=partial(self._rank, site, document.profile),
            )
            self._run.tallies.note_named(site, "front", found)
            if self._run.backfills:
                found = [one for one in found if one.kind != "article" or self._is_in_span(one.url)]
                yield from self._backfill(response, document)
            yield from self._follow(found, site, depth + 1, via)
        self._want(document, via, site)

    def _rank(self, site: str, profile: SiteProfile | None, url: str, text: str) -> str:
        """Return what a link is by its address and words, its profile, and what was read at addresses like it."""
        rank = rank_link(url, text, profile)
        patterns = self._patterns.get(site)
        if rank != "probe" or patterns is None:
            return rank
        learnt = patterns.rank(url)
        if learnt == "accept":
            return learnt
        # It may be a section, of which most are no articles.
        return "unlikely" if learnt == "skip" or self._run.schedule.is_left(url) else rank

    def _is_in_span(self, url: str) -> bool:
        since, until = self._run.since, self._run.until
        return is_in_span(url, since.date() if since else None, until.date() if until else None)

    def _backfill(self, response: Response, document: Document) -> Iterator[Request]:
        """Yield the next page of a front, until all that it names is older than asked for; and the archive by date, once."""
        site, number = response.meta["site"], response.meta.get("past_page", 1)
        links = [link for link in document.links() if belongs(link.url, self._hosts.get(site, frozenset()))]
        profile = document.profile
        if site not in self._with_archive and not (profile and profile.archive):
            archive = date_archive(links)
            if archive is not None:
                self._with_archive.add(site)
                yield from self._past(archive, site, via=response.url)
        articles = [link.url for link in links if rank_link(link.url, link.text, profile) == "accept"]
        since = self._run.since
        if since is None or not articles or is_all_before(articles, since.date()):
            return
        if number >= MAX_PAST_PAGES:
            self._run.note_limit(response.url, f"{MAX_PAST_PAGES} pages of one front")
            return
        url = next_page(document, profile.next_page if profile else None)
        if url is not None and belongs(url, self._hosts.get(site, frozenset())):
            request = self._request(
                Found(url=url, how="link", kind="front"),
                site=site,
                depth=response.meta["depth"],
                via=response.url,
            )
            request.meta["past_page"] = number + 1
            yield request

    def _past(self, archive: DateArchive, site: str, *, via: str) -> Iterator[Request]:
        """Yield the pages of an archive by date that lie in the time asked for, newest first."""
        assert self._run.since is not None
        until = (self._run.until or self._run.clock()).date()
        pages = archive.pages(self._run.since.date(), until)
        if len(pages) > MAX_PAST_PAGES:
            self._run.note_limit(archive.url, f"{MAX_PAST_PAGES} pages of one archive")
        for url in pages[:MAX_PAST_PAGES]:
            request = self._request(Found(url=url, how="link", kind="front"), site=site, depth=1, via=via)
            request.meta["past_page"] = 1
            yield request

    def parse_article(self, response: Response) -> Iterator[Request | Reading]:
        """Yield the page; its requisites are wanted."""
        if self._is_listing(response):
            self._listing(response)
            return
        reading, tally = self._reading(response), self._run.tallies.of(response.meta["site"])
        if reading is None:
            if tally is not None:
                tally.note_refusal(response.status)
            return
        if tally is not None:
            reading.tally = tally.note_article
        behind = page_behind(reading)
        yield reading
        self._want(reading.document, response.url, response.meta["site"])
        if behind is not None:
            found = Found(url=behind, how="link")
            yield from self._follow([found], response.meta["site"], response.meta["depth"], response.url)

    def parse_listing(self, response: Response) -> Iterator[Request | Reading]:
        """Yield what a feed or sitemap names; a page that is neither after all is handed on as a page."""
        named = self._listing(response)
        if named is None:
            yield from self.parse_article(response)
            return
        self._run.tallies.note_named(response.meta["site"], named.listing.channel, named.found)
        found: Iterable[Found] = named.found
        if named.listing.channel == "sitemap":
            found = self._of_sitemap(response, named.found)
        yield from self._follow(found, response.meta["site"], response.meta["depth"] + 1, response.url)

    def _of_sitemap(self, response: Response, named: tuple[Found, ...]) -> Iterator[Found]:
        """Yield of a sitemap's entries those in the time asked for, and sitemaps as far as a site may have them."""
        site = response.meta["site"]
        undated = sum(found.changed_at is None and found.kind != "sitemap" for found in named)
        takes_undated = not self._run.since or undated <= MAX_UNDATED
        if not takes_undated:
            self._run.note_limit(
                response.url, f"only {MAX_UNDATED} URLs without date are taken from one sitemap"
            )
        for found in named:
            if found.kind == "sitemap":
                if self._sitemaps[site] >= MAX_SITEMAPS * (50 if self._run.backfills else 1):
                    self._run.note_limit(site, f"{self._sitemaps[site]} sitemaps of one site")
                    continue
                self._sitemaps[site] += 1
            elif found.changed_at is None and not takes_undated:
                continue
            if wanted(found, since=self._run.since, until=self._run.until):
                yield found

    def note_failure(self, failure: Failure) -> None:
        """Count a URL that gave no answer, with the reason."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        assert failure.value is not None
        if request.meta.get(RUN_ENDS):
            return  # it was not asked for, and stays queued
        self._run.note_failure(request.url, failure.value, site=request.meta.get("site"))

    # -- what is asked next ----------------------------------------------------------------------------------------

    def _reading(self, response: Response) -> Reading | None:
        """Return the page on its way to the index; None when the answer is no page (its status is counted)."""
        record = response.meta.get("capture")
        page = self._page(response)
        self._run.note_answer(
            response.url,
            response.status,
            discovery=response.meta.get("discovery"),
            site=response.meta.get("site"),
        )
        if record is None or page is None or not may_hold_article(page.url, page.media_type):
            return None
        if not is_candidate(record):
            return None
        return Reading(record=record, page=page, document=Document(page, self._profile(response)))

    def _listing(self, response: Response) -> ReadListing | None:
        """Return what the feed or sitemap names that was fetched, and keep it in the index; None when it is neither."""
        record, page = response.meta.get("capture"), self._page(response)
        named = read_listing(page, self._run.past) if page is not None else None
        if record is None:
            return named
        if named is not None and (is_candidate(record) or may_be_listing(record)):
            try:
                self._run.note_listing(record, named.listing)
            except ArchiveError as error:  # nothing can be kept any more: the run ends
                self._run.fail(error)
        elif named is None and not is_candidate(record):
            self._run.positions.settled(record)
        return named

    def _page(self, response: Response) -> Page | None:
        """Return the answer as a page; of one that says "not modified", what the archive holds."""
        record = response.meta.get("capture")
        if response.status != 304 or record is None or self._revalidation is None:
            return page_of(response)
        self._run.positions.settled(record)
        return self._revalidation.page(record)

    def _profile(self, response: Response) -> SiteProfile | None:
        return load_profile(response.url)

    def _is_listing(self, response: Response) -> bool:
        """Return whether the answer is a feed or sitemap, whatever it was asked for as: a site may be given by one."""
        page = page_of(response)
        return page is not None and (is_feed(page) or is_sitemap(page))

    def _sitemaps_of_robots(self, url: str, site: str) -> Iterator[Request]:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host in self._sitemaps_asked:
            return
        self._sitemaps_asked.add(host)
        for sitemap in self._robots().sitemaps_of(url):
            yield self._request(
                Found(url=sitemap, how="robots", kind="sitemap"), site=site, depth=0, via=f"{host}/robots.txt"
            )

    def _robots(self) -> RobotsMiddleware:
        from crawler.middlewares.robots import RobotsMiddleware  # noqa: PLC0415  (Scrapy loads it first)

        robots = self.crawler.get_downloader_middleware(RobotsMiddleware)
        assert robots is not None
        return robots

    def _follow(self, found: Iterable[Found], site: str, depth: int, via: str) -> Iterator[Request]:
        for item in found:
            if item.kind != "article" and not belongs(item.url, self._hosts.get(site, frozenset())):
                continue
            if item.kind == "article" and not self._run.schedule.is_due(item.url, changed_at=item.changed_at):
                continue
            if item.kind == "article" and not self._run.backfills and self._run.schedule.is_listing(item.url):
                item = replace(item, kind="front")
            limit = self._run.config.crawl.max_pages_per_site
            if limit and self._pages[site] >= limit:
                self._run.note_limit(site, "max_pages_per_site")
                return
            if item.kind in {"article", "front"}:
                self._pages[site] += 1
            yield self._request(item, site=site, depth=depth, via=via)

    def _want(self, document: Document, via: str, site: str) -> None:
        """Leave what *document* needs to be shown to those who fetch it past the spider."""
        if document.profile is not None and not document.profile.requisites:
            return
        fetcher = self.crawler.get_extension(RequisiteFetcher)
        if fetcher is not None:
            fetcher.want(document.requisites(), via=via, site=site)

    def _request(self, found: Found, *, site: str, depth: int, via: str | None = None) -> Request:
        callbacks = {
            "front": self.parse_front,
            "article": self.parse_article,
            "feed": self.parse_listing,
            "sitemap": self.parse_listing,
        }
        meta: dict[str, Any] = {"site": site, "depth": depth, "discovery": found.how, "via": via}
        profile = load_profile(found.url)
        if profile is not None and profile.delay_seconds:
            meta["site_delay"] = profile.delay_seconds
        priority = PRIORITY[found.how if found.how in {"seed", "recheck"} else found.kind]
        headers: dict[str, str] = {}
        if found.kind in {"feed", "sitemap"} and self._revalidation is not None:
            conditions = self._revalidation.conditions(found.url)
            if conditions is not None:
                headers, meta["revalidates"] = conditions
        return Request(
            found.url,
            callbacks[found.kind],
            headers=headers,
            meta=meta,
            priority=priority,
            errback=self.note_failure,
        )
