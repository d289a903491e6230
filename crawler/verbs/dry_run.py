"""What ``tearsheet crawl --dry-run`` tells: what a run would begin with, by what is known, without a request and without the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.index.frontier_files import waiting
from archive.index.site_runs import site_name
from archive.index.store import Index
from archive.times import utc_now
from crawler.discovery.front_page import home_host
from crawler.profiles import load_profile
from crawler.schedule import Schedule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.config import Config
    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console

COLUMNS = ("site", "what", "URLs", "for example")
EXAMPLES = 3
"""Addresses named of each kind; all of them with --json."""


def tell(
    console: Console,
    folder: ArchiveFolder,
    config: Config,
    sites: Sequence[str],
    urls: Sequence[str],
    *,
    recheck: bool,
) -> None:
    """Tell what a crawl of *sites* and *urls* would ask for first."""
    found = list(_planned(folder, config, sites, urls, recheck=recheck))
    if console.as_json:
        for site, what, addresses in found:
            console.emit({"site": site, "what": what, "count": len(addresses), "urls": addresses})
        return
    console.table(
        COLUMNS, ((site, what, len(named), " ".join(named[:EXAMPLES])) for site, what, named in found)
    )
    console.say(
        "Nothing was asked for. What these name, and is not known yet, comes on top; robots.txt and the limits of tearsheet.toml decide."
    )


def _planned(
    folder: ArchiveFolder, config: Config, sites: Sequence[str], urls: Sequence[str], *, recheck: bool
) -> Iterator[tuple[str, str, list[str]]]:
    queued = waiting(folder.frontier, (*sites, *urls))
    if not folder.index.exists():
        for site in sites:
            yield from _named(site, queued)
    else:
        with Index.open(folder.index, read_only=True) as index:
            schedule = Schedule(index, config.revisits, now=utc_now, recheck_all=recheck)
            schedule.resumes_at = index.interrupted_since([site_name(site) for site in sites])
            for site in sites:
                yield from _named(site, queued)
                if known := _listings(index, site):
                    yield site_name(site), "feeds and sitemaps known", known
                if due := schedule.due_articles(home_host(site)):
                    yield site_name(site), "known articles due", due
    if urls:
        yield "", "addresses given", list(urls)


def _named(site: str, queued: dict[str, list[str]]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield what is known without the index: the home page, what its profile names, what an earlier run has left."""
    profile = load_profile(site)
    name = site_name(site)
    yield name, "home page", [site]
    if profile is not None:
        listings = [*profile.feeds, *(rule.url for rule in profile.list_api), *profile.sitemaps]
        for what, addresses in (
            ("feeds and sitemaps of its profile", listings),
            ("sections of its profile", list(profile.sections)),
        ):
            if addresses:
                yield name, what, addresses
    if queued.get(site):
        yield name, "left by an earlier run", queued[site]


def _listings(index: Index, site: str) -> list[str]:
    """Return the feeds and sitemaps that earlier runs have found at *site*."""
    host = urlsplit(site).netloc.lower()
    rows = index.rows(
        "select distinct s.first_source as url from addresses d join sightings s on s.address_id = d.id"
        " where s.channel in ('feed', 'sitemap') and (d.site = ? or d.site like '%.' || ?) order by 1",
        (home_host(site), home_host(site)),
    )
    return [
        row["url"]
        for row in rows
        if urlsplit(row["url"]).netloc.lower().removeprefix("www.") == host.removeprefix("www.")
    ]
