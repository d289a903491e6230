"""The language of the article and the direction of its script."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document

_TAG = re.compile(r"^([a-zA-Z]{2,3})(?:[-_]([a-zA-Z]{4}))?(?:[-_]([a-zA-Z]{2}|\d{3}))?(?:$|[-_.@])")
_SCRIPTS = (
    ("he", re.compile("[\u0590-\u05ff]")), ("ar", re.compile("[\u0600-\u06ff]")), ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7af]")), ("zh", re.compile("[\u4e00-\u9fff]")), ("ru", re.compile("[\u0400-\u04ff]")),
    ("el", re.compile("[\u0370-\u03ff]")), ("th", re.compile("[\u0e00-\u0e7f]")), ("hi", re.compile("[\u0900-\u097f]")),
)  # fmt: skip
_SAME_SCRIPT = {
    "ru": {"uk", "bg", "sr", "mk", "be", "kk", "ky", "mn", "tg"},
    "ar": {"fa", "ur", "ps", "ug", "ku", "ckb", "sd"},
    "he": {"yi"},
    "hi": {"mr", "ne", "sa"},
    "zh": {"ja", "yue"},
}
_RTL = frozenset({"ar", "he", "fa", "ur", "yi", "ps", "dv", "ug", "ckb", "sd"})
_STOPWORD_LISTS = {
    "en": "the and of to in is that for was on with as at by from said has have this",
    "de": "der die und das ist nicht von mit den auf für im ein eine dem sich auch wird",
    "fr": "le la les des est et une dans pour que qui sur pas par plus du au avec",
    "es": "el la los las del que en una por con para es se su al como más fue",
    "pt": "o a os as do da dos das que em um uma para com não por foi mais no na",
    "it": "il la di che è per una con non del della sono gli nel alla le dei si",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er ook door",
    "pl": "i w na z że się do nie jest o to jak po za przez od dla oraz",
    "sv": "och att det som en på är av för med den till inte har om ett var",
    "no": "og det som en på er av for med den til ikke har om et var seg å",
    "da": "og det som en på er af for med den til ikke har om et var sig at",
    "tr": "ve bir bu da de için ile olarak daha olan gibi çok kadar sonra en",
    "fi": "ja on ei että se oli myös hän ovat mutta kun joka mukaan sekä",
}
_STOPWORDS = {language: frozenset(words.split()) for language, words in _STOPWORD_LISTS.items()}


BORNE_OUT, SAME_SCRIPT, DECLARED, GUESSED, CONTRADICTED = 0.99, 0.95, 0.85, 0.8, 0.7
"""Confidence: declared and the text's words or script say the same; declared, and the script is one that it is written in;
declared, and the text says nothing; not declared; declared otherwise."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language and how sure it is."""

    tag: str | None
    """BCP 47."""
    confidence: float
    """0 … 1; 0 without a tag."""


def read_language(document: Document, text: str) -> Language:
    """Return the article's language: as the page declares it where the *text* does not contradict, else by the text."""
    guessed = _by_script(text) or _by_words(text)
    declares = False
    for declared in _declared(document):
        match = _TAG.match(declared.strip())
        if match is None:
            continue
        declares = True
        primary = match.group(1).lower()
        if guessed and guessed != primary and not _same(guessed, primary):
            continue
        sure = DECLARED if not guessed else BORNE_OUT if guessed == primary else SAME_SCRIPT
        return Language(_written(match), sure)
    if guessed is None:
        return Language(None, 0.0)
    return Language(guessed, CONTRADICTED if declares else GUESSED)


def language_candidates(document: Document, text: str) -> Iterator[tuple[str, str]]:
    """Yield (where, tag) of what the page declares, then of what its text looks like."""
    yield from (("declared", declared) for declared in _declared(document))
    if guessed := _by_script(text):
        yield "script of the text", guessed
    elif guessed := _by_words(text):
        yield "words of the text", guessed


def direction_of(language: str | None) -> str:
    """Return ``rtl`` for languages written from right to left, else ``ltr``."""
    return "rtl" if language and language.partition("-")[0] in _RTL else "ltr"


def _same(guessed: str, primary: str) -> bool:
    return (
        primary in _SAME_SCRIPT.get(guessed, ())
        or {guessed, primary} <= {"no", "nb", "nn", "da"}
        or len(primary) == 3
    )


def _written(match: re.Match[str]) -> str:
    parts = [match.group(1).lower()]
    if match.group(2):
        parts.append(match.group(2).title())
    if match.group(3):
        parts.append(match.group(3).upper())
    return "-".join(parts)


def _declared(document: Document) -> list[str]:
    root = document.root
    found = [article.language for article in document.structured if article.language]
    html = root if root is not None and root.tag == "html" else None
    if html is not None:
        found += filter(
            None,
            (html.get("lang"), html.get("{http://www.w3.org/XML/1998/namespace}lang"), html.get("xml:lang")),
        )
    found += document.meta.all(
        "og:locale", "content-language", "language", "dc.language", "dcterms.language", "itemprop:inlanguage"
    )
    if header := document.page.header("content-language"):
        found.append(header.split(",")[0])
    if document.profile and document.profile.language:
        found.append(document.profile.language)
    return found


_OTHER_SCRIPT = re.compile("[^\\x00-\\u036f\\u1e00-\\u1eff\\u2000-\\u2bff]")
"""No Latin letter and no sign that stands in Latin text."""


def _by_script(text: str) -> str | None:
    sample = text[:3000]
    if len(_OTHER_SCRIPT.findall(sample)) <= 2:
        return None
    letters = sum(c.isalpha() for c in sample)
    if letters < 20:
        return None
    for language, pattern in _SCRIPTS:
        if len(pattern.findall(sample)) > letters * (0.1 if language == "ja" else 0.4):
            return language
    return None


def _by_words(text: str) -> str | None:
    words = text[:4000].lower().split()
    if len(words) < 30:
        return None
    times = Counter(words)
    counts = {
        language: sum(times[word] for word in times.keys() & known) for language, known in _STOPWORDS.items()
    }
    best, second = sorted(counts.values(), reverse=True)[:2]
    if best < len(words) * 0.08 or best < second * 1.4:
        return None
    return max(counts, key=lambda language: counts[language])
