"""Some words around what was found, in the page's own letters; what was found stands between two marks."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from archive.index.fold import UNSPACED, fold, umlaut_spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK_ON, MARK_OFF = "\x01", "\x02"
_NO_MARKS = str.maketrans(MARK_ON + MARK_OFF, "  ")

_WITHIN = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640"
    "\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0963\u0966-\u0dff\u200b-\u200f\u2060\ufeff"
)
"""Marks and joiners, which Python counts to no word."""
_LETTER = rf"(?:(?![{UNSPACED}])[^\W_]|[{_WITHIN}])"
_SIGN = "(?<=\\w)['’ʼ](?=\\w)|(?<=[א-ת])[\"'״׳“”‘’](?=[א-ת])"
_UNIT = re.compile(rf"[{UNSPACED}]|(?:{_LETTER}|{_SIGN})+")
_ASCII_UNIT = re.compile(r"(?:[^\W_]+|(?<=\w)'(?=\w))+", re.ASCII)
"""The same where all is ASCII, found in a third of the time."""
_FOLDED_WORD = re.compile(rf"[{UNSPACED}]|{_LETTER}+")
_BEFORE, _WIDTH = 5, 16
"""Words in front of what was found, and words in all; in scripts without spaces, characters count double."""
_LONGEST = 200_000
"""Characters of a text that are looked through: more than any article has; a bound for hostile pages."""

_LOOKED_AT = 6
"""Paragraphs in which something may stand that are compared; more cost time and seldom show more words together."""


class Sought(NamedTuple):
    """Words that a query looks for, one behind the other."""

    columns: str
    """Names of the columns in which they are looked for, separated by spaces."""
    words: tuple[str, ...]
    """Folded."""
    is_prefix: bool
    """Whether the last word may go on."""


class _Unit(NamedTuple):
    start: int
    end: int
    words: tuple[str, ...]
    """What full text makes of it: one folded word, seldom more."""
    other: str
    """The same without umlauts; empty when it has none."""


def sought(columns: str, folded: str, *, is_prefix: bool = False) -> Sought:
    """Return what the words of *folded* look for."""
    return Sought(columns, _words(folded), is_prefix)


def snippet(texts: Iterable[tuple[str, str | None]], wanted: Sequence[Sought]) -> str | None:
    r"""Return the words of the one among *texts* (column, text) in which most of *wanted* stands close together.

    None when nothing of it stands anywhere; of equals the first text and the first place count. Only within a paragraph.

    >>> snippet([("body", "Die Straße nach Jérôme")], [sought("body", "strasse"), sought("body", "jer", is_prefix=True)])
    'Die \x01Straße\x02 nach \x01Jérôme\x02'
    """
    best: tuple[int, str | None] = (0, None)
    for column, text in texts:
        here = [one for one in wanted if column in one.columns.split() and one.words]
        if not text or not here:
            continue
        paragraphs = (p for p in text[:_LONGEST].translate(_NO_MARKS).splitlines() if _may_hold(p, here))
        for paragraph in islice(paragraphs, _LOOKED_AT):
            best = max(best, _best_place(paragraph, here), key=lambda found: found[0])
            if best[0] == len(wanted):
                return best[1]
    return best[1]


def _may_hold(paragraph: str, wanted: Sequence[Sought]) -> bool:
    """Return False when it is plain that nothing of *wanted* stands in *paragraph*: most paragraphs are told so."""
    folded = fold(paragraph) or ""
    if any(_in_a_row(one.words).search(folded) for one in wanted):
        return True
    others = umlaut_spellings(paragraph)
    return bool(others) and any(one.words[0] in others for one in wanted)


@lru_cache(maxsize=256)
def _in_a_row(words: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds *words* one behind the other, whatever signs stand between, in a folded text."""
    return re.compile(r"[\W_]*".join(map(re.escape, words)))


def _best_place(text: str, wanted: Sequence[Sought]) -> tuple[int, str]:
    """Return how many of *wanted* stand in the best place of *text*, and that place, marked."""
    pattern = _ASCII_UNIT if text.isascii() else _UNIT
    units = [_Unit(match.start(), match.end(), *_folded_unit(match[0])) for match in pattern.finditer(text)]
    hits = sorted(
        (first, last, number) for number, one in enumerate(wanted) for first, last in _places(units, one)
    )
    if not hits:
        return 0, ""
    best_score, best_first = 0, 0
    for position, (first, _, _) in enumerate(hits):
        near = {
            number
            for start, _, number in hits[position : position + _WIDTH]
            if start < first + _WIDTH - _BEFORE
        }
        if len(near) > best_score:
            best_score, best_first = len(near), first
    return best_score, _marked(text, units, [(first, last) for first, last, _ in hits], best_first)


def _places(units: Sequence[_Unit], one: Sought) -> list[tuple[int, int]]:
    """Return the first and last unit of every place where the words of *one* stand."""
    if len(one.words) == 1:
        return [(n, n) for n, unit in enumerate(units) if _is_in(one, unit)]
    flat = [(word, number) for number, unit in enumerate(units) for word in unit.words]
    places = []
    for start, (word, number) in enumerate(flat):
        window = flat[start : start + len(one.words)] if word == one.words[0] else []
        words = [found for found, _ in window]
        if words[:-1] == list(one.words[:-1]) and words and _fits(words[-1], one):
            places.append((number, window[-1][1]))
    return places


def _is_in(one: Sought, unit: _Unit) -> bool:
    """Return whether *unit* is the only word of *one*."""
    [wanted] = one.words
    if one.is_prefix:
        return any(word.startswith(wanted) for word in (*unit.words, unit.other))
    return wanted in unit.words or wanted == unit.other


def _fits(word: str, one: Sought) -> bool:
    """Return whether *word* can be the last one of *one*."""
    return word == one.words[-1] or (one.is_prefix and word.startswith(one.words[-1]))


def _marked(text: str, units: Sequence[_Unit], hits: Sequence[tuple[int, int]], around: int) -> str:
    first = max(0, around - _BEFORE)
    width = _WIDTH * 2 if re.match(f"[{UNSPACED}]", text[units[around].start :]) else _WIDTH
    last = min(len(units) - 1, first + width - 1)
    pieces, at, done = [], units[first].start if first else 0, -1
    for start, end in hits:
        if start <= done or start < first or end > last:
            continue
        begin, stop = units[start].start, units[end].end
        pieces += [text[at:begin], MARK_ON, text[begin:stop], MARK_OFF]
        at, done = stop, end
    pieces.append(text[at:] if last == len(units) - 1 else text[at : units[last].end])
    inner = " ".join("".join(pieces).split(None))
    return f"{'… ' if first else ''}{inner}{'' if last == len(units) - 1 else ' …'}"


@lru_cache(maxsize=50_000)
def _folded_unit(unit: str) -> tuple[tuple[str, ...], str]:
    return _words(fold(unit) or ""), umlaut_spellings(unit)


def _words(folded: str) -> tuple[str, ...]:
    return tuple(_FOLDED_WORD.findall(folded))
