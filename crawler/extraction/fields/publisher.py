"""The publication the article appeared in, and the names its site goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from crawler.extraction.document import Document


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
    return named or document.masthead


def outlet_names(document: Document) -> tuple[str, ...]:
    """Return the names under which the outlet may stand in a byline: profile, publisher, site name, host."""
    names: list[str] = []
    if document.profile:
        names += [*document.profile.outlets, document.profile.publisher or ""]
    names += [article.publisher for article in document.structured]
    names.append(document.masthead or "")
    names += document.meta.all(
        "og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site", "twitter:creator"
    )
    names.append((urlsplit(document.url).hostname or "").removeprefix("www."))
    short = (name.lstrip("@").strip() for name in names)
    return tuple(dict.fromkeys(name for name in short if 1 < len(name) < 80 and not name.startswith("http")))
