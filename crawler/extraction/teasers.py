"""Teasers: a headline that is a link, with a line or two of text. A page made of them is a front, no article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.blocks import Box, Outline

MIN_TEASERS = 4
"""Fewer are what articles have at their foot."""
_WHOLE = 0.95
_MIN_HEADLINE = 8
_LONGEST = 1500
"""Characters of text in a teaser at most: a box with more is an article with a linked headline in it."""


def count_teasers(outline: Outline, paragraphs: Iterable[str], headline: str | None = None) -> int:
    """Return how many teasers a page has when more than half of the text of *paragraphs* is theirs, else 0.

    A teaser is the largest box around a linked headline that holds no other linked headline. The page's own *headline*
    is none, though blogs link it to where it stands.
    """
    boxes = _teaser_boxes(outline, fold(headline))
    if len(boxes) < MIN_TEASERS:
        return 0
    wanted = set(paragraphs)
    inside = dict.fromkeys(boxes, 0)
    whole = 0
    for block in outline.blocks:
        if block.text in wanted:
            whole += len(block.text)
            box = next((box for box in block.box.ancestors() if box in boxes), None)
            if box is not None:
                inside[box] += len(block.text)
    return len(boxes) if 2 * sum(size for size in inside.values() if size <= _LONGEST) > whole else 0


def _teaser_boxes(outline: Outline, own: str) -> set[Box]:
    headlines = [
        block
        for block in outline.blocks
        if block.is_heading and block.link_density >= _WHOLE and len(block.text) >= _MIN_HEADLINE
    ]
    holds: dict[Box, int] = {}
    for headline in headlines:
        for box in headline.box.ancestors():
            holds[box] = holds.get(box, 0) + 1
    found: set[Box] = set()
    for headline in headlines:
        if own and fold(headline.text) == own:
            continue
        alone = [box for box in headline.box.ancestors() if holds[box] == 1]
        if alone:
            found.add(alone[-1])
    return found
