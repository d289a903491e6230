"""What an operator can set: one frozen dataclass for each section of ``tearsheet.toml``.

The words under an attribute become the comment above it in the file and the reference in the documents. To
add a setting, add an attribute with its words here; nothing else. Sizes in megabytes are millions of bytes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Annotated, Literal


@dataclass(frozen=True, slots=True)
class Bounds:
    """The smallest and largest value that a number may have, both included; None is no bound."""

    least: float = 0
    most: float | None = None

    def __str__(self) -> str:
        """Return the bounds in words, e.g. ``1 to 9``."""
        return f"{self.least:g} or more" if self.most is None else f"{self.least:g} to {self.most:g}"


@dataclass(frozen=True, slots=True)
class Shape:
    """The form of a text: a pattern for the whole of it, and the words that explain it."""

    pattern: str
    words: str

    def fits(self, text: str) -> bool:
        """Return whether *text* has this form."""
        return re.fullmatch(self.pattern, text) is not None

    def __str__(self) -> str:
        """Return the form in words."""
        return self.words


Count = Annotated[int, Bounds(0)]
Positive = Annotated[int, Bounds(1)]
Amount = Annotated[float, Bounds(0)]
Contact = Annotated[
    str,
    Shape(r"|[^@\s<>()]+@[^@\s<>()]+\.[^@\s<>()]+|https?://[^\s<>()]+", "a mail address or an http(s) URL"),
]
OneLine = Annotated[str, Shape(r"[^\x00-\x1f\x7f()]*", "one line of text without round brackets")]
ProductToken = Annotated[str, Shape(r"[A-Za-z_-]+", "letters, - and _ only (RFC 9309, 2.2.1)")]
Ages = Annotated[
    str, Shape(r"\d{1,5}[mhd](?: \d{1,5}[mhd])*", "times such as 30m 8h 7d, each longer than the one before")
]
WebAddress = Annotated[str, Shape(r"|https?://[^\s]+", "an http(s) URL")]
FileNamePart = Annotated[str, Shape(r"[A-Za-z0-9][A-Za-z0-9_-]*", "letters, digits, - and _ only")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """Who crawls. Sent to every site in the User-Agent header, and kept in every WARC file."""

    name: OneLine = ""
    """Your name, or your institution's."""
    contact: Contact = ""
    """Mail address or web page where a site's owner reaches you. Needed before others' sites are crawled."""
    user_agent_product: ProductToken = "Tearsheet"
    """The first word of the User-Agent header; the name that robots.txt files can address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawl:
    """How much is fetched in one run."""

    max_pages_per_site: Count = 0
    """Pages to fetch from one site in one run, without their images and style sheets. 0 = no limit."""
    max_run_minutes: Count = 0
    """Minutes after which a run ends in good order; the next run goes on. 0 = no limit."""
    max_run_pages: Count = 0
    """Pages, feeds and sitemaps after which a run ends in good order; the next run goes on. 0 = no limit."""
    max_run_megabytes: Amount = 0.0
    """Megabytes of WARC records after which a run ends in good order; the next run goes on. 0 = no limit."""
    concurrent_hosts: Positive = 8
    """Hosts that are crawled at the same time. A host is asked for one thing at a time, page or requisite."""
    timeout_seconds: Annotated[float, Bounds(1)] = 60.0
    """Seconds to wait for a whole answer. What has come until then is kept and marked as cut."""
    retries: Count = 2
    """How often a failed fetch is tried again in the same run."""
    max_body_megabytes: Annotated[float, Bounds(0.1)] = 50.0
    """Answers longer than this are cut here and marked as cut."""
    follow_links: bool = True
    """Whether links on a site's pages are followed. false = only feeds, sitemaps and the addresses given."""
    max_depth: Count = 3
    """Links away from the home page at which following ends. 0 = no limit."""
    sitemap_days: Count = 30
    """From sitemaps only what changed in the last days counts; older articles are asked for by --since. 0 = all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """What keeps the crawler a good guest."""

    delay_seconds: Amount = 5.0
    """Seconds between the starts of two page fetches from a host; a longer crawl-delay of robots.txt wins."""
    max_crawl_delay_seconds: Amount = 120.0
    """A crawl-delay in robots.txt is kept up to this many seconds."""
    requisite_delay_seconds: Amount = 0.5
    """Seconds between the starts of two fetches of images, style sheets and fonts from one host."""
    obey_robots: bool = True
    """Whether robots.txt is obeyed (RFC 9309). What was fetched against it is marked in the archive."""
    read_tdmrep: bool = True
    """Whether each host is asked, once in 24 hours, for /.well-known/tdmrep.json: what it reserves of text and data mining. It is recorded;
    see access.honour_tdm_reservation."""
    host_groups: OneLine = ""
    """Hosts that stand on one server and are crawled as one: one connection, one delay, one rest. Names between blanks, groups between
    semicolons, e.g. "www.a.example blog.a.example; b.example c.example". Hosts are not grouped by their addresses: one address of a
    content network serves thousands of sites."""
    throttle: Amount = 5.0
    """A host that takes longer than a second to begin its answers is asked again after so many times that time, at most
    max_crawl_delay_seconds. 0 = never."""
    stop_host_after_failures: Count = 20
    """Failed fetches in a row after which a host is left alone for the rest of the run. 0 = never."""
    retry_after_max_seconds: Amount = 86400.0
    """A host that asks to come back later (Retry-After) is left alone so long, up to this many seconds."""
    allow_private_addresses: bool = False
    """Whether addresses inside your own network (10.…, 192.168.…, link-local) may be fetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisits:
    """When articles are looked at again, to see whether they were changed. A site's profile may have a plan of its own."""

    plan: Ages = "30m 1h 2h 4h 8h 24h 3d 7d 30d"
    """Ages at which an article is looked at (m, h, d). A change takes it one step back; a newer date in a feed or sitemap
    leads to it at once. Four fifths of all changes fall into the first day."""
    live_minutes: Annotated[float, Bounds(1)] = 10.0
    """Minutes between two looks at a live blog while it is open."""
    live_open_hours: Amount = 12.0
    """Hours after its last change at which a live blog counts as closed, unless it says itself when it ends (coverageEndTime)."""
    per_site_and_day: Count = 3000
    """Looks at known articles of one site in 24 hours; late looks at old ones are dropped first, and noted. 0 = no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """Images, style sheets and fonts: what a page needs to look as it did."""

    fetch: bool = True
    """Whether they are fetched at all. Without them a replayed page is bare text."""
    max_age_hours: Amount = 24.0
    """Hours in which one that is already in the archive is not fetched again."""
    max_per_page: Count = 200
    """How many are fetched for one page. 0 = no limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Warc:
    """The WARC files."""

    max_megabytes: Annotated[float, Bounds(1)] = 1000.0
    """Size at which a file is closed and the next one opened."""
    max_open_minutes: Count = 0
    """Minutes after which a file is closed and the next one opened. 0 = no limit."""
    compression_level: Annotated[int, Bounds(1, 9)] = 6
    """gzip level: 1 is fastest, 9 smallest."""
    outlinks: bool = True
    """Whether each page's links are noted in a record of their own: for people who study how sites link."""
    sync_seconds: Amount = 2.0
    """Seconds after which what was captured is on the disk for good (fsync). 0 = after every record."""
    prefix: FileNamePart = "tearsheet"
    """How the files' names begin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexSettings:
    """The index, ``index.db``."""

    commit_every: Positive = 50
    """Articles written at once. A crash between loses none: they are read again from the WARC files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The archivist's pages (`tearsheet serve`)."""

    port: Annotated[int, Bounds(1, 65535)] = 8490
    """Port on this machine's loopback address."""
    user_header: str = ""
    """Header in which a web server before the desk says who has logged in, e.g. X-Remote-User. Empty: no login."""
    staff: str = ""
    """Names, separated by commas, of who of those sees what is restricted and decides about access. Without login: whoever sits at this machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What is not shown of what is archived. Rules for single addresses are made with `tearsheet access`."""

    honour_noarchive: bool = False
    """Whether captures of pages that said noarchive (robots meta element, X-Robots-Tag) are withheld from search, pages, export and
    replay. They are recorded as such and kept in any case."""
    honour_tdm_reservation: bool = False
    """The same for captures of pages that reserved text and data mining (tdm-reservation: 1), or whose site reserved it for their path (tdmrep.json)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Showing archived pages."""

    port: Annotated[int, Bounds(1, 65535)] = 8480
    """Port on this machine's loopback address."""
    engine: Literal["static", "pywb"] = "static"
    """What shows archived pages: ``static`` at once and with nothing in them running; ``pywb`` with their scripts."""
    replayweb_page: str = ""
    """Folder with sw.js of the npm package replaywebpage, for showing single pages with their scripts. Empty: not installed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Reading articles out of pages."""

    max_page_megabytes: Annotated[float, Bounds(0.1)] = 20.0
    """Longer pages are captured but not read as articles."""
    seconds_per_page: Annotated[float, Bounds(1)] = 30.0
    """Seconds after which reading a page is given up; it stays a capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerts:
    """Whom to tell when a site no longer yields, its fields empty out, it shows walls, or it is down. Each alert is told once,
    and its end; `tearsheet status` lists those that are open.
    """

    webhook: WebAddress = ""
    """Where alerts are POSTed as JSON: run, archive, text, and a list of alerts with site, kind, subject, event, words. Empty: nowhere."""
    command: str = ""
    """Command that is run with the same JSON on its standard input, and TEARSHEET_RUN, TEARSHEET_ARCHIVE, TEARSHEET_ALERTS (how many) and
    TEARSHEET_ALERT_TEXT in its environment; no shell reads it. Empty: none."""
    timeout_seconds: Annotated[float, Bounds(1, 600)] = 20.0
    """Seconds that either may take. When it fails, the run says so and is no worse for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metrics:
    """Figures for Prometheus."""

    file: str = ""
    """Where each run writes them for node_exporter's textfile collector; the name must end in .prom for it. Empty: nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """All settings of an archive, section by section."""

    operator: Operator = field(default_factory=Operator)
    crawl: Crawl = field(default_factory=Crawl)
    politeness: Politeness = field(default_factory=Politeness)
    revisits: Revisits = field(default_factory=Revisits)
    requisites: Requisites = field(default_factory=Requisites)
    warc: Warc = field(default_factory=Warc)
    index: IndexSettings = field(default_factory=IndexSettings)
    desk: Desk = field(default_factory=Desk)
    access: Access = field(default_factory=Access)
    replay: Replay = field(default_factory=Replay)
    extraction: Extraction = field(default_factory=Extraction)
    alerts: Alerts = field(default_factory=Alerts)
    metrics: Metrics = field(default_factory=Metrics)
