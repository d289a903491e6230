"""The article's text as paragraphs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.blocks import HEADINGS, Block
from crawler.extraction.container import Container, block_values, find_container
from crawler.extraction.embedded import find_text, paragraphs_of
from crawler.extraction.fields.selected import selected
from crawler.extraction.sieve import Kept, Known, sift
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

SHELL = 200
"""Characters: a page that shows less may have its text in embedded JSON only."""
ANCHOR = 400
"""An articleBody shorter than this is a teaser."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text, where it stood, and what was left out."""

    paragraphs: tuple[str, ...] = ()
    kept: Kept | None = None
    container: Container | None = None
    source: str = "page"
    """page | json-ld | state"""


def read_body(document: Document, headline: Headline, standfirst: str | None, bylines: tuple[str, ...] = ()) -> Body:
    """Return the article's paragraphs, empty when the page has none: from the page, else from JSON-LD or state."""
    anchor = _anchor(document)
    outline = document.outline
    values = block_values(outline, fold(anchor) if len(anchor) >= ANCHOR else "")
    container = _selected_container(document) or find_container(outline, values, headline.position)
    body = Body()
    if container is not None:
        heads = frozenset(key for key in map(fold, (headline.text, *headline.variants)) if key)
        stands = frozenset({fold(standfirst)} - {""})
        kept = sift(outline, container, Known(heads, stands, frozenset(key for key in map(fold, bylines) if key)))
        body = Body(_paragraphs(kept.blocks), kept, container)
    return _fuller(document, body, anchor)


def _fuller(document: Document, body: Body, anchor: str) -> Body:
    """Return *body*, or the text of JSON-LD or embedded state when the page shows next to none."""
    shown = sum(map(len, body.paragraphs))
    if len(anchor) >= ANCHOR and shown < len(anchor) * 0.35:
        return Body(paragraphs_of(anchor), body.kept, body.container, "json-ld")
    if shown < SHELL:
        found = find_text(document.state)
        if sum(map(len, found)) > max(SHELL, 2 * shown):
            return Body(found, body.kept, body.container, "state")
        if anchor and len(anchor) > shown and shown < SHELL // 2:
            return Body(paragraphs_of(anchor), body.kept, body.container, "json-ld")
    return body


def _anchor(document: Document) -> str:
    return max((article.body for article in document.structured), key=len, default="")


def _selected_container(document: Document) -> Container | None:
    elements = set(selected(document, "body"))
    boxes = tuple(box for box in document.outline.boxes if box.element in elements)
    return Container(boxes=boxes, weight=0.0, share=1.0, anchored=True) if boxes else None


def _paragraphs(blocks: list[Block]) -> tuple[str, ...]:
    """Return the blocks' texts; the cells of a table row are one paragraph."""
    found: list[str] = []
    row: object = None
    for block in blocks:
        own = _row_of(block)
        if own is not None and own is row:
            found[-1] += " " + block.text
        else:
            found.append(block.text)
        row = own
    return tuple(found)


def _row_of(block: Block) -> object:
    for box in block.box.ancestors()[:4]:
        if box.tag == "tr":
            return box
        if box.tag in HEADINGS:
            return None
    return None
