"""What is read on a page: articles, their text, credits, pictures and dates. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.picture_words import PictureWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """One person or organisation, its role, and the words that say so."""

    name: str
    """As printed, in normal case, without titles and job words; an agency's full name."""
    kind: str
    """person | staff | agency | outlet | other"""
    role: str
    """author | contributor | source | cited | editor | translator | photo | illustration | graphic | video | audio |
    research | copyright"""
    raw: str
    """The words the credit was read from, verbatim: its name as printed with the words that give its role."""
    found_in: str
    """byline | json-ld | meta | microdata | dateline | opening | closing | copyright | in-text | caption | image-credit |
    iptc | profile"""
    agency: str | None = None
    """Code in the authority table, e.g. ``AFP``; agencies only."""
    position: int = 0
    """Order among the credits of the same place."""
    confidence: float = 1.0
    """0 … 1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Words such as "…, AFP reported" in running text: cited, not credited."""

    name: str
    agency: str | None
    paragraph: int
    """Index into the article's body paragraphs, from 0."""
    text: str
    """The paragraph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedValue:
    """A point in time as the page gives it."""

    value: str
    """ISO 8601: a date, or date and time, with the offset where the page (or its profile's time zone) gives one."""
    raw: str
    """The page's words."""
    found_in: str
    """json-ld | microdata | meta | time | text | url | state | profile"""
    zone_from: str | None = None
    """Who gave the offset: page | profile (its time zone) | country (of the host's name, where it has one civil time); None without one."""
    confidence: float = 1.0
    """0 … 1, by where it stands, what it stands for and whether the address says another day; see ``fields/dates.py``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the article; the first one of an article is its lead image."""

    url: str
    """Absolute."""
    caption: str | None = None
    """Cleaned: said once, without credit and archive mark."""
    caption_raw: str | None = None
    """As printed."""
    alt: str | None = None
    credit_raw: str | None = None
    """The words of the photo credit as printed, where they stand apart or end the caption."""
    archive: bool = False
    """The caption says that the picture is an old or symbolic one."""
    credits: tuple[Credit, ...] = ()
    """First those of the page; those that only the captured file holds follow, found in ``iptc``."""
    embedded: PictureWords | None = None
    """What the file says of itself, where it was captured; known to the index only."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLink:
    """A link in a block of text: characters *start* to *end* lead to *url* (absolute)."""

    url: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TextBlock:
    """One paragraph of the body, and what it is on the page."""

    kind: str
    """paragraph | subhead | list-item | quote | table-row | embedded-post | question | answer | ingredient | step | preformatted"""
    text: str
    level: int | None = None
    """Of a subhead: 1 to 6."""
    entry: int | None = None
    """Number of the live blog's entry that it belongs to, from 1 in the order of the page."""
    time: str | None = None
    """When that entry was written: ISO 8601 where it can be read, else as printed."""
    links: tuple[TextLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Which page of an article on several pages this is."""

    number: int
    of: int | None = None
    """None when the page does not say, or name, how many there are."""
    previous_url: str | None = None
    next_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Medium:
    """A video or a piece of sound that belongs to an article."""

    kind: str
    """video | audio"""
    url: str
    """Absolute: the file where the page names it, else the player."""
    title: str | None
    found_in: str
    """json-ld | element | player"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsWords:
    """A line that says whose rights an article or one of its pictures is under, or on which terms it came."""

    kind: str
    """copyright | reserved | licence | handout | courtesy | pool | restricted"""
    words: str
    """The line, verbatim."""
    image_position: int | None = None
    """Which picture of the article; None for its text."""
    found_in: str = "page"
    """page | iptc"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What the newsroom says about its own text."""

    kind: str
    """correction | clarification | update | retraction | editors-note"""
    words: str
    """Verbatim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What was extracted from one page."""

    url: str
    """The page's own URL."""
    is_article: bool
    page_type: str
    """article | live-blog | gallery | video | brief | paywall-stub | listing | shell | error | other"""
    reason: str = ""
    """Why it is (not) an article, in words."""
    canonical_url: str | None = None
    """Absolute; as the page declares it."""
    headline: str | None = None
    headline_variants: tuple[str, ...] = ()
    """Other headlines the page publishes (h1, og:title, JSON-LD), without the site's name."""
    standfirst: str | None = None
    byline_raw: str | None = None
    """Verbatim, whitespace collapsed."""
    byline: str | None = None
    """*byline_raw* without stray punctuation and dates."""
    credits: tuple[Credit, ...] = ()
    """Of the text, in the order of the page; pictures carry their own."""
    credit_lines: tuple[str, ...] = ()
    """Whole paragraphs that were credits and left the body, verbatim."""
    attributions: tuple[Attribution, ...] = ()
    dateline_raw: str | None = None
    dateline: tuple[str, ...] = ()
    """Places."""
    date_published: DatedValue | None = None
    date_modified: DatedValue | None = None
    covered_until: str | None = None
    """End of coverage as a live blog gives it, ISO 8601."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    language: str | None = None
    """BCP 47, lower case primary subtag first, e.g. ``en`` or ``zh-Hant``."""
    language_confidence: float = 0.0
    """0 … 1: declared and borne out by the text, declared alone, or guessed; 0 without a language."""
    direction: str = "ltr"
    """ltr | rtl"""
    publisher: str | None = None
    """Who publishes: often a firm."""
    masthead: str | None = None
    """The name the publication goes by on its pages."""
    images: tuple[Image, ...] = ()
    body: tuple[str, ...] = ()
    """Paragraphs in order, without standfirst, captions, credit lines and furniture."""
    blocks: tuple[TextBlock, ...] = ()
    """The same paragraphs, one for one, with what they are on the page and their links."""
    left_out: tuple[tuple[str, int], ...] = ()
    """(reason, how many blocks) of what stood among the text and is none, most frequent first."""
    part: Part | None = None
    """None for an article on one page."""
    notices: tuple[Notice, ...] = ()
    """What the newsroom says about its text: corrections, clarifications, updates, retractions, notes."""
    paywalled: bool | None = None
    """None when the page does not say."""
    paywall_reason: str | None = None
    """What said so, in words."""
    rights: tuple[RightsWords, ...] = ()
    """Words about rights, typed; of the text and of the pictures."""
    copyright_notice: str | None = None
    links: tuple[str, ...] = ()
    """Other URLs that are the same article (AMP, short link), absolute."""
    kicker: str | None = None
    """The short label above the headline."""
    breadcrumbs: tuple[str, ...] = ()
    """Names on the way from the home page down to the article, without these two."""
    genre: str = "news"
    """news | opinion | analysis | interview | review | obituary | recipe | live | gallery | video | press-release | sponsored | satire"""
    genre_reason: str = ""
    """Why, in words; a guess where it is a word of the address."""
    media: tuple[Medium, ...] = ()
    """Videos and sound."""
    alternates: tuple[tuple[str, str], ...] = ()
    """(language, absolute URL) of the page's twins in other languages."""
    reservations: tuple[str, ...] = ()
    """What the page reserves: noarchive, noai, noimageai, tdm-reservation; or tdm-unreserved: it says that mining is not reserved."""

    @property
    def corrections(self) -> tuple[str, ...]:
        """Return the words of all notices but updates, verbatim: what makes a change of the text a disclosed one."""
        return tuple(notice.words for notice in self.notices if notice.kind != "update")

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the names of the persons credited as authors, once each."""
        return _names(self.credits, "person", {"author"})

    @property
    def staff(self) -> tuple[str, ...]:
        """Return the collective names the outlet signs with, once each."""
        return _names(self.credits, "staff", {"author", "contributor", "editor"})

    @property
    def agencies(self) -> tuple[str, ...]:
        """Return the codes of the agencies credited for the text, once each; names where there is no code."""
        credited = (c for c in self.credits if c.kind == "agency" and c.role != "cited")
        return tuple(dict.fromkeys(c.agency or c.name for c in credited))

    @property
    def contributors(self) -> tuple[tuple[str, str], ...]:
        """Return (name, role) of the persons credited for something other than writing the whole."""
        named = (
            (c.name, c.role) for c in self.credits if c.kind == "person" and c.role not in {"author", "cited"}
        )
        return tuple(dict.fromkeys(named))


def _names(credits_: tuple[Credit, ...], kind: str, roles: set[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c.name for c in credits_ if c.kind == kind and c.role in roles))
