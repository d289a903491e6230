"""What a site profile's layout selects on a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.tree import Element, text_of

if TYPE_CHECKING:
    from crawler.extraction.document import Document


def selected(document: Document, field: str) -> list[Element]:
    """Return the elements that the layout's selector for *field* matches; empty without a layout or selector."""
    layout = document.layout
    if layout is None or document.root is None or field not in layout.selectors:
        return []
    found = document.root.xpath(layout.selectors[field])
    return [element for element in found if isinstance(element, Element)] if isinstance(found, list) else []


def selected_text(document: Document, field: str) -> str | None:
    """Return the text of the first element selected for *field*, or None."""
    return next((text for text in map(text_of, selected(document, field)) if text), None)
