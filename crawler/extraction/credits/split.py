"""A clause cut into items: agencies taken out first, then the signs and words between names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import zip_longest

from crawler.extraction.credits.agencies import Mention, agency_table
from crawler.extraction.credits.places import is_place
from crawler.extraction.credits.tokens import key_of
from crawler.extraction.credits.words import _lists, given_names, phrases, words

_FIRST = 0xE000
_MASK = re.compile(r"[\ue000-\uefff]")
_GENERIC_BEFORE = re.compile(r"\s*:?\s*(?:(?:the|der|die|la|l['’]|de)\s?)?[\"'«„“]?")
_OF = re.compile(
    r"(?:(?:^|\s)(?:of|from|for|with|at|de|da|do|von|vom|der|del|della|dell['’]|van|för|til|od|z|из|от|από|the|la|l['’]|het|den|die|del|agency|agencia|agence|agenzia|agentur|agência))+$",
    re.IGNORECASE,
)
"""Words between a name and its agency: "Jane Doe of the Associated Press"."""
_ABBREVIATION_BEHIND = re.compile(r"([\ue000-\uefff])\s?\((?:[A-Z]{2,6}|[\ue000-\uefff])\)(?!\s?/)")
"""An agency's name, and its letters in brackets: "African News Agency (ANA)"."""
_SURNAME_BEHIND = re.compile(r" ([^\W\d_][\w'’-]+)")
_AGENCY_TAIL = re.compile(
    r"^(?:'s|’s)?(?:photos?|images?|pictures?|file|video|staff|writers?|reporters?|correspondents?|foto|news|wire|pool|auto|sports?|via|inf|info|nuotr|informacija|reporters?|journalists?)\b",
    re.IGNORECASE,
)


_FIRM = re.compile(
    r"\s(?:Ltd|LLP|LLC|PLC|plc|Inc|Corp|GmbH|mbH|AG|KG|OHG|SARL|SAS|S\.A|S\.L|S\.p\.A|S\.r\.l|SpA|Srl|Lda|Ltda|B\.V|N\.V|BV|NV|AB|ASA|A/S|ApS|Oy|Oyj|z o\.o|a\.s|s\.r\.o|Kft|Zrt|SRL|d\.o\.o|A\.Ş|Şti|Bhd|Tbk|Pty|Pvt)\.?$"
)
_LIST_SIGN = re.compile(r"[,;|/:–—(]|\s-\s")
_ITS_PEOPLE = re.compile(
    r"^(?:(?:staff|news) )?(?:correspondents?|reporters?|writers?|journalists?) in (?=[A-Z])"
)
"""Behind an agency's name: "AFP correspondents in Geneva"."""


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a clause: an agency, or words still to be told apart."""

    text: str
    mention: Mention | None = None
    before: str = ""
    """The separator in front of it."""


@lru_cache(maxsize=1)
def _separator() -> re.Pattern[str]:
    """Return the signs and words between names; short joining words only between two names with capitals."""
    joins = sorted(set(_lists("words")["and"]), key=len, reverse=True)
    sure = "|".join(
        re.escape(word)
        for word in joins
        if len(word) > 2 or word in {"et", "og", "és", "și", "şi", "ve", "и"}
    )
    short = "|".join(re.escape(word) for word in joins if len(word) <= 2)
    via = "|".join(map(re.escape, sorted(_lists("words")["via"], key=len, reverse=True)))
    platforms = "|".join(_lists("words")["platforms"])
    return re.compile(
        rf"(?<![\u30a1-\u30ff])・|・(?![\u30a1-\u30ff])|\s*(?:,\s*(?:and|und|et|y|e|og|och|en|with|sowie)\s|[,;|/•·、،؛＝=（）()\[\]【】〔〕「」『』《》〈〉{{}}<>«»→®\n\t]|©|\s[-–—I]\s|\s[-–—]|--+|[–—]\s|—|\sـ\s?|\.\.\.|:\s|&(?=\s)|，|；|／)\s*"
        rf"|\s+on\s+(?=(?i:{platforms})(?:$|\W))|\s+(?i:{sure}|{via})\s+(?=\S)|\s+(?:{short})\s+(?=[A-ZÀ-ÝČŠŽŁŚŻĐА-ЯΑ-ΩІЇЄ\ue000-\uefff])"
        r"|\s+(?:en|og|och|y|e|et|i|a|und|and)\s+(?=(?i:redactie|redacción|redacao|redação|redazione|redaktion|redaksjonen|redaktionen|rédaction|redakcja|redakce|staff|newsroom)\b)|\s+ו-?(?=[א-ת]{2,}\s+[א-ת]{2,}|[\ue000-\uefff])|\s+و(?=[\u0621-\u064a]{2,}\s+[\u0621-\u064a]{2,}|[\ue000-\uefff])",
    )


def items(text: str) -> list[Item]:
    """Return the items of *text* in order; every agency named in it stands alone."""
    if not text.isascii():
        text = _MASK.sub("\ufffd", text)
    found = agency_table().find(text)[:0xEFF]
    mentions = _named(text, tuple(mention for mention in found if not _is_first_name(text, mention, found)))
    if not mentions and _FIRM.search(text) and not _LIST_SIGN.search(text):
        return [Item(text.strip())]
    if len(mentions) == 1 and _is_surname(text, mentions[0]):
        return [Item(text.strip())]
    masked: list[str] = []
    position = 0
    for number, mention in enumerate(mentions):
        masked.append(_without_generic(text[position : mention.start]) + chr(_FIRST + number))
        position = mention.end
    masked.append(text[position:])
    line = "".join(masked)
    if mentions and "(" in line:
        line = _ABBREVIATION_BEHIND.sub(r"\1", line)
    printed = [text[mention.start : mention.end] for mention in mentions]
    out: list[Item] = []
    start, sign = 0, ""
    for match in _separator().finditer(line):
        word = match.group().strip()
        before = line[start : match.start()]
        if word.isalpha() and len(word) == 1 and not _capital_before(before):
            continue
        if word in words("from") and key_of(before.strip()) in words("jobs"):
            continue  # "Corresponsal en Lima Juana Pérez"
        out.extend(_items(line[start : match.start()], sign, mentions, printed))
        start, sign = match.end(), match.group().strip() or sign
    out.extend(_items(line[start:], sign, mentions, printed))
    return out


def _is_surname(text: str, mention: Mention) -> bool:
    """Return whether an agency's name is a surname here: a first name before it and nothing else, "Nick Reuter"."""
    first, name = text[: mention.start].strip(" ,.|"), text[mention.start : mention.end]
    return (
        first.isalpha()
        and key_of(first) in given_names()
        and first[0].isupper()
        and not first.isupper()
        and name.isalpha()
        and name.istitle()
        and text[mention.start - 1] == " "
        and not text[mention.end :].strip(" .,|")
    )


def _is_first_name(text: str, mention: Mention, found: tuple[Mention, ...]) -> bool:
    """Return whether an agency's name is a first name here: a surname right behind it, "Leta Beispiel"."""
    name, behind = text[mention.start : mention.end], _SURNAME_BEHIND.match(text, mention.end)
    if behind is None or not name.isalpha() or key_of(name) not in given_names():
        return False
    surname = behind.group(1)
    same_case = (name.istitle() and not surname.isupper()) or text.isupper()
    return (
        same_case
        and not _AGENCY_TAIL.match(surname)
        and not is_place(surname)
        and key_of(surname) not in words("jobs") | words("subjects") | words("organisation")
        and all(other.start != behind.start(1) for other in found)
    )


def _named(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return *mentions* without "news agencies" right before the agencies' names."""
    return tuple(
        mention
        for mention, following in zip_longest(mentions, mentions[1:])
        if mention.agency.kind != "generic"
        or following is None
        or not _GENERIC_BEFORE.fullmatch(text[mention.end : following.start])
    )


def _without_generic(before: str) -> str:
    """Return the words *before* an agency's name without "the news agencies" at their end."""
    generic = agency_table().find(before)
    last = generic[-1] if generic else None
    if last is None or last.agency.kind != "generic" or not _GENERIC_BEFORE.fullmatch(before[last.end :]):
        return before
    return before[: last.start]


def _capital_before(piece: str) -> bool:
    last = piece.rsplit(" ", 1)[-1]
    return bool(last) and (
        last[:1].isupper() or bool(_MASK.match(last)) or (not last.isascii() and last.lower() == last.upper())
    )


def _items(piece: str, sign: str, mentions: tuple[Mention, ...], printed: list[str]) -> list[Item]:
    """Return the items of a piece between separators: its agencies, and the words around them."""

    def unmask(words_: str) -> str:
        return _MASK.sub(lambda m: printed[ord(m.group()) - _FIRST], words_).strip()

    if not piece.strip():
        return []
    out: list[Item] = []
    position = 0
    for match in _MASK.finditer(piece):
        mention = mentions[ord(match.group()) - _FIRST]
        rest = piece[: match.start()] + piece[match.end() :]
        small = printed[ord(match.group()) - _FIRST].islower() and piece.strip()[:1].isupper()
        if mention.ambiguous and (
            not _alone(mention, piece, match.start(), rest) or (small and not _is_name(rest))
        ):
            continue
        told = _OF.sub("", unmask(piece[position : match.start()]))
        desk = bool(told) and bool(phrases("words", "staff").whole(told))
        if desk and not told.isascii():
            out.append(Item(unmask(piece[position : match.end()]), None, sign))
        elif desk and len(told.split()) == 1:
            pass
        elif told:
            out.append(Item(told, None, sign))
        out.append(Item("", mention, sign))
        position = match.end()
    told = unmask(piece[position:])
    if out and out[-1].mention is not None:
        told = _ITS_PEOPLE.sub("", told)
    if out and out[-1].mention is not None and " " not in told and phrases("words", "staff").whole(told):
        told = ""
    return [*out, Item(told, None, sign)] if told else out


def _is_name(rest: str) -> bool:
    """Return whether the words beside an agency can be a name: "Jane Doe ap", not "Download the app"."""
    return all(word[:1].isupper() or not word[:1].isalpha() for word in rest.split())


def _alone(mention: Mention, piece: str, place: int, rest: str) -> bool:
    """Return whether an ambiguous name stands where only a credit stands: alone, before "Photo", behind a name."""
    if not rest.strip(" .:;,'\"()"):
        return True
    if mention.agency.kind == "generic":
        return False
    after = piece[place + 1 :].strip()
    following = key_of(after.split()[0].strip(".,")) if after else ""
    if following in words("jobs") or following in words("subjects") or _AGENCY_TAIL.match(after):
        return True
    if not _MASK.sub("", rest).strip(" .:;,'\"()&/–-"):
        return True
    return not after and rest.count(" ") >= 1 and rest.strip()[:1].isupper()
