"""A page as small papers made them before 2010: tables, font classes, no metadata, one date in plain words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

CHARSETS = {"windows-1252": "windows-1252", "windows-1255": "windows-1255"}


def charset(article: NewsArticle) -> str:
    """Return the character encoding the page is written in."""
    return next((name for name in CHARSETS if name in article.cases), "utf-8")


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    said = parts.words(article.language)
    byline = f'<b class="author">{escape(article.byline)}</b><br>\n' if article.byline else ""
    standfirst = f'<div class="subtitle">{escape(article.standfirst)}</div>\n' if article.standfirst else ""
    links = "<br>\n".join(f'<a href="{escape(other.path)}">{escape(other.headline)}</a>' for other in related)
    return (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01 Transitional//EN" "http://www.w3.org/TR/html4/loose.dtd">\n'
        f'<html lang="{article.language}" dir="{article.direction}">\n<head>\n<meta http-equiv="Content-Type" content="text/html; charset={charset(article)}">\n'
        f'<title>{escape(outlet.name)} - {escape(article.headline)}</title>\n<link rel="stylesheet" type="text/css" href="{outlet.static}/assets/{outlet.key}.css">\n'
        f'</head>\n<body class="{outlet.key} old">\n{parts.masthead(outlet)}<table class="frame" width="100%" cellpadding="0" cellspacing="0"><tr>\n'
        f'<td class="main" valign="top">\n<div class="path"><a href="/">{escape(parts.words(outlet.language)["home"])}</a> &gt; '
        f'<a href="{outlet.section_path(article.section_key)}">{escape(article.section)}</a></div>\n'
        f'<div class="title"><h1>{escape(article.headline)}</h1></div>\n{standfirst}{byline}'
        f'<span class="when">{parts.visible_date(article.date_published, article.language)}</span>\n{_pictures(article, outlet)}'
        f'<div class="content">\n{parts.paragraphs(article)}{parts.notices(article)}</div>\n{parts.extras(article, outlet) if article.updates else ""}</td>\n'
        f'<td class="side" valign="top" width="260"><b>{escape(said["more"])}</b><br>\n{links}</td>\n</tr></table>\n{parts.footer(outlet)}</body>\n</html>\n'
    )


def _pictures(article: NewsArticle, outlet: Outlet) -> str:
    """Return the pictures, caption and credit in one line under each."""
    return "".join(
        f'<div class="pic"><img src="{parts.photo_url(outlet, photo.key)}" width="480" alt="{escape(photo.alt)}"><br>'
        f"<small>{escape(' '.join(part for part in (photo.caption, photo.credit) if part))}</small></div>\n"
        for photo in article.photos
    )
