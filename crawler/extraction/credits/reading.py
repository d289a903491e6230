"""One line of credits read: the one door for every place where credits stand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from archive.model import Credit
from crawler.extraction.credits.byline import read_byline
from crawler.extraction.credits.party import Setting
from crawler.extraction.text import squash

MAX_LINE = 2_000
"""Characters of a line that are read; credits stand at the beginning or the end of longer ones."""


@dataclass(frozen=True, slots=True)
class CreditReading:
    """What a line says about who made something."""

    credits: tuple[Credit, ...] = ()
    dateline: tuple[str, ...] = ()
    archive: bool = False


def read_credits(raw: str, where: str, *, language: str | None = None, outlets: tuple[str, ...] = ()) -> CreditReading:
    """Return the credits of *raw*, which stands at *where*.

    *where* is byline | head | tail | dateline | opening | caption | image_credit | intext | copyright | json-ld
    (or meta, microdata). *outlets* are the names of the page's own outlet. Never fails.
    """
    text = squash(raw[:MAX_LINE])
    found = read_byline(text, Setting(where, "author", "author", outlets=outlets))
    return CreditReading(numbered(found.credits, text), tuple(found.places))


def numbered(credits_: list[Credit], raw: str) -> tuple[Credit, ...]:
    """Return *credits_* with their order and the words they were read from, the same party and role once."""
    seen: dict[tuple[str, str, str], Credit] = {}
    for credit in credits_:
        key = (credit.kind, credit.agency or credit.name.casefold(), credit.role)
        seen.setdefault(key, replace(credit, position=len(seen), raw=raw))
    return tuple(seen.values())
