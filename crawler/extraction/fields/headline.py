"""The headline, and the other headlines a page publishes of the same article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.fields.selected import selected_text
from crawler.extraction.hints import hints_of
from crawler.extraction.masthead import TITLE_SEPARATOR
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from crawler.extraction.blocks import Block, Box
    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element

MAX_PARTS = 40
"""Elements in a heading that are looked at; hostile pages nest hundreds of headings in each other."""
MAX_HEADLINE = 500
MAX_H1 = 12
MIN_CUT = 20
"""Letters of a cut headline that tell it from a name at the beginning of the whole one."""
_KICKER = re.compile(
    r"kicker|overline|roof|dachzeile|topline|eyebrow|spitzmarke|supertitle|pretitle|preheadline|category|label",
    re.IGNORECASE,
)
_NOT_A_TITLE = frozenset(
    {"untitled", "home", "null", "undefined", "none", "index", "news", "article", "startseite", "homepage"}
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The chosen headline and where it stands."""

    text: str | None
    variants: tuple[str, ...] = ()
    position: int = 0
    """Position in the outline of the block that shows it; 0 when none does."""
    around: frozenset[Box] = frozenset()
    """The boxes around that block."""


def read_headline(document: Document) -> Headline:
    """Return the article's headline with its variants; text is None when the page has none."""
    chosen = selected_text(document, "headline")
    named = _named(document)
    names = site_names(document)
    shown = _shown(document, named, names)
    titled = _of_title(document, names)
    title = without_site_name(_title_text(document), names)
    ranked = [chosen, *_rank(named, shown, title, names), titled]
    others = [text for text in (*named.values(), _title_text(document)) if fold(text) not in names]
    foreign = shown if shown and not _is_supported(shown, others) else None
    if foreign:
        ranked = [chosen, *_rank(named, None, title, names), titled, foreign]
    texts = [text for text in ranked if text and fold(text) and fold(text) not in _NOT_A_TITLE]
    if not texts:
        return Headline(None)
    unique: dict[str, str] = {}
    for text in texts:
        unique.setdefault(fold(text), text)
    variants = list(unique.values())
    position = _position(document, variants, foreign)
    around = frozenset(document.outline.blocks[position].box.ancestors()) if position else frozenset()
    return Headline(variants[0], tuple(variants[1:]), position, around)


def headline_candidates(document: Document) -> Iterator[tuple[str, str]]:
    """Yield (where, words) of everything on the page that could be the headline, as it stands there."""
    if chosen := selected_text(document, "headline"):
        yield "profile", chosen
    yield from _named(document).items()
    for element in document.tagged("h1")[:MAX_H1]:
        if text := text_of(element)[:MAX_HEADLINE]:
            yield "h1", text
    if title := _title_text(document):
        yield "title", title


def site_names(document: Document) -> frozenset[str]:
    """Return the names of the site, folded, by which a headline's ending is recognised."""
    names = document.meta.all(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "al:ios:app_name",
        "publisher",
        "dc.publisher",
    )
    names += [article.publisher for article in document.structured if article.publisher]
    names.append(document.masthead or "")
    if document.profile:
        names += [document.profile.publisher or "", *document.profile.outlets]
    host = (urlsplit(document.url).hostname or "").lower().removeprefix("www.")
    labels = host.split(".")
    hosts = [host, host.replace(".", ""), *(label for label in labels[:-1] if len(label) > 3)]
    return frozenset(key for key in map(fold, [*names, *hosts]) if len(key) > 1)


def without_site_name(text: str, names: frozenset[str]) -> str:
    """Return *text* without the site's name at its end or start, cut at a separator.

    >>> without_site_name("Rain again | The Daily Rain", frozenset({"thedailyrain"}))
    'Rain again'
    """
    for _ in range(3):
        cuts = list(TITLE_SEPARATOR.finditer(text))
        if not cuts:
            return text
        last, first = cuts[-1], cuts[0]
        if _is_name(text[last.end() :], names):
            text = text[: last.start()].strip()
        elif _is_name(text[: first.start()], names):
            text = text[first.end() :].strip()
        else:
            return text
    return text


def _is_name(part: str, names: frozenset[str]) -> bool:
    key = fold(part)
    return bool(key) and (
        key in names or any(len(name) > 3 and (name in key and len(key) < len(name) + 16) for name in names)
    )


def _named(document: Document) -> dict[str, str]:
    """Return the headlines that the page names as such, by where they stand."""
    found: dict[str, str] = {}
    for article in document.structured:
        if article.headline:
            found.setdefault(article.source, article.headline[:MAX_HEADLINE])
    for name in (
        "og:title",
        "twitter:title",
        "dc.title",
        "parsely-title",
        "sailthru.title",
        "title",
        "hdl",
        "headline",
    ):
        value = document.meta.first(name)
        if value:
            found[name] = value[:MAX_HEADLINE]
    return found


def _shown(document: Document, named: dict[str, str], names: frozenset[str]) -> str | None:
    """Return the first-level heading that is the article's: the one the page names elsewhere, or the only one."""
    keys = {fold(without_site_name(text, names)) for text in named.values()}
    title = fold(_title_text(document))
    best: tuple[float, str] | None = None
    for order, element in enumerate(document.tagged("h1")[:MAX_H1]):
        text = _parts(element, keys)
        key = fold(text)
        if not key or key in names or key in _NOT_A_TITLE:
            continue
        score = (
            2.0 * (key in keys)
            + (1.0 if key in title and len(key) > 8 else 0.0)
            + _standing(element)
            - order * 0.1
        )
        if best is None or score > best[0]:
            best = (score, text)
    return best[1] if best else None


def _parts(element: Element, keys: set[str]) -> str:
    """Return the heading's text without a kicker inside it: the part the page names elsewhere, or what is left beside it."""
    whole = text_of(element)[:MAX_HEADLINE]
    if len(element) == 0 or fold(whole) in keys:
        return whole
    for inner in islice(element.iter(), MAX_PARTS):
        if inner is element or not isinstance(inner.tag, str):
            continue
        text = text_of(inner)
        key = fold(text)
        if (
            len(text.split()) >= 3
            and 0.5 * len(whole) < len(text) < len(whole)
            and not text.endswith(":")
            and any(named.startswith(key) or named.endswith(key) for named in keys)
        ):
            return text[:MAX_HEADLINE]
    kickers = frozenset(
        inner
        for inner in element.iter("span", "small", "strong", "div", "em")
        if _KICKER.search(inner.get("class") or "")
    )
    rest = text_of(element, without=kickers)[:MAX_HEADLINE]
    return rest if len(rest) > 0.5 * len(whole) and not rest.endswith(":") else whole


def _is_supported(shown: str, others: list[str]) -> bool:
    return not any(others) or _overlaps(shown, others)


def _overlaps(text: str, others: list[str]) -> bool:
    """Return whether *text* shares two words in five with one of *others*: the same story in other words."""
    words = set(text.casefold().split())
    return any(len(words & set(other.casefold().split())) >= 0.4 * len(words) for other in others)


def _standing(element: Element) -> float:
    names = " ".join(filter(None, (element.get("class"), element.get("id"))))
    hints = hints_of("h1", names, "", element.get("itemprop") or "")
    words = len(text_of(element).split())
    return (
        0.5 * ("headline" in hints)
        - 0.5 * bool(hints & {"nav", "footer", "hidden"})
        + (0.5 if words > 3 else 0.0)
    )


_META_ORDER = (
    "headline",
    "hdl",
    "og:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "twitter:title",
    "title",
)


def _rank(named: dict[str, str], shown: str | None, title: str, names: frozenset[str]) -> list[str]:
    """Return the candidates, best first.

    The structured headline is the one the newsroom gave, unless it is outvoted (*_is_outvoted*) or cut off
    (*_is_cut*). A kicker in front is left out where OpenGraph has the rest alone.
    """
    structured = [
        without_site_name(named[key], names) for key in ("json-ld", "microdata", "state") if key in named
    ]
    others = [without_site_name(named[key], names) for key in _META_ORDER if key in named]
    heading = [without_site_name(shown, names)] if shown else []
    graph = without_site_name(named.get("og:title", ""), names)
    if heading and structured and _is_cut(structured[0], heading[0], (graph, title)):
        ordered = [*heading, *structured, *others]
    elif heading and structured and _is_outvoted(structured[0], heading[0], graph, title):
        ordered = [graph, *structured, *others]
    elif heading and not structured:
        ordered = [*heading, *others]
    else:
        ordered = [*structured, *heading, *others]
    return _without_kicker(ordered, graph)


def _is_outvoted(structured: str, heading: str, graph: str, title: str) -> bool:
    """Return whether the h1 that readers saw and OpenGraph agree on another headline, and not because both repeat the title.

    What only adds a kicker in front of the structured headline is no other headline.
    """
    key, shown = fold(structured), fold(heading)
    if not shown or shown != fold(graph) or shown == key:
        return False
    return key == fold(title) or (shown != fold(title) and not shown.endswith(key))


def _is_cut(structured: str, heading: str, others: tuple[str, ...]) -> bool:
    """Return whether the structured headline is only the beginning of the h1: *others* go on like that, too.

    >>> _is_cut("Rain falls again in the north...", "Rain falls again in the northern valleys", ("Rain falls again in the northern valleys",))
    True
    """
    key, shown = fold(structured.rstrip(" .…")), fold(heading)
    return len(key) > MIN_CUT and shown != key and shown.startswith(key) and shown in map(fold, others)


def _without_kicker(ordered: list[str], graph: str) -> list[str]:
    if not graph or not ordered:
        return ordered
    rest = " ".join(ordered[0].split()[-len(graph.split()) :])
    long = len(graph.split()) >= 3 and len(rest) < len(ordered[0])
    after_colon = ": " in ordered[0] and fold(ordered[0].partition(": ")[2]) == fold(graph)
    return [graph, *ordered] if after_colon or (long and fold(rest) == fold(graph)) else ordered


def _title_text(document: Document) -> str:
    return document.title[:MAX_HEADLINE]


def _of_title(document: Document, names: frozenset[str]) -> str | None:
    """Return the headline in the title element: the part that a heading shows too, else what stands before the bar."""
    whole = _title_text(document)
    text = without_site_name(whole, names)
    parts = [part for part in (squash(part) for part in TITLE_SEPARATOR.split(whole)) if part]
    if len(parts) > 1:
        headings = {
            fold(block.text) for block in document.outline.blocks if block.is_heading or block.tag == "a"
        }
        shown = [
            part for part in parts if fold(part) in headings and fold(part) not in names and len(part) > 3
        ]
        if shown:
            return max(shown, key=len)
    if "|" in text:
        text = max((squash(part) for part in text.split("|")[:2]), key=lambda part: len(part.split()))
    return text if text and fold(text) not in names else None


def _position(document: Document, variants: list[str], foreign: str | None) -> int:
    """Return the position of the block that shows the headline; *foreign* is a first-level heading of something else."""
    keys = {fold(text) for text in variants[:1]} | {fold(text) for text in variants if text != foreign}
    longest = MAX_HEADLINE + max(map(len, keys), default=0)
    shortest = min(map(len, keys), default=0)
    shown = [
        block
        for block in document.outline.blocks
        if len(block.text) <= longest
        and (len(block.text) >= shortest or not block.text.isascii())  # folding makes no ASCII longer
        and fold(block.text) in keys
    ]
    for wanted in (_is_h1, _is_heading, _is_prominent):
        for block in shown:
            if wanted(block):
                return block.position
    if shown or foreign:
        return shown[0].position if shown else 0
    return next((block.position for block in document.outline.blocks if _is_h1(block)), 0)


def _is_h1(block: Block) -> bool:
    return _is_prominent(block) and "h1" in (block.tag, block.box.parent.tag if block.box.parent else "")


def _is_heading(block: Block) -> bool:
    return block.is_heading and _is_prominent(block)


def _is_prominent(block: Block) -> bool:
    return not any(
        box.hints & {"nav", "footer", "hidden", "cookie"} and box.tag != "header"
        for box in block.box.ancestors()[:5]
    )
