"""Facet tokens: one word for each value that an article can be filtered by, so that filters are full-text search too."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from archive.index.fold import fold
from archive.index.identity import domains

if TYPE_CHECKING:
    from collections.abc import Iterator


def token(facet: str, value: str) -> str:
    """Return the token of *value* in *facet*: a word that no text holds; equal for values that fold alike.

    >>> token("agency", "AFP") == token("agency", "afp")
    True
    """
    plain = fold(value) or ""
    return f"x{facet}{blake2b(plain.encode(), digest_size=8).hexdigest()}"


def of_site(site: str) -> Iterator[str]:
    """Yield the tokens of a host name: its own, and those of the domains above it."""
    for domain in domains(site):
        yield token("site", domain)


def of_day(day: str) -> Iterator[str]:
    """Yield the tokens of an ISO date: year, month and day, as far as it goes."""
    for length in (4, 7, 10):
        if len(day) >= length:
            yield f"xon{day[:length].replace('-', '')}"


def of_language(language: str) -> Iterator[str]:
    """Yield the tokens of a BCP 47 tag: the whole, and its primary subtag."""
    yield token("lang", language)
    primary = language.partition("-")[0]
    if primary != language:
        yield token("lang", primary)
