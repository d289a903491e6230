"""The kicker: the short label above the headline, "Harbour strike", "Analysis"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.text import fold, squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

ABOVE = 4
"""Blocks above the headline that may hold it."""
MAX_KICKER = 90
_NAMES = re.compile(
    r"kicker|overline|dachzeile|topline|eyebrow|spitzmarke|super-?title|pre-?title|pre-?headline|surtitre|antetitulo|antetítulo|sobretitulo|chapeu|occhiello|rubric|vinjett|headline-?label",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b")


def read_kicker(document: Document, headline: Headline) -> str | None:
    """Return the label above the headline that the page's own names call one, or None."""
    if not headline.position:
        return None
    blocks = document.outline.blocks
    shown = blocks[headline.position]
    element = shown.box.element
    for inner in element.iter("span", "small", "strong", "em", "div", "p") if element is not None else ():
        is_named = inner is not element and _NAMES.search(inner.get("class") or "")
        if is_named and (text := _fitting(text_of(inner, apart=True), headline)):
            return text
    for block in blocks[max(0, headline.position - ABOVE) : headline.position][::-1]:
        names = " ".join(box.names for box in block.box.ancestors()[:2])
        held = block.box.element
        whole = text_of(held, apart=True) if held is not None and len(held) else block.text
        if _NAMES.search(names) and (text := _fitting(whole, headline)):
            return text
    return None


def _fitting(text: str, headline: Headline) -> str | None:
    text = squash(text).strip(" :|•·–—/")
    is_label = 1 < len(text) <= MAX_KICKER and not _DIGITS.search(text)
    return text if is_label and not fold(headline.text).endswith(fold(text)) else None
