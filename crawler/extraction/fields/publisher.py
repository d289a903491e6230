"""The publication the article appeared in, and the names its site goes by."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names
from crawler.extraction.text import fold, squash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document

MAX_MASTHEAD = 80
"""Characters."""


def read_publisher(document: Document) -> str | None:
    """Return the publisher's name: of the profile, else as structured data or meta tags give it, else None."""
    return next((name for _, name in publisher_candidates(document)), None)


def publisher_candidates(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (where, name) of what could be the publisher, in the order in which it is believed."""
    if document.profile and document.profile.publisher:
        yield "profile", document.profile.publisher
    for article in document.structured:
        if article.publisher and len(article.publisher) < 100:
            yield article.source, article.publisher
    for name in ("og:site_name", "dc.publisher", "publisher", "application-name", "itemprop:publisher"):
        if value := document.meta.first(name):
            yield name, value
    if document.masthead:
        yield "masthead", document.masthead


def read_masthead(document: Document) -> str | None:
    """Return the name that the publication goes by: of its pages' data, else of title and link home, else as the profile has it.

    The publisher may be a firm that owns many; the masthead is what readers know.
    """
    return next((name for _, name in masthead_candidates(document)), None)


def masthead_candidates(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (where, name) of what could be the masthead, in the order in which it is believed."""
    for where in ("og:site_name", "application-name", "apple-mobile-web-app-title"):
        name = squash(document.meta.first(where))
        if 1 < len(name) < MAX_MASTHEAD and not name.startswith("http"):
            yield where, name
    if document.masthead:
        yield "title and link home", document.masthead
    if document.profile and document.profile.publisher:
        yield "profile", document.profile.publisher


def outlet_names(document: Document) -> tuple[str, ...]:
    """Return the names under which the outlet may stand in a byline: profile, publisher, site name, host.

    A name that the page gives its author as well is no outlet's: blogs name their writer as publisher.
    """
    names: list[str] = []
    if document.profile:
        names += [*document.profile.outlets, document.profile.publisher or ""]
    given = [article.publisher for article in document.structured]
    given.append(document.masthead or "")
    given += document.meta.all(
        "og:site_name", "application-name", "dc.publisher", "publisher", "twitter:site"
    )
    authors = _persons(document)
    names += [name for name in given if fold(name) not in authors]
    names.append((urlsplit(document.url).hostname or "").removeprefix("www."))
    short = (name.lstrip("@").strip() for name in names)
    return tuple(dict.fromkeys(name for name in short if 1 < len(name) < 80 and not name.startswith("http")))


def _persons(document: Document) -> frozenset[str]:
    """Return the folded names of authors that begin with a first name and do not stand in the site's address."""
    host = fold(urlsplit(document.url).hostname)
    names = (author.name for article in document.structured for author in article.authors)
    keys = (fold(name) for name in names if " " in name and key_of(name.split()[0]) in given_names())
    return frozenset(key for key in keys if key not in host)
