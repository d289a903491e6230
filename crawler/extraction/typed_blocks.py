"""What the paragraphs of a body are on the page: subheads, list items, quotes, rows, posts, questions, steps, entries."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from archive.model import TextBlock, TextLink
from crawler.extraction.blocks import HEADINGS
from crawler.extraction.requisites import absolute
from crawler.extraction.text import collapse
from crawler.extraction.tree import pieces, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from crawler.extraction.blocks import Block, Box
    from crawler.extraction.sieve import Kept

MAX_LINKS = 100
"""Links of a box that are looked for in one paragraph."""
MAX_ANCHORS = 2_000
MAX_BOXES = 12
"""Boxes outwards from a block that say what it is."""
ENTRIES = 3
"""Dated boxes of one kind from which a text is a series of entries."""
QUESTIONS = 3
LONG_CELL = 150
"""Characters from which a cell alone in its row is a layout made of tables."""
_EMBED = re.compile(
    r"twitter-(?:tweet|video)|\btweet\b|instagram-media|tiktok-embed|fb-(?:post|xfbml|video)|bluesky-embed|mastodon-embed|text-post-media|"
    r"telegram-post|vk-post|(?:social|post|tweet|twitter|instagram|facebook)-?embed|embed(?:ded)?-?(?:social|post|tweet|twitter|instagram|facebook)",
    re.IGNORECASE,
)
_INGREDIENT = re.compile(r"ingredi[eé]|zutat|składnik|ингредиент", re.IGNORECASE)
_STEP = re.compile(
    r"recipe-?_*(?:instruction|direction|method|step|preparation)|instructions?-(?:step|list|item)|zubereitung",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^\W{0,3}(?:q|question|frage|p|pregunta|pergunta|domanda|вопрос|問|问)\s*[:：.]\s", re.IGNORECASE
)
_ANSWERS = re.compile(
    r"^\W{0,3}(?:a|answer|antwort|r|respuesta|resposta|risposta|ответ|答)\s*[:：.]\s", re.IGNORECASE
)
_QUESTION_MARKS = ("?", "？", "؟", "?”", '?"', "?»", "?“")
_CAUSES = {
    "furniture": "furniture",
    "promotion": "promo",
    "sends the reader elsewhere": "related",
    "mostly links": "related",
    "behind the end of the article": "after the end",
    "said in another field": "other fields",
    "said twice": "repeated",
    "a pull quote": "repeated",
}


def typed_blocks(
    groups: Sequence[tuple[Block, ...]],
    container: frozenset[Box],
    base_url: str,
    read_time: Callable[[str], str | None],
) -> tuple[TextBlock, ...]:
    """Return the paragraphs made of *groups* (a row of cells is one group) with their kinds, links, entries.

    What the boxes of *container* and those around them are called says nothing about one paragraph. *read_time*
    turns the words of a time into ISO 8601, or None.
    """
    anchors = _Anchors(base_url)
    found = [_typed(group, container, anchors) for group in groups]
    _mark_questions(found, groups)
    _mark_entries(found, groups, read_time)
    return tuple(found)


def count_left_out(kept: Kept | None) -> tuple[tuple[str, int], ...]:
    """Return how many blocks were left out of the text by cause, the most frequent first."""
    counts = Counter(_cause(reason) for _, reason in kept.dropped) if kept else Counter()
    return tuple(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _cause(reason: str) -> str:
    """Return the cause in a word.

    >>> _cause("short, in a box called byline"), _cause("promotion")
    ('byline', 'promo')
    """
    for sign in ("in a box called ", "opens as ", "in a "):
        if sign in reason:
            return reason.rpartition(sign)[2]
    return _CAUSES.get(reason, reason.removeprefix("a "))


def _typed(group: tuple[Block, ...], container: frozenset[Box], anchors: _Anchors) -> TextBlock:
    kind, level = _kind(group, container)
    text = " ".join(block.text for block in group)
    links = anchors.inside(group, text) if any(block.link_density for block in group) else ()
    return TextBlock(kind=kind, text=text, level=level, links=links)


def _kind(group: tuple[Block, ...], container: frozenset[Box]) -> tuple[str, int | None]:
    block = group[0]
    around = block.box.ancestors()[:MAX_BOXES]
    if block.is_heading:
        heading = next(box.tag for box in around if box.tag in HEADINGS)
        return "subhead", int(heading[1])
    if len(group) > 1 or (block.tag in {"td", "th"} and len(block.text) < LONG_CELL):
        return "table-row", None
    kind = "paragraph"
    for box in around:
        if box in container or kind in {"embedded-post", "ingredient", "step"}:
            break
        kind = _box_kind(box, kind)
    return kind, None


def _box_kind(box: Box, kind: str) -> str:
    """Return what a block of *kind* is when it also stands in *box*."""
    named = _named(box.names) if box.names else None
    if named == "embedded-post":
        return named
    if box.tag in {"blockquote", "q"}:
        return "quote"
    if box.tag in {"li", "dt", "dd"} and kind == "paragraph":
        return "list-item"
    if box.tag == "pre" and kind == "paragraph":
        return "preformatted"
    if kind in {"list-item", "paragraph"}:
        prop = (box.element.get("itemprop") or "") if box.element is not None else ""
        if prop == "recipeIngredient" or (kind == "list-item" and named == "ingredient"):
            return "ingredient"
        if prop == "recipeInstructions" or named == "step":
            return "step"
    return kind


@lru_cache(maxsize=20_000)
def _named(names: str) -> str | None:
    """Return what the names of a box say of the paragraphs in it."""
    if _EMBED.search(names):
        return "embedded-post"
    if _INGREDIENT.search(names):
        return "ingredient"
    return "step" if _STEP.search(names) else None


class _Anchors:
    """The links of boxes, each box's read once; asked for in the order of the page."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._of_box: dict[Box, tuple[list[tuple[str, str]], int]] = {}

    def inside(self, group: tuple[Block, ...], text: str) -> tuple[TextLink, ...]:
        """Return the links whose words stand in *text*, in order."""
        found: list[TextLink] = []
        end = 0
        for box in dict.fromkeys(block.box for block in group):
            anchors, first = self._of_box.get(box) or (self._read(box), 0)
            for number in range(first, min(len(anchors), first + MAX_LINKS)):
                words, url = anchors[number]
                start = text.find(words, end)
                if start >= 0:
                    end = start + len(words)
                    found.append(TextLink(url=url, start=start, end=end))
                    first = number + 1
            self._of_box[box] = (anchors, first)
        return tuple(found)

    def _read(self, box: Box) -> list[tuple[str, str]]:
        if box.element is None:
            return []
        anchors = islice(box.element.iter("a"), MAX_ANCHORS)
        read = ((text_of(anchor), absolute(anchor.get("href"), self._base_url)) for anchor in anchors)
        return [(words, url) for words, url in read if words and url]


def _mark_questions(found: list[TextBlock], groups: Sequence[tuple[Block, ...]]) -> None:
    """Call blocks questions and answers where the text is made of them."""
    asked = [index for index, group in enumerate(groups) if _asks(found[index], group)]
    subheads = sum(block.kind == "subhead" for block in found)
    if len(asked) < QUESTIONS or 2 * sum(found[index].kind == "subhead" for index in asked) < subheads:
        return
    questions = set(asked)
    inside = False
    for index, block in enumerate(found):
        if index in questions:
            found[index] = replace(block, kind="question")
            inside = True
        elif block.kind == "subhead":
            inside = False
        elif inside and block.kind == "paragraph":
            found[index] = replace(block, kind="answer")


def _asks(block: TextBlock, group: tuple[Block, ...]) -> bool:
    if block.kind == "paragraph" and _ASKS.match(block.text):
        return True
    if not block.text.endswith(_QUESTION_MARKS) or _ANSWERS.match(block.text):
        return False
    bold = sum(part.bold_chars for part in group)
    return block.kind == "subhead" or (block.kind == "paragraph" and bold > 0.9 * len(block.text))


def _mark_entries(
    found: list[TextBlock], groups: Sequence[tuple[Block, ...]], read_time: Callable[[str], str | None]
) -> None:
    """Number the entries of a live blog and give each its time."""
    entries = _entry_boxes(groups)
    times: dict[Box, str | None] = {}
    numbers: dict[Box, int] = {}
    for index, group in enumerate(groups):
        box = next((box for box in group[0].box.ancestors() if box in entries), None)
        if box is not None:
            if box not in numbers:
                numbers[box] = len(numbers) + 1
                times[box] = _time_of(box, read_time)
            found[index] = replace(found[index], entry=numbers[box], time=times[box])


def _entry_boxes(groups: Iterable[tuple[Block, ...]]) -> set[Box]:
    """Return the boxes of the entries: neighbours of one kind, named live or articles, each with a time."""
    seen: dict[tuple[Box | None, str], dict[Box, None]] = {}
    for group in groups:
        for box in group[0].box.ancestors():
            if "live" in box.hints or box.tag == "article":
                seen.setdefault((box.parent, box.tag), {})[box] = None
    best = max(seen.values(), key=len, default={})
    if len(best) < ENTRIES:
        return set()
    dated = {
        box for box in best if box.element is not None and next(box.element.iter("time"), None) is not None
    }
    return dated if len(dated) >= ENTRIES else set()


def _time_of(box: Box, read_time: Callable[[str], str | None]) -> str | None:
    if box.element is None:
        return None
    for element in box.element.iter("time"):
        printed = collapse("".join(pieces(element)))
        raw = element.get("datetime") or printed
        if raw:
            return read_time(raw) or raw
    return None
