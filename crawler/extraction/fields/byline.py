"""The words that say who wrote the article, verbatim, and the names the page's data give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.staff import names_a_desk
from crawler.extraction.fields.byline_lines import BY, MAX_BYLINE, MAX_PART, STRAY, visible_bylines
from crawler.extraction.fields.selected import selected
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document
    from crawler.extraction.fields.headline import Headline
    from crawler.extraction.structured import StructuredArticle

MAX_CANDIDATES = 12
AUTHOR_META = ("author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl", "cxenseparse:author",
               "article.author", "authors", "citation_author", "rbauthors", "itemprop:author", "vr:author", "news:author", "autor", "og:author", "creator")  # fmt: skip
_WRITTEN_BY = frozenset(
    map(
        fold,
        ("Written by", "By", "Author", "Verfasst von", "Geschrieben von", "Von", "Autor", "Écrit par", "Par", "Auteur", "Escrito por", "Por", "Scritto da", "Autore",
         "Geschreven door", "Auteur", "Skrevet av", "Skrevet af", "Skriven av", "Författare", "Napisane przez", "Autor wpisu", "Автор", "Написано автором", "Yazan", "Napsal",
         "Kirjoittaja", "Γράφτηκε από", "כתב", "נכתב על ידי", "كُتب بواسطة", "執筆者", "作者", "글쓴이", "작성자", "投稿者"),
    )
)  # fmt: skip
"""Labels of Twitter cards behind which blogging systems put the author."""
_ROLE_LABEL = re.compile(
    r"^(?:texte?|texto|testo|tekst|words|story|report(?:age)?|reportaje|interview|redaktion|rédaction|redacción|redazione|autor(?:in|en|a|es)?|auteur|"
    r"video|vídeo|vidéo|מאת|بقلم|текст|автор|文|取材)\s?[:：]\s|[|;,·•]\s*[^\W\d_]{2,15}\s?[:：]\s",
    re.IGNORECASE,
)
"""*Text:*, *Fotos:* and the like in *Text: Ann Lee | Fotos: Bo Ray*."""
_OF_PICTURE = re.compile(r"\b(?:photo(?:graph)?|foto|bild|image)s?\W*$", re.IGNORECASE)
_EDITOR_FIRST = re.compile(r"^(?:editor|redaktur|redaktør|redaktor|editora?)\s?:", re.IGNORECASE)
_NO_NAME = re.compile(r"[?!:„“«»\"]")
_DATE_TAIL = re.compile(
    r"(?:\b(?:last updated|published|updated|posted|veröffentlicht|aktualisiert|stand|publié|publicado|actualizado|last modified|datum)\b.*)?"
    r"(?:\b\d{1,2}[./]\s?\d{1,2}[./]\s?\d{2,4}\b|\b\d{1,2}(?:st|nd|rd|th|\.)?(?: de)? [^\W\d_]{3,12}\.?,?(?: de)? \d{4}\b|\b[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, \d{4}\b|\b\d{4}-\d{2}-\d{2}\b)"
    r"|\b(?:last updated|published|updated|posted|veröffentlicht|aktualisiert|publié le|publicado) .*|\s\d{1,4}$",
    re.IGNORECASE,
)
_PEN_NAME = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]{2,20}$")
_INITIALS = re.compile(r"(?:[^\W\d_]\.\s?){2,3}(?:\W|$)|[a-z]{2,4}$|[^\W\d_a-z]{2,5}$")
_BUTTON = re.compile(
    r"(?<=[^\W\d_])[\s|·•,]+(?:Shares?|Follow|Following|Tweet|Teilen|Folgen|Suivre|Partager|Seguir|Compartir|Segui|Condividi|Volgen|Delen|Sledovat|Obserwuj|Subscribe|Print|E-?mail|Comments?|Kommentare?|Bio|Profile)\b.*$"
)
"""The label of a button behind the names, and what follows it."""
MAX_SIGNATURE, SIGNED = 40, 6
"""Characters and words of a line that is signed by an agency or initials."""


@dataclass(frozen=True, slots=True)
class Byline:
    """What the page says of its author."""

    raw: str | None = None
    """As shown, white space collapsed."""
    structured: tuple[tuple[str, str], ...] = ()
    """(name as given, json-ld | microdata | meta), best source first."""
    pen_names: tuple[tuple[str, str], ...] = ()
    """(name, source) of one word each that the data call a person and the page shows near its headline."""


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
        found
        for found in (
            _without_button(_without_headline(text, heads)) for text in visible_bylines(document, headline)
        )
        if found
    ]
    return Byline(
        raw=_best(candidates[:MAX_CANDIDATES], [fold(name) for name, _ in structured]),
        structured=structured,
        pen_names=tuple(_pen_names(document, headline)),
    )


def _pen_names(document: Document, headline: Headline) -> Iterator[tuple[str, str]]:
    """Yield (name, source) of the authors of one word whom structured data call persons, where a line near the headline has the word."""
    authors = (
        (author.name, article.source)
        for article in document.structured
        for author in article.authors
        if author.type == "Person" and _PEN_NAME.match(author.name) and not names_a_desk(author.name)
    )
    near = document.outline.blocks[max(0, headline.position - 8) : headline.position + 40]
    host = fold(urlsplit(document.url).hostname)
    for name, source in authors:
        key = fold(name)
        if key not in host and any(
            len(block.text) <= MAX_BYLINE and name in block.text.split() for block in near
        ):
            yield name, source


def _best(candidates: list[str], names: list[str]) -> str | None:
    """Return the candidate that names somebody whom the page's data name too, else one that says *By*, else the first that can be a name.

    Of several that name somebody the one with most names is taken.
    """
    named = [(sum(len(name) > 3 and name in fold(text) for name in names), text) for text in candidates]
    best = max(named, key=lambda entry: (entry[0], len(entry[1]) <= 2 * MAX_PART), default=(0, ""))
    if best[0]:
        return _with_author(best[1], candidates)
    for text in candidates:
        if BY.match(text) and (_ROLE_LABEL.match(text) or not _OF_PICTURE.search(text)):
            return text
    likely = (text for wanted in (_can_be_name, _is_signature) for text in candidates if wanted(text))
    return next(likely, None)


def _with_author(text: str, candidates: list[str]) -> str:
    """Return *text*, behind the first name before it where it names an editor only."""
    first = candidates[0]
    return f"{first} | {text}" if _EDITOR_FIRST.match(text) and _can_be_name(first) else text


def _can_be_name(text: str) -> bool:
    words = text.split()
    if _NO_NAME.search(_ROLE_LABEL.sub("", text)):
        return False
    if not text.isascii() and len(words) == 1:
        return 1 < len(text) <= 20
    return 1 < len(words) <= 12 and sum(word[:1].isupper() or not word[:1].isascii() for word in words) >= 2


def _is_signature(text: str) -> bool:
    """Return whether *text* signs for an agency or by initials: *(sda)*, *E.V. avec les agences*."""
    line = text.strip(STRAY + "()[]")
    initials = _INITIALS.match(line) is not None and len(line.split()) <= SIGNED
    return len(line) <= MAX_SIGNATURE and (initials or bool(agency_table().find(line)))


def _without_headline(text: str, heads: list[str]) -> str:
    """Return *text* from behind a headline in it: some pages wrap kicker, headline and byline in one heading."""
    for head in heads:
        position = text.find(head)
        if position >= 0:
            text = text[position + len(head) :].strip()
    return text


def _without_button(text: str) -> str:
    """Return *text* up to the label of a button, where a name of two words at least stands in front of it.

    >>> _without_button("By Ann Lee Follow @annlee")
    'By Ann Lee'
    """
    match = _BUTTON.search(text)
    return text[: match.start()] if match and len(text[: match.start()].split()) >= 2 else text


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
    return without_date(squash(raw)).strip(STRAY) or None


def without_date(raw: str) -> str:
    """Return *raw* up to the date in it, when something stands before that; else *raw*.

    >>> without_date("Von Ann Lee 19. Oktober 2019 00:04 Uhr")
    'Von Ann Lee'
    """
    match = _DATE_TAIL.search(raw)
    before = raw[: match.start()].strip(STRAY) if match else ""
    return before if len(before) > 2 else raw


def _structured(document: Document) -> Iterator[tuple[str, str]]:
    for article in document.structured:
        names = [name for name in article.authors if name.name]
        if names:
            yield from ((name.name, article.source) for name in names)
            break
    for number in ("1", "2"):
        if fold(document.meta.first(f"twitter:label{number}")) in _WRITTEN_BY and (
            name := document.meta.first(f"twitter:data{number}")
        ):
            yield name, "meta"
    for name in AUTHOR_META:
        for value in document.meta.all(name):
            if not value.startswith(("http", "/", "@")) and len(value) <= MAX_BYLINE:
                yield value, "meta"
