"""What a page reserves: that no copy of it be shown (noarchive), that it be not mined (TDM reservation)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document

OURS = "tearsheet"
_FOR_ALL = {"robots", OURS}
_ADDRESSED = re.compile(r"\s*(?P<agent>[A-Za-z_-]+)\s*:(?!//)\s*(?P<rest>.*)", re.DOTALL)
_WITH_VALUE = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""Directives that hold a colon themselves: what stands before it is no crawler's name."""
_KEPT = ("noarchive", "noai", "noimageai")


def read_reservations(document: Document) -> tuple[str, ...]:
    """Return noarchive, noai, noimageai and tdm-reservation, those that the page or its HTTP head declares to us or to all.

    Robots directives stand in ``X-Robots-Tag`` fields and ``<meta name="robots">``; TDM reservations (W3C community group's
    TDMRep, 2024) in a field or a meta element ``tdm-reservation`` with the value 1; one of 0 is told as tdm-unreserved, as it
    wins over what the site's ``/.well-known/tdmrep.json`` says of the page (crawler.middlewares.tdmrep).
    """
    said = {*_directives_of_head(document), *_directives_of_page(document)}
    found = [word for word in _KEPT if word in said]
    reserved = [document.page.header("tdm-reservation"), *document.meta.all("tdm-reservation")]
    values = {(value or "").strip() for value in reserved}
    if values & {"0", "1"}:
        found.append("tdm-reservation" if "1" in values else "tdm-unreserved")
    return tuple(found)


def _directives_of_head(document: Document) -> Iterator[str]:
    for name, value in document.page.headers:
        if name.lower() != "x-robots-tag":
            continue
        addressed = _ADDRESSED.fullmatch(value)
        if addressed is None or addressed["agent"].lower() in _WITH_VALUE:
            yield from _words(value)
        elif addressed["agent"].lower() in _FOR_ALL:
            yield from _words(addressed["rest"])


def _directives_of_page(document: Document) -> Iterator[str]:
    for content in document.meta.all(*sorted(_FOR_ALL)):
        yield from _words(content)


def _words(text: str) -> Iterator[str]:
    for word in text[:2_000].lower().split(","):
        yield word.strip()
