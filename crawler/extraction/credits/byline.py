"""Bylines: "By Jane Doe and John Roe, Associated Press", "Von Felix Schröder, dpa", "배윤경 기자"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.party import Parties, Setting, read_parties
from crawler.extraction.credits.roles import clauses
from crawler.extraction.credits.words import _lists

if TYPE_CHECKING:
    from archive.model import Credit

_GLUED_BY = re.compile(r"^(?:by|von|par|por|di|av|af|door|Übersetzt von)(?=[A-ZÀ-ÝА-Я][a-zà-ÿа-я])")
_INITIALS_PLACE = re.compile(r"^([a-zäöü]{2,4})\.?,? ([A-ZÄÖÜ][\w.-]+(?: am Main)?)$")


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    found = sorted(_lists("words")["by"], key=len, reverse=True)
    return re.compile(rf"^\W*(?:(?:{'|'.join(map(re.escape, found))})(?:\s*[:：]\s*|\s+)|מאת:?\s*)", re.I)  # noqa: RUF001


def read_byline(raw: str, setting: Setting) -> Parties:
    """Return who a byline names and the places it names; nothing for a line that is none (a headline, a sentence)."""
    text = without_noise(raw)
    text = _GLUED_BY.sub(lambda m: m.group() + " ", text.strip(" |\t"))
    out = Parties([], [], [])
    for clause in clauses(text):
        roles = clause.roles or (setting.role,)
        if "none" in roles:
            continue
        words, opened = _without_by(clause.text)
        here = replace(setting, loose=opened or setting.loose or bool(clause.roles), places=True)
        for role in roles:
            agency_role = role if role in {"contributor", "source", "photo", "video", "graphic", "illustration"} else setting.agency_role
            found = read_parties(words, replace(here, role=role, agency_role=agency_role))
            out.credits += found.credits
            out.places += [place for place in found.places if place not in out.places]
            out.unknown += found.unknown
    short = _INITIALS_PLACE.match(raw.strip())
    if short and not any(c.kind in {"person", "agency", "staff"} for c in out.credits):
        out.places = [short.group(2)]
        out.credits = []
    return _sober(out, raw)


def _without_by(text: str) -> tuple[str, bool]:
    stripped = text.strip(" |,-–—")  # noqa: RUF001
    match = _by().match(stripped)
    if not match or person_name(stripped):
        return stripped, False
    return stripped[match.end() :], True


def _sober(out: Parties, raw: str) -> Parties:
    """Return nothing for a sentence that only begins like a byline; agencies behind authors are sources."""
    sure = [c for c in out.credits if c.kind in {"person", "staff", "agency"}]
    if not sure and (len(out.unknown) > 0 or len(raw.split()) > 7):
        return Parties([], [], out.unknown)
    if not sure and out.places:
        return Parties([c for c in out.credits if c.kind == "other"], [], out.unknown) if len(out.credits) == 0 else out
    authors = any(c.kind in {"person", "staff"} and c.role == "author" for c in out.credits)
    out.credits = [_as_source(c) if authors and c.kind == "agency" and c.role == "author" else c for c in out.credits]
    return out


def _as_source(credit: Credit) -> Credit:
    return replace(credit, role="source")
