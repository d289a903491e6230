"""The news spider: finds a site's articles by its robots.txt, feeds, sitemaps and fronts, and hands every page on."""

from __future__ import annotations

import logging
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider

from archive.model import Page
from crawler.candidates import is_candidate
from crawler.extraction.document import Document
from crawler.middlewares.requisites import RequisiteFetcher
from crawler.pipelines import Reading
from crawler.profiles import load_profile
from crawler.revalidation import Revalidation
from spiders.feed import is_feed, read_feed
from spiders.found import Found
from spiders.front_page import belongs, home_host, read_front, site_hosts
from spiders.sitemap import read_sitemap, wanted

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

    from crawler.middlewares.robots import RobotsMiddleware
    from crawler.profiles import SiteProfile
    from crawler.runs import Run

logger = logging.getLogger(__name__)

PRIORITY = {"seed": 100, "sitemap": 80, "feed": 80, "front": 60, "article": 40, "recheck": 20}
PROBES_PER_FRONT = 10
"""Links of a front that may be articles although their address does not look like one."""
MAX_UNDATED = 1000
"""A larger sitemap that does not say when its pages changed is a site's whole past: --since asks for that."""
MAX_SITEMAPS = 200
"""Sitemaps read of one site in one run."""


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
        self._profiles: dict[str, SiteProfile | None] = {}
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
        for site in self._sites:
            profile = load_profile(site)
            self._profiles[site] = profile
            self._hosts[site] = site_hosts(site, *(profile.domains if profile else ()))
            yield self._request(Found(url=site, how="seed", kind="front"), site=site, depth=0)
            for feed in profile.feeds if profile else ():
                yield self._request(Found(url=feed, how="feed", kind="feed"), site=site, depth=0)
            for section in profile.sections if profile else ():
                yield self._request(Found(url=section, how="link", kind="front"), site=site, depth=1)
            for url in self._run.schedule.due_articles(home_host(site)):
                if belongs(url, self._hosts[site]):
                    yield self._request(Found(url=url, how="recheck"), site=site, depth=0)
        for url in self._urls:
            yield self._request(Found(url=url, how="url-list"), site=url, depth=0)

    # -- what comes back -------------------------------------------------------------------------------------------

    def parse_front(self, response: Response) -> Iterator[Request | Reading]:
        """Yield the page itself, its feeds, and the articles and sections it links to; its requisites are wanted."""
        site, depth = response.meta["site"], response.meta["depth"]
        reading = self._reading(response)
        if depth == 0:
            yield from self._sitemaps_of_robots(response.url, site)
        if reading is None:
            yield from self._by_content(response)
            return
        yield reading
        document = reading.document
        via = response.url
        for feed in document.feeds():
            yield from self._follow(
                [Found(url=feed.url, how="feed", kind="feed", title=feed.title)], site, depth, via
            )
        if self._run.config.crawl.follow_links:
            limit = self._run.config.crawl.max_depth
            found = read_front(
                document.links(),
                site_hosts=self._hosts.get(site, frozenset()),
                probes=PROBES_PER_FRONT,
                fronts=not limit or depth + 1 < limit,
            )
            yield from self._follow(found, site, depth + 1, via)
        self._want(document, via, site)

    def parse_article(self, response: Response) -> Iterator[Request | Reading]:
        """Yield the page; its requisites are wanted."""
        reading = self._reading(response)
        if reading is None:
            return
        yield reading
        self._want(reading.document, response.url, response.meta["site"])

    def parse_feed(self, response: Response) -> Iterator[Request | Reading]:
        """Yield the articles a feed names; a page that is no feed after all is handed on as a page."""
        page = self._page(response)
        if page is None or not is_feed(page):
            yield from self.parse_article(response)
            return
        yield from self._follow(
            read_feed(page), response.meta["site"], response.meta["depth"] + 1, response.url
        )

    def parse_sitemap(self, response: Response) -> Iterator[Request | Reading]:
        """Yield what a sitemap names: sitemaps, and articles that lie in the time asked for."""
        site = response.meta["site"]
        page = self._page(response)
        if page is None:
            return
        named = read_sitemap(page)
        dated = [found for found in named if found.changed_at or found.kind == "sitemap"]
        if self._run.since and len(named) > MAX_UNDATED and len(dated) < len(named):
            self._run.note_limit(
                response.url, f"only {MAX_UNDATED} URLs without date are taken from one sitemap"
            )
            named = dated
        for found in named:
            if not wanted(found, since=self._run.since, until=self._run.until):
                continue
            if found.kind == "sitemap":
                if self._sitemaps[site] >= MAX_SITEMAPS:
                    continue
                self._sitemaps[site] += 1
            yield from self._follow([found], site, response.meta["depth"] + 1, response.url)

    def note_failure(self, failure: Failure) -> None:
        """Count a URL that gave no answer, with the reason."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        assert failure.value is not None
        self._run.note_failure(request.url, failure.value, site=request.meta.get("site"))

    # -- what is asked next ----------------------------------------------------------------------------------------

    def _reading(self, response: Response) -> Reading | None:
        """Return the page on its way to the index; None when the answer is no page (its status is counted)."""
        record = response.meta.get("capture")
        page = _page(response)
        self._run.note_answer(response.url, response.status, discovery=response.meta.get("discovery"))
        if record is None or page is None or not is_candidate(record):
            return None
        return Reading(record=record, page=page, document=Document(page, self._profile(response)))

    def _page(self, response: Response) -> Page | None:
        """Return the answer as a page; of one that says "not modified", what the archive holds."""
        record = response.meta.get("capture")
        if response.status != 304 or record is None or self._revalidation is None:
            return _page(response)
        self._run.positions.settled(record)
        return self._revalidation.page(record)

    def _profile(self, response: Response) -> SiteProfile | None:
        return load_profile(response.url)

    def _by_content(self, response: Response) -> Iterator[Request | Reading]:
        """A "site" may be given as the address of its feed or sitemap."""
        page = _page(response)
        if page is None:
            return
        if is_feed(page):
            yield from self.parse_feed(response)
        elif b"<urlset" in page.payload[:4096] or b"<sitemapindex" in page.payload[:4096]:
            yield from self.parse_sitemap(response)

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
            limit = self._run.config.crawl.max_pages_per_site
            if limit and self._pages[site] >= limit:
                self._run.note_limit(site, "max_pages_per_site")
                return
            if item.kind in {"article", "front"}:
                self._pages[site] += 1
            yield self._request(item, site=site, depth=depth, via=via)

    def _want(self, document: Document, via: str, site: str) -> None:
        """Leave what *document* needs to be shown to those who fetch it past the spider."""
        fetcher = self.crawler.get_extension(RequisiteFetcher)
        if fetcher is not None:
            fetcher.want(document.requisites(), via=via, site=site)

    def _request(self, found: Found, *, site: str, depth: int, via: str | None = None) -> Request:
        callbacks = {
            "front": self.parse_front,
            "article": self.parse_article,
            "feed": self.parse_feed,
            "sitemap": self.parse_sitemap,
        }
        meta = {"site": site, "depth": depth, "discovery": found.how, "via": via}
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


def _page(response: Response) -> Page | None:
    """Return the answer as a page; feeds, sitemaps and style sheets are handed over as whatever the server likes."""
    record = response.meta.get("capture")
    if response.status != 200 or record is None or record.truncated == "disconnect":
        return None
    page: Page | None = response.meta.get("page")
    return page or Page(
        url=response.url,
        captured_at=record.captured_at,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in _header_lines(response)
        ),
        payload=response.body,
    )


def _header_lines(response: Response) -> Iterator[tuple[bytes, bytes]]:
    for name, values in response.headers.items():
        for value in values:
            yield name, value
