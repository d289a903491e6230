"""The words that say who wrote the article, verbatim, and the names the page's data give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.fields.selected import selected
from crawler.extraction.hints import hints_of
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.structured import StructuredArticle

MAX_BYLINE = 200
MAX_CANDIDATES = 12
MAX_PART = 60
"""Characters of one of several bylines in a row; what is longer is a biography."""
_DIGIT = re.compile(r"\d")
_STRAY = " ,;|/·•–—-:"
AUTHOR_META = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
               "article.author", "authors", "citation_author", "rbauthors", "itemprop:author", "vr:author", "news:author", "autor", "og:author", "creator")  # fmt: skip
_BY = re.compile(
    r"^\W{0,3}(?:(?:posted |written |published |geschrieben |verfasst |reported |ein (?:artikel|beitrag) |text |story |article |een artikel |eine analyse |ein kommentar |interview )?(?:by|von|par|por|di|door|av|af|przez|autor(?:in|en|a|es|zy)?|author|auteur|text|texte?|reporter|skrevet av|tekst|yazan|автор|作者|記者|記事)(?:\b|(?-i:(?=[A-Z])))\s*:?|byline:?)\s*(?=\S)",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(r"\d{1,2}[:.]\d{2}|\b(?:19|20)\d{2}\b|\d{1,2}[./]\d{1,2}[./]")
_INNER_BY = re.compile(
    r"\b(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or|door|av|af|di)\s+[^\W\d_a-z][\w.'’-]*(?:\s+[^\W\d_a-z][\w.'’-]*){0,3}"
)
_OTHER_HINTS = frozenset(
    {"caption", "comment", "related", "promo", "share", "nav", "side", "footer", "cookie"}
)
LINES_WITH_NAME = 12
_ROLE_LABEL = re.compile(
    r"^(?:texte?|texto|testo|tekst|words|story|report(?:age)?|reportaje|interview|redaktion|rédaction|redacción|redazione|autor(?:in|en|a|es)?|auteur|"
    r"video|vídeo|vidéo|מאת|بقلم|текст|автор|文|取材)\s?[:：]\s|[|;,·•]\s*[^\W\d_]{2,15}\s?[:：]\s",
    re.IGNORECASE,
)
"""*Text:*, *Fotos:* and the like in *Text: Ann Lee | Fotos: Bo Ray*."""
_NO_NAME = re.compile(r"[?!:„“«»\"]")
_NAME_WORD = re.compile(r"[^\W\d_]+(?:[.'’-][^\W\d_]*)*")
_ANY_DATE = re.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d_]{3,12}\.?,? \d{4}"
    r"|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\b\d{1,2}:\d{2}\b(?: ?[ap]m)?(?: Uhr)?|\b\d{1,2} min\b\.?(?: read)?",
    re.IGNORECASE,
)
_DATE_TAIL = re.compile(
    r"(?:\b(?:published|updated|posted|veröffentlicht|aktualisiert|stand|publié|publicado|actualizado|last modified|datum)\b.*)?"
    r"(?:\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b|\b\d{1,2}(?:st|nd|rd|th|\.)?(?: de)? [^\W\d_]{3,12}\.?,?(?: de)? \d{4}\b|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}\b|\b\d{4}-\d{2}-\d{2}\b)"
    r"|\b(?:published|updated|posted|veröffentlicht|aktualisiert|publié le|publicado) .*",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){2,3}(?:\W|$)|[a-z]{2,4}$|[^\W\d_a-z]{2,5}$")
MAX_SIGNATURE, SIGNED = 40, 6
"""Characters and words of a line that is signed by an agency or initials."""
_NAME = re.compile(r"[^\W\d_]{2,}")
_BLOCKS = frozenset({"div", "ul", "ol", "p", "table", "nav", "section", "h1", "h2", "h3"})
_LABEL = re.compile(
    r"^\W*(?:authors?|autor(?:en|in|es)?|auteurs?|by|von|par|por|written by|about the author.*|follow.*|share.*|view (?:all|profile).*|published.*|more from.*|kommentare?|journalist(?:in|e)?|redakt(?:eur|ion|eurin|ør)|reporter|staff writer|contributor|veröffentlicht.*|\d.*)\W*$",
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
    structured = tuple(_structured(document))
    chosen = [text for text in map(text_of, selected(document, "byline")) if text]
    if chosen:
        return Byline(raw=chosen[0], structured=structured)
    if document.state_article is not None:
        return Byline(raw=_of_state(document.state_article), structured=structured)
    heads = [text for text in (headline.text, *headline.variants) if text]
    candidates = [
        found for found in (_without_headline(text, heads) for text in _visible(document, headline)) if found
    ]
    return Byline(
        raw=_best(candidates[:MAX_CANDIDATES], [fold(name) for name, _ in structured]), structured=structured
    )


def _best(candidates: list[str], names: list[str]) -> str | None:
    """Return the candidate that names somebody whom the page's data name too, else one that says *By*, else the first that can be a name.

    Of several that name somebody the one with most names is taken.
    """
    named = [(sum(len(name) > 3 and name in fold(text) for name in names), text) for text in candidates]
    best = max(named, key=lambda entry: (entry[0], len(entry[1]) <= 2 * MAX_PART), default=(0, ""))
    if best[0]:
        return best[1]
    for text in candidates:
        if _BY.match(text):
            return text
    likely = (text for wanted in (_can_be_name, _is_signature) for text in candidates if wanted(text))
    return next(likely, None)


def _can_be_name(text: str) -> bool:
    words = text.split()
    if _NO_NAME.search(_ROLE_LABEL.sub("", text)):
        return False
    if not text.isascii() and len(words) == 1:
        return 1 < len(text) <= 20
    return 1 < len(words) <= 12 and sum(word[:1].isupper() or not word[:1].isascii() for word in words) >= 2


def _is_signature(text: str) -> bool:
    """Return whether *text* signs for an agency or by initials: *(sda)*, *E.V. avec les agences*."""
    line = text.strip(_STRAY + "()[]")
    initials = _INITIALS.match(line) is not None and len(line.split()) <= SIGNED
    return len(line) <= MAX_SIGNATURE and (initials or bool(agency_table().find(line)))


def _without_headline(text: str, heads: list[str]) -> str:
    """Return *text* from behind a headline in it: some pages wrap kicker, headline and byline in one heading."""
    for head in heads:
        position = text.find(head)
        if position >= 0:
            text = text[position + len(head) :].strip()
    return text


def _of_state(article: StructuredArticle) -> str | None:
    """Return the byline that a client-rendered page would show."""
    return article.byline or ", ".join(name.name for name in article.authors) or None


def clean_byline(raw: str | None) -> str | None:
    """Return the byline without stray punctuation at its ends; None when nothing is left.

    >>> clean_byline("Arts Desk ,")
    'Arts Desk'
    """
    if not raw:
        return None
    return without_date(squash(raw)).strip(_STRAY) or None


def without_date(raw: str) -> str:
    """Return *raw* up to the date in it, when something stands before that; else *raw*.

    >>> without_date("Von Ann Lee 19. Oktober 2019 00:04 Uhr")
    'Von Ann Lee'
    """
    match = _DATE_TAIL.search(raw)
    before = raw[: match.start()].strip(_STRAY) if match else ""
    return before if len(before) > 2 else raw


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
    lines = [
        block
        for block in near
        if len(block.text) <= MAX_BYLINE
        and (not block.is_heading or "byline" in block.box.hints)
        and not _is_elsewhere(block)
    ]
    texts: list[str] = []
    at = 0
    for block in lines:
        if _is_byline_box(block) and not _LABEL.match(block.text) and _NAME.search(block.text):
            text = _without_date(block)
            if text and not _LABEL.match(text):
                if (
                    len(text) <= MAX_PART
                    and not _DIGIT.search(text)
                    and (not texts or block.position - at <= 3)
                ):
                    texts.append(text)
                    at = block.position
                yield text
    if 1 < len(texts) <= 6 and sum(map(len, texts)) <= MAX_BYLINE:
        yield ", ".join(dict.fromkeys(texts))
    for block in lines:
        if (
            _BY.match(block.text)
            and len(block.text.split()) <= 16
            and not block.text.rstrip().endswith((".", "?", "!"))
        ):
            yield block.text
    yield from _beside_dates(near, headline)
    yield from _inside_date_lines(lines)


def _inside_date_lines(lines: list[Block]) -> Iterator[str]:
    """Yield *by Name* out of lines such as *Posted on 3 May 2019 by Name in News*."""
    for block in lines:
        if block.text.endswith((".", "!", "?")) or not (
            _DATE_WORDS.search(block.text) or len(block.text) < 70
        ):
            continue
        match = _INNER_BY.search(block.text)
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
    words = rest.strip(_STRAY).split()
    is_name = (
        found
        and 2 <= len(words) <= 4
        and all(word[0].isupper() and _NAME_WORD.fullmatch(word) for word in words)
    )
    return " ".join(words) if is_name else None


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
    return any("byline" in box.hints for box in block.box.ancestors()[:3])


def _is_elsewhere(block: Block) -> bool:
    """Return whether the nearest box that says what it is says something else than byline."""
    for box in block.box.ancestors()[:8]:
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
