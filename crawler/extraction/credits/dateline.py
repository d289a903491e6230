"""Datelines: "WASHINGTON (Reuters) —", "(ANSA) - ROMA, 3 GIU -", "【ソウル=岡部雄二郎】", "新华社北京4月24日电"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from archive.model import Credit
from crawler.extraction.credits.agencies import Agency, agency_table
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.party import Setting, read_parties
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import cities, words

HEAD = 160
"""Characters at the beginning of a text in which its dateline stands."""
_U = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽȘȚΑ-ΫΆ-ΏА-ЯЁІЇЄҐЂ-Џ"
_WORD = rf"(?:[{_U}][\w.'’ʻ-]{{0,30}}|d[’'][{_U}][\w-]{{0,30}})"
_SMALL = r"(?:de|del|la|le|les|el|las|los|do|da|dos|di|du|des|d'|am|an der|an|der|bei|im|in|upon|on|sur|sous|en|aan|den|ob|und|y|of|the|al|el-|ob der)"
_PLACE = rf"{_WORD}(?:(?: {_SMALL})? {_WORD}){{0,4}}"
_PLACE_AND_DATE = (
    rf"^(?P<place>{_PLACE}(?:\s?/\s?{_PLACE}){{0,2}})"
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
_BRACKETS = re.compile(
    r"^[【［\[（(]\s*([^【】［］\[\]（）()]{2,60})[】］\]）)]\s*(?:([\uac00-\ud7a3\s·]{2,30}?)\s*(?:기자|특파원)\s*=)?"
)
_CHINESE = re.compile(
    r"^[（(]?\s*(?P<agency>本报|本報|新华社|新華社|中新社|中新网|中新網|中央社|[\u4e00-\u9fff]{2,4}[社网網])?(?P<first>记者|記者)?(?P<place>[\u4e00-\u9fffA-Za-z·]{2,14}?)?(?:综合|綜合)?(?:\d{4}年)?\d{1,2}(?:月\d{1,2})?日?(?:上午|下午|晚)?(?:综合|綜合|外)?(?:专?电|電|讯|訊|消息)\s*(?P<rest>[（(]?\s*(?:特派)?(?:本报)?(?:记者|記者|实习记者)\s*(?P<names>[\u4e00-\u9fff·、 ]{2,24}?)\s*(?:[）):：]|报道|報道|報導|摄影报道)|[（(][^（）()]{0,30}[)）])?"
)
_REPORTS_FROM = re.compile(
    rf"(?:rapporterer|rapporterar|berichtet|berichten|reporting|reports|reporterer)\s+(?:live\s+)?(?:fra|från|aus|from)\s+({_PLACE}(?:/{_PLACE}){{0,2}})\s*$"
)
_NOT_PLACE = frozenset(
    [
        "dear",
        "the",
        "a",
        "an",
        "i",
        "we",
        "he",
        "she",
        "it",
        "this",
        "that",
        "what",
        "why",
        "how",
        "when",
        "who",
        "my",
        "our",
        "your",
        "yes",
        "no",
        "nein",
        "ja",
        "oui",
        "non",
        "sí",
        "breaking",
        "update",
        "updated",
        "exclusive",
        "analysis",
        "opinion",
        "editorial",
        "review",
        "watch",
        "live",
        "video",
        "photo",
        "photos",
        "podcast",
        "note",
        "correction",
        "related",
        "file",
        "interview",
        "kommentar",
        "kommentare",
        "analyse",
        "exklusiv",
        "news",
        "sport",
        "politik",
        "q",
        "a",
        "questions",
        "answers",
        "fact",
        "check",
        "factcheck",
        "spoiler",
        "warning",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "today",
        "and",
        "but",
        "der",
        "die",
        "das",
        "ein",
        "eine",
        "el",
        "la",
        "los",
        "le",
        "les",
        "un",
        "une",
        "il",
        "lo",
        "in",
        "on",
        "at",
    ]
)


@dataclass(slots=True)
class Dateline:
    """A dateline: its places, who it credits, and where it ends in the text."""

    places: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    end: int = 0


def read_dateline(text: str, setting: Setting, *, sure: bool = True) -> Dateline:
    """Return the dateline that opens *text*; empty when none does.

    *sure*: the caller knows that a dateline stands here, so that an unknown place is believed.
    """
    head = text[:HEAD]
    reports = _REPORTS_FROM.search(text) if len(text) < 100 else None
    if reports:
        return Dateline([reports.group(1)], [], len(text))
    byline = _BYLINE_FIRST.match(head)
    if byline:
        rest = read_dateline(text[byline.end() :], setting, sure=sure)
        name = person_name(byline.group(1))
        return Dateline(
            rest.places, [*([_author(name, setting)] if name else []), *rest.credits], rest.end + byline.end()
        )
    for way in (_chinese, _brackets, _agency_first, _cased, _uncased):
        found = way(head, setting, sure)
        if found is not None:
            return found
    return Dateline()


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


def _brackets(head: str, setting: Setting, sure: bool) -> Dateline | None:
    match = _BRACKETS.match(head)
    if not match or match.group(1).isascii():
        return None
    inner, korean = match.group(1), match.group(2)
    inner = re.sub(r"[ \u3000]*\d{1,2}日[ \u3000]*", " ", inner).replace("＝", "=")
    place, _, rest = inner.partition("=")
    out = Dateline(end=match.end())
    for piece in re.split(r"[、,]", place if rest else inner):
        out.credits += _into(piece, out, setting, named=bool(rest))
    for piece in re.split(r"[、,·\s]+", rest):
        out.credits += _into(piece, out, setting, named=True, names_only=True)
    if korean:
        for piece in re.split(r"[\s·]+", korean.strip()):
            out.credits += [_author(name, setting) for name in [person_name(piece)] if name]
    return out if out.places or out.credits else None


def _into(
    piece: str, out: Dateline, setting: Setting, *, named: bool, names_only: bool = False
) -> list[Credit]:
    """Return the credits of one piece between brackets and note its place."""
    piece = piece.strip()
    mentions = agency_table().find(piece)
    if mentions:
        before = piece[: mentions[0].start].strip(" ・")
        if before and not names_only:
            out.places.append(before)
        return [_source(mention.agency, setting) for mention in mentions]
    if not piece:
        return []
    if names_only:
        return [_author(name, setting) for name in [person_name(piece)] if name]
    known = re.match(r"^([\u30a0-\u30ff]{2,10}|..)(?=[\u4e00-\u9fff]{3,5}$)", piece)
    if known and (
        (known.group(1)[0] >= "\u30a0" and known.group(1)[0] <= "\u30ff") or cities().whole(known.group(1))
    ):
        out.places.append(known.group(1))
        return [_author(piece[known.end() :], setting)]
    if named and (cities().whole(piece) or len(piece) <= 12):
        out.places.append(piece)
    return []


def _chinese(head: str, setting: Setting, sure: bool) -> Dateline | None:
    match = _CHINESE.match(head)
    if not match or not (match.group("agency") or match.group("first") or match.group("names")):
        return None
    out = Dateline(end=match.end())
    agency = agency_table().whole(match.group("agency") or "")
    if agency:
        out.credits.append(_source(agency, setting))
    place = match.group("place") or ""
    if match.group("first"):
        name = place[:3] if not cities().whole(place[2:]) else place[:2]
        out.credits += [_author(name, setting)] if len(place) > 3 else []
        place = place[len(name) :] if len(place) > 3 else place
    if place:
        out.places.append(place)
    for name in re.split(r"[、 ]+", match.group("names") or ""):
        if 2 <= len(name) <= 4:
            out.credits.append(_author(name, setting))
    return out


def _agency_first(head: str, setting: Setting, sure: bool) -> Dateline | None:
    match = _AGENCY_FIRST.match(head) or _AGENCY_BARE.match(head)
    agency = _agency(match.group("agency")) if match else None
    if not match or agency is None or (agency.kind == "generic" and match.re is _AGENCY_BARE):
        return None
    rest = _CASED.match(head[match.end() :])
    out = Dateline(
        credits=_credits(match.group("agency"), setting) or [_source(agency, setting)], end=match.end()
    )
    if rest and (_is_place(rest, sure=False) or (rest.group("date") and rest.group("sign") in "-–—.")):
        out.places.append(_cased_place(rest))
        out.end += rest.end()
    return out


def _cased(head: str, setting: Setting, sure: bool) -> Dateline | None:
    match = _WITH_AGENCY.match(head) or _CASED.match(head)
    if not match:
        return None
    inner = match.group("agency")
    agency = _agency(inner) if inner else None
    if (
        inner
        and agency is None
        and not ((sure and match.group("sign") in {"-", "–", "—", "--"}) or match.group("place").isupper())
    ):
        return None
    if agency is None and not _is_place(match, sure=sure):
        return None
    if key_of(match.group("place").split()[0]) in _NOT_PLACE:
        return None
    out = Dateline([_cased_place(match)], _credits(inner, setting) if agency and inner else [], match.end())
    region = _agency((match.group("region") or "").strip(" ,"))
    if region is not None and not out.credits:
        out.credits.append(_source(region, setting))
    _agency_behind(head, out, setting)
    if match.group("sign") == "." and match.end() == len(head.rstrip()):
        return None
    return out


def _cased_place(match: re.Match[str]) -> str:
    """Return the place in normal case with its region as printed: "SIOUX FALLS, S.D." → "Sioux Falls, S.D."."""
    place = match.group("place")
    if place.isupper() and len(place) > 3:
        place = re.sub(r"[^\W\d_]+", lambda m: m.group()[0] + m.group()[1:].lower(), place)
    region = match.group("region") or ""
    if _is_outlet(place):
        return region.strip(" ,")
    if len(place) > 4 and place.endswith(".") and not region and " " not in place:
        place = place[:-1]
    return (
        place
        if not region or _agency(region.strip(" ,")) or _is_outlet(region.strip(" ,"))
        else place + region
    )


def _is_outlet(text: str) -> bool:
    return bool(re.search(r"\w\.(?:com|co|id|net|org|tv|de)$", text, re.IGNORECASE))


def _agency_behind(head: str, out: Dateline, setting: Setting) -> None:
    """Note the agency that stands behind the place and its sign: "КИЕВ, 3 июня — РИА Новости. …"."""
    found = agency_table().find(head[out.end : out.end + 40])
    if (
        not out.credits
        and found
        and found[0].start == 0
        and re.match(r"\s*(?:[.:–—-]|$)", head[out.end + found[0].end :])
    ):
        out.credits.append(_source(found[0].agency, setting))
        out.end += found[0].end


def _is_place(match: re.Match[str], *, sure: bool) -> bool:
    """Return whether the words before the sign are a place: known, in capitals, dated, or believed."""
    place, sign = match.group("place"), match.group("sign")
    first = key_of(place.split()[0].strip(".,"))
    following = match.string[match.end() : match.end() + 1]
    if first in _NOT_PLACE or len(place) > 50 or (following and following.islower() and not place.isupper()):
        return False
    known = cities().whole(place) or all(cities().whole(part) for part in place.split("/"))
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


def _uncased(head: str, setting: Setting, sure: bool) -> Dateline | None:
    match = _UNCASED.match(head)
    if not match or not re.match(r"[\u0590-\u06ff\u0900-\u0eff]", head):
        return None
    place = match.group("place").strip()
    inner = match.group("agency")
    agency = _agency(inner) if inner else None
    if agency is None and not cities().whole(place):
        return None
    out = Dateline([place], _credits(inner, setting) if agency and inner else [], match.end())
    _agency_behind(head, out, setting)
    wrote = _WROTE.match(head[match.end() :])
    if wrote and (name := person_name(wrote.group(1))):
        out.credits.append(_author(name, setting))
        out.end += wrote.end()
    return out


def _source(agency: Agency, setting: Setting) -> Credit:
    return Credit(
        name=agency.name, kind="agency", role="source", raw="", found_in=setting.found_in, agency=agency.code
    )


def _author(name: str, setting: Setting) -> Credit:
    return Credit(name=name, kind="person", role="author", raw=name, found_in=setting.found_in)


__all__ = ["Dateline", "read_dateline", "words"]
