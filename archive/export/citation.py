"""What a citation of an archived article says, before it is written in some program's format."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import format_warc_date

if TYPE_CHECKING:
    from datetime import datetime

    from archive.index.stored import StoredArticle
    from archive.model import Article

_ALPHABETIC = re.compile(r"[^\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
"""Names in Chinese, Japanese and Korean put the family first, mostly without a blank: they stay whole."""
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """Who made it: a person in two parts, or anyone in one."""

    family: str
    """The whole name where *given* is empty."""
    given: str = ""
    is_person: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """An article as literature. All texts are one line."""

    key: str
    """Letters, digits and hyphens; stays the same as long as the article's id does."""
    authors: tuple[Name, ...]
    """Persons; where none is named, the staff or the agencies that the article credits."""
    title: str
    container: str
    """The outlet: as the page names it, else the host."""
    date: tuple[int, ...]
    """Year, month, day of publication, as far as known."""
    url: str
    captured_at: datetime
    """When the version cited was captured last; aware UTC."""
    section: str
    abstract: str
    language: str
    tags: tuple[str, ...]
    note: str


def cite(article: StoredArticle) -> Citation:
    """Return the citation of *article* in its newest version."""
    content = article.content
    published = content.date_published.value if content.date_published else ""
    captured = format_warc_date(article.last_captured_at)
    return Citation(
        key=re.sub(r"[^a-z0-9]+", "-", f"{article.site}-{article.id}".lower()),
        authors=_authors(content),
        title=_line(content.headline) or article.url,
        container=_line(content.publisher) or article.site,
        date=_date(published),
        url=article.url,
        captured_at=article.last_captured_at,
        section=_line(content.section),
        abstract=_line(content.standfirst),
        language=content.language or "",
        tags=tuple(filter(None, map(_line, content.tags))),
        note=f"Archived copy, captured {captured[:19]}Z; version {article.version_count}; Tearsheet article {article.id}",
    )


def split_name(name: str) -> Name:
    """Return a person's *name* in its two parts; particles in lower case go with the family's.

    >>> split_name("Mara van der Berg")
    Name(family='van der Berg', given='Mara', is_person=True)
    >>> split_name("潮見太郎")
    Name(family='潮見太郎', given='', is_person=True)
    """
    words = name.split()
    if len(words) < 2 or not _ALPHABETIC.fullmatch(name):
        return Name(family=" ".join(words))
    first = next((n for n, word in enumerate(words) if n and word.islower()), len(words) - 1)
    return Name(family=" ".join(words[first:]), given=" ".join(words[:first]))


def _authors(content: Article) -> tuple[Name, ...]:
    if content.authors:
        return tuple(split_name(name) for name in content.authors)
    agencies = dict.fromkeys(
        credit.name for credit in content.credits if credit.kind == "agency" and credit.role != "cited"
    )
    return tuple(Name(family=_line(name), is_person=False) for name in content.staff or agencies)


def _date(value: str) -> tuple[int, ...]:
    found = _DATE.match(value)
    return tuple(int(part) for part in found.groups() if part) if found else ()


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
