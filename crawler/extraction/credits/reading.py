"""One line of credits read: the one door for every place where credits stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.model import Credit
from crawler.extraction.credits.archive_marks import has_archive_mark
from crawler.extraction.credits.attribution import cited_agencies
from crawler.extraction.credits.byline import read_byline
from crawler.extraction.credits.closing_line import read_closing
from crawler.extraction.credits.copyright_line import read_copyright_line
from crawler.extraction.credits.dateline import read_dateline
from crawler.extraction.credits.own_words import own_words
from crawler.extraction.credits.party import Setting
from crawler.extraction.credits.photo import read_caption, read_photo
from crawler.extraction.text import squash

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_LINE = 2_000
"""Characters of a line that are read; credits stand at the beginning or the end of longer ones."""


_PHOTO = frozenset({"caption", "image_credit", "image-credit", "iptc"})


@dataclass(frozen=True, slots=True)
class CreditReading:
    """What a line says about who made something."""

    credits: tuple[Credit, ...] = ()
    dateline: tuple[str, ...] = ()
    archive: bool = False


def read_credits(
    raw: str,
    where: str,
    *,
    language: str | None = None,  # noqa: ARG001 - words of all languages are tried
    outlets: tuple[str, ...] = (),
) -> CreditReading:
    """Return the credits of *raw*, which stands at *where*.

    *where* is byline | head | tail | dateline | opening | caption | image_credit | intext | copyright | json-ld
    (or meta, microdata). *outlets* are the names of the page's own outlet. Never fails.
    """
    if where in _PHOTO:
        return _photo(raw, where, outlets)
    if where in {"intext", "in-text"}:
        return _cited(squash(raw[:MAX_LINE]))
    if where == "tail":
        text = squash(raw[-MAX_LINE:])
        found = read_closing(text, Setting("closing", "author", "source", outlets=outlets))
        return CreditReading(numbered(found.credits, text), tuple(found.places))
    text = squash(raw[:MAX_LINE])
    if where in {"dateline", "opening"}:
        line = read_dateline(
            text, Setting(where, "author", "source", outlets=outlets), sure=where == "dateline"
        )
        return CreditReading(numbered(line.credits, text[: line.end].strip()), tuple(line.places))
    if where == "copyright":
        return CreditReading(
            numbered(
                read_copyright_line(text, Setting(where, "copyright", "copyright", outlets=outlets)), text
            )
        )
    if where == "correction":
        return CreditReading()
    found = read_byline(
        text, Setting("byline" if where == "head" else where, "author", "author", outlets=outlets)
    )
    return CreditReading(numbered(found.credits, text), tuple(found.places))


def _cited(text: str) -> CreditReading:
    found = [
        Credit(
            name=c.mention.agency.name,
            kind="agency",
            role="cited",
            raw="",
            found_in="in-text",
            agency=c.mention.agency.code,
        )
        for c in cited_agencies(text)
    ]
    return CreditReading(numbered(found, text))


def _photo(raw: str, where: str, outlets: tuple[str, ...]) -> CreditReading:
    setting = Setting(where.replace("_", "-"), "photo", "photo", photo=True, loose=True, outlets=outlets)
    text = squash(raw[-MAX_LINE:])
    if where == "caption":
        parts = read_caption(text, setting)
        return CreditReading(numbered(parts.credits, parts.credit or text), (), parts.archive)
    return CreditReading(numbered(read_photo(text, setting), text), (), has_archive_mark(text))


def numbered(credits_: Sequence[Credit], line: str) -> tuple[Credit, ...]:
    """Return *credits_* with their order and the words of *line* they were read from, the same party and role once.

    Without a line they keep the words that they have.
    """
    raws = own_words(line, credits_) if line else [credit.raw for credit in credits_]
    seen: dict[tuple[str, str, str], Credit] = {}
    for credit, raw in zip(credits_, raws, strict=True):
        key = (credit.kind, credit.agency or credit.name.casefold(), credit.role)
        if key not in seen:
            seen[key] = replace(credit, position=len(seen), raw=raw)
    return tuple(seen.values())
