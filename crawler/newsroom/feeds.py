"""The outlets' feeds: RSS 2.0, Atom (RFC 4287), RSS 1.0 (RDF) and JSON Feed 1.1."""

from __future__ import annotations

import json
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

MEDIA_TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "rdf": "application/xml; charset=utf-8",
    "json": "application/feed+json",
}
IN_FEED = 12
"""How many articles a feed holds: as in life not all of them."""


def feed(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    """Return the outlet's feed of its newest articles, in the outlet's format."""
    makers = {"rss": _rss, "atom": _atom, "rdf": _rdf, "json": _json_feed}
    return makers[outlet.feed](outlet, articles[:IN_FEED])


def links(article: NewsArticle) -> tuple[str, ...]:
    """Return the addresses under which the feed gives the article: one, or three that differ in tracking parameters."""
    if "tracked" not in article.cases:
        return (article.url,)
    return (
        article.url,
        f"{article.url}?utm_source=feed&utm_medium=rss",
        f"{article.url}?utm_source=social&fbclid=IwAR0demo",
    )


def _rss(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    items = "".join(
        f'<item><title>{escape(article.headline)}</title><link>{escape(link)}</link><guid isPermaLink="{str(link == article.url).lower()}">{escape(link)}</guid>'
        f"<description>{escape(f'<p>{escape(article.standfirst or article.body[0])}</p>')}</description>"
        f"<category>{escape(article.section)}</category><pubDate>{format_datetime(datetime.fromisoformat(article.date_published))}</pubDate>"
        f'{_creators(article)}<enclosure url="{outlet.static}/img/logo-{outlet.key}.svg" type="image/svg+xml" length="0"/></item>\n'
        for article in articles
        for link in links(article)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>{escape(outlet.name)}</title><link>{outlet.base}/</link><description>{escape(outlet.motto)}</description><language>{outlet.language}</language>"
        f'<atom:link rel="self" type="application/rss+xml" href="{outlet.base}{outlet.feed_path}"/>\n{items}</channel></rss>\n'
    )


def _creators(article: NewsArticle) -> str:
    return "".join(f"<dc:creator>{escape(name)}</dc:creator>" for name in (*article.authors, *article.staff))


def _atom(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    entries = "".join(
        f'<entry xml:lang="{article.language}"><title>{escape(article.headline)}</title><link rel="alternate" href="{escape(link)}"/><id>{escape(link)}</id>'
        f"<published>{article.date_published}</published><updated>{article.date_modified or article.date_published}</updated>"
        f"<author><name>{escape(', '.join(article.authors) or outlet.name)}</name></author><summary>{escape(article.standfirst or article.body[0])}</summary></entry>\n"
        for article in articles
        for link in links(article)
    )
    newest = max(article.date_modified or article.date_published for article in articles)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}"><title>{escape(outlet.name)}</title>'
        f"<id>{outlet.base}/</id><updated>{newest}</updated>"
        f'<link rel="self" href="{outlet.base}{outlet.feed_path}"/><link rel="alternate" href="{outlet.base}/"/>\n{entries}</feed>\n'
    )


def _rdf(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    order = "".join(f'<rdf:li rdf:resource="{escape(article.url)}"/>' for article in articles)
    items = "".join(
        f'<item rdf:about="{escape(article.url)}"><title>{escape(article.headline)}</title><link>{escape(article.url)}</link>'
        f"<description>{escape(article.standfirst or article.body[0])}</description><dc:date>{article.date_published}</dc:date>"
        f"<dc:subject>{escape(article.section)}</dc:subject></item>\n"
        for article in articles
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/" xml:lang="{outlet.language}"><channel rdf:about="{outlet.base}{outlet.feed_path}"><title>{escape(outlet.name)}</title>'
        f"<link>{outlet.base}/</link><description>{escape(outlet.motto)}</description><items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{items}</rdf:RDF>\n"
    )


def _json_feed(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    items = [
        {
            "id": link,
            "url": link,
            "title": article.headline,
            "summary": article.standfirst or article.body[0],
            "content_text": article.body[0],
            "date_published": article.date_published,
            "date_modified": article.date_modified or article.date_published,
            "authors": [{"name": name} for name in (*article.authors, *article.staff)],
            "language": article.language,
            "tags": list(article.tags),
        }
        for article in articles
        for link in links(article)
    ]
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": outlet.name,
        "home_page_url": f"{outlet.base}/",
    }
    return json.dumps(
        head | {"feed_url": outlet.base + outlet.feed_path, "language": outlet.language, "items": items},
        ensure_ascii=False,
        indent=1,
    )
