"""Items told apart: person, desk, agency, outlet, initials, place, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from archive.model import Credit
from crawler.extraction.credits.names import person_name, split_names, trim, unglued, without_titles
from crawler.extraction.credits.roles import is_role_word
from crawler.extraction.credits.split import Item, items
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import cities, given_names, phrases, words
from crawler.extraction.text import fold

_INITIALS = re.compile(r"^[a-zäöüßåøæ]{1,4}\.?$|^[A-Z][a-z]?[A-Z]?$|^[a-z]{2,5}$")
_DOMAIN = re.compile(
    r"^[\w-]{1,60}(?:\.[\w-]{1,30}){0,3}\.(?:com|net|org|de|at|ch|is|it|fr|es|pl|cz|no|se|dk|fi|nl|be|uk|us|tv|info|eu|ru|ua|il|jp|cn|kr|in|br|mx|ar|cl|co|pt|gr|hu|ro|sk|si|hr|rs|bg|lt|lv|ee|ie|au|ca|nz|za|li|lu|me|io|co\.\w\w)$",
    re.IGNORECASE,
)
_PLACE_WORD = re.compile(
    r"^(.{3,60}?)\s+(?:in|aus|from|à|en|em|w|i|din|v|из|à|im|op|desde|a)\s+(?:[A-ZÀ-ÝА-Я][\w.'’-]*)(?:[\s,][\w.'’-]+){0,3}$"
)
_DESK_JOB = re.compile(
    r"^(?:[A-Z][\w.]{1,20} ){0,3}(?:Staff )?(?:Reporters?|Correspondents?|Bureau|News Service)$"
)
_CJK_DESK = re.compile(r"^[\u3400-\u9fff]{2,6}(?:部|班|支局|総局|本社)$")
_CJK_PLACE = re.compile(r"^(.{2,4})(?:報導|报道|報道|综合报道)$")
_SPECIAL = re.compile(
    r"^(?:special to|exclusive to|exclusively for|written for|for)\s+(?:the\s+)?", re.IGNORECASE
)
_FROM_PLACE = re.compile(r"^(\w{1,4}) ([A-ZÀ-ÝА-Я][\w.'’-]*(?: [A-ZÀ-ÝА-Я][\w.'’-]*){0,2})$")
_PLACE_SIGNS = frozenset(",|-–—/(（、·، ") | {""}
_JUNK = frozenset(
    [
        "代表",
        "본인",
        "privat",
        "private",
        "privé",
        "privado",
        "zvg",
        "handout",
        "uncredited",
        "unknown",
        "undefined",
        "null",
        "none",
        "n/a",
        "anonymous",
        "anonym",
        "unbekannt",
        "contributor",
        "getty",
        "stf",
        "str",
        "strange",
        "via",
        "by",
        "pool",
        "pr",
        "repro",
        "screenshot",
        "file",
        "archiv",
        "archive",
        "dpa-infografik",
        "all",
        "rights",
        "reserved",
        "mehr",
        "more",
    ]
)


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


@dataclass(slots=True)
class Parties:
    """What the items of one clause are."""

    credits: list[Credit]
    places: list[str]
    unknown: list[str]


def read_parties(text: str, setting: Setting) -> Parties:
    """Return who *text* names, in order."""
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
    out.credits = _turned(out.credits, found, setting)
    return out


def _tell(text: str, item: Item, setting: Setting, out: Parties, *, after_stock: bool) -> None:
    text = _SPECIAL.sub("", trim(text))
    credit = Credit(name=text, kind="outlet", role=setting.role, raw=text, found_in=setting.found_in)
    if not text or key_of(text) in _JUNK or is_role_word(text):
        return
    if is_staff(" ".join(without_titles(text.split()))):
        out.credits.append(replace(credit, kind="staff"))
        return
    if _only_jobs(text):
        return
    if _CJK_DESK.match(text):
        out.credits.append(replace(credit, kind="staff"))
        return
    from_place = _FROM_PLACE.match(text)
    if setting.places and item.before in _PLACE_SIGNS and cities().whole(text):
        out.places.append(text)
        return
    if (
        from_place
        and setting.places
        and out.credits
        and out.credits[-1].kind == "agency"
        and from_place.group(1) in words("from")
    ):
        out.places.append(from_place.group(2))
        return
    if re.fullmatch(r"[a-z]{3,12}-[a-z]{3,14}", text) and key_of(text.split("-")[0]) in given_names():
        text = text.replace("-", " ").title()
    outlets = {fold(outlet) for outlet in setting.outlets}
    if fold(text) in outlets and key_of(text.split()[0]) not in given_names():
        out.credits.append(replace(credit, kind="outlet"))
        return
    if _is_job_of(text, item, out):
        return
    if not setting.photo and not out.credits and _DESK_JOB.search(text) and not _person_in(without_job(text)):
        out.credits.append(replace(credit, kind="staff"))
        return
    desk = _CJK_PLACE.match(text)
    if desk and cities().whole(desk.group(1)):
        out.places.append(desk.group(1))
        return
    bare = without_job(text)
    if bare != text and fold(bare) in outlets:
        out.credits.append(replace(credit, kind="staff"))
        return
    name = _person_in(bare, setting)
    if name:
        out.credits.append(replace(credit, name=name, kind="person"))
    elif (
        setting.role in {"editor", "translator"}
        and re.fullmatch(r"[A-Z][a-z]{2,20}", text)
        and key_of(text) not in words("organisation")
    ) or (after_stock and re.fullmatch(r"[A-Z][a-z]{4,20}", text)):
        out.credits.append(replace(credit, kind="person"))
    elif _INITIALS.match(text) and key_of(text) not in _small_words():
        out.credits.append(replace(credit, kind="other", confidence=0.5))
    elif setting.loose and is_proper_name(text):
        out.credits.append(replace(credit, kind="outlet", confidence=0.7))
    else:
        out.unknown.append(text)


def _person_in(text: str, setting: Setting | None = None) -> str | None:
    """Return the person whom *text* names, alone or before a place: "Jane Doe in Paris"."""
    place = _PLACE_WORD.match(text)
    name = person_name(text) or (person_name(place.group(1)) if place else None)
    return _name_before_words(text) if name is None and (setting is None or not setting.photo) else name


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
    if keys[0] in given_names() and len(keys) > 2:
        return False
    return keys[-1] in words("jobs") or (keys[0] in words("jobs") and not _person_in(without_job(text)))


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


def is_staff(text: str) -> bool:
    """Return whether *text* names a desk or "our own people": a staff word, alone or behind an outlet's name."""
    tokens = text.split()
    if not tokens or len(tokens) > 7 or len(text) > 70:
        return False
    table = phrases("words", "staff")
    if table.whole(text):
        return True
    if key_of(tokens[0]) in given_names() and len(tokens) > 2 and person_name(without_job(text)):
        return False
    if tokens[0].lower().startswith(("redaktion", "redacción", "redazione", "редакция", "редакція")):
        return True
    parts = re.split(r"[\s-]+", text)
    for size in (3, 2, 1):
        if len(parts) > size and table.whole(" ".join(parts[-size:])):
            return all(
                part[:1].isupper()
                or not part[:1].isalpha()
                or not part.isascii()
                or (part.islower() and len(parts) <= 3)
                for part in parts[:-size]
            ) and not (
                size == 1
                and key_of(parts[-1]) in words("alone", "staff")
                and person_name(text) is not None
                and len(parts) > 2
            )
    if len(parts) == 2 and parts[0] == "Team":
        return True
    if len(parts) > 1 and table.whole(parts[0]) and key_of(parts[0]) not in words("alone", "staff"):
        return True
    return any(key_of(part) == "staff" for part in parts)


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
    if job >= 2:
        end = job
        while end > 2 and (
            keys[end - 1] in subjects
            or (tokens[end - 1].isupper() and not tokens[0].isupper())
            or tokens[end - 1][:1].islower()
        ):
            end -= 1
        return " ".join(tokens[:end]).rstrip(" ,–-")
    last = max(n for n, key in enumerate(keys) if key in jobs or key.rsplit("-", 1)[-1] in jobs)
    return " ".join(tokens[last + 1 :]) or text


@lru_cache(maxsize=1)
def _small_words() -> frozenset[str]:
    return (
        words("particles")
        | words("from")
        | words("sentence")
        | words("and")
        | {"at", "on", "by", "ago", "min"}
    )


@lru_cache(maxsize=1)
def _job_words() -> frozenset[str]:
    return words("jobs") | words("subjects") | words("from") | words("particles") | words("and")


def _only_jobs(text: str) -> bool:
    keys = [key_of(token.strip(".,:()")) for token in text.split()]
    known = _job_words()
    return any(key in words("jobs") for key in keys) and (
        all(key in known for key in keys)
        or (keys[0] in words("jobs") and len(keys) > 1 and not _person_in(without_job(text)))
    )


def is_proper_name(text: str) -> bool:
    """Return whether *text* can be the name of an outlet or organisation: short, capitals, no sentence."""
    if _DOMAIN.match(text):
        return True
    tokens = text.split()
    if not 1 <= len(tokens) <= 8 or len(text) > 70 or re.search(r"[!?\"„“”:]|\d{5}", text):
        return False
    if any(key_of(token.strip(".,")) in words("sentence") and not token[:1].isupper() for token in tokens):
        return False
    first = tokens[0]
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
        if name and key_of(texts[1]) in given_names():
            base = Credit(name=name, kind="person", role=setting.role, raw="", found_in=setting.found_in)
            return [replace(base, name=name, kind="person", raw=", ".join(texts))]
    return credits_
