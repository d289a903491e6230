"""A look at a site: a few pages are crawled into a folder of no account, and what was found there is told."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from protego import Protego

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.warc.pages import page_of
from archive.warc.reader import read_record
from crawler.discovery.front_page import read_front, site_hosts
from crawler.discovery.patterns import shapes_of
from crawler.extraction.document import Document
from crawler.job import Task, run_job
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.config import Config
    from archive.index.stored import StoredArticle
    from archive.model import Page, Record
    from crawler.runs import Run

FIELDS = (
    "headline",
    "standfirst",
    "byline",
    "credits",
    "date_published",
    "section",
    "language",
    "body",
    "images",
    "publisher",
)
_MOST_SECTIONS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What was captured; the folder is deleted at the end."""

    folder: ArchiveFolder
    run: Run

    @property
    def warcs(self) -> list[Path]:
        """Return the WARC files."""
        return sorted(self.folder.warc.glob("*.warc.gz"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a look at a site has shown."""

    home: str
    articles: int
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    sections: tuple[str, ...]
    language: str | None
    publisher: str | None
    zones: tuple[str, ...]
    """Time zones that fit the site's country and the offsets its dates are given with, likeliest first."""
    crawl_delay: float | None
    shapes: tuple[tuple[str, int], ...]
    """Shapes of the articles' addresses, and how many have it."""
    example: str | None


@contextmanager
def trial(
    config: Config, *, sites: tuple[str, ...] = (), urls: tuple[str, ...] = (), pages: int, version: str
) -> Iterator[Trial]:
    """Crawl at most *pages* pages; yield what was captured."""
    crawl = replace(config.crawl, max_pages_per_site=pages, max_depth=2, sitemap_days=7)
    config = replace(config, crawl=crawl, requisites=replace(config.requisites, fetch=False))
    with tempfile.TemporaryDirectory(prefix="tearsheet-") as name:
        folder = ArchiveFolder(Path(name)).create(config)
        yield Trial(
            folder=folder,
            run=run_job(folder, config, Task(sites=sites, urls=urls), version=version, quiet=True),
        )


def fill_rates(index: Index) -> dict[str, tuple[int, int]]:
    """Return for each field how many of the articles have it, and how many articles there are."""
    articles = list(index.iter_articles())
    return {
        name: (sum(bool(getattr(found.content, name)) for found in articles), len(articles))
        for name in FIELDS
    }


def survey(looked: Trial, home: str) -> Survey:
    """Return what a trial has shown of the site with this home page."""
    with Index.open(looked.folder.index, read_only=True) as index:
        articles = list(index.iter_articles())
        languages = Counter(found.content.language for found in articles if found.content.language)
        publishers = Counter(found.content.publisher for found in articles if found.content.publisher)
        shapes = Counter(shapes_of(found.url)[0] for found in articles)
        return Survey(
            home=home,
            articles=len(articles),
            feeds=_sources(index, "feed"),
            sitemaps=_sources(index, "robots", "sitemap"),
            sections=_sections(looked, index, home),
            language=next(iter(dict(languages.most_common(1))), None),
            publisher=next(iter(dict(publishers.most_common(1))), None),
            zones=_zones(home, articles),
            crawl_delay=_crawl_delay(looked, index),
            shapes=tuple(shapes.most_common(5)),
            example=articles[0].url if articles else None,
        )


def _sources(index: Index, *discovery: str) -> tuple[str, ...]:
    """Return the addresses of feeds or sitemaps that were captured, by how they were found; pages and robots.txt are none."""
    rows = index.rows(
        "select distinct target_uri as url from v_captures where discovery in (select value from json_each(?))"
        " and status = 200 and (mime like '%xml%' or mime like '%json%' or mime like '%gzip%') order by id",
        [json.dumps(discovery)],
    )
    return tuple(row["url"] for row in rows)


def _sections(looked: Trial, index: Index, home: str) -> tuple[str, ...]:
    """Return the section fronts that the home page's navigation leads to, and those that were read as pages of links."""
    rows = index.rows(
        "select distinct target_uri as url from v_not_articles where page_type = 'listing' order by capture_id"
    )
    found = [row["url"] for row in rows if urlsplit(row["url"]).path.strip("/")]
    capture = index.closest(home)
    page = _page(looked, capture) if capture is not None else None
    if page is not None:
        document = Document(page, load_profile(page.url))
        links = read_front(document.links(), site_hosts=site_hosts(page.url), probes=0, fronts=True)
        found += [link.url for link in links if link.kind == "front"]
    return tuple(url for url in dict.fromkeys(found) if url != home)[:_MOST_SECTIONS]


def _page(looked: Trial, capture: Record) -> Page | None:
    path = looked.folder.warc / capture.place.file
    if not path.is_file():
        return None
    return page_of(read_record(path, capture.place.offset, capture.place.inner), lambda _: None)


def _crawl_delay(looked: Trial, index: Index) -> float | None:
    rows = index.rows(
        "select file, offset from v_captures where target_uri like '%/robots.txt' and status = 200 and record_type = 'response'"
    )
    agent = looked.run.config.operator.user_agent_product
    for row in rows:
        path = looked.folder.warc / row["file"]
        if path.is_file():
            text = read_record(path, row["offset"]).entity().decode("utf-8", "replace")
            delay = Protego.parse(text).crawl_delay(agent)
            if delay:
                return float(delay)
    return None


def _zones(home: str, articles: list[StoredArticle]) -> tuple[str, ...]:
    """Return the zones of the country in the site's address that have the offsets of the printed times at those times."""
    moments = [moment for found in articles if (moment := _moment(found)) is not None]
    country = (urlsplit(home).hostname or "").rpartition(".")[2].upper()
    candidates = _country_zones().get(country, ())
    if not moments:
        return candidates if len(candidates) == 1 else ()
    return tuple(name for name in candidates if all(_fits(name, moment) for moment in moments))


def _moment(found: StoredArticle) -> datetime | None:
    published = found.content.date_published
    try:
        moment = datetime.fromisoformat(published.value) if published else None
    except ValueError:
        return None
    return (
        moment
        if moment is not None and moment.tzinfo is not None and moment.utcoffset() != timedelta(0)
        else None
    )


def _fits(name: str, moment: datetime) -> bool:
    return moment.astimezone(ZoneInfo(name)).utcoffset() == moment.utcoffset()


def _country_zones() -> dict[str, tuple[str, ...]]:
    """Return country code → its zones, from the time zone database's own table; empty where the system has none."""
    found: dict[str, list[str]] = {}
    for table in (Path("/usr/share/zoneinfo/zone.tab"), Path("/usr/share/lib/zoneinfo/tab/zone_sun.tab")):
        if table.is_file():
            known = available_timezones()
            for line in table.read_text("utf-8", "replace").splitlines():
                parts = line.split("\t")
                if len(parts) > 2 and not line.startswith("#") and parts[2] in known:
                    found.setdefault(parts[0], []).append(parts[2])
            break
    found["UK"] = found.get("GB", [])
    return {country: tuple(names) for country, names in found.items()}
