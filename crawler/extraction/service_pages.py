"""Pages that serve a site and are no articles, told by their names: legal notices, logins, walls, forms, lists, figures."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler.extraction.jsonld import types_of
from crawler.extraction.text import fold

if TYPE_CHECKING:
    from crawler.extraction.document import Document

WALL = "error-or-wall"
LISTS = "page-of-lists-or-figures"
_LISTS = frozenset(
    {
        "tag", "tags", "thema", "themen", "topic", "topics", "tema", "temas", "sujet", "author", "authors", "autor", "autoren", "autores", "auteur", "auteurs", "autore", "by",
        "profile", "profil", "people", "person", "user", "users", "member", "members", "category", "categories", "kategorie", "categoria", "search", "suche", "archive", "archives", "archiv", "shop",
        "product", "products", "produkt", "gallery-index", "weather", "wetter", "meteo", "tiempo", "pogoda", "epaper", "e-paper", "polls", "poll", "jobs", "job", "stellen", "immo", "immobilien", "quotes",
        "markets", "kurse", "games", "tv",
    }
)  # fmt: skip
"""First parts of addresses under which a site lists what belongs to one word, one person, one place."""
_WORDS_IN_SLUG = 3
"""So many words joined by hyphens, or more, are a headline and no name."""
_ENDING = re.compile(r"\.(?:html?|php|aspx?|jsp|do)$")


@dataclass(frozen=True, slots=True)
class _Words:
    names: dict[str, str]
    """Folded name → what a page of that name is."""
    paths: dict[str, str]
    types: dict[str, str]
    begins: re.Pattern[str]
    """Beginnings of headlines of errors and walls."""


def service_by_name(document: Document, headline: str | None) -> str | None:
    """Return what a page is whose whole headline, or title before the site's name, is the name of a service, else None."""
    names = _words().names
    for text in (headline, *_titles(document)):
        found = names.get(fold(text)) if text else None
        if found is not None:
            return found
    return None


def service_by_address(url: str) -> str | None:
    """Return what a page is whose address ends in the name of a service, or lists what belongs to a word; else None.

    >>> service_by_address("https://a.example/info/privacy-policy.html"), service_by_address("https://a.example/tag/sea")
    ('legal-page', 'page-of-lists-or-figures')
    >>> service_by_address("https://a.example/weather/storm-hits-the-coast-again") is None
    True
    """
    parts = [_ENDING.sub("", unquote(part).lower()) for part in urlsplit(url).path.split("/") if part]
    if not parts:
        return None
    found = _words().paths.get(parts[-1].replace("_", "-"))
    if found is not None:
        return found
    place = next((n for n, part in enumerate(parts[:-1]) if part in _LISTS), None)
    is_name = all(len(part.split("-")) <= _WORDS_IN_SLUG and not part.isdigit() for part in parts[1:])
    return (
        "page-of-lists-or-figures"
        if place is not None and place < 2 and len(parts) - place == 2 and is_name
        else None
    )


def service_by_type(document: Document) -> str | None:
    """Return what a page is that its data declare to be one of a service's types, else None."""
    types = _words().types
    return next((types[name] for item in document.json_ld for name in types_of(item) if name in types), None)


def begins_like_a_wall(document: Document, headline: str | None) -> str | None:
    """Return the headline or title that begins as those of errors and walls do, or None."""
    begins = _words().begins
    return next((text for text in (headline, *_titles(document)) if text and begins.match(text)), None)


def _titles(document: Document) -> tuple[str, ...]:
    """Return the title element's text, and the part of it before the site's name."""
    title = document.title or ""
    first = re.split(r"\s+[|–—-]\s+|\s*[|»]\s*", title, maxsplit=1)[0]
    return tuple(dict.fromkeys(filter(None, (title, first))))


def _beginning(text: str) -> str:
    """Return the pattern of a beginning: a single word of letters with an end must stand alone, stems need not."""
    return re.escape(text) + (r"(?!\w)" if text.isascii() and " " not in text else "")


@cache
def _words() -> _Words:
    table = tomllib.loads(Path(__file__).with_name("service_words.toml").read_text("utf-8"))
    names = {fold(name): kind for kind, entry in table.items() for name in entry.get("names", ())}
    return _Words(
        names={name: kind for name, kind in names.items() if name},
        paths={path: kind for kind, entry in table.items() for path in entry.get("paths", ())},
        types={name: kind for kind, entry in table.items() for name in entry.get("types", ())},
        begins=re.compile(rf"\W*(?:{'|'.join(map(_beginning, table[WALL]['begins']))})", re.IGNORECASE),
    )
