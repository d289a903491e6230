"""What is true about the made-up outlets and their articles; tests compare what was read from the pages with it."""

from __future__ import annotations

from dataclasses import dataclass

RIGHT_TO_LEFT = frozenset({"he", "ar"})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueCredit:
    """One party that a page credits."""

    name: str
    kind: str
    """person | staff | agency | outlet | other"""
    role: str
    """author | contributor | source | editor | translator | photo | graphic | video | research …"""
    agency: str | None = None
    """The agency's code, e.g. ``AFP``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A picture of an article, as printed and as understood."""

    key: str
    """Names the picture file and chooses what it shows."""
    caption: str
    """As printed, without the credit where that stands apart."""
    alt: str
    credit: str | None = None
    """The words of the credit as printed, standing apart from the caption."""
    credits: tuple[TrueCredit, ...] = ()
    archive: bool = False
    """The caption marks it as an old or symbolic picture."""
    clean_caption: str = ""
    """*caption* without credit and archive mark."""
    embedded: tuple[tuple[str, str], ...] = ()
    """What the file says of itself in XMP: (creator | credit | rights | usage_terms, words)."""
    embedded_credits: tuple[TrueCredit, ...] = ()
    """Who is credited in the file only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of a live blog."""

    at: str
    """ISO 8601 with offset."""
    headline: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsArticle:
    """One article as it stands in one edition."""

    outlet: str
    """Key of the outlet."""
    slug: str
    """Stable name; unique in the whole world."""
    number: int
    path: str
    """Path (and query) of its page on the outlet's host."""
    url: str
    """Absolute address of its page; the page calls it canonical."""
    layout: str
    language: str
    headline: str
    standfirst: str | None
    byline: str | None
    """As printed; None when the page has none."""
    credits: tuple[TrueCredit, ...]
    """Who is credited for the text: byline, dateline and closing line together."""
    credit_lines: tuple[str, ...]
    """Closing lines that credit somebody; not part of the body."""
    dateline_raw: str | None
    """Printed before the first paragraph; not part of the body."""
    dateline: tuple[str, ...]
    """Places of the dateline."""
    date_published: str
    """ISO 8601 with offset."""
    date_modified: str | None
    section: str
    """The label that readers see."""
    section_key: str
    tags: tuple[str, ...]
    photos: tuple[Photo, ...]
    body: tuple[str, ...]
    updates: tuple[Update, ...]
    corrections: tuple[str, ...]
    publisher: str
    page_type: str
    """article | live-blog | gallery | video | brief | paywall-stub"""
    cases: frozenset[str]
    """What is special about it; see README.md for the list."""

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr``."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_article(self) -> bool:
        """Return True: every page in this list is journalism; listings and shells are no articles."""
        return True

    @property
    def paywalled(self) -> bool:
        """Return whether the page shows only the beginning."""
        return self.page_type == "paywall-stub"

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the names of the persons who wrote it."""
        return tuple(c.name for c in self.credits if c.kind == "person" and c.role == "author")

    @property
    def staff(self) -> tuple[str, ...]:
        """Return the collective names it is signed with."""
        return tuple(c.name for c in self.credits if c.kind == "staff")

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the codes of the agencies credited for the text."""
        return tuple(c.agency or c.name for c in self.credits if c.kind == "agency")

    @property
    def contributors(self) -> tuple[tuple[str, str], ...]:
        """Return (name, role) of persons credited for something other than writing the whole."""
        return tuple((c.name, c.role) for c in self.credits if c.kind == "person" and c.role != "author")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A made-up news site."""

    key: str
    name: str
    host: str
    """Loopback address."""
    static_host: str
    """Where its pictures and style sheets are served; often the same address."""
    port: int
    language: str
    motto: str
    layout: str
    """Of its articles, unless one says otherwise."""
    feed: str
    """rss | atom | rdf | json"""
    feed_path: str
    sections: tuple[tuple[str, str], ...]
    """(key, label), in the order of the menu."""
    copyright: str
    crawl_delay: float | None = None
    """Seconds."""

    @property
    def base(self) -> str:
        """Return the address of the home page without the closing slash."""
        return f"http://{self.host}:{self.port}"

    @property
    def static(self) -> str:
        """Return the address before the path of pictures and style sheets."""
        return f"http://{self.static_host}:{self.port}"

    @property
    def direction(self) -> str:
        """Return ``rtl`` or ``ltr``, of the fronts."""
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    def section_path(self, key: str) -> str:
        """Return the path of a section's front."""
        return f"/{key}/"
