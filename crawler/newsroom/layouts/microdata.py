"""A page marked up with microdata (schema.org NewsArticle in itemprop attributes), without JSON-LD."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet, Photo


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    said = parts.words(article.language)
    head = f'<link rel="canonical" href="{article.url}">\n'
    head += (
        f'<meta name="description" content="{escape(article.standfirst)}">\n' if article.standfirst else ""
    )
    head += '<meta name="robots" content="noarchive">\n' if "noarchive" in article.cases else ""
    body = (
        f'<div class="page"><div class="story" itemscope itemtype="https://schema.org/NewsArticle"><meta itemprop="mainEntityOfPage" content="{article.url}">'
        f'<meta itemprop="inLanguage" content="{article.language}"><meta itemprop="isAccessibleForFree" content="{str(not article.paywalled).lower()}">'
        f'<div class="kicker" itemprop="articleSection">{escape(article.section)}</div>\n<h1 itemprop="headline">{escape(article.headline)}</h1>\n'
        f"{_standfirst(article)}{_byline(article)}{_dates(article)}"
        f"{''.join(_figure(photo, outlet) for photo in article.photos[:1])}"
        f'<div class="text" itemprop="articleBody">\n{parts.paragraphs(article)}</div>\n{parts.extras(article, outlet)}{parts.notices(article)}'
        f'{_keywords(article)}<div itemprop="publisher" itemscope itemtype="https://schema.org/NewsMediaOrganization"><meta itemprop="name" content="{escape(outlet.name)}"></div></div>\n'
        f"{parts.related_list(related, said['more'], tag='div')}</div>\n"
    )
    return parts.document(outlet, article, f"{article.headline} – {outlet.name}", head, body)


def _standfirst(article: NewsArticle) -> str:
    return (
        f'<p class="standfirst" itemprop="description">{escape(article.standfirst)}</p>\n'
        if article.standfirst
        else ""
    )


def _byline(article: NewsArticle) -> str:
    """Return the byline with each author's name marked inside it."""
    if not article.byline:
        return ""
    text = escape(article.byline)
    for name in article.authors:
        person = f'<span itemprop="author" itemscope itemtype="https://schema.org/Person"><span itemprop="name">{escape(name)}</span></span>'
        text = text.replace(escape(name), person)
    return f'<p class="byline">{text}</p>\n'


def _dates(article: NewsArticle) -> str:
    said = parts.words(article.language)
    shown = f'<time itemprop="datePublished" datetime="{article.date_published}">{parts.visible_date(article.date_published, article.language)}</time>'
    if article.date_modified:
        changed = parts.visible_date(article.date_modified, article.language)
        shown += f' | {said["updated"]}: <time itemprop="dateModified" datetime="{article.date_modified}">{changed}</time>'
    return f'<p class="dates">{shown}</p>\n'


def _figure(photo: Photo, outlet: Outlet) -> str:
    credit = (
        f'<span class="credit" itemprop="creditText">{escape(photo.credit)}</span>' if photo.credit else ""
    )
    return (
        '<figure class="photo" itemprop="image" itemscope itemtype="https://schema.org/ImageObject">'
        f'<meta itemprop="url" content="{parts.photo_url(outlet, photo.key, 960)}">{parts.picture(photo, outlet)}'
        f'<figcaption><span itemprop="caption">{escape(photo.caption)}</span> {credit}</figcaption></figure>\n'
    )


def _keywords(article: NewsArticle) -> str:
    listed = f'<meta itemprop="keywords" content="{escape(", ".join(article.tags))}">' if article.tags else ""
    return listed + parts.tag_list(article)
