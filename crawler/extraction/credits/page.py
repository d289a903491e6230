"""The places of one page where credits stand, read together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.credits.reading import read_credits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model import Attribution, Credit


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """A caption with its credit taken off."""

    caption: str | None
    credit_raw: str | None
    credits: tuple[Credit, ...] = ()
    archive: bool = False


@dataclass(frozen=True, slots=True)
class TailReading:
    """A text with its closing credit lines taken off."""

    body: tuple[str, ...]
    credit_lines: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningReading:
    """A first paragraph: as printed, and what its dateline says."""

    text: str
    dateline_raw: str | None = None
    places: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def split_caption(raw: str, *, language: str | None, outlets: tuple[str, ...]) -> CaptionReading:
    """Return the caption without its credit, the credit's words, and what they say."""
    return CaptionReading(raw or None, None)


def split_tail(paragraphs: Sequence[str], *, language: str | None, outlets: tuple[str, ...]) -> TailReading:
    """Return the paragraphs without closing credit lines, these lines verbatim, and what they say."""
    return TailReading(tuple(paragraphs))


def split_opening(paragraph: str, *, language: str | None, outlets: tuple[str, ...]) -> OpeningReading:
    """Return what the dateline that opens *paragraph* says; the text stays as printed."""
    return OpeningReading(paragraph)


def find_attributions(body: Sequence[str], *, language: str | None) -> tuple[Attribution, ...]:
    """Return the agencies that the text cites, with the paragraphs in which it does."""
    return ()


def merge_credits(*groups: Sequence[Credit]) -> tuple[Credit, ...]:
    """Return the credits of all *groups* in order of trust, the same party and role once."""
    seen: dict[tuple[str, str, str], Credit] = {}
    for group in groups:
        for credit in group:
            seen.setdefault((credit.kind, credit.agency or credit.name.casefold(), credit.role), credit)
    return tuple(seen.values())


__all__ = ["CaptionReading", "OpeningReading", "TailReading", "find_attributions", "merge_credits", "read_credits", "split_caption", "split_opening", "split_tail"]
