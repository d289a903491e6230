"""Pages that are no articles, of our own making: kinds of pages × languages × layouts, written by small templates.

*KINDS* (in the modules ``negative_…``) are functions from (words of a language, dice) to what stands on the page; *pages* puts them into layouts as sites
use them. Nothing here is taken from a site. Words are few per language on purpose: sites share them.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

from archive.model import Page
from tests.crawler.extraction import negative_lists, negative_services, negative_walls  # noqa: F401  (they register kinds)
from tests.crawler.extraction.negative_parts import KINDS, Made, teasers
from tests.crawler.extraction.negative_words import LANGUAGES, Words

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 1, 8, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Negative:
    """A page that is no article."""

    kind: str
    language: str
    page: Page = field(repr=False)


def _frame(made: Made, w: Words, dice: random.Random) -> str:
    menu = "".join(f'<a href="/{n}">{s}</a>' for n, s in enumerate(w.sections))
    foot = f'<a href="/imprint">{w.imprint}</a><a href="/privacy">{w.privacy}</a><a href="/contact">{w.contact}</a><p>© 2026 Herald</p>'
    aside = f"<h3>{w.most_read}</h3>{teasers(w, dice, 5)}" if dice.random() < 0.6 else ""
    layout = dice.randrange(4)
    if layout == 0:
        return f"<header><nav>{menu}</nav></header><main>{made.main}</main><aside>{aside}</aside><footer>{foot}</footer>"
    if layout == 1:
        return f'<div id="top">{menu}</div><div id="content" class="col-8"><div class="inner">{made.main}</div></div><div class="sidebar">{aside}</div><div id="foot">{foot}</div>'
    if layout == 2:
        return f"<table width=100%><tr><td colspan=2>{menu}</td></tr><tr><td>{made.main}</td><td>{aside}</td></tr><tr><td>{foot}</td></tr></table>"
    return f'<ul class="menu"><li>{menu}</li></ul><article class="post page type-page hentry"><div class="entry-content">{made.main}</div></article><div class="widget-area">{aside}</div>{foot}'


def _page(made: Made, w: Words, dice: random.Random) -> Page:
    title = made.title if dice.random() < 0.3 else f"{made.title} | Herald"
    head = [f"<title>{escape(title)}</title>", made.head]
    calls_it_article = made.may_declare_article and dice.random() < 0.5
    if dice.random() < 0.7 and "og:type" not in made.head:
        head.append(f'<meta property="og:type" content="{"article" if calls_it_article else "website"}">')
        head.append(f'<meta property="og:title" content="{escape(made.title)}">')
        if calls_it_article and dice.random() < 0.7:
            head.append('<meta property="article:modified_time" content="2025-03-02T10:00:00+00:00">')
    if made.declares is not None and dice.random() < 0.7:
        data = {"@context": "https://schema.org", "@type": made.declares, "name": made.title}
        if made.declares == "WebPage" and dice.random() < 0.5:
            data |= {
                "datePublished": "2019-05-01T08:00:00+00:00",
                "dateModified": "2025-03-02T10:00:00+00:00",
            }
        graph = {
            "@context": "https://schema.org",
            "@graph": [data, {"@type": "Organization", "name": "Herald"}],
        }
        head.append(
            f'<script type="application/ld+json">{json.dumps(graph if dice.random() < 0.5 else data)}</script>'
        )
    body = made.main if made.bare else _frame(made, w, dice)
    text = f'<!doctype html><html lang="{w.code}"><head><meta charset="utf-8">{"".join(head)}</head><body>{body}</body></html>'
    return Page(
        url=f"https://www.herald.example{made.path}",
        captured_at=NOW,
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=text.encode(),
        status=made.status,
    )


def negatives(variations: int = 1, seed: int = 1) -> Iterator[Negative]:
    """Yield every kind in every language, *variations* times, each time otherwise."""
    for name, make in KINDS.items():
        for words in LANGUAGES:
            for number in range(variations):
                dice = random.Random(f"{seed} {name} {words.code} {number}")
                yield Negative(name, words.code, _page(make(words, dice), words, dice))
