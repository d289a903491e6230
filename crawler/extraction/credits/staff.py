"""Desks and "our own people": "Web Desk", "Redaktion", "From our correspondent", "編集部"."""

from __future__ import annotations

import re

from crawler.extraction.credits.names import person_name, without_titles
from crawler.extraction.credits.people import person_in, without_job
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import given_names, phrases, words

_DESK_JOB = re.compile(
    r"^(?:[A-Z][\w.]{1,20} ){0,3}(?:Staff )?(?:Reporters?|Correspondents?|Bureau|News Service)$"
)
_JOB_END = re.compile(r"(?:correspondent|reporter|writer|editor|contributor)$", re.IGNORECASE)
_CJK_DESK = re.compile(r"^[\u3400-\u9fff]{2,6}(?:部|班|支局|総局|本社)$")


def names_a_desk(text: str) -> bool:
    """Return whether *text* names a desk, its own titles aside ("Staff Sgt. John Miller" does not)."""
    return is_staff(" ".join(without_titles(text.split()))) or bool(_CJK_DESK.match(text))


def is_sure_desk(text: str) -> bool:
    """Return whether a line of its own under a text can only be a desk's signature: "IN-Redaktion", "Web Desk".

    >>> is_sure_desk("IN-Redaktion"), is_sure_desk("Web Desk"), is_sure_desk("Sport"), is_sure_desk("Our team is here")
    (True, True, False, False)
    """
    parts = text.replace("-", " ").split()
    if not 1 <= len(parts) <= 4 or text.endswith(("?", "!", ":")) or not is_staff(text):
        return False
    told = phrases("words", "staff")
    sure = any(told.whole(" ".join(parts[n:])) for n in range(len(parts)))
    return sure and key_of(parts[-1]) not in words("alone", "staff")


def is_desk_job(text: str) -> bool:
    """Return whether *text* is an unnamed member of an outlet: "HT Correspondent"."""
    return bool(_DESK_JOB.search(text)) and not person_in(without_job(text))


def is_staff(text: str) -> bool:
    """Return whether *text* names a desk or "our own people": a staff word, alone or behind an outlet's name."""
    tokens = text.split()
    if not tokens or len(tokens) > 7 or len(text) > 70:
        return False
    table = phrases("words", "staff")
    if table.whole(text):
        return True
    bare = without_job(text)
    if bare != text and key_of(bare.split()[0]) in given_names() and person_name(bare):
        return False
    if tokens[0].lower().startswith(("redaktion", "redacción", "redazione", "редакция", "редакція")):
        return True
    parts = text.replace("-", " ").split()
    size = next((n for n in (3, 2, 1) if len(parts) > n and table.whole(" ".join(parts[-n:]))), 0)
    if size:
        return _behind_outlet(text, parts, size)
    if len(parts) == 2 and parts[0] == "Team":
        return True
    if len(parts) > 1 and table.whole(parts[0]) and key_of(parts[0]) not in words("alone", "staff"):
        return True
    last = parts[-1]
    plain = last.islower() and key_of(last) not in words("jobs") | {"staff"}  # "Staff picks"
    return not plain and any(key_of(part) == "staff" for part in parts)


def _behind_outlet(text: str, parts: list[str], size: int) -> bool:
    """Return whether the words before the last *size* ones can be an outlet's name, and are no person's."""
    if _JOB_END.search(text) and person_name(" ".join(parts[:-size])):
        return False
    alone = size == 1 and key_of(parts[-1]) in words("alone", "staff")
    if alone and len(parts) > 2 and person_name(text) is not None:
        return False
    return all(
        part[:1].isupper()
        or not part[:1].isalpha()
        or not part.isascii()
        or (part.islower() and len(parts) <= 3)
        for part in parts[:-size]
    )
