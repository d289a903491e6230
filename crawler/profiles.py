"""Site profiles: what an archivist knows of a publisher, one TOML file each in ``spiders/sites``."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from cssselect import HTMLTranslator, SelectorError

from archive.errors import ConfigError
from archive.times import parse_ages

if TYPE_CHECKING:
    from collections.abc import Mapping

SITES = Path(__file__).resolve().parent.parent / "spiders" / "sites"
DATE_ORDERS = ("dmy", "mdy", "ymd")
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
    sections: tuple[str, ...] = ()
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


def load_profile(url: str, folder: Path = SITES) -> SiteProfile | None:
    """Return the profile of the site that *url* belongs to, or None. Raises ConfigError for a bad file."""
    host = (urlsplit(url).hostname or "").lower()
    profiles = load_profiles(folder)
    while host:
        if host in profiles:
            return profiles[host]
        host = host.partition(".")[2]
    return None


@cache
def load_profiles(folder: Path = SITES) -> dict[str, SiteProfile]:
    """Return all profiles by domain. Raises ConfigError naming file and key, also when two files claim a domain."""
    by_domain: dict[str, SiteProfile] = {}
    for path in sorted(folder.glob("*.toml")):
        profile = read_profile(path)
        for domain in profile.domains:
            if domain in by_domain:
                raise ConfigError(f"{path.name}: domains: {domain} stands in another profile too")
            by_domain[domain] = profile
    return by_domain


def read_profile(path: Path) -> SiteProfile:
    """Return the profile in the file *path*. Raises ConfigError naming file, key and the nearest known key."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
    reader = _Reader(path.name)
    known = {"layout": "layouts", "identity": "identities"}
    reader.check(table, {item.name for item in fields(SiteProfile)} - set(known.values()) | set(known), "")
    values: dict[str, Any] = {
        key: reader.plain(key, value) for key, value in table.items() if key not in {*known, "api"}
    }
    if not values.get("domains"):
        raise ConfigError(f"{path.name}: domains: name at least one")
    reader.check_values(values)
    return SiteProfile(
        **values,
        layouts=tuple(reader.layout(entry) for entry in reader.tables(table, "layout")),
        api=reader.api(table["api"]) if "api" in table else None,
        identities=tuple(reader.identity(entry) for entry in reader.tables(table, "identity")),
    )


class _Reader:
    """Turns tables of one file into records; every complaint names the file and the key."""

    def __init__(self, file: str) -> None:
        self._file = file

    def error(self, key: str, problem: str) -> ConfigError:
        return ConfigError(f"{self._file}: {key}: {problem}")

    def check(self, table: Mapping[str, Any], known: set[str], where: str) -> None:
        for key in table:
            if key not in known:
                near = difflib.get_close_matches(key, known, n=1, cutoff=0.0)
                raise self.error(f"{where}{key}", f"unknown key; the nearest known one is {near[0]!r}")

    def check_values(self, values: Mapping[str, Any]) -> None:
        self.check_order("date_order", values.get("date_order"))
        if values.get("revisits") is not None:
            try:
                parse_ages(values["revisits"])
            except ValueError as error:
                raise self.error("revisits", str(error)) from error
        zone = values.get("timezone")
        if zone is not None:
            try:
                ZoneInfo(zone)
            except (KeyError, ValueError, OSError) as error:
                raise self.error("timezone", f"{zone!r} is no IANA time zone") from error

    def check_order(self, key: str, order: object) -> None:
        if order is not None and order not in DATE_ORDERS:
            raise self.error(key, f"{order!r} is none of {', '.join(DATE_ORDERS)}")

    def plain(self, key: str, value: object) -> str | bool | tuple[str, ...]:
        if key == "scripts":
            if isinstance(value, bool):
                return value
            raise self.error(key, "must be true or false")
        is_list = key in {"domains", "outlets", "feeds", "sections"}
        if is_list and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
            return tuple(value)
        if not is_list and isinstance(value, str):
            return value
        raise self.error(key, "must be a list of strings" if is_list else "must be a string")

    def tables(self, table: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
        entries = table.get(key, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise self.error(key, f"write it as [[{key}]]")
        return entries

    def layout(self, table: dict[str, Any]) -> Layout:
        own = {item.name for item in fields(Layout)} - {"selectors"}
        self.check(table, own | set(SELECTABLE), "layout.")
        until = table.get("valid_until")
        if until is not None and not isinstance(until, date):
            raise self.error("layout.valid_until", "must be a date such as 2019-05-31")
        self.check_order("layout.date_order", table.get("date_order"))
        return Layout(
            name=str(table.get("name", "")),
            url=self.pattern("layout.url", table["url"]) if "url" in table else None,
            valid_until=until.date() if isinstance(until, datetime) else until,
            date_order=table.get("date_order"),
            page_type=table.get("page_type"),
            selectors={
                key: self.xpath(f"layout.{key}", value) for key, value in table.items() if key in SELECTABLE
            },
        )

    def api(self, table: dict[str, Any]) -> Api:
        self.check(table, {item.name for item in fields(Api)}, "api.")
        mapping = table.get("fields", {})
        known = {"id", "headline", "standfirst", "byline", "published", "modified", "section", "tags", "body",
                 "image", "caption", "credit", "language"}  # fmt: skip
        self.check(mapping, known, "api.fields.")
        if "url" not in table:
            raise self.error("api.url", "is missing")
        return Api(
            url=self.pattern("api.url", table["url"]),
            fields={key: str(value) for key, value in mapping.items()},
            missing_date=table.get("missing_date"),
            public_url=table.get("public_url"),
        )

    def identity(self, table: dict[str, Any]) -> Identity:
        self.check(table, {item.name for item in fields(Identity)}, "identity.")
        for key in ("pattern", "canonical"):
            if key not in table:
                raise self.error(f"identity.{key}", "is missing")
        pattern = self.pattern("identity.pattern", table["pattern"])
        try:
            str(table["canonical"]).format(**dict.fromkeys(pattern.groupindex, ""))
        except (KeyError, IndexError, ValueError) as error:
            raise self.error("identity.canonical", f"{error} is no named group of the pattern") from error
        return Identity(pattern=pattern, canonical=str(table["canonical"]))

    def pattern(self, key: str, value: object) -> re.Pattern[str]:
        try:
            return re.compile(str(value))
        except re.error as error:
            raise self.error(key, f"no regular expression: {error}") from error

    def xpath(self, key: str, value: object) -> str:
        try:
            return HTMLTranslator().css_to_xpath(str(value))
        except SelectorError as error:
            raise self.error(key, f"no CSS selector: {error}") from error
