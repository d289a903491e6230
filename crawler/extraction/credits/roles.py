"""Words that say what somebody did, and the clauses they open: "Text: … Fotos: …", "Editing by …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.role_markers import Marker, marker_at
from crawler.extraction.credits.role_pairs import bare_pair
from crawler.extraction.credits.role_words import last_words, role_table
from crawler.extraction.credits.tokens import Token, key_of, tokenize

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_NOUN = 40
"""Characters before a role word in which another one that is joined to it is looked for."""
_AND_AT_END = re.compile(r"\s(?:and|e|y|und|et|og|och|en|i|и|та|și|&)\s*$")
_GLUED_CLOSER = re.compile(r"(?:撮影|摄影?|攝影?|写す|撮)$")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words that one marker governs."""

    roles: tuple[str, ...]
    """Empty where no marker stands."""
    text: str
    start: int
    shape: str = ""


def closes_with_role(text: str) -> bool:
    """Return whether *text* ends with words like "contributed to this report"."""
    last = text[-60:].rstrip(" .)").rsplit(None, 1)
    return bool(last) and key_of(last[-1]) in last_words() and bool(find_markers(text[-60:]))


@lru_cache(maxsize=512)
def find_markers(text: str, *, photo: bool = False) -> tuple[Marker, ...]:
    """Return the role words of *text* that govern what follows (or, for closers, what precedes)."""
    named = [
        m for m in agency_table().find(text) if m.agency.kind != "generic" and " " in text[m.start : m.end]
    ]
    tokens = list(tokenize(text)) if text.isascii() else _cut_closers(text, tokenize(text))
    if named:
        tokens = [t for t in tokens if not any(m.start <= t.start < m.end for m in named)]
    table = role_table()
    first_words = table.first_words
    found: list[Marker] = []
    index = 0
    while index < len(tokens):
        hit = table.at(tokens, index) if tokens[index].key in first_words else None
        marker = marker_at(text, tokens, index, hit[0], hit[1], photo=photo) if hit else None
        if marker is None:
            index += 1
            continue
        found.append(marker)
        index += hit[0] if hit else 1
        while index < len(tokens) and tokens[index].start < marker.end:
            index += 1
    if not found and not photo:
        found = bare_pair(text, tokens)
    return tuple(_joined(text, found))


def _cut_closers(text: str, tokens: Sequence[Token]) -> list[Token]:
    """Return *tokens* with a closer as a word of its own where its script writes it without a space."""
    out: list[Token] = []
    for token in tokens:
        glued = None if text[token.start].isascii() else _GLUED_CLOSER.search(text[token.start : token.end])
        if glued and glued.start():
            at = token.start + glued.start()
            out += [
                Token(token.start, at, token.key[: glued.start()]),
                Token(at, token.end, key_of(glued.group())),
            ]
        else:
            out.append(token)
    return out


def _joined(text: str, markers: list[Marker]) -> list[Marker]:
    """Return *markers* with "Text & Fotos:" as one marker of two roles."""
    out: list[Marker] = []
    for marker in markers:
        near = max(0, marker.start - _LONGEST_NOUN)
        head = text[near : marker.start].rstrip()
        words_before = re.search(
            r"([^\W\d_][\w-]*)\s*(&|und|and|et|y|e|og|och|en|i|ja|a|и|та|й|και|dan|ve|və|és|și|ir|un|và|और|এবং|/|,|·|・|\+|与|與|及|和)\s*$",
            head,
            re.IGNORECASE,
        )
        first = role_table().whole(words_before.group(1)) if words_before else None
        role = next((role for role, shape in first or () if shape == "noun"), None)
        if (
            words_before
            and role
            and marker.shape == "noun"
            and role != "none"
            and not (out and out[-1].end > near + words_before.start())
        ):
            out.append(
                Marker(
                    near + words_before.start(),
                    marker.end,
                    tuple(dict.fromkeys((role, *marker.roles))),
                    "noun",
                )
            )
        else:
            out.append(marker)
    return out


def clauses(text: str, *, photo: bool = False) -> list[Clause]:
    """Return *text* cut at its role words, in order; the first clause may have no role."""
    markers = find_markers(text, photo=photo)
    out: list[Clause] = []
    position = 0
    roles: tuple[str, ...] = ()
    shape = ""
    for marker in markers:
        piece = _AND_AT_END.sub("", text[position : marker.start])
        if marker.shape == "closer":
            out.append(Clause(marker.roles, piece, position, "closer"))
            roles, shape = (), "after-closer"
        else:
            if piece.strip(" ,;.|/([（【-–—&"):
                out.append(Clause(roles, piece, position, shape))
            roles, shape = marker.roles, marker.shape
        position = marker.end
    rest = text[position:]
    if rest.strip(" .,;:)]|/"):
        out.append(Clause(roles, rest, position, shape))
    return out
