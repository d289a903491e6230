"""The summary sentence under the headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.fields.byline_lines import BY, MAX_BYLINE
from crawler.extraction.fields.selected import selected_text
from crawler.extraction.phrases import CAPTION
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.blocks import Block
    from crawler.extraction.container import Container
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

MIN_LENGTH, MAX_LENGTH = 20, 900
REACH = 30
"""Blocks behind the headline that may hold the standfirst."""
_CUT_OFF = re.compile(r"(?:\.{2,}|…|\[(?:…|\.{3})\])\s*$")


@dataclass(frozen=True, slots=True)
class Standfirst:
    """The summary and the block that shows it."""

    text: str | None = None
    position: int | None = None
    introduction: str | None = None
    """A paragraph between headline and text that nothing calls a summary: the text begins with it."""


def read_standfirst(document: Document, headline: Headline, container: Container | None) -> Standfirst:
    """Return the standfirst as readers see it; its text is None when the page shows none.

    A meta description alone is not enough: it is often the beginning of the text, or written for
    search engines. It counts where the page shows the same words between headline and text. What stands
    inside the text's own box is the text's first paragraph, whatever it is called.
    """
    chosen = selected_text(document, "standfirst")
    if chosen:
        return Standfirst(chosen)
    if document.state_article and document.state_article.description:
        return Standfirst(document.state_article.description)
    keys = {fold(text) for text in _descriptions(document)}
    start = headline.position + 1 if headline.position else 0
    plain: Block | None = None
    for block in document.outline.blocks[start : start + REACH]:
        if container is not None and _is_text(block, container, headline):
            break
        if not _fits(block) or block.tag == "li":
            continue
        inside = container is not None and _is_inside(block, container)
        if _is_hinted(block):
            return _with_siblings(document, block)
        if (
            not inside
            and fold(block.text) in keys
            and (block.is_heading or block.tag != "p" or _stands_apart(block, document))
        ):
            return Standfirst(block.text, block.position)
        if plain is None and not inside and headline.position and _is_plain_sentence(block, headline):
            plain = block
    else:
        plain = None
    return _unnamed(plain)


def _unnamed(plain: Block | None) -> Standfirst:
    """Return a standfirst of an unnamed block under the headline: a subheading is one, a paragraph begins the text."""
    if plain is None:
        return Standfirst()
    if plain.tag in {"p", "div"}:
        return Standfirst(introduction=plain.text, position=plain.position)
    return Standfirst(plain.text, plain.position)


def _with_siblings(document: Document, block: Block) -> Standfirst:
    """Return the block with the two after it that look the same: some papers print several summary lines."""
    texts = [block.text]
    for other in document.outline.blocks[block.position + 1 : block.position + 3]:
        alike = (other.box.tag, other.box.names) == (
            block.box.tag,
            block.box.names,
        ) and other.box.parent is block.box.parent
        if not alike or not block.box.names or other.link_density > 0.5:
            break
        texts.append(other.text)
    return Standfirst(" ".join(texts), block.position)


def _is_plain_sentence(block: Block, headline: Headline) -> bool:
    """Return whether an unnamed block under the headline reads as a summary: one or more whole sentences."""
    around = block.box.ancestors()
    if (
        any(box.hints & _OTHER for box in around if box not in headline.around)
        or block.inline_hints & _OTHER
        or block.link_density > 0.1
    ):
        return False
    return (
        block.tag in {"p", "h2", "h3", "div"}
        and len(block.text) >= 50
        and block.text.endswith((".", "!", "?", "…", "。", "“", "”", "»"))
    )


_OTHER = frozenset(
    {
        "byline",
        "date",
        "caption",
        "related",
        "promo",
        "nav",
        "comment",
        "ad",
        "share",
        "side",
        "bio",
        "media",
        "tags",
        "footer",
        "paywall",
        "cookie",
        "fact",
        "credit",
        "form",
        "hidden",
        "correction",
    }
)


def _is_inside(block: Block, container: Container) -> bool:
    around = block.box.ancestors()
    return any(box in around for box in container.boxes)


def _is_text(block: Block, container: Container, headline: Headline) -> bool:
    """Return whether the block stands in the container of the text, unless that holds the headline too."""
    around = block.box.ancestors()
    return any(box in around and (box not in headline.around) for box in container.boxes)


def description_of(document: Document) -> str | None:
    """Return the page's whole description from structured data or meta tags; cut-off ones do not count."""
    return next((text for text in _descriptions(document) if not _CUT_OFF.search(text)), None)


def description_candidates(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of the summaries that the page's data give; they count where the page shows them, too."""
    yield from (
        (article.source, article.description) for article in document.structured if article.description
    )
    for name in (
        "og:description",
        "description",
        "twitter:description",
        "dc.description",
        "sailthru.description",
    ):
        yield from ((name, text) for text in document.meta.all(name))


def _descriptions(document: Document) -> list[str]:
    return [text for _, text in description_candidates(document) if MIN_LENGTH <= len(text) <= MAX_LENGTH]


def _fits(block: Block) -> bool:
    fitting = MIN_LENGTH <= len(block.text) <= MAX_LENGTH and block.link_density < 0.5
    return fitting and not CAPTION.match(block.text) and not _is_signed(block.text)


def _is_signed(text: str) -> bool:
    """Return whether *text* is a byline that looks like a summary: *Analysis by Ann Lee, Court Reporter*."""
    return len(text) <= MAX_BYLINE and not text.endswith((".", "!", "?")) and BY.match(text) is not None


def _is_hinted(block: Block) -> bool:
    around = block.box.ancestors()[:3]
    if any(
        box.hints & {"caption", "related", "promo", "nav", "comment", "ad", "share", "side", "bio"}
        for box in around
    ):
        return False
    return any("standfirst" in box.hints for box in around) or "standfirst" in block.inline_hints


def _stands_apart(block: Block, document: Document) -> bool:
    """Return whether the block has no paragraph beside it in its own box."""
    position = block.position
    blocks = document.outline.blocks
    after = blocks[position + 1] if position + 1 < len(blocks) else None
    return after is None or after.box.parent is not block.box.parent
