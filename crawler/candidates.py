"""Which captures are handed to extraction: asked by the crawl and by re-reading alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.warc.pages import may_be_page
from crawler.profiles import load_profile

if TYPE_CHECKING:
    from archive.model import Record

TDMREP_PATH = "/.well-known/tdmrep.json"
"""Where a host says what it reserves of text and data mining (crawler.middlewares.tdmrep)."""
_NO_PAGES = frozenset({"/robots.txt", TDMREP_PATH})
_HTML = frozenset({"text/html", "application/xhtml+xml"})


def is_candidate(record: Record) -> bool:
    """Return whether *record* may hold an article: a whole page of HTML, or the answer of an API that a profile names.

    Feeds, sitemaps, robots.txt and tdmrep.json hold none. What gives no media type is looked at.
    """
    if not may_be_page(record) or record.target_uri is None:
        return False
    return may_hold_article(record.target_uri, record.mime or "")


def may_hold_article(url: str, mime: str) -> bool:
    """Return whether what was captured at *url* and called *mime* may hold an article; what has no media type may.

    Asked again of the page when a capture is a revisit that only says "not modified", and so has no media type.
    """
    if mime in _HTML or "/" not in mime:
        return urlsplit(url).path not in _NO_PAGES
    if "json" not in mime:
        return False
    profile = load_profile(url)
    return profile is not None and profile.api is not None and bool(profile.api.url.search(url))
