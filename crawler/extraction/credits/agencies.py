"""The authority table of news and picture agencies, and where their names stand in a line."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.extraction.credits.tokens import MARKED, Phrases, Token, first_tokens, key_of, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAME = re.compile(
    rf"(?<![A-Za-z])(?:[A-Z]|(?![\x00-\x7f])\w|(?:dpa|afp|epd|sda|apa|rtr)\b|[ld]'(?=[A-Z]))[\w{MARKED}']*"
)
"""Words that can begin a name in running text."""
_CAPITAL = re.compile(r"[A-ZÀ-ɏ][A-Za-zÀ-ɏ0-9]*")
_WIDE = re.compile(r"[\u0370-\u1fff\u3040-\uffdc]")
TABLE = Path(__file__).with_name("data") / "agencies.csv"
"""One agency a line; see its first lines for how to add one."""
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LETTERS_FIRST = re.compile(r"[A-Z]{2,8}(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])")
_INSIDE_WORD = re.compile(r"\.$|[a-zà-ÿ][-‑]$")
"""Before a small word that is part of another: "paper.dpa", "Chia-nan"."""
_PARTICLE = re.compile(
    r"^(?:(?:l|d|dell|all|dall|nell|sull|qu)'|[ולבמהש]{1,2}(?=[א-ת]{3})|(?:و|ل|ب|ف|لل|ك)(?=[\u0621-\u064a]{3}))"
)


@dataclass(frozen=True, slots=True)
class Agency:
    """One line of the table."""

    code: str
    name: str
    country: str
    kind: str
    """wire | financial | sports | religious | photo | video | syndicate | pr | state | generic"""
    languages: tuple[str, ...]
    names: tuple[str, ...]
    ambiguous: frozenset[str]
    """Those of *names* that mean other things too."""
    wikidata: str | None = None
    """Its item there, where that is sure."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency's name in a line."""

    start: int
    end: int
    agency: Agency
    ambiguous: bool
    """The name means other things too: it counts only where nothing but a credit can stand."""


_ENDINGS = {
    True: [
        "a",
        "u",
        "om",
        "em",
        "ie",
        "y",
        "ów",
        "owi",
        "nek",
        "nak",
        "val",
        "vel",
        "ben",
        "ban",
        "től",
        "tól",
        "ról",
        "ről",
        "nál",
        "nél",
        "in",
        "lle",
        "lta",
        "ltä",
        "sta",
        "stä",
        "ssa",
        "ssä",
        "iin",
        "ului",
        "ui",
        "as",
        "am",
        "ile",
        "ist",
    ],
    False: ["а", "у", "ю", "ом", "ем", "е", "ы", "и", "я", "ой", "ою", "ів", "ові", "ове", "ом", "та", "ът"],
}
"""Case endings of Latin (True) and Cyrillic names, in the languages that put them on foreign names."""


def _inflections(entries: Iterable[tuple[Agency, str, bool]]) -> dict[str, tuple[Agency, str, bool]]:
    """Return the one-word names of *entries* with case endings, as keys for comparison."""
    out: dict[str, tuple[Agency, str, bool]] = {}
    for entry in entries:
        name = entry[1]
        latin = name.isascii()
        if name.isalpha() and len(name) >= (5 if latin else 4) and (latin or "\u0400" <= name[0] <= "\u04ff"):
            out.update((key_of(name + ending), entry) for ending in _ENDINGS[latin])
    return out


def _names_small(text: str) -> bool:
    """Return whether one of the names that are often printed small may stand in *text*."""
    return (
        " dpa" in text
        or " afp" in text
        or " epd" in text
        or " sda" in text
        or " apa" in text
        or " rtr" in text
    )


class AgencyTable:
    """Looks agencies up by code and by name, in linear time."""

    def __init__(self, agencies: tuple[Agency, ...]) -> None:
        self.agencies = agencies
        self.by_code = {agency.code: agency for agency in agencies}
        entries = [
            (name, (agency, name, name in agency.ambiguous)) for agency in agencies for name in agency.names
        ]
        self._phrases = Phrases((name.removeprefix("The "), entry) for name, entry in entries)
        self._inflected = _inflections(entry for _, entry in entries if entry[1] not in entry[0].ambiguous)
        self._inflected = {k: v for k, v in self._inflected.items() if k not in self._phrases.first_words}
        self._first_words = self._phrases.first_words | self._inflected.keys()
        glued = {name: entry for name, entry in entries if CJK.search(name)}
        self._glued_names = glued
        self._glued = re.compile("|".join(map(re.escape, sorted(glued, key=len, reverse=True))))

    def whole(self, text: str) -> Agency | None:
        """Return the agency that *text* names, and nothing but it; None when it names none."""
        found = self._phrases.whole(text.removeprefix("The "))
        return found[0] if found else None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the agencies named in *text*, in order, longest names first, none inside another."""
        return _found(self, text)

    def find_names(self, text: str) -> tuple[Mention, ...]:
        """Return the agencies that running text names: like ``find``, but small words are no names there."""
        plain = (text.isascii() or not _WIDE.search(text)) and not _names_small(text)
        if plain and self._first_words.isdisjoint(map(key_of, _CAPITAL.findall(text))):
            return ()
        return self._find_at(text, (match.span() for match in _NAME.finditer(text)))

    def find_in(self, text: str) -> tuple[Mention, ...]:
        """Return what ``find`` returns, which remembers it."""
        first = self._first_words
        plain = text.isascii()
        words = (
            (token.start, token.end)
            for token in tokenize(text)
            if not plain or token.key in first or "'" in token.key
        )
        return self._find_at(text, words)

    def _find_at(self, text: str, words: Iterable[tuple[int, int]]) -> tuple[Mention, ...]:
        """Return the agencies whose names begin at one of *words* (start and end), none inside another."""
        found: list[Mention] = []
        end = 0
        for start, stop in words:
            if start < end:
                continue
            word = text[start:stop]
            if word.isascii() and word.lower() not in self._first_words and "'" not in word:
                continue
            if word.islower() and _INSIDE_WORD.search(text, max(0, start - 2), start):
                continue
            hits = self._at(text, start, stop, key_of(word))
            if hits:
                found.extend(hits)
                end = hits[-1].end
        return tuple(found)

    def _at(self, text: str, start: int, end: int, key: str) -> list[Mention]:
        """Return the agencies whose names begin with the word at *start*, or stand inside it."""
        particle = None if key in self._first_words else _PARTICLE.match(key)
        word_start = start
        if particle is not None and key[particle.end() :] in self._first_words:
            start += particle.end()
        elif key not in self._first_words:
            return self._with_ending(text, start, key) or self._inside(text, start, end)
        tokens = first_tokens(
            text, start, self._phrases.longest(key if particle is None else key[particle.end() :])
        )
        hit = self._phrases.at(tokens, 0) if tokens else None
        if hit is None and key in self._inflected and particle is None:
            return self._with_case(text, start, end, key)
        if hit is None or (particle is not None and hit[1][2]):
            ending = self._with_ending(text, start, tokens[0].key) if tokens and particle is None else []
            return ending or self._inside(text, start, end)
        size, (agency, name, ambiguous) = hit
        if not self._fits(text, tokens[:size], name):
            return []
        if text[max(0, start - 4) : start] in {"The ", "THE "} and agency.name.startswith("The "):
            start -= 4
        return [Mention(start if particle is None else word_start, tokens[size - 1].end, agency, ambiguous)]

    def _with_ending(self, text: str, start: int, key: str) -> list[Mention]:
        """Return the agency that a word names before an apostrophe and a case ending: "DHA'nın"."""
        stem, apostrophe, ending = key.partition("'")
        if not apostrophe or stem not in self._first_words or not ending.isalpha() or len(ending) > 4:
            return []
        end = start + len(stem)
        name = text[start:end]
        entry = self._phrases.whole(name)
        sure = entry and (name.isupper() or (name == entry[1] and len(name) > 4 and not entry[2]))
        return [Mention(start, end, entry[0], entry[2])] if entry and sure else []

    def _with_case(self, text: str, start: int, end: int, key: str) -> list[Mention]:
        """Return the agency that a word with a case ending names: "Интерфакса", "Tanjuga"."""
        agency, name, ambiguous = self._inflected[key]
        printed = text[start : start + len(name)]
        return [Mention(start, end, agency, ambiguous)] if printed == name or printed == name.upper() else []

    def _fits(self, text: str, tokens: list[Token], name: str) -> bool:
        """Return whether the case is the name's: written like it, in capitals, or a known small form of letters."""
        words = text[tokens[0].start : tokens[-1].end]
        gaps = [text[a.end : b.start] for a, b in pairwise(tokens)]
        if any(len(gap) > 3 or gap.strip(" -–‑./&,'’«»“”„\"") for gap in gaps):
            return False
        if any("," in gap or ". " in gap for gap in gaps):
            return False
        if words == name.removeprefix("The ") or words.isupper() or not words.isascii():
            return True
        if len(tokens) == 1 and len(words) <= 4:
            return words.islower() or (words == name.capitalize() and name.isupper())
        return words[0].isupper() or words.islower() or name[0].islower()

    def _inside(self, text: str, start: int, end: int) -> list[Mention]:
        """Return agencies inside a word of a script that writes without spaces."""
        word = text[start:end]
        if word.isascii() or not CJK.search(word):
            return []
        hits = ((m, self._glued_names[m.group()]) for m in self._glued.finditer(word))
        letters = _LETTERS_FIRST.match(word)
        first = self._phrases.whole(letters.group()) if letters else None
        if letters and first and first[1] == letters.group():
            end = start + letters.end()
            return [Mention(start, end, first[0], first[2]), *self._inside(text, end, start + len(word))]
        return [Mention(start + m.start(), start + m.end(), entry[0], entry[2]) for m, entry in hits]


@lru_cache(maxsize=1024)
def _found(table: AgencyTable, text: str) -> tuple[Mention, ...]:
    return table.find_in(text)


@lru_cache(maxsize=1)
def agency_table() -> AgencyTable:
    """Return the table of ``data/agencies.csv``, read once."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return AgencyTable(tuple(_agency(row) for row in csv.DictReader(lines)))


def _agency(row: dict[str, str]) -> Agency:
    names = [name for name in row["names"].split(";") if name]
    plain = tuple(name.removesuffix("?") for name in names)
    return Agency(
        code=row["code"],
        name=row["name"],
        country=row["country"],
        kind=row["kind"],
        languages=tuple(row["languages"].split()),
        names=tuple(dict.fromkeys((*plain, row["name"]) if " " in row["name"] else plain)),
        ambiguous=frozenset(name.removesuffix("?") for name in names if name.endswith("?")),
        wikidata=row["wikidata"] or None,
    )
