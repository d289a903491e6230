"""Home pages, section fronts and the few pages that are no journalism."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

_ON_FRONT = 5
_PER_SECTION = 3


def home(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    """Return the home page: the newest story large, then the newest ones, then some of each section."""
    lead, newest = articles[0], articles[1:_ON_FRONT]
    columns = "".join(_section_block(outlet, key, label, articles) for key, label in outlet.sections)
    said = parts.words(outlet.language)
    body = (
        f'<main class="front">{_lead(lead, outlet)}<section class="newest"><h2 class="label">{escape(said["latest"])}</h2>'
        f'{"".join(_teaser(article, outlet) for article in newest)}</section><div class="sections">{columns}</div></main>\n'
    )
    head = f'<link rel="canonical" href="{outlet.base}/">\n<meta property="og:type" content="website">\n<meta name="description" content="{escape(outlet.motto)}">\n'
    return parts.document(outlet, None, f"{outlet.name} – {outlet.motto}", head, body)


def section(outlet: Outlet, key: str, label: str, articles: Sequence[NewsArticle]) -> str:
    """Return the front of a section with all its articles."""
    listed = "".join(_teaser(article, outlet) for article in articles if article.section_key == key)
    body = f'<main class="front"><h1 class="label">{escape(label)}</h1><section class="listing">{listed}</section></main>\n'
    return parts.document(
        outlet,
        None,
        f"{label} – {outlet.name}",
        f'<link rel="canonical" href="{outlet.base}{outlet.section_path(key)}">\n',
        body,
    )


def about(outlet: Outlet) -> str:
    """Return the page that says what the outlet is: invented."""
    said = parts.words(outlet.language)
    body = f'<main class="page"><h1>{escape(said["about"])}</h1><p>{escape(said["about_text"])}</p></main>\n'
    return parts.document(outlet, None, f"{said['about']} – {outlet.name}", "", body)


def notice(outlet: Outlet, title: str, text: str) -> str:
    """Return a page with one message: errors and the area that robots.txt closes."""
    body = f'<main class="page"><h1>{escape(title)}</h1><p>{escape(text)}</p></main>\n'
    return parts.document(outlet, None, f"{title} – {outlet.name}", "", body)


def _lead(article: NewsArticle, outlet: Outlet) -> str:
    image = (
        f'<a href="{escape(article.path)}">{parts.picture(article.photos[0], outlet)}</a>'
        if article.photos
        else ""
    )
    standfirst = f"<p>{escape(article.standfirst)}</p>" if article.standfirst else ""
    return f'<section class="lead">{image}<div><h2><a href="{escape(article.path)}">{escape(article.headline)}</a></h2>{standfirst}</div></section>\n'


def _teaser(article: NewsArticle, outlet: Outlet) -> str:
    thumb = ""
    if article.photos:
        thumb = f'<img src="{parts.photo_url(outlet, article.photos[0].key, 320)}" width="320" height="180" alt="" loading="lazy">'
    standfirst = f"<p>{escape(article.standfirst)}</p>" if article.standfirst else ""
    return f'<div class="teaser" lang="{article.language}" dir="{article.direction}"><a href="{escape(article.path)}">{thumb}<h3>{escape(article.headline)}</h3></a>{standfirst}</div>\n'


def _section_block(outlet: Outlet, key: str, label: str, articles: Sequence[NewsArticle]) -> str:
    own = [article for article in articles if article.section_key == key][:_PER_SECTION]
    items = "".join(
        f'<li lang="{a.language}" dir="{a.direction}"><a href="{escape(a.path)}">{escape(a.headline)}</a></li>'
        for a in own
    )
    return f'<section class="column"><h2 class="label"><a href="{outlet.section_path(key)}">{escape(label)}</a></h2><ul>{items}</ul></section>\n'
