"""The word lists of ``data/``, read once: jobs, titles, desks, archive marks."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

from crawler.extraction.credits.tokens import Phrases, key_of, tokenize

DATA = Path(__file__).with_name("data")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]|[\u0e00-\u0e7f]{4}")


@lru_cache(maxsize=32)
def words(name: str, file: str = "words") -> frozenset[str]:
    """Return the one-word entries of the list *name*, as keys for comparison."""
    return frozenset(key_of(entry) for entry in _lists(file)[name])


@lru_cache(maxsize=32)
def phrases(name: str, file: str = "words") -> Phrases[bool]:
    """Return the list *name* as a table of phrases."""
    return Phrases((entry, True) for entry in _lists(file)[name])


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Return first names of people, as keys for comparison; they tell where one name ends and the next begins."""
    ours = (key_of(word) for line in _lines("given_names") for word in line.split())
    return frozenset(ours) | {word for line in _lines("given_names_faker") for word in line.split()}


@lru_cache(maxsize=1)
def last_names() -> frozenset[str]:
    """Return last names of people in Latin script, as keys for comparison."""
    return frozenset(word for line in _lines("last_names_faker") for word in line.split())


@lru_cache(maxsize=1)
def names_other_scripts() -> frozenset[str]:
    """Return first and last names in scripts other than Latin, as keys for comparison."""
    return frozenset(word for line in _lines("names_other_scripts") for word in line.split())


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Return English words that are no names, without plurals."""
    return frozenset(word for line in _lines("english_words") for word in line.split())


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return common words of many languages that are in no name."""
    return frozenset(word for line in _lines("common_words") for word in line.split())


@lru_cache(maxsize=1)
def kanji_words() -> frozenset[str]:
    """Return common words of Chinese and Japanese that are no names."""
    return frozenset(word for line in _lines("kanji_words") for word in line.split())


@lru_cache(maxsize=1)
def not_names() -> frozenset[str]:
    """Return words of sections, buttons, galleries, firms and places that are in no person's name."""
    return frozenset(key_of(entry) for entries in _lists("not_names").values() for entry in entries)


@lru_cache(maxsize=1)
def _nobody_wide() -> re.Pattern[str]:
    entries = {entry for entries in _lists("not_names").values() for entry in entries if _WIDE.match(entry)}
    return re.compile("|".join(map(re.escape, sorted(entries))))


def names_nobody(text: str) -> bool:
    """Return whether a word that is in no person's name stands anywhere in a Chinese, Japanese, Korean or Thai line."""
    return bool(_nobody_wide().search(text))


@lru_cache(maxsize=4)
def surnames(language: str) -> frozenset[str]:
    """Return family names of a *language* in which they stand first (korean | chinese | japanese), as printed.

    *korean_given* are the syllables of Korean given names.
    """
    return frozenset(_lists("surnames_asian")[language])


@lru_cache(maxsize=1)
def cities() -> Phrases[bool]:
    """Return names of the largest cities: a surname that is one of them may be a city all the same."""
    return Phrases((entry.strip(), True) for line in _lines("cities") for entry in line.split(";"))


def has_phrase(text: str, name: str, file: str = "words") -> bool:
    """Return whether an entry of the list *name* stands anywhere in *text*."""
    tokens = tokenize(text)
    table = phrases(name, file)
    first = table.first_words
    return any(token.key in first and table.at(tokens, index) for index, token in enumerate(tokens))


def _lines(file: str) -> list[str]:
    text = (DATA / f"{file}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


@lru_cache(maxsize=8)
def _lists(file: str) -> dict[str, list[str]]:
    return tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))
