"""Words that are no person's name although they look like one: organisations, places, common words."""

from __future__ import annotations

import re

from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import (
    cities,
    common_words,
    english_words,
    given_names,
    last_names,
    not_names,
    words,
)

_LEGAL_FORM = re.compile(
    r"^(?:Ltd|LTD|LLP|LLC|PLC|plc|Inc|Corp|Pty|Pvt|Bhd|Tbk|Co|GmbH|mbH|AG|KG|KGaA|OHG|SE|SARL|SàRL|Sàrl|SAS|SA|S\.A|SL|S\.L|SpA|S\.p\.A|Srl|S\.r\.l|SRL|Lda|Ltda|BV|B\.V|NV|N\.V|AB|ASA|A/S|ApS|Oy|Oyj|Kft|Zrt|Nyrt|Bt|a\.s|s\.r\.o|d\.o\.o|d\.d|A\.Ş|AŞ|Şti|ООО|ОАО|ЗАО|ПАО|АО|ТОВ|ЕООД|ООД|АД|ΑΕ|Α\.Ε|ΕΠΕ)\.?$"
)
"""What stands behind the name of a firm."""
_ARTICLES = frozenset({"el", "los", "las", "les", "il", "die", "der", "das", "het", "de"})
_DETERMINERS = frozenset(
    [
        "ein",
        "eine",
        "einer",
        "the",
        "une",
        "una",
        "uno",
        "uma",
        "ett",
        "een",
        "this",
        "these",
        "our",
        "your",
        "my",
    ]
)
_ELIDED = re.compile(r"^L['’]")
_SYLLABLE = re.compile(
    r"^(?:ngh?|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvxy])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?$"
)
"""One Vietnamese syllable, accents taken off: behind the family name Lê stands nothing else."""
_OF_THE = frozenset(["der", "des", "dem"])
_BEFORE_THE = frozenset(["von", "van", "zu", "auf", "an", "aus", "in", "of", "op", "uit"])
INITIAL = re.compile(r"^[^\W\d_]\.?$|^(?:[^\W\d_]\.){2,3}$|^[A-Z]{2}\.?$")
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|mba|esq|jnr|snr)\.?$", re.IGNORECASE)


def is_no_person(tokens: list[str]) -> bool:
    """Return whether the words name an organisation rather than a person."""
    organisation, jobs = words("organisation"), words("jobs")
    keys = [key_of(token.strip(".,'’")) for token in tokens]
    if _LEGAL_FORM.match(tokens[-1]) and not all(map(str.isupper, tokens)):
        return True
    surname = len(keys) == 2 and keys[1] in words("surnames")
    if keys[0] in given_names() and keys[0] not in {"al", "el"}:
        if is_place(tokens[0]) and any(map(_is_plain_word, keys[1:])):
            return True  # "Virginia Lottery"
        if surname or not any(key in organisation for key in keys[1:]):
            return keys[-1] in jobs
    full = [key for token, key in zip(tokens, keys, strict=True) if not INITIAL.match(token)]
    if any(key in organisation or key in jobs or key in words("organisation_weak") for key in full):
        return True
    if _holds_common_words(full):
        return True
    return (
        keys[0] in words("organisation_first")
        or _begins_with_article(tokens, keys)
        or _holds_plain_words(tokens, keys, full)
        or (len(keys) == 2 and full == keys and bool(cities().whole(tokens[1])))
        or is_place(" ".join(tokens))
        or _holds_an_abbreviation(tokens, full)
    )


def _holds_plain_words(tokens: list[str], keys: list[str], full: list[str]) -> bool:
    """Return whether a word is none of a name: an English one, a German compound, "Ring der Landjugend"."""
    if not INITIAL.match(tokens[0]) and any(map(_is_plain_word, full)):
        return True
    if any(key in _OF_THE and keys[n - 1] not in _BEFORE_THE for n, key in enumerate(keys) if n):
        return True
    endings = tuple(words("organisation_endings"))
    return any(len(key) > 8 and key.endswith(endings) for key in full)


def _holds_an_abbreviation(tokens: list[str], full: list[str]) -> bool:
    capitals = [
        t for t in tokens if len(t) >= 2 and t.isupper() and not (INITIAL.match(t) or SUFFIX.match(t))
    ]
    return 0 < len(capitals) < len(full) and not surname_in_capitals(tokens)


def _holds_common_words(full: list[str]) -> bool:
    """Return whether a word of the page around a text stands among the words, or common words begin or fill them."""
    common = [key in common_words() for key in full]
    if any(key in not_names() for key in full):
        return True
    if common[:1] == [True]:
        return not any(key in last_names() for key in full[1:])
    return sum(common) > 1


def only_plain_words(text: str) -> bool:
    """Return whether *text* is several English words and no name: "Invitation Only"."""
    keys = [key_of(token.strip(".,'’")) for token in text.split()]
    organisation = words("organisation")
    return len(keys) > 1 and all(_is_plain_word(key) and key not in organisation for key in keys)


def _is_plain_word(key: str) -> bool:
    """Return whether *key* is an English word and no name: "protection", "traders"."""
    return key in english_words() or (key.endswith("s") and key[:-1] in english_words())


def _begins_with_article(tokens: list[str], keys: list[str]) -> bool:
    """Return whether an article stands first, as in a newspaper's title and not in a person's name."""
    if keys[0] in {"al", "el"} and keys[1] in words("article_titles"):
        return True
    if keys[0] in _DETERMINERS or (
        keys[0] == keys[-1] and len(keys) == 3
    ):  # "Ein Leuchtturm", "Haus zu Haus"
        return True
    if _ELIDED.match(tokens[0]) or (len(keys) == 2 and keys[0] in _ARTICLES):
        return True
    return keys[0] == "le" and not all(_SYLLABLE.match(key) for key in keys[1:])


def surname_in_capitals(tokens: list[str]) -> bool:
    """Return whether the last of *tokens* alone is printed in capitals: "Jane DOE"."""
    return len(tokens) >= 2 and tokens[-1].isupper() and len(tokens[-1]) >= 4 and not tokens[0].isupper()
