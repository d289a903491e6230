"""What the templates of pages that are no articles are made of: teasers, forms, paragraphs; and the register of kinds."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

    from tests.crawler.extraction.negative_words import Words


@dataclass(slots=True)
class Made:
    """What a kind of page shows: its address, its title, its main part as HTML, and what it declares."""

    path: str
    title: str
    main: str
    headline: str | None = None
    declares: str | None = "WebPage"
    bare: bool = False
    """Whether nothing but the main part is on the page: walls and shells."""
    status: int = 200
    head: str = ""
    may_declare_article: bool = False
    """Whether blogging software would call the page an article (og:type), as it does with all but its front."""


KINDS: dict[str, Callable[[Words, random.Random], Made]] = {}


def kind(make: Callable[[Words, random.Random], Made]) -> Callable[[Words, random.Random], Made]:
    """Register a kind of page under its function's name."""
    KINDS[make.__name__.replace("_", "-")] = make
    return make


def paragraphs(words: Words, dice: random.Random, count: int, topic: str = "plain") -> str:
    """Return *count* paragraphs of made-up running text."""
    sentences = words.legal if topic == "legal" else words.plain
    return "".join(f"<p>{' '.join(dice.choices(sentences, k=dice.randint(2, 4)))}</p>" for _ in range(count))


def headlines(words: Words, dice: random.Random, count: int) -> list[str]:
    return [
        f"{dice.choice(words.subjects)} {dice.choice(words.verbs)} {dice.choice(words.objects)}"
        for _ in range(count)
    ]


def teasers(words: Words, dice: random.Random, count: int, *, dated: bool | None = None) -> str:
    """Return a list of linked headlines, with or without a line of text, a date and a picture, in one of some layouts."""
    with_text, with_date = dice.random() < 0.7, dice.random() < 0.5 if dated is None else dated
    style = dice.choice(("article", "li", "div", "card", "table"))
    made = []
    for number, headline in enumerate(headlines(words, dice, count)):
        link = f'<a href="/2026/{number + 10}/story-{number}">{escape(headline)}</a>'
        text = f"<p>{dice.choice(words.plain)}</p>" if with_text else ""
        date = (
            f'<time datetime="2026-10-{number % 28 + 1:02d}">{number % 28 + 1}.10.2026</time>'
            if with_date
            else ""
        )
        picture = '<img src="/a.jpg" alt="">' if dice.random() < 0.5 else ""
        made.append({
            "article": f"<article>{picture}<h2>{link}</h2>{date}{text}</article>",
            "li": f"<li>{link} {date}{text}</li>",
            "div": f'<div class="item">{date}<h3>{link}</h3>{text}</div>',
            "card": f'<div class="card"><a href="/2026/x-{number}">{picture}<span class="t">{escape(headline)}</span>{text}</a></div>',
            "table": f"<tr><td>{date}</td><td>{link}{text}</td></tr>",
        }[style])  # fmt: skip
    whole = "".join(made)
    return {"li": f"<ul>{whole}</ul>", "table": f"<table>{whole}</table>"}.get(style, f"<div>{whole}</div>")


def form(words: Words, *names: str, button: str) -> str:
    fields = "".join(f'<label>{escape(name)} <input name="f{n}"></label>' for n, name in enumerate(names))
    return f'<form method="post" action="/x">{fields}<button>{escape(button)}</button></form>'
