"""What a person's name looks like, in many scripts, and what is to be taken off it."""

from __future__ import annotations

import re

from crawler.extraction.credits.asian_names import asian_name
from crawler.extraction.credits.no_person import INITIAL, SUFFIX, is_no_person, surname_in_capitals
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import (
    common_words,
    given_names,
    names_nobody,
    names_other_scripts,
    not_names,
    phrases,
    words,
)

MAX_NAME = 80
_TRIM = " \t\u00a0,;:|/·•-–—_*#~<>«»„“”\"'`´=＝…()[]{}（）［］【】〔〕「」『』《》〈〉<>"
_OTHER_SCRIPT = re.compile(r"[\u0590-\u06ff\u0900-\u0eff\u10a0-\u10ff]")
_PEER = re.compile(
    r"^(?:Lord|Lady|Baroness|Baron|Viscount|Earl) (?:[A-Z][\w'’-]{2,20}){1}(?: of [A-Z][\w'’-]{2,20}(?: [A-Z][\w'’-]{2,20})?)?$"
)
_ARABIC_PREFIX = re.compile(r"^(?:بال|لل|وال|كال|فال)[\u0621-\u064a]{3,}$")
"""Prepositions written together with the article: no name."""
_LISTED_SCRIPT = re.compile(r"^[\u0370-\u03ff\u0400-\u04ff\u0590-\u06ff\u0900-\u097f]")
"""Scripts of which enough names are known: Greek, Cyrillic, Hebrew, Arabic, Devanagari."""
_CYRILLIC = re.compile(r"^[\u0400-\u04ff]")
_PREFIXED = re.compile(r"^(?:d|l|al|el|ash|an|ar|as|az|ad|ul)[-'’][A-ZÀ-Ý]")
_BACKWARDS = re.compile(r"[\u05d0-\u05ea][\u05db\u05de\u05e0\u05e6]$")
"""Hebrew letters that have another form at the end of a word: the text stands back to front."""


def trim(text: str) -> str:
    """Return *text* without the signs around it."""
    text = text.strip(_TRIM).lstrip(". ")
    return text[:-1].rstrip(_TRIM) if text.endswith(".") and not _abbreviated(text) else text


def _abbreviated(text: str) -> bool:
    last = text.rsplit(" ", 1)[-1]
    return bool(SUFFIX.match(last)) or (len(last) == 2 and last[0].isupper())


def person_name(text: str, *, sure: bool = False) -> str | None:
    """Return the person's name that *text* is, in normal case, titles taken off; None when it is none.

    *sure*: a word that only stands with names stands beside it, so that an unusual Asian name is believed.

    >>> person_name("DR. SETH J. FRANTZMAN")
    'Seth J. Frantzman'
    >>> person_name("Los Angeles Times") is None
    True
    """
    text = trim(text)
    if not 2 <= len(text) <= MAX_NAME or any(c.isdigit() or c in "@%&+!?:" for c in text):
        return None
    asian = asian_name(text, sure=sure)
    if asian is not None:
        return asian or None
    if phrases("companies").whole(text):
        return None
    if _PEER.match(text):
        return text
    tokens = without_titles(text.split())
    if len(tokens) > 3 and tokens[0] in {"Z", "Ze"}:
        tokens = tokens[2:]  # Polish: "Z Berlina Anna Kowalska"
    if not 2 <= len(tokens) <= 6:
        return None
    if _OTHER_SCRIPT.search(text):
        return " ".join(tokens) if _named_without_case(tokens) else None
    if (
        len(tokens) == 2
        and _CYRILLIC.match(text)
        and key_of(tokens[1]) in given_names()
        and key_of(tokens[0]) not in given_names()
    ):
        tokens.reverse()
    return repaired(tokens) if _shaped(tokens) and not is_no_person(tokens) else None


_SEMITIC = re.compile(r"^[\u0590-\u06ff]")
_SEMITIC_WORDS = re.compile(
    r"^ال|(?:ة|ات|ها|های)(?:\s|$)|(?:^|\s)ה[\u05d0-\u05ea]{3,}|[\u05d0-\u05ea](?:ים|ות)(?:\s|$)"
)
"""Shapes of nouns in Hebrew and Arabic script: with the article in front, plural, feminine."""
_LAST_NAME = re.compile(
    r"^عبد|^ال[\u0621-\u064a]{2,}ي$|[\u0621-\u06cc]{2}(?:زاده|زادہ|پور|نیا|یان|منش|وند|نژاد|گار|خواه|پناه|آبادی|دوست|انی|وی|چی)$"
    r"|[\u05d0-\u05ea]{2}(?:וב|סקי|צקי|ביץ'?|מן|שטיין|ברג|זון|סון|שוילי|יאן|ייב|בוים|באום|הולץ)$"
    r"|[\u0400-\u04ff]{2}(?:ова|ева|ина|ски[ийя]?|скиот|ская|ский|цкий|цкая|ский|ська|ський|цька|цький|енко|чук|юк|ук|ко|ич|ић|ов|ев|ёв|ин|ын|ян|дзе|швили|швілі|оглу|заде)$"
    r"|[\u03b1-\u03c9]{2}(?:ιδησ|ιδη|ιδου|ιαδησ|ιαδου|οπουλοσ|οπουλου|ακησ|ακη|ακοσ|ακου|ατοσ|ατου|ελλησ|ελλη|ογλου|αιοσ|αιου|ιτησ|ιωτησ|ουδησ|ουδη)$"
    r"|[\u0900-\u097f]{2}(?:वाल|याल|कर|ानी|ेजा|नाथ|दास|लाल|पुरी|चंद|पाल)$"
)
"""Ends of last names (keys without accents); Arabic ones may be an adjective with its article: "الطرابلسي"."""


def has_known_name(name: str) -> bool:
    """Return whether a word of *name* is known as a first or last name, or an initial; always in scripts whose lists are short.

    In Hebrew and Arabic script a name is doubted only where a word has the shape of a noun.

    >>> has_known_name("Лига Чемпионов"), has_known_name("Анна Чемпионова"), has_known_name("Mthobi Sitho")
    (False, True, True)
    """
    if not _LISTED_SCRIPT.match(name) or (_SEMITIC.match(name) and not _SEMITIC_WORDS.search(name)):
        return True
    if name.startswith("ال") and key_of(name.split(maxsplit=1)[0]) not in given_names():
        return False
    parts = re.split(r"[ \-־]", name)
    return any(
        _is_known(key_of(part.strip(".,'’"))) or (len(part.rstrip(".")) == 1 and part[0].isupper())
        for part in parts
        if part
    )


def _is_known(key: str) -> bool:
    return key in given_names() or key in names_other_scripts() or bool(_LAST_NAME.search(key))


def _named_without_case(tokens: list[str]) -> bool:
    """Return whether *tokens* can be a name in a script without capitals: no word of a page, no place, no common word."""
    if len(tokens) > 4 or any(
        _BACKWARDS.search(token) or _ARABIC_PREFIX.match(token) or (token.isascii() and token.isalpha())
        for token in tokens
    ):
        return False
    if tokens[0][0] >= "\u0e00" and names_nobody(tokens[0]):
        return False
    known = [key_of(token) in given_names() for token in tokens]
    keys = [key_of(token.strip(".,'’")) for token in tokens]
    if any(
        not first and (key in not_names() or key.removeprefix("ال") in not_names())
        for key, first in zip(keys, known, strict=True)
    ):
        return False
    if not known[0] and any(key in common_words() for key in keys):
        return False
    if is_place(tokens[0]) and not _is_known(keys[0]):
        return False
    return not (is_place(" ".join(tokens)) or is_no_person(tokens))


def without_titles(tokens: list[str]) -> list[str]:
    """Return *tokens* without leading titles and ranks."""
    titles = phrases("titles")
    if _PEER.match(" ".join(tokens)):
        return tokens
    while len(tokens) > 1:
        size = next(
            (n for n in (4, 3, 2, 1) if len(tokens) > n + 1 and titles.whole(" ".join(tokens[:n]))), 0
        )
        if not size:
            break
        tokens = tokens[size:]
    return tokens


def _shaped(tokens: list[str]) -> bool:
    particles = words("particles")
    full = 0
    for position, token in enumerate(tokens):
        bare = token.strip(".,'’")
        key = key_of(bare)
        if SUFFIX.match(token) and position:
            continue
        if not bare or not all(c.isalpha() or c in "-'’.‑ʻ" for c in bare):
            return False
        if (
            position
            and len(bare) == 2
            and bare.isupper()
            and not all(t.isupper() for t in tokens)
            and position < len(tokens) - 1
        ):
            return False
        if bare[0].isupper() or _PREFIXED.match(bare):
            full += not INITIAL.match(token)
            if not bare.isupper() and re.search(r"[A-Z]{3}", bare):
                return False
        elif key not in particles and not re.match(r"^(?:d|l|al|el|ash|an|ar|as|bin|de|di|ul)[-'’]", key):
            return False
    if any(len(token) > 1 and token.isupper() for token in tokens) and all(
        token.isupper() or key_of(token) in particles for token in tokens
    ):
        full = sum(len(token.strip(".")) > 1 for token in tokens)
    first = tokens[0][0].isupper() or key_of(tokens[0]) in particles
    last = tokens[-1][0].isupper() or bool(_PREFIXED.match(tokens[-1]))
    with_initial = full == 1 and (bool(INITIAL.match(tokens[0])) or key_of(tokens[0]) in given_names())
    return first and last and (full >= 2 or with_initial)


def repaired(tokens: list[str]) -> str:
    """Return the name in normal case: ALL CAPS undone, apostrophes and hyphens kept."""
    if all(token.isupper() for token in tokens):
        small = words("particles")
        tokens = [
            _cased(t) if not position or key_of(t) not in small else t.lower()
            for position, t in enumerate(tokens)
        ]
    elif surname_in_capitals(tokens):
        tokens = [*tokens[:-1], _cased(tokens[-1])]
    return " ".join(tokens)


def _cased(token: str) -> str:
    if SUFFIX.match(token):
        return token if key_of(token).startswith("i") else token.capitalize()
    if INITIAL.match(token) and (len(token) == 1 or "." in token):
        return token
    out = re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), token)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m.group(1).upper(), out)
