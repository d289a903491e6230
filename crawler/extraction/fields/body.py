"""The article's text as paragraphs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model import TextBlock
from crawler.extraction.blocks import HEADINGS, Block, Box
from crawler.extraction.container import Container, block_values, find_container
from crawler.extraction.embedded import find_markup, find_text, paragraphs_of
from crawler.extraction.fields.dates import candidate
from crawler.extraction.fields.selected import selected
from crawler.extraction.sieve import Kept, Known, sift
from crawler.extraction.text import fold
from crawler.extraction.typed_blocks import typed_blocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.fields.standfirst import Standfirst

SHELL = 200
"""Characters: a page that shows less may have its text in embedded JSON only."""
ANCHOR = 400
"""An articleBody shorter than this is a teaser."""
LABEL = 150
"""Characters: of two neighbouring cells of data one is not longer."""


@dataclass(frozen=True, slots=True)
class Body:
    """The text, where it stood, and what was left out."""

    paragraphs: tuple[str, ...] = ()
    groups: tuple[tuple[Block, ...], ...] = ()
    """The blocks of each paragraph (the cells of a row are one), where the paragraphs are the page's."""
    kept: Kept | None = None
    container: Container | None = None
    source: str = "page"
    """page | json-ld | state"""


def find_text_container(document: Document, headline: Headline) -> Container | None:
    """Return where the article's text stands: as the profile selects, else as the page's text tells; None without text."""
    anchor = _anchor(document)
    values = block_values(document.outline, fold(anchor) if len(anchor) >= ANCHOR else "", headline.around)
    return _selected_container(document) or find_container(document.outline, values, headline.position)


def read_body(
    document: Document,
    headline: Headline,
    standfirst: Standfirst,
    container: Container | None,
    bylines: tuple[str, ...] = (),
) -> Body:
    """Return the article's paragraphs, empty when the page has none: from the page, else from JSON-LD or state."""
    body = Body()
    if container is not None:
        known = Known(
            headlines=frozenset(key for key in map(fold, (headline.text, *headline.variants)) if key),
            standfirsts=frozenset({fold(standfirst.text)} - {""}),
            bylines=frozenset(key for key in map(fold, bylines) if key),
            headline_at=headline.position,
            standfirst_at=standfirst.position,
        )
        kept = sift(document.outline, container, known)
        introduction = (standfirst.introduction,) if standfirst.introduction else ()
        groups = _grouped(kept.blocks)
        paragraphs = tuple(" ".join(block.text for block in group) for group in groups)
        body = Body((*introduction, *paragraphs), groups, kept, container)
    return _fuller(document, body, _anchor(document))


def _fuller(document: Document, body: Body, anchor: str) -> Body:
    """Return *body*, or the text of JSON-LD or embedded state when the page shows next to none."""
    shown = sum(map(len, body.paragraphs))
    if len(anchor) >= ANCHOR and shown < len(anchor) * 0.35:
        return Body(
            (*_before(body, anchor), *paragraphs_of(anchor)), (), body.kept, body.container, "json-ld"
        )
    if document.state_article is not None:
        text = paragraphs_of(document.state_article.body)
        if sum(map(len, text)) > shown:
            return Body(text, (), body.kept, body.container, "state")
    if shown < SHELL:
        found = find_text(document.state) or find_markup(document.root)
        if sum(map(len, found)) > max(SHELL, 2 * shown):
            return Body(found, (), body.kept, body.container, "state")
        if anchor and len(anchor) > shown and shown < SHELL // 2:
            return Body(paragraphs_of(anchor), (), body.kept, body.container, "json-ld")
    return body


def _before(body: Body, anchor: str) -> list[str]:
    """Return the long paragraphs the page shows that are not in *anchor*: an introduction kept apart from it."""
    known = fold(anchor)
    blocks = body.kept.blocks if body.kept else []
    return [
        block.text
        for block in blocks
        if len(block.text) > 120 and block.tag == "p" and fold(block.text)[:60] not in known
    ][:2]


def _anchor(document: Document) -> str:
    return max(
        (article.body for article in document.structured if article.source != "state"), key=len, default=""
    )


def _selected_container(document: Document) -> Container | None:
    elements = set(selected(document, "body"))
    boxes = tuple(box for box in document.outline.boxes if box.element in elements)
    return Container(boxes=boxes, weight=0.0, share=1.0, anchored=True) if boxes else None


def _grouped(blocks: list[Block]) -> tuple[tuple[Block, ...], ...]:
    """Return the blocks of each paragraph; the cells of a data table's row are one paragraph."""
    alone = Counter(cell for block in blocks if (cell := _cell_of(block)) is not None)
    found: list[tuple[Block, ...]] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and _share_row(before, block, alone):
            found[-1] += (block,)
        else:
            found.append((block,))
        before = block
    return tuple(found)


def _share_row(before: Block, block: Block, alone: Mapping[Box, int]) -> bool:
    """Return whether two blocks are neighbouring cells of one row of data.

    A cell with several blocks, or two long cells side by side, are a layout made of tables: each block is a
    paragraph there.
    """
    left, right = _cell_of(before), _cell_of(block)
    if left is None or right is None or left is right or left.parent is not right.parent:
        return False
    return alone[left] == alone[right] == 1 and min(len(before.text), len(block.text)) <= LABEL


def _cell_of(block: Block) -> Box | None:
    for box in block.box.ancestors()[:4]:
        if box.tag in {"td", "th"} and box.parent is not None and box.parent.tag == "tr":
            return box
        if box.tag in HEADINGS:
            return None
    return None


def read_blocks(document: Document, body: Body, paragraphs: Sequence[str]) -> tuple[TextBlock, ...]:
    """Return *paragraphs*, those of the body without its credit lines, with what each is on the page."""
    container = frozenset(body.container.boxes if body.container else ())
    typed = typed_blocks(body.groups, container, document.base_url, lambda raw: _iso(document, raw))
    found: list[TextBlock] = []
    position = 0
    for text in paragraphs:
        at = next((n for n in range(position, len(typed)) if typed[n].text == text), None)
        if at is None:
            found.append(TextBlock(kind="paragraph", text=text))
        else:
            found.append(typed[at])
            position = at + 1
    return tuple(found)


def _iso(document: Document, raw: str) -> str | None:
    found = candidate(document, raw, "time")
    return found.moment.iso if found else None
