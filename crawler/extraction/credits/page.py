"""The places of one page where credits stand: captions, the opening, the closing lines, the running text."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.model import Attribution
from crawler.extraction.credits.archive_marks import without_mark
from crawler.extraction.credits.attribution import cited_agencies
from crawler.extraction.credits.closing_line import read_end, read_whole_line, reads_as_text
from crawler.extraction.credits.dateline import read_dateline
from crawler.extraction.credits.party import Setting
from crawler.extraction.credits.photo import read_caption
from crawler.extraction.credits.reading import MAX_LINE, numbered
from crawler.extraction.text import fold, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model import Credit

CLOSING = 6
"""Paragraphs at the end of a text among which credit lines are looked for."""
MAX_PARAGRAPHS = 400
MAX_PARAGRAPH = 3_000
_STRUCTURED = frozenset({"json-ld", "meta", "microdata"})


@dataclass(frozen=True, slots=True)
class CaptionReading:
    """A caption with its credit taken off."""

    caption: str | None
    """Without credit and archive mark."""
    credit_raw: str | None
    """The credit's words."""
    credits: tuple[Credit, ...] = ()
    archive: bool = False


@dataclass(frozen=True, slots=True)
class TailReading:
    """A text with its closing credit lines taken off."""

    body: tuple[str, ...]
    credit_lines: tuple[str, ...] = ()
    """Whole paragraphs that were credits, verbatim."""
    credits: tuple[Credit, ...] = ()


@dataclass(frozen=True, slots=True)
class OpeningReading:
    """A first paragraph: as printed, and what its dateline says."""

    text: str
    dateline_raw: str | None = None
    places: tuple[str, ...] = ()
    credits: tuple[Credit, ...] = ()


def split_caption(raw: str, *, language: str | None, outlets: tuple[str, ...]) -> CaptionReading:  # noqa: ARG001 - words of all languages are tried; pages are often wrong about theirs
    """Return the caption without its credit and archive mark, the credit's words, and what they say."""
    text = squash(raw[:MAX_LINE])
    if not text:
        return CaptionReading(None, None)
    parts = read_caption(text, Setting("caption", "photo", "photo", photo=True, loose=True, outlets=outlets))
    caption = without_mark(parts.caption).strip(" |/") or None
    return CaptionReading(caption, parts.credit, numbered(parts.credits, parts.credit or text), parts.archive)


def split_tail(paragraphs: Sequence[str], *, language: str | None, outlets: tuple[str, ...]) -> TailReading:  # noqa: ARG001 - words of all languages are tried; pages are often wrong about theirs
    """Return the paragraphs without closing credit lines, these lines verbatim, and what they say.

    A credit at the end of a paragraph of ordinary text ("… (dpa)") is read, and the paragraph stays as it is.
    """
    setting = Setting("closing", "author", "source", outlets=outlets)
    body = list(paragraphs)
    lines: list[str] = []
    found: list[tuple[Credit, ...]] = []
    for index in range(len(body) - 1, max(len(body) - 1 - CLOSING, 0), -1):
        text = squash(body[index][-MAX_LINE:])
        line = read_whole_line(text, setting, strict=True) if len(body[index]) <= MAX_LINE else None
        if line is None or not line.credits or reads_as_text(text, line.credits):
            continue
        names_only = all(c.kind == "person" and c.raw == c.name for c in line.credits)
        if not names_only or index == len(body) - 1:
            lines.insert(0, body.pop(index))
            found.insert(0, numbered(line.credits, text))
    if body:
        last = squash(body[-1][-MAX_LINE:])
        end = read_end(last, setting, strict=True)
        found.insert(0, numbered(end.credits, last[-120:]))
    return TailReading(tuple(body), tuple(lines), merge_credits(*found))


def split_opening(paragraph: str, *, language: str | None, outlets: tuple[str, ...]) -> OpeningReading:  # noqa: ARG001 - words of all languages are tried; pages are often wrong about theirs
    """Return what the dateline that opens *paragraph* says; the text stays as printed."""
    text = squash(paragraph[:MAX_LINE])
    line = read_dateline(text, Setting("dateline", "author", "source", outlets=outlets), sure=False)
    if not line.places and not line.credits:
        return OpeningReading(paragraph)
    raw = text[: line.end].strip()
    return OpeningReading(paragraph, raw, tuple(line.places), numbered(line.credits, raw))


def find_attributions(body: Sequence[str], *, language: str | None) -> tuple[Attribution, ...]:  # noqa: ARG001 - words of all languages are tried; pages are often wrong about theirs
    """Return the agencies that the text cites, each once a paragraph, with the paragraphs in which it does."""
    out: list[Attribution] = []
    for number, paragraph in enumerate(body[:MAX_PARAGRAPHS]):
        seen: set[str] = set()
        text = paragraph[:MAX_PARAGRAPH]
        for cited in cited_agencies(text):
            mention = cited.mention
            if mention.agency.code not in seen:
                seen.add(mention.agency.code)
                name = text[mention.start : mention.end]
                out.append(
                    Attribution(name=name, agency=mention.agency.code, paragraph=number, text=paragraph)
                )
    return tuple(out)


def merge_credits(*groups: Sequence[Credit]) -> tuple[Credit, ...]:
    """Return the credits of all *groups* in order of trust, the same party and role once.

    The visible byline is believed before structured data: where it names an author, desk or agency, authors that only
    JSON-LD or meta tags name are left out (they are often the outlet or whoever pressed the button). So is an author
    whom the page itself names as editor or translator only. Agencies that stand beside the visible author in the data
    stay: pages often print only the person's name.
    """
    credits_ = [credit for group in groups for credit in group]
    visible = [
        c for c in credits_ if c.found_in == "byline" and c.kind != "other" and c.role in {"author", "source"}
    ]
    known = {fold(c.name) for c in credits_ if c.kind != "person" and c.found_in not in _STRUCTURED}
    known |= {
        fold(c.name) for c in credits_ if c.found_in not in _STRUCTURED and c.role in {"editor", "translator"}
    }
    signed = {fold(c.name) for c in visible if c.kind == "person"}
    agree = any(c.found_in in _STRUCTURED and fold(c.name) in signed for c in credits_)
    kept = [
        c
        for c in credits_
        if c.found_in not in _STRUCTURED
        or (c.kind == "agency" and agree)
        or (not visible and not (c.kind == "person" and fold(c.name) in known))
    ]
    return _once(kept)


def _once(credits_: Iterable[Credit]) -> tuple[Credit, ...]:
    seen: dict[tuple[str, str], Credit] = {}
    agencies: dict[str, str] = {}
    for credit in credits_:
        party = credit.agency or fold(credit.name)
        if credit.agency and credit.role in {"author", "source"}:
            if party in agencies:
                continue
            agencies[party] = credit.role
        seen.setdefault((party, credit.role), credit)
    return tuple(replace(c, position=n) for n, c in enumerate(seen.values()))
