"""Datelines of Chinese, Japanese and Korean texts: "新华社北京4月24日电", "【ソウル=岡部雄二郎】", "(서울=연합뉴스)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model import Credit
from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.names import person_name
from crawler.extraction.credits.places import is_place

if TYPE_CHECKING:
    from crawler.extraction.credits.agencies import Agency
    from crawler.extraction.credits.party import Setting

_BRACKETS = re.compile(
    r"^[【［\[（(]\s*([^【】［］\[\]（）()]{2,60})[】］\]）)]\s*(?:([\uac00-\ud7a3\s·]{2,30}?)\s*(?:기자|특파원)\s*=)?"
)
_REPORTER_FIRST = re.compile(
    r"^(?:記者|编辑委员|編集委員|論説委員|特派員|取材|文)[・:：\s]*([\u3005\u3400-\u9fff]{3,5})$"
)
_CHINESE = re.compile(
    r"^[（(]?\s*(?P<agency>本报|本報|新华社|新華社|中新社|中新网|中新網|中央社|[\u4e00-\u9fff]{2,4}[社网網])?(?P<first>记者|記者)?(?P<place>[\u4e00-\u9fffA-Za-z·]{2,14}?)?(?:综合|綜合)?(?:\d{4}年)?\d{1,2}(?:月\d{1,2})?日?(?:上午|下午|晚)?(?:综合|綜合|外)?(?:专?电|專?電|讯|訊|消息)\s*(?P<rest>[（(]?\s*(?:特派)?(?:本报)?(?:记者|記者|实习记者)\s*(?P<names>[\u4e00-\u9fff·、 ]{2,24}?)\s*(?:[）):：]|报道|報道|報導|摄影报道)|[（(][^（）()]{0,30}[)）])?"
)


@dataclass(slots=True)
class Dateline:
    """A dateline: its places, who it credits, and where it ends in the text."""

    places: list[str] = field(default_factory=list)
    credits: list[Credit] = field(default_factory=list)
    end: int = 0


def read_brackets(head: str, setting: Setting) -> Dateline | None:
    """Return what brackets at the beginning say: place, correspondents, agency; None when none stand there."""
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
            out.credits += [author_of(name, setting) for name in [person_name(piece)] if name]
    return out if out.places or out.credits else None


def _into(
    piece: str, out: Dateline, setting: Setting, *, named: bool, names_only: bool = False
) -> list[Credit]:
    """Return the credits of one piece between brackets and note its place."""
    piece = piece.strip()
    reporter = _REPORTER_FIRST.match(piece)
    if reporter:
        return [author_of(reporter.group(1), setting)]
    mentions = agency_table().find(piece)
    if mentions:
        before = piece[: mentions[0].start].strip(" ・")
        if before and not names_only:
            out.places.append(before)
        return [source_of(mention.agency, setting) for mention in mentions]
    if not piece:
        return []
    if names_only:
        return [author_of(name, setting) for name in [person_name(piece)] if name]
    known = re.match(r"^([\u30a0-\u30ff]{2,10}|..)(?=[\u4e00-\u9fff]{3,5}$)", piece)
    if known and (
        (known.group(1)[0] >= "\u30a0" and known.group(1)[0] <= "\u30ff") or is_place(known.group(1))
    ):
        out.places.append(known.group(1))
        return [author_of(piece[known.end() :], setting)]
    if named and (is_place(piece) or len(piece) <= 12):
        out.places.append(piece)
    return []


def read_chinese(head: str, setting: Setting) -> Dateline | None:
    """Return what the opening of a Chinese agency report says; None for other openings."""
    match = _CHINESE.match(head)
    if not match or not (match.group("agency") or match.group("first") or match.group("names")):
        return None
    out = Dateline(end=match.end())
    agency = agency_table().whole(match.group("agency") or "")
    if agency:
        out.credits.append(source_of(agency, setting))
    place = match.group("place") or ""
    if match.group("first"):
        name = place[:3] if not is_place(place[2:]) else place[:2]
        out.credits += [author_of(name, setting)] if len(place) > 3 else []
        place = place[len(name) :] if len(place) > 3 else place
    if place:
        out.places.append(place)
    for name in re.split(r"[、 ]+", match.group("names") or ""):
        if 2 <= len(name) <= 4:
            out.credits.append(author_of(name, setting))
    return out


def source_of(agency: Agency, setting: Setting) -> Credit:
    """Return the credit of an agency that a text comes from."""
    return Credit(
        name=agency.name, kind="agency", role="source", raw="", found_in=setting.found_in, agency=agency.code
    )


def author_of(name: str, setting: Setting) -> Credit:
    """Return the credit of somebody who wrote a text."""
    return Credit(name=name, kind="person", role="author", raw=name, found_in=setting.found_in)
