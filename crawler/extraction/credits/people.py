"""People before or behind their jobs and places: "Amy Gibbons Political Correspondent", "Jane Doe in Paris"."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.credits.names import person_name, without_titles
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names, words

_PLACE_WORD = re.compile(
    r"^(.{3,60}?)\s+(?:in|aus|from|à|en|em|w|i|din|v|из|à|im|op|desde|a)\s+(?:[A-ZÀ-ÝА-Я][\w.'’-]*)(?:[\s,][\w.'’-]+){0,3}$"
)

_PEOPLE_OF = frozenset({"reporters", "writers", "correspondents", "journalists", "photographers"})
_ARABIC_PLACE = re.compile(r"^(.{3,40}?)\s+(?:من|في|از|در)\s+[\u0621-\u06cc]+(?:\s[\u0621-\u06cc]+)?$")


def person_in(text: str, *, photo: bool = False, sure: bool = False) -> str | None:
    """Return the person whom *text* names, alone or before a place: "Jane Doe in Paris".

    *sure*: see ``person_name``.
    """
    place = _PLACE_WORD.match(text) or (None if text.isascii() else _ARABIC_PLACE.match(text))
    name = person_name(text, sure=sure) or (person_name(place.group(1)) if place else None)
    return _name_before_words(text) if name is None and not photo else name


def _name_before_words(text: str) -> str | None:
    """Return the name that opens *text* before words in small letters: "Rhona Castell at the curling hall"."""
    tokens = text.split()
    small = next(
        (
            n
            for n, t in enumerate(tokens)
            if t.islower() and key_of(t) not in words("particles") - words("from")
        ),
        None,
    )
    if (
        small is None
        or not 2 <= small <= 4
        or key_of(tokens[small]) not in words("from") | {"at", "with", "is", "reporting", "special"}
    ):
        return None
    sure = key_of(tokens[0]) in given_names() or tokens[small] in {"at", "with", "reporting"}
    return person_name(" ".join(tokens[:small])) if sure else None


def without_job(text: str) -> str:
    """Return *text* without job words behind or before a name ("Amy Gibbons Political Correspondent")."""
    tokens = without_titles(text.split())
    jobs, subjects = words("jobs"), words("subjects")
    keys = [key_of(token.strip(".,:()–-")) for token in tokens]
    job = next((n for n, key in enumerate(keys) if key in jobs or key.rsplit("-", 1)[-1] in jobs), None)
    if job is None:
        while len(tokens) > 2 and keys[len(tokens) - 1] in subjects and keys[0] in given_names():
            tokens.pop()
        return " ".join(tokens)
    if job >= 2 and not all(key in subjects or key in words("particles") for key in keys[:job]):
        end = job
        while end > 2 and (
            keys[end - 1] in subjects
            or is_place(tokens[end - 1])
            or (tokens[end - 1].isupper() and not tokens[0].isupper())
            or tokens[end - 1][:1].islower()
        ):
            end -= 1
        if end == job < len(tokens) - 1 and _outlets_reporters(tokens, keys, job):
            return " ".join(tokens[job + 1 :])
        return " ".join(tokens[:end]).rstrip(" ,–-")
    return _behind_job(tokens, keys) or text


def _outlets_reporters(tokens: list[str], keys: list[str], job: int) -> bool:
    """Return whether an outlet stands before the job and a person behind it: "Harbour Gazette reporters Jane Doe"."""
    behind = tokens[job + 1 :]
    return (
        (keys[job + 1] in given_names() or keys[job] in _PEOPLE_OF)
        and keys[0] not in given_names()
        and person_name(" ".join(behind)) is not None
    )


def _behind_job(tokens: list[str], keys: list[str]) -> str:
    """Return the words behind the last job and its place: "Corresponsal en Lima Juana Pérez"."""
    jobs = words("jobs")
    last = max(n for n, key in enumerate(keys) if key in jobs or key.rsplit("-", 1)[-1] in jobs)
    rest = tokens[last + 1 :]
    if len(rest) > 3 and key_of(rest[0]) in words("from") and is_place(rest[1]):
        rest = rest[2:]
    return " ".join(rest)


@lru_cache(maxsize=1)
def _job_words() -> frozenset[str]:
    return words("jobs") | words("subjects") | words("from") | words("particles") | words("and")


def only_jobs(text: str) -> bool:
    """Return whether *text* says what somebody works as, and not who: "Redactora de tribunales"."""
    keys = [key_of(token.strip(".,:()")) for token in text.split()]
    known = _job_words()
    return any(key in words("jobs") for key in keys) and (
        all(key in known for key in keys)
        or (keys[0] in words("jobs") and len(keys) > 1 and not person_in(without_job(text)))
    )
