"""RSS, RDF, Atom and JSON Feed: the articles a feed names."""

from __future__ import annotations

import json
import re
from calendar import timegm
from collections import Counter
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import feedparser
from dateutil import parser as dates

from crawler.discovery.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model import Page
    from crawler.extraction.links import Feed

_ROOT = re.compile(
    rb"(?:\s+|<\?.{0,2000}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^<>\[]{0,500}(?:\[.{0,2000}?\]\s*)?>){0,20}<(?:[\w.-]{1,40}:)?([\w.-]{1,40})",
    re.DOTALL | re.IGNORECASE,
)
_COMMENTS = re.compile(r"comment|kommentar|comentario|commentaire|/replies", re.IGNORECASE)
_TAG = re.compile(
    rb"<!\[CDATA\[(?:.*?\]\]>|.*)|<!--(?:.*?-->|.*)|<(/?)(?!(?:br|hr|img|input|meta|wbr|col|source)\b)([\w:.-]{1,40})(?:[^<>]{0,5000}?)(/?)>",
    re.DOTALL | re.IGNORECASE,
)
MAX_DEPTH = 1000
"""Elements of one name that are open at once; more than some tens only where ends are missing."""
MAX_BYTES = 10_000_000
"""Read of one feed; the largest news feeds are a fifth as long."""
MAX_FEEDS = 10
"""Feeds taken of one page."""
MAX_ENTRIES = 2000
"""Entries read of one feed; the largest news feeds hold some hundreds."""


def read_feed(page: Page) -> list[Found]:
    """Return the articles that the feed *page* names, in its order; an empty list when it is no feed.

    An entry's own link counts, whatever its shape or host: who publishes a feed says what its articles are.
    Enclosures are left alone (they are sounds, or a placeholder picture).
    """
    entries = _json_entries(page) if page.payload.lstrip()[:1] == b"{" else _xml_entries(page)
    found = dict.fromkeys(entry for entry in entries if entry.url.startswith(("http://", "https://")))
    return list(found)


def wanted_feeds(feeds: Iterable[Feed]) -> list[Feed]:
    """Return the feeds of articles among those that a page announces: no comments, and not more than a few."""
    return [feed for feed in feeds if not _COMMENTS.search(f"{feed.url} {feed.title}")][:MAX_FEEDS]


def root_name(start: bytes) -> str:
    """Return the local name of the first element in the XML that begins with *start*, in lower case; empty when none does.

    >>> root_name(b"<?xml version='1.0'?><!-- made by hand --><rdf:RDF xmlns:rdf='x'>")
    'rdf'
    """
    if b"\x00" in start[:4]:  # UTF-16
        start = start.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    match = _ROOT.match(start)
    return match[1].decode("ascii").lower() if match else ""


def is_feed(page: Page) -> bool:
    """Return whether *page* looks like a feed, by its first bytes and not by what the server calls it."""
    start = page.payload[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{"):
        return b"jsonfeed.org/version" in start
    return root_name(start) in {"rss", "feed", "rdf"}


def _xml_entries(page: Page) -> list[Found]:
    content_type = page.header("content-type") or ""
    if (
        "charset" not in content_type.lower()
    ):  # for text/xml the library would take ASCII, as RFC 3023 once said
        content_type = "application/xml"
    headers = {"content-type": content_type, "content-location": page.url}
    payload = page.payload[:MAX_BYTES]
    if _is_nested(payload):
        return []
    parsed = feedparser.parse(BytesIO(payload), response_headers=headers, sanitize_html=False)
    return [
        Found(
            url=_absolute(page.url, entry["link"]),
            how="feed",
            title=entry.get("title"),
            changed_at=_changed(entry),
        )
        for entry in parsed.entries[:MAX_ENTRIES]
        if entry.get("link")
    ]


def _is_nested(payload: bytes) -> bool:
    """Return whether elements are nested deeper than any feed's: the library's time grows with the square of the depth."""
    open_now: Counter[bytes] = Counter()
    for match in _TAG.finditer(payload):
        name = match[2]
        if name is not None and not match[3]:
            open_now[name] += -1 if match[1] else 1
            if open_now[name] > MAX_DEPTH:
                return True
    return False


def _changed(entry: Any) -> datetime | None:
    # get() falls back to the other date with a warning; membership does not.
    name = "updated_parsed" if "updated_parsed" in entry else "published_parsed"
    parsed = entry.get(name)
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _json_entries(page: Page) -> list[Found]:
    """Read a JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(page.payload[:MAX_BYTES].decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return []
    items = feed.get("items") if isinstance(feed, dict) else None
    return [
        Found(
            url=_absolute(page.url, str(item["url"])),
            how="feed",
            title=item.get("title"),
            changed_at=_iso(item.get("date_modified") or item.get("date_published")),
        )
        for item in (items if isinstance(items, list) else [])[:MAX_ENTRIES]
        if isinstance(item, dict) and item.get("url")
    ]


def _iso(value: object) -> datetime | None:
    try:
        at = dates.isoparse(str(value)) if value else None
    except (ValueError, OverflowError):
        return None
    return at.astimezone(UTC) if at is not None and at.tzinfo else None


def _absolute(base: str, url: str) -> str:
    return urldefrag(urljoin(base, url.strip())).url
