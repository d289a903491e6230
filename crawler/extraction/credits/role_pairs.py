"""Role words without a sign, told by the names between them: "Text Anna Muster Bilder Max Beispiel"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.role_markers import Marker
from crawler.extraction.credits.role_words import role_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.credits.tokens import Token


def bare_pair(text: str, tokens: Sequence[Token]) -> list[Marker]:
    """Return the role words of "Text Anna Muster Bilder Max Beispiel": no sign behind them, a name between them."""
    small = text[:1].islower()
    nouns = [(token, role) for token in tokens if (role := _bare_noun(text, token, small=small))]
    if not nouns or len(text) > 120:
        return []
    before = text[: nouns[0][0].start].strip()
    if before and not person_name(before):
        return []
    gaps = [text[a.end : b.start].split() for (a, _), (b, _) in pairwise(nouns)]
    gaps.append(text[nouns[-1][0].end :].split())
    if len(gaps) + bool(before) < 2 or not all(person_name(" ".join(gap)) for gap in gaps):
        return []
    return [Marker(token.start, token.end + 1, (role,), "noun") for token, role in nouns]


def _bare_noun(text: str, token: Token, *, small: bool) -> str | None:
    """Return the role of a noun that is one word, *small* or with a capital; None for other words."""
    found = role_table().whole(token.key) if text[token.start].islower() == small else None
    return next((role for role, shape in found or () if shape == "noun" and role != "none"), None)
