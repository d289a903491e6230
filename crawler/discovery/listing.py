"""What a captured feed, sitemap or front page named: the same whether just fetched or read again years later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model import Listing, Named
from crawler.discovery.feed import is_feed, read_feed
from crawler.discovery.front_page import belongs, is_section, rank_link, site_hosts
from crawler.discovery.list_api import find_list_api, read_list_api
from crawler.discovery.sitemap import is_sitemap, read_sitemap
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archive.model import Page, Record
    from crawler.discovery.found import Found
    from crawler.extraction.document import Document
    from crawler.extraction.links import Link

EXPECTED_FOR = timedelta(days=30)
"""From sitemaps, what changed longer ago than this before the capture is a site's past and not expected of a crawl."""
MAX_UNDATED = 1000
"""A larger sitemap that does not say when its pages changed is a site's whole past, too."""
MIN_HEADLINE = 12
"""Characters; a doubtful link with fewer leads to a section or a service, not to an article."""
_XML = frozenset({"application/xml", "text/xml"})
_PACKED = frozenset({"application/gzip", "application/x-gzip", "application/octet-stream"})


@dataclass(frozen=True, slots=True)
class Past:
    """The time that a run was asked for; None is open."""

    since: datetime | None
    until: datetime | None

    def holds(self, at: datetime) -> bool:
        """Return whether *at* lies in it."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)

    def fields(self) -> list[tuple[str, str]]:
        """Return what the warcinfo records of such a run say of it: re-reading needs it too."""
        both = (("askedSince", self.since), ("askedUntil", self.until))
        return [(name, at.isoformat()) for name, at in both if at is not None]

    @classmethod
    def from_fields(cls, fields: Mapping[str, str]) -> Past | None:
        """Return what *fields* wrote; None of a run that was not asked for the past."""
        both = [fields.get(name) for name in ("askedSince", "askedUntil")]
        try:
            since, until = (datetime.fromisoformat(at) if at else None for at in both)
        except ValueError:
            return None
        is_whole = all(at is None or at.tzinfo is not None for at in (since, until))
        return cls(since, until) if is_whole and any(both) else None


@dataclass(frozen=True, slots=True)
class ReadListing:
    """What a page that is a feed or a sitemap names: all of it for the crawl, and what the ledger keeps of it."""

    found: tuple[Found, ...]
    listing: Listing


def may_be_listing(record: Record) -> bool:
    """Return whether *record* may be the capture of a feed or a sitemap, by what the server called it.

    A server-not-modified revisit may be one: its original decides.
    """
    if record.record_type not in {"response", "revisit"} or not record.target_uri:
        return False
    if record.record_type == "revisit" and record.status is None:
        return record.profile == "server-not-modified"
    if record.status != 200 or (record.truncated and record.record_type == "response"):
        return False
    mime, path = record.mime or "", record.target_uri.partition("?")[0].lower()
    return (
        mime in _XML
        or mime.endswith(("rss+xml", "atom+xml", "rdf+xml", "feed+json"))
        or (mime in _PACKED and path.endswith(".gz"))
        or (mime in {"application/json", "text/plain"} and ("feed" in path or "sitemap" in path))
        or find_list_api(record.target_uri, load_profile(record.target_uri)) is not None
    )


def read_listing(page: Page, past: Past | None = None) -> ReadListing | None:
    """Return what the feed, sitemap or listing API's answer *page* names; None when it is none of them.

    Of a sitemap the ledger keeps what is news, and what lies in the *past* that the run was asked for.
    """
    if is_feed(page):
        found = tuple(read_feed(page))
        return ReadListing(found, Listing(channel="feed", named=_named(found)))
    if is_sitemap(page):
        found = tuple(read_sitemap(page))
        return ReadListing(found, Listing(channel="sitemap", named=_named(_expected(page, found, past))))
    profile = load_profile(page.url)
    rule = find_list_api(page.url, profile)
    if profile is not None and rule is not None:
        found = tuple(read_list_api(page, rule, profile))
        return ReadListing(found, Listing(channel="feed", named=_named(found)))
    return None


def read_front(document: Document) -> Listing:
    """Return the links of a front page that are articles by their address, or may be, in the order of the page.

    What leads home, to a section, or has too few words for a headline is none; nor is what the foot links to. Of
    several links to one article the first counts, with the first words that are no picture's.
    """
    page, profile = document.page, document.profile
    hosts = site_hosts(page.url, *(profile.domains if profile else ()))
    named: dict[str, tuple[Link, bool]] = {}
    for link in document.links():
        if (
            link.region == "footer"
            or not belongs(link.url, hosts)
            or _path(link.url) in {"", _path(page.url)}
        ):
            continue
        rank = rank_link(link.url, link.text, profile)
        if rank == "skip" or (
            rank == "probe" and (is_section(link.url, link.region) or len(link.text) < MIN_HEADLINE)
        ):
            continue
        first, is_certain = named.get(link.url, (link, rank == "accept"))
        better = link if link.is_worded and not first.is_worded else first
        named[link.url] = (better, is_certain or rank == "accept")
    return Listing(
        channel="front",
        named=tuple(
            Named(url=url, title=link.text or None, is_certain=is_certain)
            for url, (link, is_certain) in named.items()
        ),
    )


def _path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path.rstrip('/')}?{parts.query}".rstrip("?")


def _expected(page: Page, found: tuple[Found, ...], past: Past | None) -> Iterable[Found]:
    undated = sum(one.changed_at is None for one in found)
    since = page.captured_at - EXPECTED_FOR
    for one in found:
        at = one.changed_at
        if undated <= MAX_UNDATED if at is None else at >= since or (past is not None and past.holds(at)):
            yield one


def _named(found: Iterable[Found]) -> tuple[Named, ...]:
    return tuple(
        Named(url=one.url, title=one.title, changed_at=one.changed_at)
        for one in found
        if one.kind == "article"
    )
