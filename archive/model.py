"""The nouns of Tearsheet: frozen records that pass between its parts. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import BinaryIO

    from archive.picture_words import PictureReading, PictureWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record stands: the bytes *offset* … *offset + length* of the WARC file called *file*."""

    file: str
    """Name of the WARC file inside the archive's ``warc`` folder, without ``.open``."""
    offset: int
    """Bytes from the start of the (compressed) file."""
    length: int
    """Bytes the record takes in the (compressed) file; 0 when it shares a gzip member with other records."""
    inner: int = 0
    """Bytes into the decompressed gzip member at *offset*; more than 0 only in files of others that pack several
    records into one member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its raw response, as sent on the wire."""

    target_uri: str
    """The URL asked for, without fragment."""
    started_at: datetime
    """When the request was sent; aware UTC."""
    request: bytes
    """The request as sent, head and body."""
    response: BinaryIO
    """Seekable: everything received, interim 1xx heads first. Owned by who made the exchange."""
    response_start: int
    """Offset in *response* of the final (not 1xx) status line."""
    response_end: int
    """Offset in *response* behind the last byte that belongs to this exchange."""
    head_end: int | None
    """Offset in *response* behind the final head's empty line; None when no complete HTTP head came."""
    status: int | None
    http_version: str | None
    """``1.1`` or ``1.0``, as the status line says."""
    ip: str | None
    """The server's address; None through a proxy, where it is not known."""
    tls_version: str | None
    """As OpenSSL names it, e.g. ``TLSv1.3``; None without TLS."""
    cipher: str | None
    truncated: str | None
    """``length``, ``time``, ``disconnect`` or ``unspecified`` (WARC 1.1, 5.13) when the response was cut."""
    error: str | None = None
    """What went wrong, in words; None when nothing did."""
    elapsed_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchNotes:
    """What the crawler knows about an exchange that is not on the wire; kept in its metadata record."""

    via: str | None = None
    """The URL on which this one was found."""
    discovery: str | None = None
    """How it was found: ``seed``, ``robots``, ``feed``, ``sitemap``, ``front``, ``link``, ``requisite``, ``redirect``, ``recheck``, ``url-list``."""
    robots: str | None = None
    """``allowed``, ``disallowed-but-fetched`` or ``not-checked``."""
    robots_record: str | None = None
    """Record id of the robots.txt capture that allowed it."""
    revalidates: str | None = None
    """Record id of the capture a conditional request asked about."""
    tdm_reservation: str | None = None
    """``1`` or ``0``: what the host's tdmrep.json said of the path; None when it said nothing."""
    tdmrep_record: str | None = None
    """Record id of the capture of that file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the index needs to know of one WARC record; the same whether just written or read back."""

    record_type: str
    """``response``, ``revisit``, ``request``, ``metadata``, ``warcinfo``, ``resource``, ``conversion`` …"""
    record_id: str
    """``<urn:uuid:…>`` without the angle brackets."""
    target_uri: str | None
    captured_at: datetime
    """WARC-Date; aware UTC."""
    place: Place
    content_type: str | None = None
    """Content-Type of the record's block."""
    status: int | None = None
    """HTTP status, of response and revisit records with an HTTP head."""
    mime: str | None = None
    """Media type of the payload in lower case, without parameters, as the server said."""
    payload_digest: str | None = None
    """As written in the record, e.g. ``sha1:…`` in base 32."""
    payload_length: int | None = None
    """Bytes of the payload as sent (still content-coded, chunk framing removed); None when unknown."""
    redirect_to: str | None = None
    """Absolute URL of the Location header of a 3xx."""
    profile: str | None = None
    """Of a revisit: ``identical-payload-digest`` or ``server-not-modified``."""
    refers_to: str | None = None
    """Record id of the capture a revisit refers to."""
    refers_to_uri: str | None = None
    refers_to_at: datetime | None = None
    truncated: str | None = None
    ip: str | None = None
    concurrent_to: tuple[str, ...] = ()
    warcinfo_id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of ``application/warc-fields`` blocks (warcinfo, metadata): name → value."""
    picture: PictureReading | None = None
    """What a captured picture says of itself."""

    @property
    def is_capture(self) -> bool:
        """Return whether something was captured here that can be looked up by URL and time."""
        return self.record_type in {"response", "revisit", "resource"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One address that a feed, a sitemap or a front page names."""

    url: str
    """Absolute, without fragment."""
    title: str | None = None
    changed_at: datetime | None = None
    """When it was published or changed, as the one who names it says; aware UTC."""
    is_certain: bool = True
    """False for a link that may be an article although its address does not look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one capture of a feed, a sitemap or a front page named, in its order."""

    channel: str
    """feed | sitemap | front"""
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture's payload and the head it came with: all that extraction sees."""

    url: str
    captured_at: datetime
    headers: tuple[tuple[str, str], ...]
    """HTTP header fields in the order sent, names as sent, values decoded as ISO 8859-1."""
    payload: bytes
    """Transfer and content coding undone, character coding not."""
    status: int = 200
    flaw: str | None = None
    """In words, what of the payload could not be decoded; None when all is well."""

    def header(self, name: str) -> str | None:
        """Return the first value of the header field *name* (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """Return the media type in lower case without parameters; empty when the server gave none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()


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
