"""Runs of names without a sign between them: glued to what follows, one behind another."""

from __future__ import annotations

import re

from crawler.extraction.credits.asian_names import is_asian_job, split_han
from crawler.extraction.credits.no_person import INITIAL
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names, words

_GLUED = re.compile(
    r"(?<=[a-zà-öø-ÿ]{2})(?=(?:Staff|Senior|Chief|Political|Business|News|Sports?|Health|Special|Reporter|Editor|Writer|Correspondent|Redakteur|Reporterin|Korrespondent|Journalist|Contributor|Columnist)\b)|(?<=[a-zà-öø-ÿ]{3})(?=[A-Z][A-Za-z])|(?<=[a-z]{2})(?=[A-Z]{3})"
)
_KEEP_GLUED = frozenset(
    {"mac", "fitz", "della", "dela", "van", "von", "des", "del", "der", "dos", "vande", "mcc"}
)


def unglued(text: str) -> str:
    """Return *text* with a bar where a name was glued to what follows: ``Meg James|Staff Writer``."""

    def cut(match: re.Match[str]) -> str:
        before = text[: match.start()]
        word = before.rsplit(" ", 1)[-1]
        if key_of(word) in _KEEP_GLUED or " " not in before.strip() or "." in word or "@" in word:
            return ""
        return " | "

    return _GLUED.sub(cut, text)


def split_names(text: str) -> list[str]:
    """Return the names in a run without separators: a first name behind a surname begins the next one."""
    tokens = text.split()
    if 1 < len(tokens) < 4 and is_asian_job(tokens[0]):
        return split_names(" ".join(tokens[1:]))
    han = split_han(tokens)
    if han is not None:
        return han
    if len(tokens) < 4 or any(token.endswith(",") for token in tokens):
        return [text]
    known = [key_of(token.strip(".,")) in given_names() for token in tokens]
    if not known[0]:
        return [text]
    starts = [0]
    for position in range(2, len(tokens) - 1):
        before = tokens[position - 1]
        joined = not before[0].isupper() or INITIAL.match(before)
        if known[position] and not known[position - 1] and not joined and position - starts[-1] >= 2:
            starts.append(position)
    if len(starts) == 1:
        end = _name_end(tokens, known)
        return [" ".join(tokens[:end]), " ".join(tokens[end:])] if end < len(tokens) else [text]
    return [" ".join(tokens[a:b]) for a, b in zip(starts, [*starts[1:], len(tokens)], strict=True)]


def _name_end(tokens: list[str], known: list[bool]) -> int:
    """Return where the name ends that opens a run of capitals: "Trevor J. Mitchell | Sioux Falls Argus Leader"."""
    end = next(
        (
            n
            for n in range(1, len(tokens))
            if (not known[n] or INITIAL.match(tokens[n - 1]))
            and not INITIAL.match(tokens[n])
            and tokens[n][0].isupper()
        ),
        None,
    )
    if end is None:
        return len(tokens)
    rest = tokens[end + 1 :]
    if len(rest) >= 2 and rest[0] == "The":
        return end + 1
    outlet = len(rest) >= 2 and (
        any(key_of(token) in words("organisation") for token in rest)
        or (all(map(str.isupper, rest)) and not tokens[0].isupper())
    )
    return end + 1 if outlet and not any(key_of(token) in words("jobs") for token in rest) else len(tokens)
