"""A clause cut into items: agencies taken out first, then the signs and words between names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from crawler.extraction.credits.agencies import Mention, agency_table
from crawler.extraction.credits.words import _lists

_FIRST = 0xE000
_MASK = re.compile(r"[\ue000-\uefff]")
_AGENCY_TAIL = re.compile(r"^(?:'s|’s)?\s*(?:photos?|images?|pictures?|file|video|staff|writers?|reporters?|correspondents?|foto|news|wire|pool|auto|sports?|via)\b", re.I)  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of a clause: an agency, or words still to be told apart."""

    text: str
    mention: Mention | None = None
    before: str = ""
    """The separator in front of it."""


@lru_cache(maxsize=1)
def _separator() -> re.Pattern[str]:
    joins = sorted({w for key in ("and",) for w in _lists("words")[key]} - {"a", "e", "i", "ja", "en", "un", "ir", "plus", "y", "va", "и", "й", "і", "та"}, key=len, reverse=True)
    small = ["a", "e", "i", "ja", "en", "un", "ir", "y", "va", "и", "й", "і", "та"]
    via = sorted(_lists("words")["via"], key=len, reverse=True)
    word = "|".join(map(re.escape, [*joins, *small, *via]))
    return re.compile(
        rf"\s*(?:[,;|/•·、،؛＝=（）()\[\]【】{{}}<>«»→®\n\t]|©|\s[-–—I]\s|\s[-–—]|[–—]\s|\.\.\.|:\s|&(?=\s)|，|；|／)\s*"  # noqa: RUF001
        rf"|\s+(?:{word})\s+|\s+ו-?(?=[א-ת]{{2,}}\s+[א-ת]{{2,}})|\s+و(?=[\u0621-\u064a\ue000-\uefff])",
    )


def items(text: str) -> list[Item]:
    """Return the items of *text* in order; every agency named in it stands alone."""
    mentions = agency_table().find(text)[: 0xEFF]
    masked: list[str] = []
    position = 0
    for number, mention in enumerate(mentions):
        masked.append(text[position : mention.start] + chr(_FIRST + number))
        position = mention.end
    masked.append(text[position:])
    line = "".join(masked)
    out: list[Item] = []
    start, sign = 0, ""
    for match in _separator().finditer(line):
        out.extend(_items(line[start : match.start()], sign, mentions))
        start, sign = match.end(), match.group().strip()
    out.extend(_items(line[start:], sign, mentions))
    return out


def _items(piece: str, sign: str, mentions: list[Mention]) -> list[Item]:
    """Return the items of a piece between separators: its agencies, and the words around them."""
    if not piece.strip():
        return []
    marks = [(m.start(), mentions[ord(m.group()) - _FIRST]) for m in _MASK.finditer(piece)]
    out: list[Item] = []
    words = piece
    for place, mention in marks:
        rest = piece[:place] + piece[place + 1 :]
        if mention.ambiguous and not _alone(piece, place, rest):
            continue
        out.append(Item("", mention, sign))
        words = words.replace(chr(_FIRST + mentions.index(mention)), "\x00")
    for part in words.split("\x00"):
        told = _MASK.sub(lambda m: _name(mentions[ord(m.group()) - _FIRST]), part).strip()
        if told:
            out.append(Item(told, None, sign))
    if len(out) > 1 and not piece.strip().startswith(tuple(chr(_FIRST + n) for n in range(len(mentions)))):
        out.sort(key=lambda item: item.mention is not None)
    return out


def _name(mention: Mention) -> str:
    return mention.agency.names[0]


def _alone(piece: str, place: int, rest: str) -> bool:
    """Return whether an ambiguous name stands where only a credit stands: alone, before "Photo", behind a name."""
    after = piece[place + 1 :]
    return not rest.strip(" .:;,'\"()") or bool(_AGENCY_TAIL.match(after.strip())) or not after.strip() and rest.count(" ") >= 1 and rest.strip()[:1].isupper()
