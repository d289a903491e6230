"""Words about rights, typed: copyright notices, licences, "handout", "courtesy of"."""

from __future__ import annotations

import re
from functools import lru_cache

from archive.model import Article, RightsWords
from crawler.extraction.credits.agencies import CJK
from crawler.extraction.credits.tokens import Phrases, tokenize
from crawler.extraction.credits.words import _lists

MAX_WORDS = 500
"""Characters of a line that are read and kept."""
_SIGNS = {
    "copyright": re.compile(r"[©ⓒ]|(?:^|\s)\([cC]\)\s?(?=\w)"),
    "reserved": re.compile(r"(?:^|[:/(]\s?)(?:DR|D\.\s?R\.)\s?\)?$"),
    "handout": re.compile(r"(?:^|[/(]\s?)HO(?=\s?(?:[/,)]|$|via\b))|(?:^|[:/(]\s?)(?:KK|PR)\s?\)?$"),
}
"""What is said by a sign or by capitals: "Photo: DR" (droits réservés), "AFP/HO"."""


@lru_cache(maxsize=1)
def _table() -> Phrases[str]:
    return Phrases((phrase, kind) for kind, found in _lists("rights").items() for phrase in found)


def kinds_of_rights(line: str) -> tuple[str, ...]:
    """Return of which kinds the words about rights in *line* are, each once, in order.

    >>> kinds_of_rights("Photo: Jane Doe, CC BY-SA 4.0"), kinds_of_rights("Handout / courtesy of the museum")
    (('licence',), ('handout', 'courtesy'))
    """
    line = line[:MAX_WORDS]
    kinds = [kind for kind, sign in _SIGNS.items() if sign.search(line)]
    tokens = tokenize(line)
    table = _table()
    index = 0
    while index < len(tokens):
        hit = table.at(tokens, index) if tokens[index].key in table.first_words else None
        kinds += [hit[1]] if hit else []
        index += hit[0] if hit else 1
    if not line.isascii():
        kinds += [_glued_phrases()[found] for found in _glued().findall(line)]
    return tuple(dict.fromkeys(kinds))


@lru_cache(maxsize=1)
def _glued_phrases() -> dict[str, str]:
    """Return the phrases of scripts that are written without blanks, with their kinds."""
    return {
        phrase: kind for kind, found in _lists("rights").items() for phrase in found if CJK.search(phrase)
    }


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(_glued_phrases(), key=len, reverse=True))))


def rights_of(article: Article) -> tuple[RightsWords, ...]:
    """Return the words about rights of an article and its pictures: a line for each kind that it holds."""
    lines: list[tuple[int | None, str]] = [(None, article.copyright_notice or "")]
    lines += [(None, line) for line in article.credit_lines]
    lines += [(position, image.credit_raw or "") for position, image in enumerate(article.images)]
    found = (
        RightsWords(kind=kind, words=line[:MAX_WORDS], image_position=position)
        for position, line in lines
        if line
        for kind in kinds_of_rights(line)
        if kind != "handout" or position is not None  # "AFP contributed to this report" supplied no picture
    )
    return tuple(dict.fromkeys(found))
