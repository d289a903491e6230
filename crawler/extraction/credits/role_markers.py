"""Whether a role word governs the names beside it: by the sign behind it, by where it stands, by what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.role_words import role_table
from crawler.extraction.credits.tokens import Token, key_of
from crawler.extraction.credits.words import given_names, phrases, words

_BY = r"(?:by|von|vom|de|des|da|do|di|del|della|par|por|per|van|door|av|af|fra|från|from|oleh|przez|od|courtesy(?: of)?|provided by|via|supplied by)"
_SIGN = re.compile(
    rf"\s*(?:[:：=＝／]|(?<![A-Za-z])・|\.{3}|…|[/|]\s*{_BY}\b|{_BY}\b(?=\s)|©|\(c\)|-\s|–\s|—\s|/|\|)\s*(?:©\s*)?(?:{_BY}\s)?\s*",
    re.IGNORECASE,
)
_AND_BEFORE = re.compile(r"\s(?:and|e|y|und|et|og|och|en|i|и|та|și|a|&) $")
_ONE_AND = re.compile(r"^\W*[^\W\d_]{4,20} (?:and|e|y|und|et|og|och|en|i|и|та|și|a) $")
"""One word and a joining one before a verb: "Zebrała i opracowała …"."""
_PASSIVE = re.compile(r"(?<!not )\b(?:was|were|is|are|been|wurde|wurden|fue)\s$")
_AFTER_OPENER = re.compile(r"\.?\s*[:：]?\s*(?:die |der |den |the )?")
_KOREAN_NAME = re.compile(r" [\uac00-\ud7a3]{2,4}(?: |$)")
_NAME_NEXT = re.compile(r"\.?\s+[^\W\d_]")
_OF_THE_DAY = re.compile(
    r"\s(?:of the (?:day|week|month|year)|des (?:tages|monats|jahres)|der woche|du (?:jour|mois)|de la (?:semaine|semana)|del (?:d[ií]a|mes|giorno|mese)|della settimana|do dia|da semana|van de (?:dag|week)|дня|недели|года|тижня|року|της ημέρας|dnia|tygodnia|dne|týdne|zilei|săptămânii)\b",
    re.IGNORECASE,
)
_PHOTOS = frozenset(
    [
        "photo",
        "photos",
        "foto",
        "fotos",
        "photographie",
        "photographies",
        "fotografie",
        "fotografia",
        "kuva",
        "kuvat",
    ]
)
"""Nouns that need no sign before any name."""
_BY_WORDS = frozenset(["by", "von", "par", "por", "di", "av", "af", "door", "oleh"])
_BREAK = re.compile(r"[.;,|/(\[（［【–—:：；／、]\s*$|\s-\s*$|[。、\n]\s*$")


@dataclass(frozen=True, slots=True)
class Marker:
    """A role word in a line."""

    start: int
    end: int
    roles: tuple[str, ...]
    shape: str
    """noun | opener | closer"""


@dataclass(frozen=True, slots=True)
class _Found:
    """A phrase of the table in a line, and what stands around it."""

    text: str
    start: int
    end: int
    size: int
    """Words of the phrase."""
    shapes: dict[str, str]
    """The role for each shape."""
    opens: bool
    """It stands at the beginning of the line, or behind a sign."""
    by: bool
    """Its last word is "by" or the like."""
    before: str
    after: str


def marker_at(
    text: str, tokens: list[Token], index: int, size: int, values: tuple[tuple[str, str], ...], *, photo: bool
) -> Marker | None:
    """Return the marker that a phrase of *size* words at *index* is, its *values* being roles and shapes; None when it is none."""
    start, end = tokens[index].start, tokens[index + size - 1].end
    before, after = text[:start], text[end : end + 40]
    opens = not before.strip() or bool(_BREAK.search(before[-6:]))
    shapes = {shape: role for role, shape in values}
    by = tokens[index + size - 1].key in _BY_WORDS
    if _OF_THE_DAY.match(after):
        return None
    found = _Found(text, start, end, size, shapes, opens, by, before, after)
    sign = _SIGN.match(after) if "noun" in shapes else None
    if sign and sign.group().strip() and _takes(found, sign.group().strip()):
        return _noun(found, sign, photo=photo)
    return _opener(found) or _bare(found) or _closer(found, photo=photo)


def _takes(found: _Found, sign: str) -> bool:
    """Return whether the sign behind a noun makes it a heading: "Foto:", not "the photo - ..."."""
    return (
        found.opens
        or ":" in sign
        or "：" in sign
        or (found.text[found.start].isupper() and sign[:1] not in "/|-–—)")
    )


def _noun(found: _Found, sign: re.Match[str], *, photo: bool) -> Marker | None:
    bare = sign.group().strip()
    desk = bare == "/" and _agency_next(found.after[sign.end() :])
    if (bare[:1] in "|-–—)" and not photo) or (
        desk and phrases("words", "staff").whole(found.text[found.start : found.end])
    ):
        return None
    return Marker(found.start, found.end + sign.end(), _roles(found.shapes["noun"]), "noun")


def _roles(name: str) -> tuple[str, ...]:
    """Return the roles of a table's name: two of "author+photo"."""
    return tuple(name.split("+"))


def _opener(found: _Found) -> Marker | None:
    role, before, after = found.shapes.get("opener"), found.before, found.after
    if role is None:
        return None
    if role == "contributor" and not found.opens and _behind_name(before) and _agency_next(after):
        return Marker(found.start, found.end, _roles(role), "opener")
    opens = (
        found.opens
        or (
            found.text[found.start].isupper()
            and (found.size >= 3 or (found.size == 2 and found.by and _name_before(before)))
        )
        or (found.by and found.text[found.start].isupper() and _title_before(before, after))
        or (found.size > 1 and bool(_AND_BEFORE.search(before[-6:])))
        or bool(_ONE_AND.match(before))
        or (found.size >= 3 and found.by and _behind_name(before) and _name_before(before))
        or (found.size > 1 and bool(_PASSIVE.search(before[-16:])))
    )
    if not opens or not (found.size > 1 or after[:1] in " :" or after[:2] == ". "):
        return None
    colon = _AFTER_OPENER.match(after)
    return Marker(found.start, found.end + (colon.end() if colon else 0), _roles(role), "opener")


def _bare(found: _Found) -> Marker | None:
    """Return a noun that needs no sign: "Quelle dpa", and Korean ones before a name."""
    role = found.shapes.get("noun")
    if (
        role == "source"
        and not found.before.strip(" (")
        and found.after[:1] == " "
        and _agency_next(found.after)
    ):
        return Marker(found.start, found.end, ("source",), "noun")
    if role and role != "none" and _name_follows(found):
        return Marker(found.start, found.end + 1, _roles(role), "noun")
    korean = "\uac00" <= found.text[found.start] <= "\ud7a3" and _KOREAN_NAME.match(found.after)
    return (
        Marker(found.start, found.end + 1, _roles(role), "noun") if role and found.opens and korean else None
    )


def _name_follows(found: _Found) -> bool:
    """Return whether a noun that is no job opens a line whose rest is a name: "Перевод Анны Петровой"."""
    printed = found.text[found.start : found.end]
    if found.before.strip(" (") or found.after[:1] != " ":
        return False
    key = key_of(printed)
    if key in words("jobs") or key in words("by") or key in given_names():
        return False
    rest = found.text[found.end :].strip(" .)")
    if not 1 < len(rest) < 50 or "," in rest or any(map(role_table().whole, rest.split())):
        return False
    if person_name(rest) is None:
        return False
    return (
        rest[0] > "\u024f"
        or key in _PHOTOS
        or (key_of(rest.split()[0]) in given_names() and not is_place(rest.split()[0]))
    )


def _closer(found: _Found, *, photo: bool) -> Marker | None:
    closer, noun = found.shapes.get("closer"), found.shapes.get("noun")
    ends = not found.after.strip(" .)")
    if closer == "author" and found.size == 1 and found.text[found.start] < "\u2e80":
        signed = ends and person_name(found.before.strip())
        return Marker(found.start, found.end, (closer,), "closer") if signed else None
    if closer == "contributor" and ends and found.size == 1 and found.before.count(" ") > 1:
        return Marker(found.start, found.end, (closer,), "closer")
    if closer and (
        found.size > 1 or (ends and closer == "photo") or not found.text[found.start : found.end].isascii()
    ):
        return Marker(found.start, found.end, (closer,), "closer")
    if noun and photo and not found.before.strip(" ([（【-–—©") and _NAME_NEXT.match(found.after):
        return Marker(found.start, found.end + (2 if found.after.startswith(". ") else 1), (noun,), "bare")
    return None


def _title_before(before: str, after: str) -> bool:
    """Return whether "Photo by" stands between an outlet's name and a person's: "Express Photo by Jane Doe"."""
    title = before.rpartition("(")[2].split()
    return (
        0 < len(title) <= 3
        and all(
            word[0].isupper() and key_of(word) not in words("sentence") | words("articles") for word in title
        )
        and person_name(" ".join(after.split()[:2])) is not None
    )


def _name_before(before: str) -> bool:
    return person_name(" ".join(before.split()[-2:])) is not None


def _behind_name(before: str) -> bool:
    """Return whether the words before are a short line that ends with a name, or the desk's."""
    if len(before) > 60 or not before.endswith(" "):
        return False
    last = before.rsplit(maxsplit=1)[-1]
    return last[:1].isupper() or bool(phrases("words", "staff").whole(last))


def _agency_next(after: str) -> bool:
    """Return whether an agency is named right behind a word: "Par Marie Dupont avec l'AFP"."""
    found = agency_table().find(after)
    return bool(found) and found[0].start <= 5
