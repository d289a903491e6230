"""Items told apart: person, desk, agency, outlet, initials, place, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.model import Credit
from crawler.extraction.credits.names import has_known_name, person_name, trim
from crawler.extraction.credits.no_person import only_plain_words
from crawler.extraction.credits.people import only_jobs, person_in, without_job
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.role_words import is_role_word
from crawler.extraction.credits.runs import split_names, unglued
from crawler.extraction.credits.split import Item, items
from crawler.extraction.credits.staff import is_desk_job, names_a_desk
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import cities, given_names, phrases, words
from crawler.extraction.text import fold

_INITIALS = re.compile(r"^(?:[A-ZÀ-Þ]\.[ -]?){1,3}$|^[a-zäöüßåøæ]{1,4}\.?$|^[A-Z][a-z]?[A-Z]?$|^[a-z]{2,5}$")
_DOMAIN = re.compile(
    r"^[\w-]{1,60}(?:\.[\w-]{1,30}){0,3}\.(?:com|net|org|de|at|ch|is|it|fr|es|pl|cz|no|se|dk|fi|nl|be|uk|us|tv|info|eu|ru|ua|il|jp|cn|kr|in|br|mx|ar|cl|co|pt|gr|hu|ro|sk|si|hr|rs|bg|lt|lv|ee|ie|au|ca|nz|za|li|lu|me|io|co\.\w\w)$",
    re.IGNORECASE,
)
_CJK_PLACE = re.compile(r"^(.{2,4})(?:報導|报道|報道|综合报道)$")
_SPECIAL = re.compile(
    r"^(?:special to|exclusive to|exclusively for|written for|for)\s+(?:the\s+)?", re.IGNORECASE
)
_KEPT_BY = re.compile(r"^(?:Dok|Doc|Arch|Repro|Coll|Slg|Reprod|Col)\.\s", re.IGNORECASE)
_CAPITALS_PLACE = re.compile(r"^([^a-zà-ÿ]{5,40}) ([^\W\d_][^\W\d_]*[a-zà-ÿ][\w -]{1,25})$")
_OWNER = re.compile(r"^([A-Z][\w ]{1,30})['’]s? ([A-Z][\w'’-]+ [A-Z].{1,40})$")
_FROM_PLACE = re.compile(r"^(\w{1,4}) ([A-ZÀ-ÝА-Я][\w.'’-]*(?: [A-ZÀ-ÝА-Я][\w.'’-]*){0,2})$")
_DESK_IN = re.compile(r"^(.{4,40}) (?:in|from|aus|à|en|em|w|z|v|i|fra|från|din|в|из) ([^\W\d_].{1,30})$")
_PLACE_SIGNS = frozenset(",|-–—/(（、·، ") | {""}


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the place in which an item stands."""

    found_in: str
    role: str
    agency_role: str
    photo: bool = False
    loose: bool = False
    """A proper name that is no person may be an outlet."""
    places: bool = False
    """A city among the items is a place."""
    outlets: tuple[str, ...] = ()
    alone: bool = False
    """Nothing else stands in the line: no agency, no role word."""


@dataclass(slots=True)
class Parties:
    """What the items of one clause are."""

    credits: list[Credit]
    places: list[str]
    unknown: list[str]


def read_parties(text: str, setting: Setting) -> Parties:
    """Return who *text* names, in order."""
    credits_, places, unknown = _read_parties(text, setting)
    return Parties(list(credits_), list(places), list(unknown))


@lru_cache(maxsize=256)
def _read_parties(text: str, setting: Setting) -> tuple[tuple[Credit, ...], tuple[str, ...], tuple[str, ...]]:
    """Return what ``read_parties`` does; remembered, as a caption's end is asked whether it is a credit, then read."""
    out = Parties([], [], [])
    found = items(unglued(text) if not setting.photo else text)
    after_stock = False
    for item in found:
        if item.mention is not None:
            agency = item.mention.agency
            out.credits.append(
                Credit(
                    name=agency.name,
                    kind="agency",
                    role=setting.agency_role,
                    raw="",
                    found_in=setting.found_in,
                    agency=agency.code,
                )
            )
            after_stock = agency.code == "GETTY"
            continue
        for name in split_names(item.text):
            _tell(name, item, setting, out, after_stock=after_stock)
    return tuple(_turned(out.credits, found, setting)), tuple(out.places), tuple(out.unknown)


def _tell(text: str, item: Item, setting: Setting, out: Parties, *, after_stock: bool) -> None:
    """Add what *text* names to *out*."""
    text = _KEPT_BY.sub("", _SPECIAL.sub("", trim(text)))
    desk_word = bool(phrases("words", "staff").whole(text))
    if not text or key_of(text) in words("nobody") or (is_role_word(text) and not desk_word):
        return
    slug = re.fullmatch(r"([a-z]{3,12})-[a-z]{3,14}", text)
    if slug and slug.group(1) in given_names():
        text = text.replace("-", " ").title()
    cased = _CAPITALS_PLACE.match(text) if setting.places else None
    if cased and is_place(cased.group(2)) and (name := person_name(cased.group(1))):
        out.credits.append(_credit(cased.group(1), "person", setting, name=name))
        out.places.append(cased.group(2))
        return
    name_, _, city = text.rpartition(" ")
    if setting.places and _ends_with_city(name_, city):
        _tell(name_, item, setting, out, after_stock=after_stock)
        out.places.append(city)
        return
    owner = _OWNER.match(text)
    if owner and person_name(owner.group(1)) is None and key_of(owner.group(2).split()[0]) in given_names():
        for part in owner.groups():
            _tell(part, item, setting, out, after_stock=after_stock)
        return
    desk = _DESK_IN.match(text)
    if names_a_desk(text):
        out.credits.append(_credit(text, "staff", setting))
    elif desk and names_a_desk(desk.group(1)) and is_place(desk.group(2)):
        out.credits.append(_credit(text, "staff", setting))
        out.places.append(desk.group(2))
    elif not (only_jobs(text) or _is_place(text, item, setting, out)):
        _tell_party(text, item, setting, out, after_stock=after_stock)


def _ends_with_city(name: str, city: str) -> bool:
    """Return whether a city stands behind a name without a sign, and is no surname: "Anna Beispiel Wien"."""
    parts = name.split()
    return (
        2 <= len(parts) <= 3
        and bool(cities().whole(city))
        and key_of(city) not in words("city_surnames")
        and key_of(parts[0]) in given_names()
        and key_of(parts[-1]) not in given_names()
        and person_name(name) is not None
    )


def _credit(
    text: str, kind: str, setting: Setting, *, name: str | None = None, confidence: float = 1.0
) -> Credit:
    """Return the credit of a party whose name is *name*, or *text* as printed."""
    return Credit(
        name=name or text,
        kind=kind,
        role=setting.role,
        raw=text,
        found_in=setting.found_in,
        confidence=confidence,
    )


def _is_place(text: str, item: Item, setting: Setting, out: Parties) -> bool:
    """Return whether *text* is a place, after adding it to *out*."""
    reported = _CJK_PLACE.match(text)
    after_agency = bool(out.credits) and out.credits[-1].kind == "agency"
    from_place = _FROM_PLACE.match(text) if after_agency else None
    place = None
    if setting.places and item.before in _PLACE_SIGNS and is_place(text):
        place = text
    elif setting.places and from_place and key_of(from_place.group(1)) in words("from"):
        place = from_place.group(2)
    elif reported and is_place(reported.group(1)):
        place = reported.group(1)
    out.places += [place] if place else []
    return place is not None


def _tell_party(text: str, item: Item, setting: Setting, out: Parties, *, after_stock: bool) -> None:
    """Add a party that is neither desk nor place: own outlet, person, initials, outlet; or note it as unknown."""
    outlets = {fold(outlet) for outlet in setting.outlets}
    bare = without_job(text)
    if fold(text) in outlets and key_of(text.split(maxsplit=1)[0]) not in given_names():
        out.credits.append(_credit(text, "outlet", setting))
    elif _is_job_of(text, item, out):
        return
    elif (bare != text and fold(bare) in outlets) or (
        not setting.photo and not out.credits and is_desk_job(text)
    ):
        out.credits.append(_credit(text, "staff", setting))
    elif item.before.endswith("«"):
        out.credits.append(_credit(text, "outlet", setting, confidence=0.7))
    elif (
        name := person_in(bare, photo=setting.photo, sure=setting.loose and not setting.photo)
    ) and not _is_doubtful(name, text, bare, setting):
        out.credits.append(_credit(text, "person", setting, name=name, confidence=_sureness(name)))
    elif _single_name(text, setting, after_stock=after_stock):
        out.credits.append(_credit(text, "person", setting, confidence=0.7))
    elif _INITIALS.match(text):
        if key_of(text) not in _small_words():
            out.credits.append(_credit(text, "other", setting, confidence=0.5))
    elif setting.loose and is_proper_name(text) and not (setting.places and only_plain_words(text)):
        out.credits.append(_credit(text, "outlet", setting, confidence=0.7))
    else:
        out.unknown.append(text)


def _is_doubtful(name: str, text: str, bare: str, setting: Setting) -> bool:
    """Return whether a line of its own is no name: nothing says that one stands here, and no word of it is known as one."""
    alone = setting.alone and not setting.loose and text == bare
    return alone and not has_known_name(name)


def _sureness(name: str) -> float:
    """Return how sure it is that *name* is a person's: less where its first name is not known and no script tells."""
    known = name[0] > "\u0500" or any(
        key_of(part) in given_names() for part in name.split(maxsplit=1)[0].split("-")
    )
    return 1.0 if known else 0.8


def _single_name(text: str, setting: Setting, *, after_stock: bool) -> bool:
    """Return whether one word is a person: an editor's only name, or a contributor's behind a picture agency."""
    if after_stock and re.fullmatch(r"[A-Z][a-z]{4,20}", text):
        return True
    known = key_of(text) in words("organisation")
    return (
        setting.role in {"editor", "translator"}
        and bool(re.fullmatch(r"[A-Z][a-z]{2,20}", text))
        and not known
    )


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return (
        words("particles")
        | words("from")
        | words("sentence")
        | words("and")
        | {"at", "on", "by", "ago", "min"}
    )


def _is_job_of(text: str, item: Item, out: Parties) -> bool:
    """Return whether *text* says what the person before it works as: "Mara Ellison, Transport Reporter"."""
    if (
        not out.credits
        or out.credits[-1].kind != "person"
        or not item.before
        or (item.before.isalpha() and key_of(text.rsplit(maxsplit=1)[-1]) not in words("jobs"))
    ):
        return False
    keys = [key_of(token.strip(".,:()")) for token in text.split()]
    if (keys[0] in given_names() and len(keys) > 2) or (text[0] >= "\u3040" and person_in(without_job(text))):
        return False
    return keys[-1] in words("jobs") or (keys[0] in words("jobs") and not person_in(without_job(text)))


def is_proper_name(text: str) -> bool:
    """Return whether *text* can be the name of an outlet or organisation: short, capitals, no sentence."""
    if _DOMAIN.match(text):
        return True
    tokens = text.split()
    first = tokens[0] if tokens else ""
    if (
        not 1 <= len(tokens) <= 8
        or not any(map(str.isalpha, text))
        or len(text) > 70
        or re.search(r"[!?\"„“”:]|\d{5}", text)
    ):
        return False
    if len(tokens) == 3 and tokens[0] == tokens[-1]:
        return False  # "Haus zu Haus"
    if first[:1].isdigit() and text.islower():
        return False  # "1 of 12"
    if len(tokens) > 1 and tokens[-1].islower() and tokens[-1].isalpha() and tokens[-1].isascii():
        return False
    if any(key_of(token.strip(".,")) in words("sentence") and not token[:1].isupper() for token in tokens):
        return False
    big = sum(
        not token.islower() and (any(map(str.isupper, token)) or not token.isascii() or token[:1].isdigit())
        for token in tokens
    )
    return (
        first[:1].isupper()
        or not first[:1].isascii()
        or first[:1].isdigit()
        or any(c.isupper() for c in first)
    ) and big * 2 >= len(tokens)


def _turned(credits_: list[Credit], found: list[Item], setting: Setting) -> list[Credit]:
    """Return a name given as "Lenharo, Mariana" the right way round."""
    texts = [item.text for item in found if item.mention is None]
    if (
        len(found) == 2
        and len(texts) == 2
        and found[1].before == ","
        and all(t and " " not in t and t[0].isupper() for t in texts)
        and not any(c.kind in {"person", "staff"} for c in credits_)
    ):
        name = person_name(f"{texts[1]} {texts[0]}")
        if name and key_of(texts[1]) in given_names() and not is_place(texts[1]):
            base = Credit(name=name, kind="person", role=setting.role, raw="", found_in=setting.found_in)
            return [replace(base, name=name, kind="person", raw=", ".join(texts))]
    return credits_
