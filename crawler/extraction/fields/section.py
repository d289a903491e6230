"""The part of the paper an article stands in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.extraction.fields.selected import selected_text
from crawler.extraction.hints import hints_of
from crawler.extraction.jsonld import types_of
from crawler.extraction.requisites import absolute
from crawler.extraction.text import fold, plain
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element

MAX_SECTION = 80
_CRUMBS = ("crumb", "Crumb", "CRUMB")
"""One of these stands in every page with a marked way down from the home page; looking costs less than a pass over the tree."""
MAX_PATH = 200
MAX_WORDS = 5
"""Of a part of the path; longer ones are the article's title."""
SECTION_META = (
    "article:section", "og:article:section", "parsely-section", "section", "cxenseparse:articlesection", "dc.subject.section",
    "article.section",
)  # fmt: skip
_HOME = frozenset(
    {
        "home",
        "startseite",
        "start",
        "homepage",
        "accueil",
        "inicio",
        "início",
        "homepagina",
        "stronaglowna",
        "hjem",
        "hem",
        "ana sayfa",
        "anasayfa",
        "главная",
        "首页",
        "ホーム",
        "トップ",
        "홈",
        "top",
        "frontpage",
        "portada",
        "capa",
    }
)


def read_section(document: Document, headline: str | None) -> str | None:
    """Return the section as the profile, structured data, meta tags or the breadcrumb give it, or None."""
    for _, candidate in section_candidates(document, headline):
        if (
            1 < len(candidate) <= MAX_SECTION
            and not candidate.startswith(("http", "/"))
            and fold(candidate) not in _HOME
        ):
            return candidate
    return None


def section_candidates(document: Document, headline: str | None) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of what could be the section, in the order in which it is believed."""
    yield "profile", selected_text(document, "section") or ""
    yield from ((article.source, article.section) for article in document.structured)
    yield from (("meta", text) for text in document.meta.all(*SECTION_META))
    yield from (("breadcrumb", text) for text in reversed(breadcrumb(document, headline)))
    yield from (("path above the headline", text) for text in reversed(_of_path_line(document, headline)))


def breadcrumb(document: Document, headline: str | None) -> list[str]:
    """Return the names on the way from the home page to the article, without these two."""
    names = _of_json_ld(document.json_ld) or _of_page(document)
    skip = _HOME | {fold(headline), fold((urlsplit(document.url).hostname or "").removeprefix("www."))}
    return [name for name in names if fold(name) and fold(name) not in skip]


_ARROWS = re.compile(r"\s>\s|[»›→]")


def _of_path_line(document: Document, headline: str | None) -> list[str]:
    """Return the links of a line above the headline that leads from the home page down: *Home > News > Port*."""
    for block in document.outline.blocks:
        if headline and fold(block.text) == fold(headline):
            break
        element = block.box.element
        anchors = list(element.iter("a")) if element is not None and _ARROWS.search(block.text) else []
        if anchors and len(block.text) < MAX_PATH and _is_home(anchors[0], document):
            return [
                text
                for anchor in anchors[1:]
                if absolute(anchor.get("href"), document.base_url) != document.url
                and (text := text_of(anchor).strip(" >»›→"))
                and not text.isdigit()
                and len(text.split()) <= MAX_WORDS
            ]
    return []


def _is_home(anchor: Element, document: Document) -> bool:
    target = urlsplit(absolute(anchor.get("href"), document.base_url) or "")
    return target.path in {"", "/"} and target.hostname == urlsplit(document.url).hostname


def _of_json_ld(items: tuple[dict[str, Any], ...]) -> list[str]:
    for item in items:
        if "BreadcrumbList" in types_of(item):
            entries = item.get("itemListElement")
            entries = entries if isinstance(entries, list) else [entries]
            return [name for name in map(_entry_name, entries[:20]) if name]
    return []


def _entry_name(entry: Any) -> str:
    if not isinstance(entry, dict):
        return ""
    inner = entry.get("item")
    name = entry.get("name") or (inner.get("name") if isinstance(inner, dict) else None)
    return plain(name)[:200] if isinstance(name, str) else ""


def _of_page(document: Document) -> list[str]:
    root = document.root
    if root is None or not any(word in document.text for word in _CRUMBS):
        return []
    for element in root.iter("div", "nav", "ul", "ol", "p", "section"):
        names = " ".join(filter(None, (element.get("class"), element.get("id"), element.get("aria-label"))))
        if not names or "crumb" not in names.lower() or "nav" not in hints_of("div", names, "", ""):
            continue
        found = [text for text in (text_of(anchor)[:200] for anchor in element.iter("a")) if text]
        if found:
            return found[:10]
    return []
