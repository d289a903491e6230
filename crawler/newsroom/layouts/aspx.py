"""A 2015 web-forms page: the byline's span swallows the date, the caption stands twice, credits are plain paragraphs."""

from __future__ import annotations

from datetime import datetime
from html import escape
from typing import TYPE_CHECKING

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet, Photo


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    more = "".join(
        f'<li><a href="{escape(other.path)}">{escape(other.headline)}</a></li>' for other in related
    )
    talk = "<b>1. Reader</b> by Dock worker, Tel Marom <span>30/11/15</span><p>By the way, was anybody at the meeting?</p>"
    return (
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" dir="{article.direction}" lang="{article.language}">\n{_head(article, outlet)}'
        f'<body class="{outlet.key} old">\n<form method="post" action=".{article.path}" id="aspnetForm">\n'
        '<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="/wEPDwUKMTg4NzY1NDMyMWRk" />\n'
        f'<div id="header"><a href="/">{escape(outlet.name)}</a> <span class="HebDate">{parts.visible_date(article.date_published, article.language)}</span>\n'
        f'<ul id="menu">{_menu(outlet)}</ul></div>\n'
        f'<div id="BreadCrumbs"><a href="/">Home</a> &gt; <a href="/news/">News</a> &gt; <a href="{outlet.section_path(article.section_key)}">{escape(article.section)}</a></div>\n'
        '<div id="main" itemscope="itemscope" itemtype="http://schema.org/NewsArticle">\n<div class="Article">\n'
        f'<h1 itemprop="headline">{escape(article.headline)}</h1>\n<div class="Desc"><p>{escape(article.standfirst or "")}</p></div>\n'
        f'<span class="Date">{escape(article.byline or "")} <span itemprop="datePublished">{_short_date(article)}</span></span>\n'
        '<div class="Share"><a href="#" onclick="return FB()">Share</a> <a href="#">Tweet</a> <a href="mailto:desk@example.invalid">Contact Editor</a></div>\n'
        f"{''.join(_picture(photo, outlet) for photo in article.photos[:1])}"
        f'<div class="Content" itemprop="articleBody">\n{parts.paragraphs(article)}</div>\n'
        f'<div class="Tags">Tags: {", ".join(f"<span>{escape(tag)}</span>" for tag in article.tags)}</div>\n</div>\n'
        f'<div class="More"><h3>More on this topic</h3><ul>{more}</ul></div>\n<div class="Talkbacks"><h3>Comments</h3><div class="tb">{talk}</div></div>\n</div>\n'
        f'<div id="footer">{escape(outlet.copyright)}, All Rights Reserved</div>\n</form>\n</body>\n</html>\n'
    )


def _head(article: NewsArticle, outlet: Outlet) -> str:
    title = f"{article.headline} - {article.section} - News - {outlet.name}"
    return (
        f'<head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8" />\n<title>{escape(title)}</title>\n'
        f"{parts.open_graph(article, outlet).replace('>', ' />')}"
        f'<link rel="stylesheet" href="{outlet.static}/assets/{outlet.key}.css" />\n'
        f'<link rel="alternate" type="application/rss+xml" title="{escape(outlet.name)}" href="{outlet.feed_path}" />\n</head>\n'
    )


def _menu(outlet: Outlet) -> str:
    return "".join(
        f'<li><a href="{outlet.section_path(key)}">{escape(label)}</a></li>' for key, label in outlet.sections
    )


def _short_date(article: NewsArticle) -> str:
    return f"{datetime.fromisoformat(article.date_published):%d/%m/%y\u00a0%H:%M}"


def _picture(photo: Photo, outlet: Outlet) -> str:
    caption = escape(photo.caption)
    return (
        f'<div class="Pic"><img src="{parts.photo_url(outlet, photo.key)}" alt="{caption}" width="570" height="321" />\n'
        f'<div class="PicText">{caption}</div></div>\n'
    )
