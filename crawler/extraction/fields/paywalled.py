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
_TIER_META = (
    "article:content_tier",
    "og:article:content_tier",
    "content_tier",
    "cxenseparse:paywall",
    "access",
)
_METERED = {"locked", "metered", "subscription", "paid", "premium", "subscriber", "plus"}
_FREE = {"free", "unlocked", "open", "public", "none"}


def read_paywalled(document: Document) -> tuple[bool | None, str | None]:
    """Return whether the page says the article is not free, None when it does not say; and what said so, in words."""
    for article in document.structured:
        if article.free is not None:
            return not article.free, f"isAccessibleForFree is {str(article.free).lower()} ({article.source})"
    for name in _TIER_META:
        tier = (document.meta.first(name) or "").lower()
        if tier in _METERED or tier in _FREE:
            return tier in _METERED, f"{name} is {tier}"
    walls = [blocks for blocks in _boxes_named_so(document).values() if _is_wall(blocks)]
    if walls and _shown(document) < MAX_SHOWN:
        return True, f"a box named paywall: {walls[0][0].text[:80]}"
    return None, None


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
