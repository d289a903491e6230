"""Names of places: cities, countries, states. What is named like one is no person."""

from __future__ import annotations

from functools import lru_cache

from crawler.extraction.credits.tokens import tokenize
from crawler.extraction.credits.words import DATA, cities


def is_place(text: str) -> bool:
    """Return whether the whole of *text*, punctuation, case and accents aside, is the name of a place.

    >>> is_place("Palma de Mallorca"), is_place("LUBBOCK"), is_place("Παρίσι"), is_place("Maria da Silva")
    (True, True, True, False)
    """
    key = " ".join(token.key for token in tokenize(text))
    return bool(key) and (key in _places() or bool(cities().whole(text)))


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    lines = (DATA / "places.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
