"""Whether the page shows its article to subscribers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.document import Document

_METERED = {"locked", "metered", "subscription", "paid", "premium", "subscriber", "plus"}
_FREE = {"free", "unlocked", "open", "public", "none"}


def read_paywalled(document: Document) -> bool | None:
    """Return whether the page says the article is not free; None when it does not say."""
    for article in document.structured:
        if article.free is not None:
            return not article.free
    tier = (
        document.meta.first(
            "article:content_tier", "og:article:content_tier", "content_tier", "cxenseparse:paywall", "access"
        )
        or ""
    ).lower()
    if tier in _METERED:
        return True
    if tier in _FREE:
        return False
    return (
        True
        if any("paywall" in block.box.hints and len(block.text) > 20 for block in document.outline.blocks)
        and _says_so(document)
        else None
    )


def _says_so(document: Document) -> bool:
    return any(
        "paywall" in name.lower()
        for box in document.outline.boxes
        if "paywall" in box.hints
        for name in box.names.split()
    )
