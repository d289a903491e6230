"""What kind of change a version is: told from the fields of two texts, never from bytes. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

KINDS = (
    "headline",
    "standfirst",
    "body",
    "silent-correction",
    "disclosed-correction",
    "notice-withdrawn",
    "credit",
    "dateline",
    "date",
    "image",
    "paywalled",
    "paywall-lifted",
)
"""In the order in which they are told. A version has one or more of them."""

_OF_FIELD = {
    "headline": "headline",
    "standfirst": "standfirst",
    "body": "body",
    "byline": "credit",
    "credits": "credit",
    "dateline": "dateline",
    "date_published": "date",
    "captions": "image",
    "lead_image": "image",
}
_WORD = re.compile(r"[぀-ヿ㐀-䶿一-鿿가-힯฀-໿]|\w+")
_SAME_PASSAGE = 0.5
"""Share of words that two paragraphs must have in common to be one passage, edited. Below it a paragraph was written anew."""
_MOST_PAIRS = 2500
_LONGEST = 3000
"""Words of a passage that are compared one by one; longer ones by their words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a text says, as far as it tells one kind of change from another; blanks collapsed, NFC."""

    standfirst: str = ""
    body: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    paywalled: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One kind of change from one version to the next."""

    kind: str
    detail: str | None = None
    """Of a disclosed correction (or a withdrawn notice) the words of the notice."""


def edits(changed: Sequence[str], before: Said, after: Said) -> tuple[Edit, ...]:
    """Return the kinds of change between two versions that differ in the fields *changed*, in the order of KINDS.

    A correction is *disclosed* when the later version has a notice that the earlier one had not. It is *silent* when
    no notice is new and the words of a passage that otherwise stayed were replaced or taken out: what was said before
    is not said any more. What only grew, or was written anew as a whole, is a change of the body and no more.
    """
    found = {_OF_FIELD[field]: None for field in changed if field in _OF_FIELD}
    details: dict[str, str] = {}
    if after.paywalled and not before.paywalled:
        details["paywalled"] = ""
    if before.paywalled and not after.paywalled:
        details["paywall-lifted"] = ""
    if details and "body" in found and (_abridged(before, after) or _abridged(after, before)):
        del found["body"]
    if notices := _only_in(after.corrections, before.corrections):
        details["disclosed-correction"] = notices
    elif ("body" in found or "standfirst" in found) and _takes_back(before, after):
        details["silent-correction"] = ""
    if withdrawn := _only_in(before.corrections, after.corrections):
        details["notice-withdrawn"] = withdrawn
    return tuple(
        Edit(kind=kind, detail=details.get(kind) or None)
        for kind in KINDS
        if kind in found or kind in details
    )


def plain(text: str | None) -> str:
    """Return *text* in NFC with blanks collapsed."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def _only_in(these: Sequence[str], those: Sequence[str]) -> str:
    return "\n".join(notice for notice in these if notice not in those)


def _abridged(whole: Said, part: Said) -> bool:
    """Return whether *part* says nothing that *whole* does not: paragraphs, or beginnings of them."""
    return all(
        any(paragraph.startswith(piece.rstrip(" .…")) for paragraph in whole.body) for piece in part.body
    )


def _takes_back(before: Said, after: Said) -> bool:
    """Return whether words of a passage that otherwise stayed are not there any more."""
    old, new = (_words(said.standfirst) for said in (before, after))
    return (_is_same_passage(old, new) and _loses_words(old, new)) or any(
        _loses_words(old, new) for old, new in _edited_passages(before.body, after.body)
    )


def _edited_passages(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    """Yield paragraphs that stand on both sides in different words, as words."""
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for operation, first, last, new_first, new_last in opcodes:
        if operation != "replace" or (last - first) * (new_last - new_first) > _MOST_PAIRS:
            continue
        waiting = [_words(paragraph) for paragraph in after[new_first:new_last]]
        for paragraph in before[first:last]:
            words = _words(paragraph)
            best = max(waiting, key=lambda candidate: _common(words, candidate), default=[])
            if _is_same_passage(words, best):
                waiting.remove(best)
                yield words, best


def _is_same_passage(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether most of the shorter text's words stand in the other one; what stays may grow."""
    shorter = min(len(before), len(after))
    return bool(shorter) and _common(before, after) >= _SAME_PASSAGE * shorter


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    return (Counter(before) & Counter(after)).total()


def _loses_words(before: Sequence[str], after: Sequence[str]) -> bool:
    if max(len(before), len(after)) > _LONGEST:
        return bool(Counter(before) - Counter(after))
    opcodes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return any(operation in {"replace", "delete"} for operation, *_ in opcodes)


def _words(text: str) -> list[str]:
    """Return the words of *text*: case, punctuation and quotes make no difference."""
    return _WORD.findall(text.casefold())
