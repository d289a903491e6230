"""The page's text as a list of blocks, each in its boxes: one walk over the tree, for all who look for text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from crawler.extraction.hints import hints_of
from crawler.extraction.text import collapse, squash
from crawler.extraction.tree import SILENT, Element

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
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_INLINE = frozenset({"hidden", "share", "ad"})


@dataclass(slots=True, eq=False)
class Box:
    """A block-level element."""

    element: Element | None
    tag: str
    parent: Box | None
    depth: int
    hints: frozenset[str] = frozenset()
    names: str = ""
    """Class, id and test names as written."""
    hidden: bool = False

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
    link_chars: int = 0
    bold_chars: int = 0
    inline_hints: frozenset[str] = frozenset()
    """Hints of an inline element that holds the whole run."""

    @property
    def tag(self) -> str:
        """Return the tag of the innermost box."""
        return self.box.tag

    @property
    def link_density(self) -> float:
        """Return the share of the characters that stand in links."""
        return min(1.0, self.link_chars / len(self.text)) if self.text else 0.0

    @property
    def is_heading(self) -> bool:
        """Return whether a heading element holds the text, directly or around it."""
        return self.box.tag in HEADINGS or (self.box.parent is not None and self.box.parent.tag in HEADINGS)


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
    def __init__(self) -> None:
        self.outline = Outline()
        self._box = Box(element=None, tag="", parent=None, depth=0)
        self._run: list[tuple[str, bool, bool]] = []
        self._links = 0
        self._bolds = 0
        self._inline: list[frozenset[str]] = []
        self._inline_of_run: frozenset[str] = frozenset()

    def run(self, body: Element) -> None:
        walker = etree.iterwalk(body, events=("start", "end"))
        for event, element in walker:
            tag = element.tag
            if not isinstance(tag, str):
                continue
            if event == "start":
                self._start(walker, element, tag)
            else:
                self._end(element, tag)
            if len(self.outline.blocks) >= MAX_BLOCKS:
                break
        self._flush()

    def _start(self, walker: etree.iterwalk, element: Element, tag: str) -> None:
        if tag in _SKIPPED or self._is_hidden(element, tag):
            walker.skip_subtree()
            if tag not in INLINE and tag not in SILENT:
                self._flush()
            return
        if tag in INLINE:
            self._enter_inline(element, tag)
        else:
            self._flush()
            if self._box.depth < MAX_DEPTH:
                self._box = self._new_box(element, tag)
                self.outline.boxes.append(self._box)
        if element.text:
            self._add(element.text)

    def _enter_inline(self, element: Element, tag: str) -> None:
        if tag == "a":
            self._links += 1
        elif tag == "br":
            self._run.append((_BREAK, False, False))
        elif tag in BOLD:
            self._bolds += 1
        if (
            tag in {"span", "a", "em", "i", "strong", "b", "small", "time", "cite", "font"}
            and not self._run_has_text()
        ):
            names = element.get("class")
            if tag == "time":
                self._inline_of_run |= {"date"}
            if names or element.get("itemprop") or element.get("rel") == "author":
                hints = hints_of(tag, names or "", "", element.get("itemprop") or "")
                self._inline_of_run |= hints | ({"byline"} if element.get("rel") == "author" else frozenset())

    def _end(self, element: Element, tag: str) -> None:
        if tag in _SKIPPED:
            pass
        elif tag in INLINE:
            if tag == "a":
                self._links = max(0, self._links - 1)
            elif tag in BOLD:
                self._bolds = max(0, self._bolds - 1)
        elif self._box.element is element:
            self._flush()
            if self._box.parent is not None:
                self._box = self._box.parent
        if element.tail:
            self._add(element.tail)

    def _run_has_text(self) -> bool:
        return any(piece.strip() for piece, _, _ in self._run)

    def _new_box(self, element: Element, tag: str) -> Box:
        get = element.get
        names = " ".join(
            filter(
                None,
                (
                    get("class"),
                    get("id"),
                    get("data-testid"),
                    get("data-component"),
                    get("data-type"),
                    get("data-qa"),
                ),
            )
        )
        hints = hints_of(tag, names, get("role") or "", get("itemprop") or "")
        return Box(
            element=element, tag=tag, parent=self._box, depth=self._box.depth + 1, hints=hints, names=names
        )

    def _is_hidden(self, element: Element, tag: str) -> bool:
        style = element.get("style")
        if style and _HIDING_STYLE.search(style):
            return tag in INLINE or len(element) < 30
        if element.get("hidden") is not None and tag in INLINE:
            return True
        if tag in {"span", "small", "i", "a"}:
            names = element.get("class")
            if names and _HIDDEN_INLINE & hints_of(tag, names, "", "") and len(element) < 4:
                return True
        return False

    def _add(self, text: str) -> None:
        if not self._run and text.isspace():
            return
        self._run.append((text, self._links > 0, self._bolds > 0))

    def _flush(self) -> None:
        run, self._run = self._run, []
        inline, self._inline_of_run = self._inline_of_run, frozenset()
        if not run:
            return
        part: list[tuple[str, bool, bool]] = []
        breaks = 0
        for piece in run:
            if piece[0] == _BREAK:
                breaks += 1
            elif breaks and not piece[0].strip():
                pass
            else:
                if breaks >= 2:
                    self._emit(part, inline)
                    part = []
                elif breaks:
                    part.append((" ", False, False))
                breaks = 0
                part.append(piece)
        self._emit(part, inline)

    def _emit(self, part: list[tuple[str, bool, bool]], inline: frozenset[str]) -> None:
        text = collapse("".join(piece for piece, _, _ in part))[:MAX_BLOCK_CHARS]
        if not text:
            return
        links = sum(len(squash(piece)) for piece, linked, _ in part if linked)
        bolds = sum(len(squash(piece)) for piece, _, bold in part if bold)
        blocks = self.outline.blocks
        blocks.append(
            Block(
                text=text,
                box=self._box,
                position=len(blocks),
                link_chars=links,
                bold_chars=bolds,
                inline_hints=inline,
            )
        )
