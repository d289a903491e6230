"""Where the words stand that say who wrote the article: boxes, lines and inline elements around the headline."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.extraction.hints import hints_of
from crawler.extraction.text import fold
from crawler.extraction.tree import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

MAX_BYLINE = 200
MAX_LABEL = 20
MAX_PART = 60
"""Characters of one of several bylines in a row; what is longer is a biography."""
_DIGIT = re.compile(r"\d")
STRAY = " ,;|/·•–—-:"
BY = re.compile(
    r"^\W{0,3}(?:(?:posted |analysis |opinion |commentary |perspective |review |column |analyse |kommentar |erstellt |eingestellt |gepostet |written |published |geschrieben |verfasst |reported |eine? (?:artikel|beitrag|bericht|gastbeitrag|kolumne|essay|interview) |an? (?:article|opinion piece|essay) |un (?:article|artículo) |text |story |article |een artikel |eine analyse |ein kommentar |interview )?(?:by|von|par|por|di|door|av|af|przez|autor(?:in|en|a|es|zy)?|author|auteur|text|texte?|reporter|skrevet av|tekst|yazan|автор|作者|記者|記事)(?:\b|(?-i:(?=[A-Z])))\s*:?|byline:?)\s*(?=\S)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]")
_INNER_BY = re.compile(
    r"\b(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|door|av|af|di)\s+[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){0,3}"
)
_OTHER_DEED = re.compile(
    r"\b(?:edit\w*|photo\w*|picture\w*|image\w*|illustrat\w*|graphic\w*|translat\w*|video|film\w*|produced|research|fotos?|fotografiert|bild(?:er)?|übersetzt|redigiert|traducid[oa]|traduzid[oa]|tradotto|traduit|traduction|édité|recommended|sponsored|powered|presented|supported|owned|published|hosted)\s*$",
    re.IGNORECASE,
)
"""Words in front of *by* that say that something else than writing was done."""
_OTHER_HINTS = frozenset(
    {"caption", "comment", "related", "promo", "share", "nav", "side", "footer", "cookie"}
)
LINES_WITH_NAME = 12
NEXT_LINES = 6
"""Blocks behind the headline in which a line of small things may hold the author."""
_SMALL_HEADINGS = frozenset({"h3", "h4", "h5", "h6"})
_NAME_FOLLOWS = re.compile(
    r"^\W*(?:autor(?:in|en|a|es)?(?:/-?in(?:nen)?)?|authors?|auteurs?(?:trice)?|autore|verfasser(?:in)?|schrijver|författare|forfatter|skribent|автор|von|by|written by|geschrieben von|verfasst von|"
    r"text|texte|texto|écrit par|escrito por|scritto da|著者|執筆者?|作者|記者|文)\s*[:：]?\s*$",
    re.IGNORECASE,
)
"""A line that says nothing but that the author's name comes next."""
_LABELLED = re.compile(
    r"\b(?:autor(?:in|en|a|es)?|authors?|auteurs?|autore|verfasser(?:in)?)\s?:\s(?=\S)", re.IGNORECASE
)
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]*)*")
_ANY_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,12}\.?,? \d{4}"
    r"|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\b\d{1,2}:\d{2}\b(?: ?[ap]m)?(?: Uhr)?|\b\d{1,2} min\b\.?(?: read)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"[^\W\d_]{2,}")
_BLOCKS = frozenset({"div", "ul", "ol", "p", "table", "nav", "section", "h1", "h2", "h3"})
_LABEL = re.compile(
    r"^\W*(?:authors?|autor(?:en|in|es)?|auteurs?|by|von|par|por|written by|about the author.*|follow.*|share.*|view (?:all|profile).*|published.*|more from.*|kommentare?|journalist(?:in|e)?|redakt(?:eur|ion|eurin|ør)|reporter|staff writer|contributor|veröffentlicht.*|weitere artikel.*|weiter(?:lesen)?|kommentare geschlossen|comments off|last (?:modified|updated).*|view author.*|この記事を書いた人|著者|\d.*)\W*$",
    re.IGNORECASE,
)


def visible_bylines(document: Document, headline: Headline) -> Iterator[str]:
    """Yield visible bylines, best first: marked author links, boxes named byline, lines that begin with *By*."""
    blocks = document.outline.blocks
    near = blocks[max(0, headline.position - 8) : headline.position + 40]
    yield from _of_links(document, near)
    lines = [
        block
        for block in near
        if len(block.text) <= MAX_BYLINE
        and _may_be_byline(block, headline)
        and not _is_elsewhere(block, headline)
    ]
    yield from _of_boxes(lines)
    yield from _of_inline(lines, headline)
    for block in lines:
        if (
            BY.match(block.text)
            and len(block.text.split()) <= 16
            and (_LABELLED.match(block.text) or not block.text.rstrip().endswith((".", "?", "!")))
        ):
            yield block.text
    yield from _beside_dates(near, headline)
    yield from _inside_date_lines(lines)
    yield from _behind_labels(blocks, headline)
    yield from _signed_by_agency(near, headline)


def _behind_labels(blocks: Sequence[Block], headline: Headline) -> Iterator[str]:
    """Yield what stands behind a line that is nothing but *Author:*, wherever on the page, with *By* in front."""
    for label, block in pairwise(blocks):
        if (
            len(label.text) <= MAX_LABEL
            and len(block.text) <= MAX_PART
            and _NAME_FOLLOWS.match(label.text)
            and not _DIGIT.search(block.text)
            and not _LABEL.match(block.text)
            and not _is_elsewhere(block, headline)
        ):
            yield f"{label.text.strip(STRAY + '：')}: {block.text.rstrip(STRAY)}"


def _signed_by_agency(near: list[Block], headline: Headline) -> Iterator[str]:
    """Yield a line right behind the headline whose box is named a credit, which is a byline where no picture stands."""
    for block in near:
        if (
            0 < block.position - headline.position <= 2
            and "credit" in block.box.hints
            and len(block.text) <= MAX_PART
            and not any(box.hints & {"caption", "gallery"} for box in block.box.ancestors()[:4])
            and not any(box.tag == "figure" for box in block.box.ancestors()[:6])
        ):
            yield block.text


def _may_be_byline(block: Block, headline: Headline) -> bool:
    """Return whether *block* is no heading, or one that is named byline, or a small one behind the headline that says *By*."""
    if not block.is_heading or "byline" in block.box.hints:
        return True
    return (
        block.tag in _SMALL_HEADINGS
        and 0 < block.position - headline.position <= NEXT_LINES
        and len(block.text) <= MAX_PART
        and BY.match(block.text) is not None
    )


def _of_boxes(lines: list[Block]) -> Iterator[str]:
    """Yield the texts of boxes named byline, then several of them that stand together as one line."""
    texts: list[str] = []
    at = 0
    for block in lines:
        if not _is_byline_box(block) or _LABEL.match(block.text) or not _NAME.search(block.text):
            continue
        text = _behind_label(_without_date(block))
        if not text or _LABEL.match(text):
            continue
        if len(text) <= MAX_PART and not _DIGIT.search(text) and (not texts or block.position - at <= 3):
            texts.append(text)
            at = block.position
        yield text
    if 1 < len(texts) <= 6 and sum(map(len, texts)) <= MAX_BYLINE:
        yield ", ".join(dict.fromkeys(texts))


def _behind_label(text: str) -> str:
    """Return *text* from its label on where a date stands before that: *Datum: 19.11.2021 Autor: Ann Lee*."""
    match = _LABELLED.search(text)
    return text[match.start() :] if match and _DATE_WORDS.search(text[: match.start()]) else text


def _of_inline(lines: list[Block], headline: Headline) -> Iterator[str]:
    """Yield the texts of inline elements named byline in the lines right behind the headline: *3 May • <a class=author>Ann Lee</a> • 2 min*."""
    for block in lines:
        element = block.box.element
        if element is None or not 0 < block.position - headline.position <= NEXT_LINES:
            continue
        for inner in element.iter("span", "a", "b", "strong", "em", "small"):
            names = inner.get("class")
            if names and "byline" in hints_of(inner.tag, names, "", ""):
                text = text_of(inner)
                if (
                    _NAME.search(text)
                    and len(text) <= MAX_PART
                    and not _DIGIT.search(text)
                    and not _LABEL.match(text)
                ):
                    yield text
                    break


def _inside_date_lines(lines: list[Block]) -> Iterator[str]:
    """Yield *by Name* out of lines such as *Posted on 3 May 2019 by Name in News*."""
    for block in lines:
        if block.text.endswith((".", "!", "?")) or not (
            _DATE_WORDS.search(block.text) or len(block.text) < 70
        ):
            continue
        match = _INNER_BY.search(block.text)
        if match and _OTHER_DEED.search(block.text[: match.start()]):
            continue
        if match and (len(match.group(0).split()) > 2 or _DATE_WORDS.search(block.text)):
            yield match.group(0).strip()
    for block in lines[:LINES_WITH_NAME]:
        rest = _beside_date(block.text)
        if rest:
            yield rest


def _beside_date(text: str) -> str | None:
    """Return the name in a line that holds a date and a name and nothing else.

    >>> _beside_date("28 January 2022 | Ann Lee")
    'Ann Lee'
    """
    rest, found = _ANY_DATE.subn(" ", text)
    words = rest.strip(STRAY).split()
    is_name = (
        found
        and 2 <= len(words) <= 4
        and all(word[0].isupper() and _NAME_WORD.fullmatch(word) for word in words)
    )
    return " ".join(words) if is_name else None


def _of_links(document: Document, near: list[Block]) -> Iterator[str]:
    boxes = {box.element for block in near for box in block.box.ancestors()[:2]}
    found: list[str] = []
    for anchor in document.tagged("a"):
        rel, prop = anchor.get("rel"), anchor.get("itemprop")
        if (rel and "author" in rel.split()) or (prop and "author" in prop.split()):
            around = anchor.getparent()
            steps = 0
            while around is not None and around not in boxes and steps < 4:
                around, steps = around.getparent(), steps + 1
            text = text_of(anchor)
            if text and around in boxes and len(text) <= MAX_BYLINE and not _LABEL.match(text):
                found.append(text)
    if found and len(found) <= 8:
        yield ", ".join(dict.fromkeys(found))


def _is_byline_box(block: Block) -> bool:
    if "byline" in block.inline_hints:
        return True
    return any("byline" in box.hints for box in block.box.ancestors()[:3])


def _is_elsewhere(block: Block, headline: Headline) -> bool:
    """Return whether the nearest box that says what it is, and does not hold the headline too, says something else than byline."""
    for box in block.box.ancestors()[:8]:
        if box in headline.around:
            return False
        if "byline" in box.hints and "comment" not in box.hints:
            return False
        if box.hints & _OTHER_HINTS and box.tag not in {"body", "main", "article"}:
            return True
    return False


def _without_date(block: Block) -> str:
    """Return the block's text without the elements in it that hold a date, a space between its parts."""
    element = block.box.element
    if element is None or not _is_whole(element, block):
        return _opening_byline(element, block) or block.text
    if _DATE_WORDS.search(block.text):
        return _rest_of(element) or block.text
    return text_of(element, apart=True) if len(element) else block.text


def _opening_byline(element: Element | None, block: Block) -> str | None:
    """Return the text of the inline element named byline that opens a line with a date in it."""
    if element is None or "byline" not in block.inline_hints or not _DATE_WORDS.search(block.text):
        return None
    for inner in element.iter("b", "strong", "span", "em", "i", "cite", "small", "font", "a"):
        text = text_of(inner)
        if (
            text
            and block.text.startswith(text)
            and "byline" in hints_of(inner.tag, inner.get("class") or "", "", "")
        ):
            return text
    return None


def _is_whole(element: Element, block: Block) -> bool:
    return fold(text_of(element)) == fold(block.text)


def _rest_of(element: Element) -> str:
    dated = frozenset(
        inner
        for inner in element.iter()
        if inner is not element and isinstance(inner.tag, str) and _holds_date(inner)
    )
    text = text_of(element, without=dated)
    return "" if _DATE_WORDS.search(text) else text


def _holds_date(element: Element) -> bool:
    if element.tag == "time" or (element.get("itemprop") or "").startswith("date"):
        return True
    names = element.get("class")
    return (
        bool(names)
        and "date" in hints_of("span", names or "", "", "")
        and bool(_DATE_WORDS.search(text_of(element)[:100]))
    )


def _beside_dates(near: list[Block], headline: Headline) -> Iterator[str]:
    """Yield what stands beside the date in its line: old layouts print *Name , <span>date</span>*."""
    for block in sorted(near, key=lambda block: block.position < headline.position):
        element = block.box.element
        if element is None or len(block.text) > MAX_BYLINE or not _DATE_WORDS.search(block.text):
            continue
        for inner in element.iter("span", "time", "em", "small", "i", "b"):
            if _holds_date(inner):
                parent = inner.getparent()
                rest = (
                    _rest_of(parent)
                    if parent is not None and not any(child.tag in _BLOCKS for child in parent)
                    else ""
                )
                words = rest.split()
                if (
                    1 < len(words) <= 8
                    and _NAME.search(rest)
                    and rest[0].isupper()
                    and not _LABEL.match(rest)
                    and fold(rest)
                ):
                    yield rest
                    break
