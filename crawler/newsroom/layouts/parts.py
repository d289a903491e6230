"""Pieces of HTML that the outlets' pages share."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from crawler.newsroom.pictures import HEIGHT_RATIO, WIDTHS
from crawler.newsroom.world import read_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from crawler.newsroom.records import NewsArticle, Outlet, Photo


@cache
def words(language: str) -> dict[str, Any]:
    """Return what pages in *language* say around their articles."""
    found: dict[str, Any] = read_data("words.toml")[language]
    return found


def visible_date(iso: str, language: str) -> str:
    """Return the date as a reader of *language* sees it, in the page's own time.

    >>> visible_date("2026-11-02T07:30:00+01:00", "de")
    '2. November 2026, 07:30 Uhr'
    """
    moment = datetime.fromisoformat(iso)
    said = words(language)
    month = said["months"][moment.month - 1]
    text: str = said["date"].format(day=moment.day, month=month, year=moment.year, time=f"{moment:%H:%M}")
    return text


def document(outlet: Outlet, article: NewsArticle | None, title: str, head: str, body: str) -> str:
    """Return a whole page with the outlet's style sheet, icons and feed link."""
    language, direction = (
        (article.language, article.direction) if article else (outlet.language, outlet.direction)
    )
    kinds = {
        "rss": "application/rss+xml",
        "rdf": "application/rss+xml",
        "atom": "application/atom+xml",
        "json": "application/feed+json",
    }
    return (
        f'<!doctype html>\n<html lang="{language}" dir="{direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n{head}'
        f'<link rel="stylesheet" href="{outlet.static}/assets/{outlet.key}.css">\n'
        '<link rel="icon" href="/favicon.ico" sizes="32x32">\n<link rel="apple-touch-icon" href="/apple-touch-icon.png">\n'
        f'<link rel="alternate" type="{kinds[outlet.feed]}" title="{escape(outlet.name)}" href="{outlet.feed_path}">\n'
        f'</head>\n<body class="{outlet.key}">\n{masthead(outlet)}{body}{footer(outlet)}</body>\n</html>\n'
    )


def masthead(outlet: Outlet) -> str:
    """Return the head of the page with the menu of sections."""
    links = "".join(
        f'<li><a href="{outlet.section_path(key)}">{escape(label)}</a></li>' for key, label in outlet.sections
    )
    return (
        f'<header class="masthead" lang="{outlet.language}" dir="{outlet.direction}"><a class="brand" href="/">'
        f'<img src="{outlet.static}/img/logo-{outlet.key}.svg" alt="{escape(outlet.name)}" height="60"></a>'
        f'<p class="motto">{escape(outlet.motto)}</p><nav class="menu"><ul><li><a href="/">{escape(words(outlet.language)["home"])}</a></li>{links}</ul></nav></header>\n'
    )


def footer(outlet: Outlet) -> str:
    """Return the foot of the page; it holds the links that a polite or careful crawler has to cope with."""
    said = words(outlet.language)
    return (
        f'<footer class="foot" lang="{outlet.language}" dir="{outlet.direction}"><p>{escape(outlet.copyright)} {escape(said["copyright"])}</p>'
        f'<p><a href="/about">{escape(said["about"])}</a> · <a href="/internal/print-edition" rel="nofollow">PDF</a> · '
        '<a href="/archive/1998/lost-page">1998</a> · <a href="/quiz/broken">Quiz</a></p></footer>\n'
    )


def photo_url(outlet: Outlet, key: str, width: int = 640) -> str:
    """Return the absolute address of a picture at *width* pixels."""
    return f"{outlet.static}/img/{key}-{width}.png"


def picture(photo: Photo, outlet: Outlet, *, loading: str = "eager") -> str:
    """Return ``<picture>`` with a narrow crop for telephones and a ``srcset`` for the rest."""
    sizes = ", ".join(f"{photo_url(outlet, photo.key, width)} {width}w" for width in WIDTHS)
    return (
        f'<picture><source media="(max-width: 480px)" srcset="{outlet.static}/img/{photo.key}-square.png">'
        f'<img src="{photo_url(outlet, photo.key)}" srcset="{sizes}" sizes="(max-width: 700px) 100vw, 640px" '
        f'width="640" height="{round(640 * HEIGHT_RATIO)}" alt="{escape(photo.alt)}" loading="{loading}"></picture>'
    )


def figure(photo: Photo, outlet: Outlet) -> str:
    """Return the picture with its caption and credit."""
    credit = f' <span class="credit">{escape(photo.credit)}</span>' if photo.credit else ""
    caption = f'<span class="caption">{escape(photo.caption)}</span>' if photo.caption else ""
    return (
        f'<figure class="photo">{picture(photo, outlet)}<figcaption>{caption}{credit}</figcaption></figure>\n'
    )


def paragraphs(article: NewsArticle, *, tag: str = "p", attributes: str = "") -> str:
    """Return the text as printed: dateline, body and closing credit lines."""
    return "".join(f"<{tag}{attributes}>{escape(text)}</{tag}>\n" for text in printed(article))


def printed(article: NewsArticle) -> tuple[str, ...]:
    """Return the paragraphs as they stand on the page: the first behind its dateline, the closing lines last."""
    body = list(article.body)
    if article.dateline_raw and body:
        body[0] = f"{article.dateline_raw} {body[0]}"
    return (*body, *article.credit_lines)


def related_list(related: Iterable[NewsArticle], heading: str, *, tag: str = "aside") -> str:
    """Return a box of links to other articles."""
    items = "".join(
        f'<li><a href="{escape(other.path)}">{escape(other.headline)}</a></li>' for other in related
    )
    return f'<{tag} class="related"><h3>{escape(heading)}</h3><ul>{items}</ul></{tag}>\n' if items else ""


def tag_list(article: NewsArticle) -> str:
    """Return the topics under the article, as plain words."""
    items = "".join(f'<li rel="tag">{escape(tag)}</li>' for tag in article.tags)
    return (
        f'<ul class="tags" aria-label="{escape(words(article.language)["tags"])}">{items}</ul>\n'
        if items
        else ""
    )


def notices(article: NewsArticle) -> str:
    """Return the correction notices and, behind a paywall, the invitation to subscribe."""
    boxes = "".join(f'<p class="correction">{escape(text)}</p>\n' for text in article.corrections)
    wall = (
        f'<div class="paywall"><p>{escape(words(article.language)["subscribe"])}</p></div>\n'
        if article.paywalled
        else ""
    )
    return boxes + wall


def extras(article: NewsArticle, outlet: Outlet) -> str:
    """Return what a gallery, video or live blog has besides text."""
    if article.page_type == "gallery":
        return (
            f'<div class="gallery">{"".join(figure(photo, outlet) for photo in article.photos[1:])}</div>\n'
        )
    if article.page_type == "video":
        poster = photo_url(outlet, article.photos[0].key, 960)
        return f'<video class="player" controls preload="none" poster="{poster}" src="{outlet.static}/media/{article.slug}.mp4"></video>\n'
    return "".join(
        f'<section class="update" id="u{number}"><time datetime="{update.at}">{update.at[11:16]}</time> <h2>{escape(update.headline)}</h2><p>{escape(update.text)}</p></section>\n'
        for number, update in reversed(list(enumerate(article.updates, 1)))
    )


def open_graph(article: NewsArticle, outlet: Outlet) -> str:
    """Return the Open Graph and canonical lines of the head (ogp.me)."""
    properties = [
        ("og:type", "article"),
        ("og:site_name", outlet.name),
        ("og:title", article.headline),
        ("og:url", article.url),
    ]
    properties += [("og:image", photo_url(outlet, photo.key, 960)) for photo in article.photos[:1]]
    properties += [("og:description", article.standfirst)] if article.standfirst else []
    lines = "".join(f'<meta property="{name}" content="{escape(value)}">\n' for name, value in properties)
    description = (
        f'<meta name="description" content="{escape(article.standfirst)}">\n' if article.standfirst else ""
    )
    robots = '<meta name="robots" content="noarchive">\n' if "noarchive" in article.cases else ""
    amp = f'<link rel="amphtml" href="{article.url}/amp">\n' if "amp" in article.cases else ""
    return f'<link rel="canonical" href="{article.url}">\n{description}{robots}{amp}{lines}'


def json_script(content: object, *, kind: str = "application/ld+json", name: str = "") -> str:
    """Return a script element that holds *content*; ``<`` is escaped so that no text can end it."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script{f" id={chr(34)}{name}{chr(34)}" if name else ""} type="{kind}">{text}</script>\n'


def sibling_articles(
    article: NewsArticle, everything: Sequence[NewsArticle], count: int = 4
) -> tuple[NewsArticle, ...]:
    """Return up to *count* other articles of the outlet, those of the same section first."""
    others = [other for other in everything if other.outlet == article.outlet and other.slug != article.slug]
    return tuple(sorted(others, key=lambda other: other.section_key != article.section_key)[:count])
