"""The table of role words, and whether a line is one, or begins with one."""

from __future__ import annotations

from functools import lru_cache

from crawler.extraction.credits.tokens import Phrases, first_tokens, tokenize
from crawler.extraction.credits.words import _lists


@lru_cache(maxsize=1)
def role_table() -> Phrases[tuple[tuple[str, str], ...]]:
    """Return the phrases of ``data/roles.toml``, each with its roles and shapes."""
    entries: dict[str, list[tuple[str, str]]] = {}
    for role, shapes in _lists("roles").items():
        for shape, found in shapes.items():  # type: ignore[attr-defined]
            for phrase in found:
                for full in _in_languages(phrase.casefold()):
                    entries.setdefault(full, []).append((role, shape.removesuffix("s")))
    return Phrases((phrase, tuple(values)) for phrase, values in entries.items())


def _in_languages(phrase: str) -> list[str]:
    """Return *phrase* with each language in place of "{en}": "translated from {en} by"."""
    head, brace, rest = phrase.partition("{")
    code, _, tail = rest.partition("}")
    return [head + name + tail for name in _lists("words")[f"languages_{code}"]] if brace else [phrase]


def is_role_word(text: str) -> bool:
    """Return whether *text* is a role word and nothing else: "Text", "Mehr zum Thema"."""
    found = role_table().whole(text)
    return bool(found) and any(
        shape == "noun" and (role in {"none", "photo", "author", "copyright"}) for role, shape in found or ()
    )


def opens_with_role(text: str) -> bool:
    """Return whether a role word stands among the first two words of *text*."""
    first = role_table().first_words
    near = first_tokens(text, 0, 2)
    if not any(token.key in first for token in near):
        return False
    tokens = tokenize(text[:60])
    return any(role_table().at(tokens, index) for index in range(min(2, len(tokens))))


@lru_cache(maxsize=1)
def last_words() -> frozenset[str]:
    """Return the words with which a closer ends."""
    phrases_ = (phrase for shapes in _lists("roles").values() for phrase in shapes.get("closers", ()))  # type: ignore[attr-defined]
    return frozenset(tokenize(phrase)[-1].key for phrase in phrases_)
