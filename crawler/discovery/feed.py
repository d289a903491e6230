"""RSS, RDF, Atom and JSON Feed: the articles a feed names."""

from __future__ import annotations

import json
import re
from calendar import timegm
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

import feedparser
from dateutil import parser as dates

from crawler.discovery.found import Found

if TYPE_CHECKING:
    from archive.model import Page

_ROOT = re.compile(
    rb"(?:\s+|<\?.{0,2000}?\?>|<!--.{0,2000}?-->|<!DOCTYPE[^<>\[]{0,500}(?:\[.{0,2000}?\]\s*)?>){0,20}<(?:[\w.-]{1,40}:)?([\w.-]{1,40})",
    re.DOTALL | re.IGNORECASE,
)
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
    headers = {"content-type": page.header("content-type") or "application/xml", "content-location": page.url}
    parsed = feedparser.parse(BytesIO(page.payload), response_headers=headers, sanitize_html=False)
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


def _changed(entry: Any) -> datetime | None:
    # get() falls back to the other date with a warning; membership does not.
    name = "updated_parsed" if "updated_parsed" in entry else "published_parsed"
    parsed = entry.get(name)
    return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None


def _json_entries(page: Page) -> list[Found]:
    """Read a JSON Feed 1.1 (jsonfeed.org/version/1.1)."""
    try:
        feed = json.loads(page.payload.decode("utf-8-sig", "replace"))
    except ValueError:
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
