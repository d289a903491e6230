"""Words of a line with their places, and phrases looked up word by word: linear in the length of the line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Value = TypeVar("Value")

MARKED = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff"
WORD = re.compile(rf"[\w{MARKED}]+(?:[’'׳״\"](?=[^\W\d_])[\w{MARKED}]+)?")
_ASCII_WORD = re.compile(r"\w+(?:['\"](?=[A-Za-z])\w+)?", re.ASCII)
_token = tuple.__new__
"""A tuple made without the call of the class's own, which takes most of the time."""
_MARKS: dict[str, str | int | None] = {"\u2019": "'", "\u05f3": "'", "\u05f4": '"'}


class Token(NamedTuple):
    """A word: where it stands, and its key for comparison."""

    start: int
    end: int
    key: str


@lru_cache(maxsize=8192)
def key_of(word: str) -> str:
    """Return *word* for comparison: case folded, without accents, compatibility form."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.translate(str.maketrans(_MARKS)))
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=1024)
def tokenize(text: str) -> tuple[Token, ...]:
    """Return the words of *text* in order."""
    if text.isascii():
        small = text.lower()
        return tuple(
            [_token(Token, (*m.span(), small[m.start() : m.end()])) for m in _ASCII_WORD.finditer(text)]
        )
    return tuple([_token(Token, (*m.span(), key_of(m[0]))) for m in WORD.finditer(text)])


def first_tokens(text: str, start: int, count: int) -> list[Token]:
    """Return at most *count* words of *text* from *start* on."""
    found = islice(WORD.finditer(text, start), count)
    return [Token(m.start(), m.end(), key_of(m.group())) for m in found]


class Phrases(Generic[Value]):
    """A table of phrases, each with a value; finds the longest one that starts at a given word."""

    def __init__(self, entries: Iterable[tuple[str, Value]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Value]]] = {}
        for phrase, value in entries:
            keys = tuple(token.key for token in tokenize(phrase))
            if keys:
                self._by_first.setdefault(keys[0], []).append((keys, value))
        for found in self._by_first.values():
            found.sort(key=lambda entry: -len(entry[0]))
        self.first_words = frozenset(self._by_first)
        """The keys of the words with which a phrase begins."""

    def longest(self, first: str) -> int:
        """Return of how many words the longest phrase is that begins with the word *first*; 0 when none does."""
        found = self._by_first.get(first)
        return len(found[0][0]) if found else 0

    def at(self, tokens: Sequence[Token], index: int) -> tuple[int, Value] | None:
        """Return how many words the longest phrase at *index* takes and its value; None when none starts there."""
        entries = self._by_first.get(tokens[index].key, ())
        left = len(tokens) - index
        for keys, value in entries:
            size = len(keys)
            if size == 1:
                return size, value
            if size > left or tokens[index + 1].key != keys[1]:
                continue
            if size == 2 or all(tokens[index + n].key == keys[n] for n in range(2, size)):
                return size, value
        return None

    def whole(self, text: str) -> Value | None:
        """Return the value of the phrase that *text* is, punctuation aside; None when it is none."""
        tokens = tokenize(text)
        if not tokens:
            return None
        for keys, value in self._by_first.get(tokens[0].key, ()):
            if len(keys) == len(tokens) and all(
                token.key == key for token, key in zip(tokens, keys, strict=True)
            ):
                return value
        return None
