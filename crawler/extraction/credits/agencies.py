"""The authority table of news and picture agencies, and where their names stand in a line."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from crawler.extraction.credits.tokens import Phrases, Token, tokenize

TABLE = Path(__file__).with_name("data") / "agencies.csv"
"""One agency a line; see its first lines for how to add one."""
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PARTICLE = re.compile(
    r"^(?:(?:l|d|dell|all|dall|nell|sull|qu)'|[ולבמהש]{1,2}(?=[א-ת]{3})|(?:و|ل|ب|ف|لل|ك)(?=[\u0621-\u064a]{3}))"
)
_ARABIC_PREFIX = re.compile(r"^(?:و|ل|ب|ف|لل)(?=[\u0621-\u064a]{3})")


@dataclass(frozen=True, slots=True)
class Agency:
    """One line of the table."""

    code: str
    name: str
    country: str
    kind: str
    """wire | financial | sports | religious | photo | syndicate | pr | state | generic"""
    languages: tuple[str, ...]
    names: tuple[str, ...]
    ambiguous: frozenset[str]
    """Those of *names* that mean other things too."""


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency's name in a line."""

    start: int
    end: int
    agency: Agency
    ambiguous: bool
    """The name means other things too: it counts only where nothing but a credit can stand."""


class AgencyTable:
    """Looks agencies up by code and by name, in linear time."""

    def __init__(self, agencies: tuple[Agency, ...]) -> None:
        self.agencies = agencies
        self.by_code = {agency.code: agency for agency in agencies}
        entries = [
            (name, (agency, name, name in agency.ambiguous)) for agency in agencies for name in agency.names
        ]
        self._phrases = Phrases(entries)
        glued = {name: entry for name, entry in entries if CJK.search(name)}
        self._glued_names = glued
        self._glued = re.compile("|".join(map(re.escape, sorted(glued, key=len, reverse=True))))

    def whole(self, text: str) -> Agency | None:
        """Return the agency that *text* names, and nothing but it; None when it names none."""
        found = self._phrases.whole(text)
        return found[0] if found else None

    def find(self, text: str) -> list[Mention]:
        """Return the agencies named in *text*, in order, longest names first, none inside another."""
        tokens = tokenize(text)
        found: list[Mention] = []
        index = 0
        while index < len(tokens):
            hit = self._phrases.at(tokens, index) or self._behind_particle(tokens, index)
            if hit is not None and self._fits(text, tokens[index : index + hit[0]], hit[1][1]):
                size, (agency, _, ambiguous) = hit
                found.append(Mention(tokens[index].start, tokens[index + size - 1].end, agency, ambiguous))
                index += size
                continue
            found.extend(self._inside(text, tokens[index]))
            index += 1
        return found

    def _behind_particle(
        self, tokens: list[Token], index: int
    ) -> tuple[int, tuple[Agency, str, bool]] | None:
        """Return the hit behind a Hebrew or Arabic particle that is written together with the name."""
        token = tokens[index]
        particle = _PARTICLE.match(token.key)
        if particle is None:
            return None
        bare = Token(token.start + particle.end(), token.end, token.key[particle.end() :])
        hit = self._phrases.at([bare, *tokens[index + 1 : index + 5]], 0)
        if hit is None or hit[1][2]:
            return None
        tokens[index] = bare
        return hit

    def _fits(self, text: str, tokens: list[Token], name: str) -> bool:
        """Return whether the case is the name's: written like it, in capitals, or a known small form of letters."""
        words = text[tokens[0].start : tokens[-1].end]
        gaps = [text[a.end : b.start] for a, b in zip(tokens, tokens[1:], strict=False)]
        if any(len(gap) > 3 or gap.strip(" -–‑./&,'’«»“”„\"") for gap in gaps):
            return False
        if any("," in gap or ". " in gap for gap in gaps):
            return False
        if words == name or words.isupper() or not words.isascii():
            return True
        if len(tokens) == 1 and len(words) <= 4:
            return words.islower() or (words == name.capitalize() and name.isupper())
        return words[0].isupper() or words.islower() or name[0].islower()

    def _inside(self, text: str, token: Token) -> list[Mention]:
        """Return agencies inside a word of a script that writes without spaces, or behind an Arabic particle."""
        word = text[token.start : token.end]
        if word.isascii():
            return []
        if CJK.search(word):
            hits = ((m, self._glued_names[m.group()]) for m in self._glued.finditer(word))
            return [Mention(token.start + m.start(), token.start + m.end(), e[0], e[2]) for m, e in hits]
        prefix = _ARABIC_PREFIX.match(word)
        hit = self._phrases.whole(word[prefix.end() :]) if prefix else None
        return (
            [Mention(token.start + prefix.end(), token.end, hit[0], hit[2])]
            if prefix and hit and not hit[2]
            else []
        )


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
    )
