"""Bylines: "By Jane Doe and John Roe, Associated Press", "Von Felix Schröder, dpa", "배윤경 기자"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.dateline_asian import read_chinese
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.party import Parties, Setting, read_parties
from crawler.extraction.credits.roles import clauses
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import _lists, given_names

_FOR = re.compile(r"\s(?:for|für|pour|para|voor|för|dla)\s", re.IGNORECASE)
_SURE_BY = re.compile(r"^\W*(?:by|von|par|por|di|door|av|af|oleh)\b", re.IGNORECASE)
_ROLE_BEHIND = re.compile(
    r"(?:^|(?<=[,;&|])|\b(?:von|by|und|and|et|y|e|og|och|par|por|di)\s)\s*([^(),;|&]{4,50}?)\s*[(（]\s*(texte?s?|words?|reporting|story|fotos?|photos?|bild(?:er)?|pictures?|photography|video|grafik|graphics?|illustrations?|testo|testi|textos?|fotograf[íi]as?|tekst|tekst og foto|foto's|interview|recherche|research|audio)\s*[)）]",
    re.IGNORECASE,
)
_REPORTS = re.compile(r"^(?:Aus|From|Depuis|Desde)\s.{2,40}?\s(?:berichtet|berichten|reports?)\s+(.{4,80})$")
_GLUED_BY = re.compile(
    r"^(?:(?i:by|von|par|por|author|autor(?:in)?)|di|av|af|door|Übersetzt von)(?=[A-ZÀ-ÝА-Я](?:[a-zà-ÿа-я]|\.\s?[A-Z]))"
)
_BY_BEHIND_SIGN = re.compile(r"(?<=\s[|/–—-]\s)(?:By|Von|Par|Por|Di|Door|Av|Af)\s(?=[^\W\d_a-z])")
_A_PIECE_BY = re.compile(
    r"^(?:an?|the|eine?|une?|un[ao]?|uma?|en|et|ett|een|het)\s[^\W\d_]{3,20}\s(?:by|von|de|di|van|door|af|av)\s+([^\W\d_].{3,50})$",
    re.IGNORECASE,
)
"""A kind of text and its author: "Ein Nachruf von Anna Muster"."""
_UNNAMED_REPORTER = re.compile(r"[社网網][记記]者$")
_STAFF_JOB = re.compile(r"\b(?:writers?|reporters?|correspondents?)$|[部局班室]$|[记記]者$", re.IGNORECASE)
_INITIALS_PLACE = re.compile(r"^([a-zäöü]{2,4})\.?,? ([A-ZÄÖÜ][\w.-]+(?: am Main)?)$")


@lru_cache(maxsize=1)
def _by() -> re.Pattern[str]:
    found = sorted(_lists("words")["by"], key=len, reverse=True)
    return re.compile(
        rf"^\W*(?:(?:{'|'.join(map(re.escape, found))})(?:\s*[:：]\s*|\s+)|מאת:?\s*)", re.IGNORECASE
    )


def read_byline(raw: str, setting: Setting) -> Parties:
    """Return who a byline names and the places it names; nothing for a line that is none (a headline, a sentence)."""
    text = without_noise(_ROLE_BEHIND.sub(_role_first, raw))
    text = _GLUED_BY.sub(lambda m: m.group() + " ", text.strip(" |\t"))
    text = _BY_BEHIND_SIGN.sub("", text)
    out = Parties([], [], [])
    if _FOR.search(text) and not sure_opening(raw) and key_of(text.split()[0]) not in given_names():
        return out
    chinese = read_chinese(raw, setting)
    if chinese is not None and chinese.credits and chinese.end >= len(raw.rstrip()):
        return Parties(chinese.credits, chinese.places, [])
    for clause in clauses(text):
        roles = clause.roles or (setting.role,)
        if "none" in roles:
            continue
        words, opened = _without_by(clause.text)
        here = replace(
            setting,
            loose=opened or setting.loose or bool(set(clause.roles) - {"author"}),
            places=True,
            alone=not clause.roles and not agency_table().find(text),
        )
        for role in roles:
            agency_role = (
                role
                if role in {"contributor", "source", "photo", "video", "graphic", "illustration"}
                else setting.agency_role
            )
            found = read_parties(words, replace(here, role=role, agency_role=agency_role))
            out.credits += found.credits
            out.places += [place for place in found.places if place not in out.places]
            out.unknown += found.unknown
    reports = _REPORTS.match(raw)
    if reports and not out.credits:
        return read_byline(reports.group(1), setting)
    out = _sober(out, raw)
    short = None if sure_opening(raw) else _INITIALS_PLACE.match(raw.strip())  # "ku Frankfurt"
    if short and not any(c.kind in {"person", "agency", "staff"} for c in out.credits):
        out.places = [short.group(2)]
        out.credits = []
    return out


def _role_first(match: re.Match[str]) -> str:
    """Return "Name (Fotos)" as "Fotos: Name"."""
    name = _by().sub("", match.group(1)).strip()
    name = re.sub(r"^(?:und|and|et|y|e|og|och)\s+", "", name)
    return f"; {match.group(2)}: {name}"


def sure_opening(raw: str) -> bool:
    """Return whether *raw* begins with "By", "Von", "Par" …"""
    return bool(_SURE_BY.match(raw))


def by_end(text: str) -> int:
    """Return where the "By" ends with which *text* begins; 0 when it begins with none.

    >>> by_end("By Ann Lee"), by_end("Ann Lee")
    (3, 0)
    """
    match = _by().match(text)
    return match.end() if match else 0


def _without_by(text: str) -> tuple[str, bool]:
    stripped = text.strip(" |,-–—")
    match = _by().match(stripped)
    if not match:
        piece = _A_PIECE_BY.match(stripped)
        name = person_name(piece.group(1)) if piece else None
        return (name, True) if name and key_of(name.split()[0]) in given_names() else (stripped, False)
    rest = stripped[match.end() :]
    if " " not in rest and stripped[:3].casefold() == "de ":  # a Dutch title: "De" and one word
        return stripped, False
    if (
        _SURE_BY.match(stripped)
        or " " in match.group().strip()
        or person_name(rest)
        or not person_name(stripped)
    ):
        return rest, True
    return stripped, False


def _common_words(out: Parties, raw: str) -> bool:
    """Return whether what was read are words of a sentence: "By land, sea and air", "Von Menschen und Mäusen"."""
    if all(c.kind == "other" for c in out.credits):
        return len(out.credits) > 1 and not re.search(r"[/|]", raw)
    several = len(out.credits) > 1 and all(" " not in c.name and "." not in c.name for c in out.credits)
    return several and sure_opening(raw) and not re.search(r"[/|]", raw)


def _sober(out: Parties, raw: str) -> Parties:
    """Return nothing for a sentence that only begins like a byline; agencies behind authors are sources."""
    sure = [c for c in out.credits if c.kind in {"person", "staff", "agency"}]
    if not sure and (len(out.unknown) > 0 or (out.places and not sure_opening(raw)) or len(raw.split()) > 7):
        return Parties([], [], out.unknown)
    if not sure and _common_words(out, raw):
        return Parties([], [], out.unknown)
    if not sure:
        out.credits = [] if out.places else out.credits
        out.places = []
    authors = any(c.kind in {"person", "staff", "other"} and c.role == "author" for c in out.credits)
    behind = authors or bool(_UNNAMED_REPORTER.search(raw)) or bool(re.search(r"[(（][^()]{2,40}[)）]", raw))
    out.credits = [
        replace(c, role="source")
        if c.kind == "agency" and c.role == "author" and (behind or c.agency == "AGENCIES")
        else c
        for c in out.credits
    ]
    if any(c.kind == "person" for c in out.credits):
        out.credits = [c for c in out.credits if c.kind != "staff" or not _STAFF_JOB.search(c.name)]
    return out
