"""The words that say who wrote the article, verbatim, and the names the page's data give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.fields.selected import selected
from crawler.extraction.hints import hints_of
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline

MAX_BYLINE = 200
_STRAY = " ,;|/·•–—-:"
AUTHOR_META = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
               "article.author", "authors", "citation_author", "rbauthors", "itemprop:author", "vr:author", "news:author", "autor", "og:author", "creator")  # fmt: skip
_BY = re.compile(
    r"^\W{0,3}(?:(?:posted |written |published |geschrieben |verfasst |reported |ein (?:artikel|beitrag) |text |story |article |een artikel |eine analyse |ein kommentar |interview )?(?:by|von|par|por|di|door|av|af|przez|autor(?:in|en|a|es|zy)?|author|auteur|text|texte?|reporter|skrevet av|tekst|yazan|автор|作者|記者|記事)\b\s*:?|byline:?)\s*(?=\S)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]")
_NAME = re.compile(r"[^\W\d_]{2,}")
_BLOCKS = frozenset({"div", "ul", "ol", "p", "table", "nav", "section", "h1", "h2", "h3"})
_LABEL = re.compile(
    r"^\W*(?:authors?|autor(?:en|in|es)?|auteurs?|by|von|par|por|written by|about the author.*|follow.*|share.*|view (?:all|profile).*|published.*|more from.*|kommentare?|\d.*)\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What the page says of its author."""

    raw: str | None = None
    """As shown, white space collapsed."""
    structured: tuple[tuple[str, str], ...] = ()
    """(name as given, json-ld | microdata | meta), best source first."""


def read_byline(document: Document, headline: Headline) -> Byline:
    """Return the visible byline and the names in structured data and meta tags; empty where there are none."""
    chosen = [text for text in map(text_of, selected(document, "byline")) if text]
    raw = chosen[0] if chosen else next(iter(_visible(document, headline)), None)
    return Byline(raw=raw, structured=tuple(_structured(document)))


def clean_byline(raw: str | None) -> str | None:
    """Return the byline without stray punctuation at its ends; None when nothing is left.

    >>> clean_byline("Arts Desk ,")
    'Arts Desk'
    """
    if not raw:
        return None
    return squash(raw).strip(_STRAY) or None


def _structured(document: Document) -> Iterator[tuple[str, str]]:
    for article in document.structured:
        names = [name for name in article.authors if name.name]
        if names:
            yield from ((name.name, article.source) for name in names)
            break
    for name in AUTHOR_META:
        for value in document.meta.all(name):
            if not value.startswith(("http", "/", "@")) and len(value) <= MAX_BYLINE:
                yield value, "meta"


def _visible(document: Document, headline: Headline) -> Iterator[str]:
    """Yield visible bylines, best first: marked author links, boxes named byline, lines that begin with *By*."""
    blocks = document.outline.blocks
    near = blocks[max(0, headline.position - 8) : headline.position + 40]
    yield from _of_links(document, near)
    lines = [block for block in near if len(block.text) <= MAX_BYLINE and not block.is_heading]
    for block in lines:
        if _is_byline_box(block) and not _LABEL.match(block.text) and _NAME.search(block.text):
            text = _without_date(block)
            if text and not _LABEL.match(text):
                yield text
    for block in lines:
        if (
            _BY.match(block.text)
            and len(block.text.split()) <= 16
            and not block.text.rstrip().endswith((".", "?", "!"))
        ):
            yield block.text
    yield from _beside_dates(near, headline)


def _of_links(document: Document, near: list[Block]) -> Iterator[str]:
    if document.root is None:
        return
    boxes = {box.element for block in near for box in block.box.ancestors()[:2]}
    found: list[str] = []
    for anchor in document.root.iter("a"):
        if (
            "author" in (anchor.get("rel") or "").split()
            or "author" in (anchor.get("itemprop") or "").split()
        ):
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
    around = block.box.ancestors()[:3]
    if any(box.hints & {"caption", "comment", "related", "promo", "share", "nav", "side"} for box in around):
        return False
    return any("byline" in box.hints for box in around)


def _without_date(block: Block) -> str:
    """Return the block's text without the elements in it that hold a date."""
    element = block.box.element
    if element is None or not _DATE_WORDS.search(block.text):
        return block.text
    return _rest_of(element) or block.text


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
