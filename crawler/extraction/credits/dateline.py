"""Datelines: "WASHINGTON (Reuters) —", "(ANSA) - ROMA, 3 GIU -", "【ソウル=岡部雄二郎】", "新华社北京4月24日电"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.dateline_asian import (
    Dateline,
    author_of,
    read_brackets,
    read_chinese,
    source_of,
)
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.noise import is_month
from crawler.extraction.credits.party import Setting, read_parties
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import words

if TYPE_CHECKING:
    from archive.model import Credit
    from crawler.extraction.credits.agencies import Agency

HEAD = 160
"""Characters at the beginning of a text in which its dateline stands."""
_U = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΫΆ-ΏА-ЯЁІЇЄҐЂ-Џ"
_WORD = rf"(?:[{_U}][\w.'’ʻ-]{{0,30}}|d[’'][{_U}][\w-]{{0,30}})"
_SMALL = r"(?:de|del|la|le|les|el|las|los|do|da|dos|di|du|des|d'|am|an der|an|der|bei|im|in|upon|on|sur|sous|en|aan|den|ob|und|y|of|the|al|el-|ob der)"
_PLACE = rf"{_WORD}(?:(?: {_SMALL})? {_WORD}){{0,4}}"
_PLACE_AND_DATE = (
    rf"^(?P<place>{_PLACE}(?:\s?/\s?{_PLACE}){{0,2}})"
    r"(?:\s?\[[^\[\]]{2,30}\])?"
    rf"(?P<region>,\s?{_WORD}(?: {_WORD}){{0,2}}(?![^()—–:/,]{{0,22}}\d))?"
    r"(?P<date>,?\s[^()—–:/,]{0,22}\d[^()—–:/]{0,30}?|,\s[^()—–:/]{0,20}\d[^()—–:/]{0,30}?)?[.,]?\s*"
)
_SIGNED = r"\s*(?P<sign>--|[-–—·:.•|]|(?<=[)\]/])(?=\s|$))\s*"
_WITH_AGENCY = re.compile(_PLACE_AND_DATE + r"(?P<agency>[(\[/][^()\[\]]{2,48}[)\]/])" + _SIGNED)
_CASED = re.compile(_PLACE_AND_DATE + r"(?P<agency>)" + _SIGNED)
_BYLINE_FIRST = re.compile(r"^By ((?:[A-Z][\w.'-]{1,20} ){2,3})(?=[A-Z]{3,}\b)")
_AGENCY_FIRST = re.compile(r"^(?P<agency>[(\[/][^()\[\]/]{2,40}[)\]/])\s*[-–—.:]*\s*")
_AGENCY_BARE = re.compile(r"^(?P<agency>[\w.]{2,24}(?: [\w.]{2,24}){0,2})\s*(?:[-–—|:]|\.-)\s*")
_UNCASED = re.compile(
    r"^(?P<place>[^\W\d_A-Za-z][^()\-–—:/|,،.ـ।]{1,30}?)\s*(?:[,،]\s?[^()\-–—:/|]{0,24})?\s*(?P<agency>[(\[（][^()\[\]（）]{2,40}[)\]）])?\s*(?:[-–—:|ـ।]|(?<=[)\]）])(?=\s|$))\s*"
)
_WROTE = re.compile(r"^(?:كتب|كتبت|من|تقرير)[:\s]+([^\-–—:]{4,40}?)\s*[-–—:]\s*")
_OUTLET_FIRST = re.compile(r"^[\w-]{2,30}\.(?:com|id|co\.id|net), ([A-Z]\w+(?: [A-Z]\w+)??)(?= [-–—A-Z(])")
_ALONE = re.compile(r"^([^\W\d_][^\d,]{1,40}), (?:[^\W\d_]{3,12}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,12})\.?$")
_SMALL_AGENCY = re.compile(
    rf"^([{_U}]{{3,}}(?:[ /-][{_U}]{{2,}}){{0,3}}) ([a-z]{{2,8}}(?:[/-][a-z]{{2,8}}){{0,2}}) [|–—] "
)
_REPORTS_FROM = re.compile(
    rf"(?:rapporterer|rapporterar|berichtet|berichten|reporting|reports|reporterer)\s+(?:live\s+)?(?:fra|från|aus|from)\s+({_PLACE}(?:/{_PLACE}){{0,2}})\s*$"
)


def read_dateline(text: str, setting: Setting, *, sure: bool = True) -> Dateline:
    """Return the dateline that opens *text*; empty when none does.

    *sure*: the caller knows that a dateline stands here, so that an unknown place is believed.
    """
    head = text[:HEAD]
    reported = reports_from(text)
    if reported:
        return Dateline([reported], [], len(text))
    outlet = _OUTLET_FIRST.match(head)
    if outlet and is_place(outlet.group(1)):
        return Dateline([outlet.group(1)], [], outlet.end(1))
    alone = _ALONE.match(head)
    if sure and alone and is_place(alone.group(1)):
        return Dateline([alone.group(1)], [], len(text))
    small = _SMALL_AGENCY.match(head)
    if small:
        found = read_parties(small.group(2), setting)
        place = _cased_words(small.group(1))
        return Dateline([place], [c for c in found.credits if c.kind == "agency"], small.end())
    byline = _BYLINE_FIRST.match(head)
    if byline:
        rest = read_dateline(text[byline.end() :], setting, sure=sure)
        name = person_name(byline.group(1))
        return Dateline(
            rest.places,
            [*([author_of(name, setting)] if name else []), *rest.credits],
            rest.end + byline.end(),
        )
    return (
        read_chinese(head, setting)
        or read_brackets(head, setting)
        or _agency_first(head, setting)
        or _cased(head, setting, sure=sure)
        or _uncased(head, setting)
        or Dateline()
    )


def reports_from(line: str) -> str | None:
    """Return the place in a short line that ends in "… reports from <place>"; None in others."""
    match = _REPORTS_FROM.search(line) if len(line) < 100 else None
    return match.group(1) if match else None


def _agency(text: str) -> Agency | None:
    inner = text.strip(" ()[]/（）［］.")
    whole = agency_table().whole(inner)
    if whole is not None:
        return whole
    found = agency_table().find(inner)
    return (
        found[0].agency
        if found and found[0].start == 0 and (found[0].end == len(inner) or inner[found[0].end] in "/,-; ")
        else None
    )


def _credits(words_: str, setting: Setting) -> list[Credit]:
    inner = words_.strip(" ()[]/（）［］.")
    return [
        c for c in read_parties(inner, setting).credits if c.kind in {"agency", "person"} or c.kind == "other"
    ]


def _agency_first(head: str, setting: Setting) -> Dateline | None:
    match = _AGENCY_FIRST.match(head) or _AGENCY_BARE.match(head)
    agency = _agency(match.group("agency")) if match else None
    if not match or agency is None or (agency.kind == "generic" and match.re is _AGENCY_BARE):
        return None
    rest = _CASED.match(head[match.end() :])
    out = Dateline(
        credits=_credits(match.group("agency"), setting) or [source_of(agency, setting)], end=match.end()
    )
    if rest and (_is_place(rest, sure=False) or (rest.group("date") and rest.group("sign") in "-–—.")):
        out.places.append(_cased_place(rest))
        out.end += rest.end()
    return out


def _cased(head: str, setting: Setting, *, sure: bool) -> Dateline | None:
    match = _WITH_AGENCY.match(head) or _CASED.match(head)
    if not match:
        return None
    inner = match.group("agency")
    agency = _agency(inner) if inner else None
    if (
        inner
        and agency is None
        and not (sure and is_place(match.group("place")))
        and not ((sure and match.group("sign") in {"-", "–", "—", "--"}) or match.group("place").isupper())
    ):
        return None
    if agency is None and not _is_place(match, sure=sure):
        return None
    if key_of(match.group("place").split()[0]) in words("not_place") and not is_place(match.group("place")):
        return None
    places = [] if is_month(match.group("place").strip(" .")) else [_cased_place(match)]
    out = Dateline(places, _credits(inner, setting) if agency and inner else [], match.end())
    region = _agency((match.group("region") or "").strip(" ,"))
    if region is not None and not out.credits:
        out.credits.append(source_of(region, setting))
    _agency_behind(head, out, setting)
    if match.group("sign") == "." and match.end() == len(head.rstrip()):
        return None
    return out


def _cased_place(match: re.Match[str]) -> str:
    """Return the place in normal case with its region as printed: "SIOUX FALLS, S.D." → "Sioux Falls, S.D."."""
    place = match.group("place")
    if place.isupper() and len(place) > 3:
        place = _cased_words(place)
    region = match.group("region") or ""
    if re.fullmatch(r",\s?[A-Z]{3,6}", region) and not match.group("place").isupper():
        region = ""  # initials of an outlet: "Bengaluru, DHNS:"
    if re.fullmatch(r",\s?[^\W\d_]{4,}", region) and region.isupper() and not _is_region(region):
        region = ""  # an outlet's name: "SURABAYA, EXAMPLE —"
    if _is_outlet(place):
        return region.strip(" ,")
    if len(place) > 4 and place.endswith(".") and not region and " " not in place:
        place = place[:-1]
    return (
        place
        if not region or _agency(region.strip(" ,")) or _is_outlet(region.strip(" ,"))
        else place + region
    )


def _is_region(text: str) -> bool:
    """Return whether *text* is a place or the short form of a state: "Calif", "Sask"."""
    return is_place(text) or key_of(text.strip(" ,.")) in words("states_short")


def _cased_words(capitals: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), capitals)


def _is_outlet(text: str) -> bool:
    return bool(re.search(r"\w\.(?:com|co|id|net|org|tv|de)$", text, re.IGNORECASE))


def _agency_behind(head: str, out: Dateline, setting: Setting) -> None:
    """Note the agency that stands behind the place and its sign: "КИЕВ, 3 июня — РИА Новости. …"."""
    bracket = 1 if head[out.end : out.end + 1] in {"(", "/", "["} else 0
    start = out.end + bracket
    found = agency_table().find(head[start : start + 40])
    if (
        not out.credits
        and found
        and found[0].start == 0
        and re.match(r"[)/\]]?\s*(?:[.:–—-]|$)", head[start + found[0].end :])
    ):
        out.credits.append(source_of(found[0].agency, setting))
        out.end = start + found[0].end + bracket


def _is_place(match: re.Match[str], *, sure: bool) -> bool:
    """Return whether the words before the sign are a place: known, in capitals, dated, or believed."""
    place, sign = match.group("place"), match.group("sign")
    first = key_of(place.split()[0].strip(".,"))
    following = match.string[match.end() : match.end() + 1]
    if (
        (first in words("not_place") and not is_place(place))
        or len(place) > 50
        or (following and following.islower() and not place.isupper())
    ):
        return False
    known = is_place(place) or all(is_place(part) for part in place.split("/"))
    dated, capitals = bool(match.group("date")), place.isupper() and len(place) >= 3
    short = len(place.split()) <= 3
    if sign in {"-", "–", "—", "--"}:
        spaced = match.string[match.start("sign") - 1 : match.start("sign")] in {" ", ")", "]", "."}
        return spaced and (
            bool(known) or dated or capitals or bool(match.group("region")) or (sure and short)
        )
    if sign in "·•|":
        return bool(known) or (sure and short) or (short and sign == "·")
    if sign == ":":
        return (bool(known) and (sure or capitals)) or (
            capitals and len(place.split()) == 1 and len(place) >= 4
        )
    return bool(known) or (sure and short and not dated and not match.group("region"))


def _uncased(head: str, setting: Setting) -> Dateline | None:
    match = _UNCASED.match(head)
    if not match or not re.match(r"[\u0590-\u06ff\u0900-\u0eff]", head):
        return None
    place = match.group("place").strip()
    inner = match.group("agency")
    agency = _agency(inner) if inner else None
    if agency is None and not is_place(place):
        return None
    out = Dateline([place], _credits(inner, setting) if agency and inner else [], match.end())
    _agency_behind(head, out, setting)
    wrote = _WROTE.match(head[match.end() :])
    if wrote and (name := person_name(wrote.group(1))):
        out.credits.append(author_of(name, setting))
        out.end += wrote.end()
    return out
