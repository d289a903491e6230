"""The article's own address and its other forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.requisites import absolute

if TYPE_CHECKING:
    from crawler.extraction.document import Document


def read_canonical(document: Document) -> str | None:
    """Return the absolute URL the page declares as its own: link rel=canonical, og:url, JSON-LD; or None.

    A declaration that names a home page while the page is none is a template's mistake and not believed.
    """
    declared = [document.canonical_url]
    declared += [absolute(url, document.base_url) for url in document.meta.raw("og:url")]
    declared += [absolute(article.url, document.base_url) for article in document.structured]
    at_home = urlsplit(document.url).path in {"", "/"}
    for url in declared:
        if url and (at_home or urlsplit(url).path not in {"", "/"} or urlsplit(url).query):
            return url
    return None


def read_other_urls(document: Document, canonical: str | None) -> tuple[str, ...]:
    """Return other URLs under which the page says it stands: AMP, short link, og:url."""
    urls = [document.amp_url, *(absolute(url, document.base_url) for url in document.meta.raw("og:url"))]
    shortlinks = (
        link for link in document.tagged("link") if "shortlink" in (link.get("rel") or "").lower().split()
    )
    urls += [absolute(link.get("href"), document.base_url) for link in shortlinks]
    return tuple(dict.fromkeys(url for url in urls if url and url not in {canonical, document.url}))
