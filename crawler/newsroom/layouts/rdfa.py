"""A page that tells machines little: RDFa Lite names and Open Graph in the head, no JSON-LD, no microdata."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    said = parts.words(article.language)
    modified = (
        f'<meta property="article:modified_time" content="{article.date_modified}">\n'
        if article.date_modified
        else ""
    )
    tags = "".join(f'<meta property="article:tag" content="{escape(tag)}">\n' for tag in article.tags)
    head = (
        f'{parts.open_graph(article, outlet)}<meta property="article:published_time" content="{article.date_published}">\n{modified}'
        f'<meta property="article:section" content="{escape(article.section)}">\n{tags}'
    )
    standfirst = (
        f'<h2 class="standfirst" property="description">{escape(article.standfirst)}</h2>\n'
        if article.standfirst
        else ""
    )
    byline = f'<div class="byline">{escape(article.byline)}</div>\n' if article.byline else ""
    body = (
        f'<main class="page"><div class="story" vocab="https://schema.org/" typeof="NewsArticle"><span class="kicker">{escape(article.section)}</span>\n'
        f'<h1 property="headline">{escape(article.headline)}</h1>\n{standfirst}<div class="meta">{byline}'
        f'<span class="dates" property="datePublished" content="{article.date_published}">{parts.visible_date(article.date_published, article.language)}</span></div>\n'
        f"{''.join(parts.figure(photo, outlet) for photo in article.photos[:1])}"
        f'<div class="text" property="articleBody">\n{parts.paragraphs(article)}</div>\n{parts.extras(article, outlet)}{parts.notices(article)}{parts.tag_list(article)}</div>\n'
        f"{parts.related_list(related, said['more'], tag='section')}</main>\n"
    )
    return parts.document(outlet, article, f"{article.headline} - {outlet.name}", head, body)
