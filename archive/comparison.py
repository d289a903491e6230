"""Two texts compared word by word, for people: what was taken out, what was put in, and what stayed."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model import Article

_PIECE = re.compile(
    "[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\u0e00-\u0e7f]|[^\\W_]+(?:['’][^\\W_]+)*|\\s+|[^\\w\\s]|_"
)
"""A word, a blank, a sign; one character in scripts that put no blanks between words."""
_MOST = 6000
"""Pieces of a paragraph that are compared; longer ones are shown as replaced whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words with one fate."""

    fate: str
    """same | gone | new"""
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the comparison."""

    fate: str
    """same | changed | gone | new"""
    pieces: tuple[Piece, ...]


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """Return *before* and *after* as one text.

    >>> compare_words("the bridge is safe", "the bridge is not safe")
    (Piece(fate='same', text='the bridge is '), Piece(fate='new', text='not '), Piece(fate='same', text='safe'))
    """
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) > _MOST or len(new) > _MOST:
        return tuple(Piece(fate, text) for fate, text in (("gone", before), ("new", after)) if text)
    pieces: list[Piece] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        if b > a:
            pieces.append(Piece("gone", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(new[c:d])))
    return tuple(_joined(pieces))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Return *pieces* with blanks between two changes counted to them: whole phrases read better than single words."""
    joined: list[Piece] = []
    at = 0
    while at < len(pieces):
        run = at
        while run < len(pieces) and (pieces[run].fate != "same" or _is_bridge(pieces, run)):
            run += 1
        if run == at:
            joined.append(pieces[at])
            at += 1
            continue
        gone = "".join(p.text for p in pieces[at:run] if p.fate != "new")
        new = "".join(p.text for p in pieces[at:run] if p.fate != "gone")
        joined += [Piece(fate, text) for fate, text in (("gone", gone), ("new", new)) if text]
        at = run
    return joined


def _is_bridge(pieces: Sequence[Piece], at: int) -> bool:
    inside = 0 < at < len(pieces) - 1
    return (
        inside
        and pieces[at].text.isspace()
        and pieces[at - 1].fate != "same"
        and pieces[at + 1].fate != "same"
    )


def compare_paragraphs(before: Sequence[str], after: Sequence[str]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of both texts in order; those that stand for each other are compared word by word."""
    found: list[Paragraph] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found += [Paragraph("same", (Piece("same", text),)) for text in before[a:b]]
            continue
        pairs = min(b - a, d - c)
        for old, new in zip(before[a : a + pairs], after[c : c + pairs], strict=True):
            if difflib.SequenceMatcher(None, old.split(), new.split(), autojunk=False).quick_ratio() > 0.3:
                found.append(Paragraph("changed", compare_words(old, new)))
            else:
                found += [Paragraph("gone", (Piece("gone", old),)), Paragraph("new", (Piece("new", new),))]
        found += [Paragraph("gone", (Piece("gone", text),)) for text in before[a + pairs : b]]
        found += [Paragraph("new", (Piece("new", text),)) for text in after[c + pairs : d]]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FieldComparison:
    """A field that differs, both sides as one text."""

    name: str
    pieces: tuple[Piece, ...]


def compare_fields(before: Article, after: Article) -> tuple[FieldComparison, ...]:
    """Return the fields in which two texts differ, in the order of a page."""
    fields = (
        ("Headline", before.headline, after.headline),
        ("Standfirst", before.standfirst, after.standfirst),
        ("Byline", before.byline, after.byline),
        ("Dateline", before.dateline_raw, after.dateline_raw),
        ("Published", _date(before), _date(after)),
        ("Credits", _credits(before), _credits(after)),
        ("Corrections", "\n".join(before.corrections), "\n".join(after.corrections)),
        ("Captions", _captions(before), _captions(after)),
        ("Text", "\n\n".join(before.body), "\n\n".join(after.body)),
    )
    return tuple(
        FieldComparison(name, compare_words(old or "", new or "")) for name, old, new in fields if (old or "") != (new or "")
    )  # fmt: skip


def counted(pieces: Iterable[Piece]) -> dict[str, int]:
    """Return how many words of *pieces* (characters in scripts without blanks) are the same, gone and new."""
    counts = {"same": 0, "gone": 0, "new": 0}
    for piece in pieces:
        counts[piece.fate] += sum(found[0].isalnum() for found in _PIECE.findall(piece.text))
    return counts


def disclosure(kinds: Iterable[str]) -> str:
    """Return whether an edit of these *kinds* was a ``silent`` or a ``disclosed`` correction; empty when it was none.

    >>> disclosure(["body", "silent-correction"])
    'silent'
    """
    words = {"silent-correction": "silent", "disclosed-correction": "disclosed"}
    return next((words[kind] for kind in kinds if kind in words), "")


def _date(content: Article) -> str:
    return content.date_published.value if content.date_published else ""


def _credits(content: Article) -> str:
    return "; ".join(f"{credit.name} ({credit.role})" for credit in content.credits)


def _captions(content: Article) -> str:
    return "\n".join(image.caption_raw or image.caption or "" for image in content.images)
