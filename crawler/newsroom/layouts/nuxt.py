"""The same outlet's present page (server-rendered Nuxt), its empty shell, and the answers of its JSON API."""

from __future__ import annotations

import json
from datetime import datetime
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet, Photo

MISSING_DATE = "1987-11-13T00:00:00"
"""What the API gives as the date of an item that does not exist."""


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page as the server renders it."""
    title = escape(f"{article.headline} | {outlet.name}")
    meta = parts.open_graph(article, outlet).replace("<meta ", '<meta data-n-head="ssr" ')
    menu = "".join(
        f'<a href="{outlet.section_path(key)}">{escape(label)}</a>' for key, label in outlet.sections
    )
    return (
        f'<!doctype html>\n<html data-n-head-ssr lang="{article.language}" dir="{article.direction}">\n<head>\n<meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{title}</title>\n{meta}'
        f'<link rel="stylesheet" href="{outlet.static}/assets/{outlet.key}.css">\n<link rel="alternate" type="application/rss+xml" href="{outlet.feed_path}">\n'
        f'{_linked_data(article, outlet)}</head>\n<body class="{outlet.key}"><div id="__nuxt"><div id="__layout">\n'
        f'<header class="site-header"><a href="/" title="{escape(outlet.name)}">{escape(outlet.name)}</a><nav>{menu}</nav></header>\n'
        f'<main><article class="article-page">\n<div class="article-page--breadcrumbs"><a href="/">Home</a><a href="/news/">News</a>'
        f'<a href="{outlet.section_path(article.section_key)}">{escape(article.section)}</a></div>\n'
        f'<h1 class="article-page--title">{escape(article.headline)}</h1>\n<h2 class="article-page--short">{escape(article.standfirst or "")}</h2>\n{_info(article)}'
        f"{''.join(_figure(photo, outlet) for photo in article.photos[:1])}"
        f'<div class="article-page--content">\n{parts.paragraphs(article, attributes=" class=" + chr(34) + "paragraph" + chr(34))}</div>\n'
        f'<div class="article-page--tags">{"".join(f"<span>{escape(tag)}</span>" for tag in article.tags)}</div>\n</article>\n{_aside(related, outlet)}</main>'
        f"<footer>{escape(outlet.copyright)}, All Rights Reserved</footer></div></div>\n<script>window.__NUXT__={{serverRendered:true}}</script></body></html>\n"
    )


def _linked_data(article: NewsArticle, outlet: Outlet) -> str:
    """Return JSON-LD with this outlet's mistake: whoever signs is called a Person."""
    publisher = {
        "@type": "Organization",
        "name": outlet.name,
        "logo": {"@type": "ImageObject", "url": f"{outlet.static}/img/logo-{outlet.key}.svg"},
    }
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": {"@type": "WebPage", "@id": article.url},
        "headline": article.headline,
        "description": article.standfirst,
        "image": [parts.photo_url(outlet, photo.key) for photo in article.photos],
        "datePublished": article.date_published,
        "dateModified": article.date_modified or article.date_published,
        "author": {"@type": "Person", "name": article.byline},
        "publisher": publisher,
        "articleSection": article.section,
        "inLanguage": article.language,
    }
    return parts.json_script(node)


def _info(article: NewsArticle) -> str:
    moment = datetime.fromisoformat(article.date_published)
    shown = f"{moment:%b} {moment.day}, {moment.year}, {moment.hour % 12 or 12}:{moment:%M %p} (GMT+2)"
    return (
        f'<div class="article-page--info"><a class="article-page--author" rel="author" href="/search?q={quote(article.byline or "")}">{escape(article.byline or "")}</a> '
        f'<time datetime="{article.date_published[:19]}">{shown}</time></div>\n'
    )


def _figure(photo: Photo, outlet: Outlet) -> str:
    caption = escape(photo.caption)
    return (
        f'<figure class="article-page--image"><img src="{parts.photo_url(outlet, photo.key)}" alt="{caption}" title="{caption}">'
        f'<figcaption><span class="caption">{caption}</span> <span class="credit">{escape(photo.credit or "")}</span></figcaption></figure>\n'
    )


def _aside(related: Sequence[NewsArticle], outlet: Outlet) -> str:
    """Return teasers that look like small articles: a trap for careless readers."""
    teasers = "".join(
        f'<article class="article"><a class="article-content" href="{escape(other.path)}"><h2 class="article-content--title">{escape(other.headline)}</h2>'
        f'<p class="article-content--short">{escape(other.standfirst or outlet.name)}</p></a></article>'
        for other in related
    )
    return f"<aside><h3>More</h3>{teasers}</aside>\n"


def shell(outlet: Outlet) -> str:
    """Return the page without its article: what the server sends for client-rendered addresses."""
    name = escape(outlet.name)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>\n'
        f'<meta property="og:title" content="{name}"><meta property="og:image" content="{outlet.static}/img/logo-{outlet.key}.svg"><meta property="og:image:alt" content="{name}">\n'
        '</head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="__nuxt"><!----><div class="loading">Loading...</div></div>\n'
        '<script>window.__NUXT__={config:{},staticAssetsBase:void 0}</script><script src="/_nuxt/app.js" defer></script></body></html>\n'
    )


def api_answer(article: NewsArticle, outlet: Outlet) -> str:
    """Return what the JSON API says about the article; its times are local and name no zone."""
    texts = parts.printed(article)
    photo = article.photos[0] if article.photos else None
    image = (
        {"src": parts.photo_url(outlet, photo.key), "title": photo.caption, "credit": photo.credit or ""}
        if photo
        else None
    )
    answer = {
        "item": article.number,
        "title": article.headline,
        "title2": article.headline,
        "short": article.standfirst,
        "shotedLink": article.path,
        "catname": article.section,
        "author": article.byline,
        "itemDate": article.date_published[:19],
        "firstUpdate": article.date_published[:19],
        "image": image,
        "content": "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts),
        "Content2": [{"type": "paragraph", "content": [{"type": "text", "text": text}]} for text in texts],
    }
    return json.dumps(answer, ensure_ascii=False, indent=1)


def api_missing(number: int) -> str:
    """Return what the JSON API says about an item that does not exist."""
    empty = dict.fromkeys(("title", "content", "Content2", "shotedLink"))
    return json.dumps(
        {"item": number, **empty, "itemDate": MISSING_DATE, "firstUpdate": MISSING_DATE}, indent=1
    )
