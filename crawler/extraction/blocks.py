"""The page's text as a list of blocks, each in its boxes: one walk over the tree, for all who look for text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extraction.hints import hints_of, hints_of_tag
from crawler.extraction.text import collapse, script_weight
from crawler.extraction.tree import SILENT, Element

if TYPE_CHECKING:
    from collections.abc import Iterator

_INLINE_WORDS = (
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i ins kbd label mark o:p q rb rp "
    "rt ruby s samp small span strike strong sub sup time tt u var wbr nobr img picture source input "
    "path g use math amp-img center-inline"
)
INLINE = frozenset(_INLINE_WORDS.split())
BOLD = frozenset({"b", "strong"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
MAX_BLOCKS = 20_000
MAX_BLOCK_CHARS = 100_000
MAX_HIDDEN = 30
"""Children of a box hidden by its style from which it is a page that a script shows later."""
MAX_IN_HIDDEN = 4
PARAGRAPH_BREAKS = 2
"""Line breaks in a row that part paragraphs."""
MAX_DEPTH = 200
"""Boxes nested deeper belong to the one at this depth, so that hostile nesting costs nothing."""
_SKIPPED = SILENT | {
    "head",
    "object",
    "embed",
    "canvas",
    "map",
    "option",
    "datalist",
    "math",
    "audio",
    "video",
    "picture",
    "input",
}
_BREAK = "\x1e"
_NAMING = ("class", "id", "data-testid", "data-component", "data-type", "data-qa")
"""Attributes whose values name a box, in the order in which they are joined."""
_SKIP, _SKIP_AND_BREAK, _PLAIN, _LINK, _LINE_BREAK, _BOLD = range(6)
"""What the walk does at a tag; any other tag opens a box."""
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_INLINE = frozenset({"hidden", "share", "ad"})
_MAY_HIDE = frozenset({"span", "small", "i", "a"})
_MAY_NAME = frozenset({"span", "a", "em", "i", "strong", "b", "small", "time", "cite", "font"})
_KINDS = {
    **dict.fromkeys(INLINE, _PLAIN),
    "a": _LINK,
    "br": _LINE_BREAK,
    **dict.fromkeys(BOLD, _BOLD),
    **{tag: _SKIP if tag in INLINE or tag in SILENT else _SKIP_AND_BREAK for tag in _SKIPPED},
}
_NO_HINTS: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element."""

    element: Element | None
    tag: str
    parent: Box | None
    depth: int
    index: int = -1
    """Position among the outline's boxes; -1 for the one around them all."""
    hints: frozenset[str] = frozenset()
    names: str = ""
    """Class, id and test names as written."""
    within: frozenset[str] = frozenset()
    """The hints of the box and of all boxes around it."""
    _chain: tuple[Box, ...] = ()

    def ancestors(self) -> tuple[Box, ...]:
        """Return the box and all boxes around it, innermost first."""
        if not self._chain:
            self._chain = (self, *(self.parent.ancestors() if self.parent is not None else ()))
        return self._chain


@dataclass(slots=True, eq=False)
class Block:
    """A run of text without a block border inside."""

    text: str
    box: Box
    position: int
    tag: str
    """The tag of the innermost box."""
    is_heading: bool
    """Whether a heading element holds the text, directly or around it."""
    weight: float
    """Length of the text; see *script_weight*."""
    link_density: float = 0.0
    """The share of the characters that stand in links."""
    bold_chars: int = 0
    inline_hints: frozenset[str] = frozenset()
    """Hints of an inline element that holds the whole run."""


@dataclass(slots=True)
class Outline:
    """All blocks and boxes of a page in document order."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)


def outline(root: Element | None) -> Outline:
    """Return the blocks and boxes of a tree. Takes time linear in the tree, whatever its depth."""
    walk = _Walk()
    if root is not None:
        body = root.find("body")
        walk.run(body if body is not None else root)
    return walk.outline


class _Walk:
    """One pass over a tree. It runs over every element of every page, so it looks at each thing once."""

    def __init__(self) -> None:
        self.outline = Outline()
        self._box = Box(None, "", None, 0)
        self._run: list[str] = []
        """The pieces of text since the last block border; empty or opening with text that shows, or a line break."""
        self._marks: list[int] = []
        """For each piece: 1 in a link, 2 in bold, 3 both."""
        self._has_text = False
        self._mark = 0
        """The mark of text that comes next."""
        self._links = 0
        self._bolds = 0
        self._inline_of_run = _NO_HINTS

    def run(self, body: Element) -> None:  # noqa: C901, PLR0912, PLR0915 - one loop over everything, calls only where needed
        walker = etree.iterwalk(body, events=("start", "end"))
        blocks, kind_of, run, marks = self.outline.blocks, _KINDS.get, self._run, self._marks
        open_box, open_inline, skip = self._open_box, self._open_inline, walker.skip_subtree
        for event, element in walker:
            kind = kind_of(element.tag)
            if event == "start":
                if kind is None:
                    if not open_box(element, element.tag):
                        skip()
                        continue
                elif kind > _SKIP_AND_BREAK:
                    if not open_inline(element, element.tag, kind):
                        skip()
                        continue
                else:
                    if kind == _SKIP_AND_BREAK:
                        self._flush()
                    skip()
                    continue
                text = element.text
            else:
                if kind is None:
                    box = self._box
                    if box.element is element:
                        if run or self._inline_of_run:
                            self._flush()
                        self._box = box.parent or box
                        if len(blocks) >= MAX_BLOCKS:
                            break
                elif kind == _LINK:
                    self._links = max(0, self._links - 1)
                    self._mark = (self._links > 0) + 2 * (self._bolds > 0)
                elif kind == _BOLD:
                    self._bolds = max(0, self._bolds - 1)
                    self._mark = (self._links > 0) + 2 * (self._bolds > 0)
                text = element.tail
            if text:
                if not text.isspace():
                    self._has_text = True
                elif not run:
                    continue
                run.append(text)
                marks.append(self._mark)
        self._flush()

    def _open_box(self, element: Element, tag: str) -> bool:
        """Begin a box for *element*; return False when it is hidden."""
        names = role = prop = ""
        items: list[tuple[str, str]] = element.items()  # type: ignore[assignment]  # lxml's attributes are str
        for name, value in items:
            if name == "class" or name in _NAMING:
                names = (
                    " ".join(filter(None, map(element.get, _NAMING))) if names and value else names or value
                )
            elif name == "style":
                if _hides(value) and len(element) < MAX_HIDDEN:
                    self._flush()
                    return False
            elif name == "role":
                role = value
            elif name == "itemprop":
                prop = value
        if self._run or self._inline_of_run:
            self._flush()
        around = self._box
        depth = around.depth
        if depth < MAX_DEPTH:
            boxes = self.outline.boxes
            hints = hints_of(tag, names, role, prop) if names or role or prop else hints_of_tag(tag)
            within = around.within | hints if hints else around.within
            self._box = box = Box(element, tag, around, depth + 1, len(boxes), hints, names, within)
            boxes.append(box)
        return True

    def _open_inline(self, element: Element, tag: str, kind: int) -> bool:  # noqa: C901 - runs for every link
        """Begin an inline element; return False when it is hidden."""
        names = prop = rel = ""
        items: list[tuple[str, str]] = element.items()  # type: ignore[assignment]  # lxml's attributes are str
        for name, value in items:
            if name == "class":
                names = value
            elif name == "hidden" or (name == "style" and _hides(value)):
                return False
            elif name == "itemprop":
                prop = value
            elif name == "rel":
                rel = value
        if tag == "rt" and not _is_bracketed(element):
            return False
        if tag in _MAY_NAME:
            hints = hints_of(tag, names, "", "") if names else _NO_HINTS
            if tag in _MAY_HIDE and hints & _HIDDEN_INLINE and len(element) < MAX_IN_HIDDEN:
                return False
            if not self._has_text and (hints or prop or rel or tag == "time"):
                self._name_run(tag, hints | hints_of(tag, names, "", prop) if prop else hints, rel)
        if kind == _LINK:
            self._links += 1
            self._mark |= 1
        elif kind == _BOLD:
            self._bolds += 1
            self._mark |= 2
        elif kind == _LINE_BREAK:
            self._run.append(_BREAK)
            self._marks.append(0)
        return True

    def _name_run(self, tag: str, hints: frozenset[str], rel: str) -> None:
        """Keep what an inline element with which a run opens is called."""
        if tag == "time":
            hints |= {"date"}
        if rel == "author" and tag == "a":
            hints |= {"byline"}
        self._inline_of_run |= hints

    def _flush(self) -> None:
        run, marks, inline = self._run, self._marks, self._inline_of_run
        self._inline_of_run = _NO_HINTS
        if self._has_text:
            self._has_text = False
            if _BREAK not in run:
                self._emit(run, marks, inline)
            else:
                for part, part_marks in _parts(run, marks):
                    self._emit(part, part_marks, inline)
        run.clear()
        marks.clear()

    def _emit(self, run: list[str], marks: list[int], inline: frozenset[str]) -> None:
        text = collapse("".join(run) if len(run) > 1 else run[0])[:MAX_BLOCK_CHARS]
        if not text:
            return
        size = len(text)
        links = bolds = 0
        if len(run) == 1:
            links, bolds = size * (marks[0] & 1), size * (marks[0] >> 1)
        elif any(marks):
            for piece, mark in zip(run, marks, strict=True):
                if mark:
                    length = len(" ".join(piece.split()))
                    links += length * (mark & 1)
                    bolds += length * (mark >> 1)
        box, blocks = self._box, self.outline.blocks
        is_heading = box.tag in HEADINGS or (box.parent is not None and box.parent.tag in HEADINGS)
        density = min(1.0, links / size) if links else 0.0
        weight = script_weight(text)
        blocks.append(Block(text, box, len(blocks), box.tag, is_heading, weight, density, bolds, inline))


def _is_bracketed(reading: Element) -> bool:
    """Return whether a reading over characters stands in brackets; one without would stand in the middle of words."""
    before = reading.getprevious()
    return (before is not None and before.tag == "rp") or (reading.text or "").lstrip()[:1] in {"(", "（"}


def _hides(style: str) -> bool:
    return ("none" in style or "hidden" in style or not style.islower()) and bool(_HIDING_STYLE.search(style))


def _parts(run: list[str], marks: list[int]) -> Iterator[tuple[list[str], list[int]]]:
    """Yield the parts of a run between two line breaks or more; a single line break is a space."""
    part: list[str] = []
    part_marks: list[int] = []
    breaks = 0
    for piece, mark in zip(run, marks, strict=True):
        if piece == _BREAK:
            breaks += 1
            continue
        if breaks and piece.isspace():
            continue
        if breaks >= PARAGRAPH_BREAKS and part:
            yield part, part_marks
            part, part_marks = [], []
        elif breaks:
            part.append(" ")
            part_marks.append(0)
        breaks = 0
        part.append(piece)
        part_marks.append(mark)
    if part:
        yield part, part_marks
