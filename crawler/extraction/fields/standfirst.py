"""The summary sentence under the headline."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.fields.selected import selected_text
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

MIN_LENGTH, MAX_LENGTH = 20, 900
REACH = 30
"""Blocks behind the headline that may hold the standfirst."""
_CUT_OFF = re.compile(r"(?:\.{2,}|…|\[(?:…|\.{3})\])\s*$")


def read_standfirst(document: Document, headline: Headline) -> str | None:
    """Return the standfirst as readers see it; None when the page shows none.

    A meta description alone is not enough: it is often the beginning of the text, or written for
    search engines. It counts where the page shows the same words between headline and text.
    """
    chosen = selected_text(document, "standfirst")
    if chosen:
        return chosen
    descriptions = [text for text in _descriptions(document) if fold(text)]
    keys = [fold(text) for text in descriptions]
    near = document.outline.blocks[headline.position + 1 : headline.position + 1 + REACH] if headline.position else document.outline.blocks[:REACH]
    hinted = next((block for block in near if _is_hinted(block) and _fits(block)), None)
    for block in near:
        if not _fits(block) or block.tag == "li":
            continue
        if block is hinted:
            return block.text
        if fold(block.text) in keys and (block.is_heading or block.tag != "p" or _stands_apart(block, document)):
            return block.text
    return None


def description_of(document: Document) -> str | None:
    """Return the page's whole description from structured data or meta tags; cut-off ones do not count."""
    return next((text for text in _descriptions(document) if not _CUT_OFF.search(text)), None)


def _descriptions(document: Document) -> list[str]:
    found = [article.description for article in document.structured if article.description]
    found += document.meta.all("og:description", "description", "twitter:description", "dc.description", "sailthru.description")
    return [text for text in found if MIN_LENGTH <= len(text) <= MAX_LENGTH]


def _fits(block: Block) -> bool:
    return MIN_LENGTH <= len(block.text) <= MAX_LENGTH and block.link_density < 0.5


def _is_hinted(block: Block) -> bool:
    around = block.box.ancestors()[:3]
    if any(box.hints & {"caption", "related", "promo", "nav", "comment", "ad", "share", "side", "bio"} for box in around):
        return False
    return any("standfirst" in box.hints for box in around) or "standfirst" in block.inline_hints


def _stands_apart(block: Block, document: Document) -> bool:
    """Return whether the block has no paragraph beside it in its own box."""
    position = block.position
    blocks = document.outline.blocks
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return after is None or after.box.parent is not block.box.parent
