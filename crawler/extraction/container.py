"""Where on the page the article's text stands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.blocks import Block, Box, Outline

AWAY = frozenset(
    {
        "comment",
        "related",
        "promo",
        "ad",
        "share",
        "nav",
        "footer",
        "side",
        "cookie",
        "hidden",
        "paywall",
        "bio",
    }
)
"""Hints of boxes whose text says nothing about where the article is."""
STRONG = frozenset({"comment", "nav", "footer", "cookie", "hidden", "ad"})
"""Of these there may be more than article."""
DESCENT = 0.85
"""Go into a child box when it holds this share of its parent's text: swept 0.7-0.95 on the corpora."""
WHOLE = 0.5
"""A box with this share of the page's text is the page, whatever it is called."""
NEARLY_ALL = 0.85
_EVEN_AROUND = frozenset({"nav", "footer", "comment"})
MOST = 0.5
_WIDE = frozenset({"html", "body", "main", "form"})
_TEXT_TAGS = frozenset({"p", "h1", "h2", "h3", "li", "blockquote", "pre"})
NESTED = 0.8
"""An inner box named as the text is preferred when it holds this share of the outer one."""
LONG_HEADING = 150
"""Characters from which a heading is text in disguise."""
_ENOUGH = 60


@dataclass(slots=True)
class Container:
    """The boxes that hold the article, and what led there."""

    boxes: tuple[Box, ...]
    weight: float
    """Characters of likely article text inside."""
    share: float
    """The part of the page's likely article text that is inside."""
    anchored: bool
    """The page itself marks the box as the article's body."""


def block_values(outline: Outline, anchor: str = "", around: frozenset[Box] = frozenset()) -> list[float]:
    """Return for each block how much it speaks for (or, negative, against) its place being the article.

    *anchor* is the article's text as the structured data give it, folded, or empty; *around* are the boxes around
    the headline: whatever they are called, they are not a side matter.
    """
    values = [_value(block) for block in outline.blocks]
    away = _away_boxes(outline, values, around)
    for index, block in enumerate(outline.blocks):
        if values[index] <= 0:
            continue
        if block.box in away:
            values[index] = 0.0
        elif anchor:
            values[index] *= 2.0 if fold(block.text)[:80] in anchor else 0.6
    return values


def _away_boxes(outline: Outline, values: list[float], around: frozenset[Box]) -> set[Box]:
    """Return the boxes that are, or stand in, furniture.

    A box that holds most of the page's text is the page, and a word that names boxes with most of the page's
    text (*widget* in some systems) says nothing there; comments may be longer than the article.
    """
    sums = [0.0] * (len(outline.boxes) + 1)
    total = 0.0
    for block, value in zip(outline.blocks, values, strict=True):
        if value > 0:
            total += value
            sums[block.box.index] += value
    by_hint = _sums_by_hint(outline, sums)
    sum_up(outline, sums)
    telling = frozenset(hint for hint in AWAY if hint in STRONG or by_hint[hint] < WHOLE * total)
    away: set[Box] = set()
    for box in outline.boxes:
        if "body" in box.hints:
            continue
        if box.parent in away:
            away.add(box)
        elif box.hints:
            found = box.hints & (telling & _EVEN_AROUND if box in around else telling)
            if found and sums[box.index] < (NEARLY_ALL if "cookie" in found else WHOLE) * total:
                away.add(box)
    return away


def _sums_by_hint(outline: Outline, sums: list[float]) -> dict[str, float]:
    """Return for each hint of AWAY what the boxes so called hold; *sums* is what stands in each box itself."""
    by_names: dict[frozenset[str], float] = defaultdict(float)
    for box in outline.boxes:
        if sums[box.index]:
            by_names[box.within] += sums[box.index]
    by_hint: dict[str, float] = defaultdict(float)
    for hints, value in by_names.items():
        for hint in hints & AWAY:
            by_hint[hint] += value
    return by_hint


def sum_up(outline: Outline, sums: list[float]) -> None:
    """Add to what each box holds itself what the boxes inside hold; *sums* is by index, the page's last."""
    for box in reversed(outline.boxes):
        value = sums[box.index]
        if value and box.parent is not None:
            sums[box.parent.index] += value


def _value(block: Block) -> float:
    size = block.weight
    density = block.link_density
    if block.is_heading and size < LONG_HEADING:
        return 0.0
    if density > 0.5:
        return -(0.3 * size + 8) if density > 0.8 else -0.1 * size
    tag = block.tag
    free = min(size * (1 - density), 1500.0)
    if tag in {"p", "blockquote", "pre"}:
        return free if size >= 40 else 0.4 * free
    if tag == "li":
        return 0.4 * free if size >= 80 else 0.0
    if tag in {"td", "th", "dd", "dt", "label", "caption", "figcaption", "option"}:
        return 0.7 * free if size >= 150 else 0.0
    return 0.9 * free if size >= 80 else 0.1 * free


def find_container(outline: Outline, values: list[float], start: int = 0) -> Container | None:
    """Return the container of the article, or None when the page has no text to speak of.

    *start* is the position of the block with the headline: what stands before counts a third.
    """
    positive, net = _box_sums(outline, values, start)
    if not positive:
        return None
    root = max(positive, key=lambda box: (positive[box], -box.depth))
    total = positive[root]
    if total < _ENOUGH:
        named = [
            box for box in outline.boxes if "body" in box.hints and positive.get(box, 0.0) >= MOST * total
        ]
        return Container(boxes=(named[-1],), weight=total, share=1.0, anchored=True) if named else None
    marked = _marked(outline.boxes, positive, net, total, _headline_boxes(outline, start))
    if marked:
        weight = sum(positive[box] for box in marked)
        return Container(boxes=marked, weight=weight, share=weight / total, anchored=True)
    box = _descend(_around_headline(root, outline, positive, start), outline.boxes, positive)
    box = _own_article(box, outline, positive, start)
    return Container(boxes=(box,), weight=positive[box], share=positive[box] / total, anchored=False)


def _box_sums(outline: Outline, values: list[float], start: int) -> tuple[dict[Box, float], dict[Box, float]]:
    """Return for each box with text in favour how much that is, and how much is left after what speaks against it."""
    gains = [0.0] * (len(outline.boxes) + 1)
    nets = gains.copy()
    top: Box | None = None
    for block, value in zip(outline.blocks, values, strict=True):
        if value:
            counted = value if block.position >= start else value / 3
            nets[block.box.index] += counted
            if counted > 0:
                gains[block.box.index] += counted
                top = top or block.box.ancestors()[-1]
    if top is None:
        return {}, {}
    sum_up(outline, gains)
    sum_up(outline, nets)
    positive = {top: gains[-1]}
    positive.update((box, gains[box.index]) for box in outline.boxes if gains[box.index])
    return positive, {box: nets[box.index] for box in positive}


def _around_headline(root: Box, outline: Outline, positive: dict[Box, float], start: int) -> Box:
    """Return the smallest box around the headline that holds most of the text, else *root*."""
    if not start or start >= len(outline.blocks):
        return root
    for box in outline.blocks[start].box.ancestors()[1:]:
        if positive.get(box, 0.0) >= MOST * positive[root]:
            return box
    return root


def _own_article(box: Box, outline: Outline, positive: dict[Box, float], start: int) -> Box:
    """Return the article element with the headline where *box* holds several of them one after the other."""
    if not start or start >= len(outline.blocks):
        return box
    for around in outline.blocks[start].box.ancestors():
        if around is box:
            break
        if around.tag == "article" and positive.get(around, 0.0) >= _ENOUGH and box in around.ancestors():
            return around
    return box


def _headline_boxes(outline: Outline, start: int) -> set[Box]:
    return set(outline.blocks[start].box.ancestors()) if 0 < start < len(outline.blocks) else set()


def _marked(
    boxes: list[Box], positive: dict[Box, float], net: dict[Box, float], total: float, headline: set[Box]
) -> tuple[Box, ...]:
    """Return the outermost boxes named as article body that look alike and hold a good part of the text."""
    groups: dict[tuple[str, str], list[Box]] = defaultdict(list)
    for box in boxes:
        if (
            "body" in box.hints
            and positive.get(box, 0) > 0
            and net[box] > 0
            and box.tag not in {"p", "body", "html", "main"}
        ):
            groups[(box.tag, _first_name(box))].append(box)
    best: tuple[Box, ...] = ()
    best_weight = 0.0
    for group in groups.values():
        outer = _outermost(group)
        weight = sum(positive[box] for box in outer)
        if best and _inside(outer[0], best):
            needed = best_weight * (MOST if best[0] in headline and outer[0] not in headline else NESTED)
        else:
            needed = best_weight * 1.02
        if weight > needed:
            best, best_weight = tuple(outer), weight
    return best if best_weight >= 0.35 * total and best_weight >= _ENOUGH else ()


def _inside(box: Box, others: Iterable[Box]) -> bool:
    around = set(box.ancestors())
    return any(other in around for other in others)


def _first_name(box: Box) -> str:
    return next(iter(box.names.split()), "")


def _outermost(group: list[Box]) -> list[Box]:
    members = set(group)
    return [box for box in group if not any(around in members for around in box.ancestors()[1:])]


def _descend(root: Box, boxes: list[Box], positive: dict[Box, float]) -> Box:
    children: dict[Box, list[Box]] = defaultdict(list)
    for box in boxes:
        if box.parent is not None and positive.get(box, 0) > 0:
            children[box.parent].append(box)
    current = root
    while inner := children.get(current):
        best = max(inner, key=lambda box: positive[box])
        if best.tag in _TEXT_TAGS or not _worth_entering(best, inner, positive, positive[current]):
            break
        current = best
    return current


def _worth_entering(best: Box, siblings: list[Box], positive: dict[Box, float], whole: float) -> bool:
    """Return whether the article is inside *best* alone: it holds nearly all the text, or most and its siblings are of another kind."""
    if positive[best] >= DESCENT * whole:
        return True
    if positive[best] < MOST * whole or best.parent is None or best.parent.tag not in _WIDE:
        return False
    alike = sum(
        positive[box] for box in siblings if box is not best and (box.tag in _TEXT_TAGS or _alike(box, best))
    )
    return alike < (1 - DESCENT) * whole


def _alike(box: Box, other: Box) -> bool:
    return box.tag == other.tag and (_first_name(box) == _first_name(other) or not box.names)
