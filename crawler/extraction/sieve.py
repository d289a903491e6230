"""Inside the container: which blocks are the article's text and which are furniture between them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from crawler.extraction.phrases import (
    CAPTION,
    CAPTION_END,
    COMMENTS,
    END_OF_ARTICLE,
    FURNITURE,
    LEAD_INS,
    PROMOTION,
    SOURCE_LINE,
)
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from crawler.extraction.blocks import Block, Box, Outline
    from crawler.extraction.container import Container

ALWAYS_OUT = frozenset(
    {
        "comment",
        "related",
        "promo",
        "ad",
        "share",
        "nav",
        "footer",
        "cookie",
        "hidden",
        "paywall",
        "bio",
        "tags",
        "caption",
        "side",
        "credit",
        "fact",
        "correction",
    }
)
SHORT_OUT = frozenset({"byline", "date", "media", "headline", "header"})
"""Out when the block is shorter than SHORT characters."""
_HINTED = ALWAYS_OUT | SHORT_OUT | {"form"}
_OPENING_OUT = frozenset({"caption", "credit", "byline", "share", "ad", "date", "related", "promo"})
"""Hints of an inline element that opens a short block with which it is out."""
SHORT = 160
REST = 0.2
"""What may be cut off behind a closing label such as *More on this topic*."""
GUARD = 0.4
"""A box with this share of the container's text is not furniture, whatever it is called."""
_ABOUT_HEADINGS = frozenset({"headline", "header"})
_OF_EMBEDS = frozenset({"share", "side", "promo"})
"""Words that name the box of an embedded post, which belongs to the article."""
_OF_HEADINGS = frozenset({"nav", "tags", "side"})
"""Jump marks and styles in the names of subheads."""
_TEXT_TAGS = frozenset({"p", "blockquote", "pre", "li", "dd"})
_ENDINGS = (".", "!", "?", "…", "”", '"', "»", "“", "’", "'", ":", ")", "。", "」", "！", "？", "؟", "।", "›")


@dataclass(slots=True)
class Kept:
    """The blocks of an article and what was left out of it, by cause."""

    blocks: list[Block] = field(default_factory=list)
    dropped: list[tuple[Block, str]] = field(default_factory=list)


@dataclass(slots=True)
class Known:
    """What other fields have already claimed, folded: it is not body text."""

    headlines: frozenset[str] = frozenset()
    standfirsts: frozenset[str] = frozenset()
    bylines: frozenset[str] = frozenset()
    headline_at: int = 0
    """Position of the block with the headline; 0 when none shows it."""
    standfirst_at: int | None = None
    """Position of the block that is the standfirst; the same words in a later paragraph are text."""


CAPTION_LINE = "caption"
CLOSING = 2
"""Among the last paragraphs "Source: AFP" speaks of the text; elsewhere it stands under a picture."""


def sift(outline: Outline, container: Container, known: Known) -> Kept:
    """Return the blocks of the article inside *container*, in order, and the others with the reason."""
    inside = _inside(outline, container)
    weights = _box_weights(inside, container)
    kept = Kept()
    closing = [block for block in inside if block.tag == "p"][-CLOSING:]
    for block in inside:
        reason = _hinted_out(block, container, weights) or _worded_out(block)
        if reason == CAPTION_LINE and block in closing and SOURCE_LINE.match(block.text):
            reason = None
        if reason:
            kept.dropped.append((block, reason))
        else:
            kept.blocks.append(block)
    for step in (
        _cut_end,
        _drop_sections,
        _drop_head,
        _drop_links,
        _drop_strangers,
        _drop_repeats,
        _drop_bare_headings,
        _drop_tail,
    ):
        step(kept, known)
    return kept


def _inside(outline: Outline, container: Container) -> list[Block]:
    members = set(container.boxes)
    held: set[Box] = set(members)
    for box in outline.boxes:
        if box.parent in held:
            held.add(box)
    return [block for block in outline.blocks if block.box in held]


def _box_weights(blocks: list[Block], container: Container) -> dict[Box, float]:
    """Return for each box the share of the container's unlinked text in all boxes of its name.

    Paragraphs that are each wrapped in a box called *widget* are the text all the same.
    """
    sums: dict[Box, float] = defaultdict(float)
    named: dict[tuple[str, str], float] = defaultdict(float)
    stop = {box.parent for box in container.boxes}
    by_hint: dict[str, float] = defaultdict(float)
    total = 0.0
    for block in blocks:
        if block.link_density > 0.5:
            continue
        size = block.weight
        total += size
        hinted: set[str] = set()
        for box in block.box.ancestors():
            if box in stop:
                break
            sums[box] += size
            hinted |= box.hints
        for hint in hinted:
            by_hint[hint] += size
    for box, value in sums.items():
        named[(box.tag, box.names)] += value
    common = frozenset(
        hint for hint, value in by_hint.items() if hint != "comment" and value >= GUARD * total
    )
    for box in sums:
        if box.hints & common and not (box.hints - common) & ALWAYS_OUT:
            named[(box.tag, box.names)] = total
    return (
        {
            box: min(1.0, named[(box.tag, box.names)] / total) if box.names else sums[box] / total
            for box in sums
        }
        if total
        else {}
    )


def _hinted_out(block: Block, container: Container, weights: dict[Box, float]) -> str | None:
    if _HINTED.isdisjoint(block.box.within):
        return _opened_out(block)
    members = container.boxes
    size = block.weight
    is_paragraph = block.tag == "p" and size > SHORT
    embedded = False
    for box in block.box.ancestors():
        embedded = embedded or box.tag == "blockquote"
        if box in members and box.tag not in {"aside", "figure"}:
            break
        if box.hints and weights.get(box, 0.0) < GUARD:
            out = box.hints & ALWAYS_OUT
            if out and embedded:
                out -= _OF_EMBEDS
            elif out and box is block.box and block.is_heading:
                out -= _OF_HEADINGS
            if out and "body" not in box.hints:
                return f"in a box called {min(out)}"
            short_out = box.hints & (SHORT_OUT - _ABOUT_HEADINGS if block.is_heading else SHORT_OUT)
            if short_out and size < SHORT and not embedded:
                return f"short, in a box called {min(short_out)}"
            if "form" in box.hints and not is_paragraph:
                return "in a form"
    return _opened_out(block)


def _opened_out(block: Block) -> str | None:
    inline = block.inline_hints and block.inline_hints & _OPENING_OUT
    return f"opens as {min(inline)}" if inline and block.weight < SHORT else None


def _worded_out(block: Block) -> str | None:
    text = block.text
    if block.tag in {"td", "th"} and len(text) < 40:
        return None
    if text.startswith("http") and " " not in text:
        return "a bare address"
    if len(text) < 400 and FURNITURE.match(text):
        return "furniture"
    if len(text) < 300 and (
        CAPTION.match(text) or (len(text) < 200 and CAPTION_END.search(text) and block.tag != "li")
    ):
        return CAPTION_LINE
    density = block.link_density
    if LEAD_INS.match(text) and (density > 0.25 or (len(text) < 60 and not block.is_heading)):
        return "sends the reader elsewhere"
    may_promote = len(text) < 140 or (density > 0.1 and len(text) < 500) or block.bold_chars > 0.8 * len(text)
    if may_promote and PROMOTION.search(text):
        return "promotion"
    return None


def _cut_end(kept: Kept, _: Known) -> None:
    """Cut everything behind the first label with which articles end, unless the text goes on in the same box."""
    total = sum(_plain(block) for block in kept.blocks)
    main = _main_box(kept.blocks)
    before = 0.0
    for index, block in enumerate(kept.blocks):
        if before > 0.3 * total and _is_label(block) and END_OF_ARTICLE.match(block.text):
            rest = total - before
            goes_on = any(
                _look(later) == main and len(later.text) > 80 and later.link_density < 0.3
                for later in kept.blocks[index + 1 :]
            )
            if (rest < REST * total and not goes_on) or (
                rest < 0.5 * total and (COMMENTS.match(block.text) or not goes_on)
            ):
                _out(kept, index, len(kept.blocks), "behind the end of the article")
                return
        before += _plain(block)


def _look(block: Block) -> tuple[str, str, str, str]:
    """Return by what the blocks of a running text are alike: tag and names of the box and of the one around."""
    parent = block.box.parent
    return (block.box.tag, block.box.names, parent.tag if parent else "", parent.names if parent else "")


def _main_box(blocks: list[Block]) -> tuple[str, str, str, str]:
    sizes: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for block in blocks:
        sizes[_look(block)] += _plain(block)
    return max(sizes, key=lambda look: sizes[look], default=("", "", "", ""))


def _plain(block: Block) -> float:
    return block.weight * (1 - block.link_density)


def _is_label(block: Block) -> bool:
    text = block.text
    return len(text) < 90 and (
        block.is_heading or block.bold_chars > 0.7 * len(text) or block.tag not in {"li", "td"}
    )


def _drop_sections(kept: Kept, _: Known) -> None:
    """Drop labels such as *Related articles* inside the text together with the linked lines behind them."""
    index = 0
    while index < len(kept.blocks):
        block = kept.blocks[index]
        if _is_label(block) and END_OF_ARTICLE.match(block.text):
            end = index + 1
            while end < len(kept.blocks) and (
                kept.blocks[end].link_density > 0.5 or kept.blocks[end].tag == "li"
            ):
                end += 1
            _out(kept, index, end, "related")
            continue
        index += 1


def _drop_head(kept: Kept, known: Known) -> None:
    """Drop headline, standfirst and byline where they stand again before the text."""
    claimed = known.headlines | known.standfirsts | known.bylines
    first = next(
        (index for index, block in enumerate(kept.blocks) if _plain(block) >= 80 and not block.is_heading), 0
    )
    for index in range(first - 1, -1, -1):
        if kept.blocks[index].position < known.headline_at:
            _out(kept, index, index + 1, "before the text")
    for index in range(min(len(kept.blocks), 12) - 1, -1, -1):
        block = kept.blocks[index]
        key = fold(block.text)
        if (
            key in claimed
            and (
                key not in known.standfirsts
                or known.standfirst_at in {None, block.position}
                or block.is_heading
            )
        ) or (key and block.is_heading and any(key in headline for headline in known.headlines)):
            _out(kept, index, index + 1, "said in another field")


def _drop_links(kept: Kept, _: Known) -> None:
    for index in range(len(kept.blocks) - 1, -1, -1):
        block = kept.blocks[index]
        density = block.link_density
        limit = 0.5 if block.tag == "li" else 0.9 if block.is_heading or len(block.text) > 200 else 0.8
        if density > limit and not (block.is_heading and density < 1.0):
            _out(kept, index, index + 1, "mostly links")


def _drop_strangers(kept: Kept, _: Known) -> None:
    """Drop short lines outside paragraphs where the text stands in paragraphs."""
    in_paragraphs = sum(len(block.text) for block in kept.blocks if block.tag in _TEXT_TAGS)
    total = sum(len(block.text) for block in kept.blocks)
    if not total or in_paragraphs < 0.8 * total:
        return
    for index in range(len(kept.blocks) - 1, -1, -1):
        block = kept.blocks[index]
        if block.tag in _TEXT_TAGS or block.is_heading or block.tag in {"td", "th", "dt"}:
            continue
        if len(block.text) < 100 and not block.text.endswith(_ENDINGS):
            _out(kept, index, index + 1, "a short line outside the paragraphs")


def _drop_repeats(kept: Kept, _: Known) -> None:
    seen: set[str] = set()
    everything = ""
    for index in range(len(kept.blocks) - 1, -1, -1):
        block = kept.blocks[index]
        if block.tag == "blockquote" and len(block.text) > 30:
            everything = everything or fold(" ".join(other.text for other in kept.blocks if other.tag == "p"))
            if fold(block.text) in everything:
                _out(kept, index, index + 1, "a pull quote")
    index = 0
    while index < len(kept.blocks):
        block = kept.blocks[index]
        key = fold(block.text)
        if len(key) > 40 and key in seen:
            _out(kept, index, index + 1, "said twice")
            continue
        seen.add(key)
        index += 1


def _drop_bare_headings(kept: Kept, _: Known) -> None:
    """Drop headings at the end and headings whose text has been dropped."""
    if not any(len(block.text) > 80 and not block.is_heading for block in kept.blocks):
        return
    dropped = sorted(block.position for block, _ in kept.dropped)
    for index in range(len(kept.blocks) - 2, -1, -1):
        block, after = kept.blocks[index], kept.blocks[index + 1]
        emptied = bisect_left(dropped, after.position) - bisect_left(dropped, block.position)
        if block.is_heading and after.is_heading and emptied > 1:
            _out(kept, index, index + 1, "a heading without text")
    while kept.blocks and kept.blocks[-1].is_heading:
        _out(kept, len(kept.blocks) - 1, len(kept.blocks), "a heading without text")


def _drop_tail(kept: Kept, _: Known) -> None:
    """Drop closing lines that are mostly link, or short and no sentence, as long as they go on."""
    for _index in range(12):
        if len(kept.blocks) < 3:
            return
        block = kept.blocks[-1]
        text = block.text
        limit = 0.25 if block.tag == "li" else 0.4 if len(text) < 120 else 0.6
        linked = block.link_density > limit and len(text) < 250
        scrap = len(text) < 35 and block.tag not in {"p", "td", "li"} and not text.endswith(_ENDINGS)
        if not (linked or scrap or block.is_heading):
            return
        _out(kept, len(kept.blocks) - 1, len(kept.blocks), "closing scrap")


def _out(kept: Kept, start: int, end: int, reason: str) -> None:
    kept.dropped.extend((block, reason) for block in kept.blocks[start:end])
    del kept.blocks[start:end]
