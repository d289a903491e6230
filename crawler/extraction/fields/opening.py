"""Where a text was written: its first words, the line before them, or an element that is named so."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.credits.dateline import reports_from
from crawler.extraction.credits.page import OpeningReading, split_opening
from crawler.extraction.credits.places import is_place
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document
    from crawler.extraction.fields.body import Body
    from crawler.extraction.fields.headline import Headline

MAX_DATELINE = 60
"""Characters of an element that holds nothing but a dateline."""
MAX_LINES, MAX_ELEMENTS = 30, 200
_PLACE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:dateline|location|place|lugar|luogo|ort|lieu|standort)(?:[-_](?:name|text|city))?(?=$|\s)",
    re.IGNORECASE,
)
_DASH_END = re.compile(r"\s*[-–—]+\s*$")
_DIGIT = re.compile(r"\d")


def read_opening(
    document: Document, headline: Headline, body: Body, *, language: str | None, outlets: tuple[str, ...]
) -> OpeningReading:
    """Return the dateline of the text's first paragraph, else of an element before it that is named a place.

    Where neither has one, the second paragraph is asked, behind a summary: only a dateline with an agency counts there.
    """
    first = split_opening(body.paragraphs[0] if body.paragraphs else "", language=language, outlets=outlets)
    if first.dateline_raw:
        return first
    for text in _place_elements(document, headline, body):
        found = _read_place(text, language, outlets)
        if found is not None:
            return found
    if len(body.paragraphs) > 1:
        second = split_opening(body.paragraphs[1], language=language, outlets=outlets)
        if second.places and second.credits:
            return second
    return first


def _read_place(text: str, language: str | None, outlets: tuple[str, ...]) -> OpeningReading | None:
    """Return what an element named a place says: a dash behind it, a known city, or "reporting from …"; else None."""
    reported = reports_from(text)
    if reported:
        return OpeningReading(text, text, (reported,))
    place = _DASH_END.sub("", text)
    if _DIGIT.search(text) or (place == text and not all(is_place(part) for part in place.split("/"))):
        return None
    found = split_opening(f"{place} — ", language=language, outlets=outlets)
    return OpeningReading(text, text, found.places, found.credits) if found.places else None


def _place_elements(document: Document, headline: Headline, body: Body) -> Iterator[str]:
    """Yield the short texts of elements named a place, between the headline and the text's second paragraph."""
    kept = body.kept.blocks if body.kept else []
    if not kept:
        return
    end = kept[min(1, len(kept) - 1)].position
    start = min(headline.position, end)
    seen = 0
    for block in document.outline.blocks[start : min(end, start + MAX_LINES) + 1]:
        element = block.box.element
        if element is None or len(block.text) > 4 * MAX_DATELINE:
            continue
        for inner in element.iter():
            seen += 1
            if seen > MAX_ELEMENTS:
                return
            if isinstance(inner.tag, str) and _PLACE_NAMES.search(inner.get("class") or ""):
                text = text_of(inner)
                if 1 < len(text) <= MAX_DATELINE:
                    yield text
