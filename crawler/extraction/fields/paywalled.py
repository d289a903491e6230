"""Whether the page shows its article to subscribers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.blocks import Block, Box
    from crawler.extraction.document import Document

MAX_WALL, MAX_LINES = 600, 8
"""Characters and blocks of an invitation to subscribe, at most."""
MAX_SHOWN = 2_000
"""Characters of paragraphs: where more can be read the invitation was not in the way."""
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
    walls = [blocks for blocks in _boxes_named_so(document).values() if _is_wall(blocks)]
    return True if walls and _shown(document) < MAX_SHOWN else None


def _shown(document: Document) -> int:
    return sum(
        len(block.text) for block in document.outline.blocks if block.tag == "p" and block.link_density < 0.3
    )


def _boxes_named_so(document: Document) -> dict[Box, list[Block]]:
    named = {box for box in document.outline.boxes if box.names and "paywall" in box.names.lower()}
    found: dict[Box, list[Block]] = {}
    for block in document.outline.blocks if named else ():
        for box in block.box.ancestors():
            if box in named:
                found.setdefault(box, []).append(block)
    return found


def _is_wall(blocks: list[Block]) -> bool:
    """Return whether these blocks are an invitation to subscribe: a few lines, not the text that is for subscribers.

    Many sites call the box of the paid text itself *paywall*, as search engines ask them to.
    """
    free = sum(len(block.text) * (1 - block.link_density) for block in blocks)
    return 20 < free < MAX_WALL and len(blocks) <= MAX_LINES
