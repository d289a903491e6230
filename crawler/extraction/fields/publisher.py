"""The publication the article appeared in, and the names its site goes by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.fields.headline import title_parts
from crawler.extraction.requisites import absolute
from crawler.extraction.text import fold, plain
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from crawler.extraction.document import Document

_HOME = re.compile(r"\s*(?:(?:https?:)?//[^/?#]+|\.{1,2})?/?(?:[?#].*)?\s*$", re.IGNORECASE)
"""Addresses that can be the home page's; the others are not worth resolving."""


def read_publisher(document: Document) -> str | None:
    """Return the publisher's name: of the profile, else as structured data or meta tags give it, else None."""
    if document.profile and document.profile.publisher:
        return document.profile.publisher
    for article in document.structured:
        if article.publisher and len(article.publisher) < 100:
            return article.publisher
    named = document.meta.first(
        "og:site_name", "dc.publisher", "publisher", "application-name", "itemprop:publisher"
    )
    return named or _of_masthead(document)


def _of_masthead(document: Document) -> str | None:
    """Return the name that both the title element and a link to the home page give; None without such a name."""
    if document.root is None:
        return None
    title = document.root.find(".//title")
    parts = (
        {fold(part): part for part in title_parts(plain(title.text)) if fold(part)}
        if title is not None
        else {}
    )
    for anchor in document.root.iter("a"):
        if not _HOME.match(anchor.get("href") or ""):
            continue
        target = urlsplit(absolute(anchor.get("href"), document.base_url) or "")
        if target.path in {"", "/"} and target.hostname == urlsplit(document.url).hostname:
            words = [text_of(anchor), *(image.get("alt") or "" for image in anchor.iter("img"))]
            found = next((parts[fold(word)] for word in words if fold(word) in parts), None)
            if found:
                return found
    return None


def outlet_names(document: Document) -> tuple[str, ...]:
    """Return the names under which the outlet may stand in a byline: profile, publisher, site name, host."""
    names: list[str] = []
    if document.profile:
        names += [*document.profile.outlets, document.profile.publisher or ""]
    names += [article.publisher for article in document.structured]
    names.append(_of_masthead(document) or "")
    names += document.meta.all(
        "og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site", "twitter:creator"
    )
    names.append((urlsplit(document.url).hostname or "").removeprefix("www."))
    short = (name.lstrip("@").strip() for name in names)
    return tuple(dict.fromkeys(name for name in short if 1 < len(name) < 80 and not name.startswith("http")))
