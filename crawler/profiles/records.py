"""What an archivist knows of a publisher's site, as records. The words of each key stand in ``profile.schema.json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping
    from datetime import datetime

SELECTABLE = (
    "headline",
    "standfirst",
    "byline",
    "published",
    "modified",
    "section",
    "tags",
    "body",
    "image",
    "caption",
    "remove",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the pages of a site looked until some day, or look under some URLs."""

    name: str = ""
    url: re.Pattern[str] | None = None
    """Searched in the page's URL; None means every page."""
    valid_until: date | None = None
    """The last day (UTC) of captures that look so; None means until now."""
    date_order: str | None = None
    page_type: str | None = None
    selectors: Mapping[str, str] = field(default_factory=dict)
    """Field → XPath, made from the CSS selectors in the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """The JSON a site serves its articles in: where it is and which field means what."""

    url: re.Pattern[str]
    """Searched in the page's URL."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Our field → path of keys in the JSON, joined by dots."""
    missing_date: str | None = None
    """The date that stands where there is no article."""
    public_url: str | None = None
    """Template of the article's address for readers, e.g. ``https://…/{id}``; takes the mapped fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """A form of the site's URLs and the one form that stands for them all."""

    pattern: re.Pattern[str]
    canonical: str
    """Template; takes the pattern's named groups."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateArchive:
    """Pages that list what was published on a day, in a month or in a year."""

    url: str
    """Template; takes ``year``, ``month`` and ``day``."""
    first: date | None = None

    def pages(self, since: date, until: date) -> list[str]:
        """Return the addresses of the pages from *since* to *until*, both included, newest first and each once."""
        first = max(since, self.first) if self.first else since
        days = (until - timedelta(days=back) for back in range((until - first).days + 1))
        return list(
            dict.fromkeys(self.url.format(year=day.year, month=day.month, day=day.day) for day in days)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ListApi:
    """JSON that lists a site's articles."""

    url: str
    address: str
    """Template of an article's address; takes the keys of its entry."""
    items: str = ""
    """Path of keys to the list, joined by dots."""
    published: str | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteProfile:
    """One publisher's site."""

    domains: tuple[str, ...]
    publisher: str | None = None
    outlets: tuple[str, ...] = ()
    """Names under which the publisher signs and appears."""
    timezone: str | None = None
    """IANA name; gives times without offset theirs."""
    date_order: str | None = None
    """dmy | mdy | ymd: how 3/4/15 is meant."""
    language: str | None = None
    revisits: str | None = None
    """Ages at which its articles are looked at again, as in ``revisits.plan`` of tearsheet.toml: ``30m 2h 1d 7d``."""
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    articles: tuple[re.Pattern[str], ...] = ()
    """Searched in an address: it is an article's."""
    not_articles: tuple[re.Pattern[str], ...] = ()
    """Searched in an address: it is none's."""
    delay_seconds: float = 0.0
    host_group: tuple[str, ...] = ()
    """Hosts on one server, crawled as one."""
    requisites: bool = True
    """Whether its images, style sheets and fonts are captured."""
    next_page: str | None = None
    """XPath of the link to a front's next page."""
    archive: tuple[DateArchive, ...] = ()
    list_api: tuple[ListApi, ...] = ()
    scripts: bool = False
    """Whether its scripts are captured with its pages: for sites that show nothing without them."""
    layouts: tuple[Layout, ...] = ()
    api: Api | None = None
    identities: tuple[Identity, ...] = ()

    @property
    def zone(self) -> ZoneInfo | None:
        """Return the site's time zone, or None when the profile names none."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def layout(self, url: str, captured_at: datetime) -> Layout | None:
        """Return the layout of a page: of those that fit URL and day the one that ended first; None when none fits."""
        day = captured_at.date()
        fitting = [
            layout
            for layout in self.layouts
            if (layout.url is None or layout.url.search(url))
            and (layout.valid_until is None or day <= layout.valid_until)
        ]
        return min(
            fitting, key=lambda layout: (layout.url is None, layout.valid_until or date.max), default=None
        )

    def identity(self, url: str) -> str:
        """Return the one URL that stands for all forms of *url*; *url* itself when no rule fits."""
        for rule in self.identities:
            match = rule.pattern.search(url)
            if match:
                return rule.canonical.format(**match.groupdict())
        return url
