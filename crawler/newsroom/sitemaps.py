"""robots.txt (RFC 9309) and sitemaps (sitemaps.org 0.9, Google news extension 0.9) of an outlet."""

from __future__ import annotations

import gzip
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

_URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_NEWS_FROM = "2026-11-08"
"""The news sitemap holds articles from this day on; the others hold all."""


def robots(outlet: Outlet) -> str:
    """Return the outlet's robots.txt."""
    delay = f"Crawl-delay: {outlet.crawl_delay:g}\n" if outlet.crawl_delay else ""
    return (
        f"# {outlet.name}\nUser-agent: *\nDisallow: /internal/\nDisallow: /search\nAllow: /\n{delay}\n"
        f"Sitemap: {outlet.base}/sitemap.xml\nSitemap: {outlet.base}/sitemaps/news.xml\n"
    )


def index(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    """Return the sitemap index: the news sitemap, the fronts, and the archive as a gzip file."""
    newest = max(article.date_modified or article.date_published for article in articles)
    children = "".join(
        f"<sitemap><loc>{outlet.base}/sitemaps/{name}</loc><lastmod>{newest}</lastmod></sitemap>\n"
        for name in ("news.xml", "sections.xml", "archive.xml.gz")
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{children}</sitemapindex>\n'


def news(outlet: Outlet, articles: Sequence[NewsArticle]) -> str:
    """Return the news sitemap of the newer articles."""
    entries = "".join(
        f"<url><loc>{escape(article.url)}</loc><news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{article.language}</news:language></news:publication><news:publication_date>{article.date_published}</news:publication_date>"
        f"<news:title>{escape(article.headline)}</news:title></news:news></url>\n"
        for article in articles
        if article.date_published >= _NEWS_FROM
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_URLSET} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n{entries}</urlset>\n'


def sections(outlet: Outlet) -> str:
    """Return the sitemap of the home page and the section fronts."""
    fronts = [f"{outlet.base}/", *(outlet.base + outlet.section_path(key) for key, _ in outlet.sections)]
    entries = "".join(
        f"<url><loc>{escape(front)}</loc><changefreq>hourly</changefreq></url>\n" for front in fronts
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{_URLSET}>\n{entries}</urlset>\n'


def archive(articles: Sequence[NewsArticle]) -> bytes:
    """Return the gzip file of the sitemap of all articles."""
    entries = "".join(
        f"<url><loc>{escape(article.url)}</loc><lastmod>{article.date_modified or article.date_published}</lastmod></url>\n"
        for article in articles
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{_URLSET}>\n{entries}</urlset>\n'
    return gzip.compress(text.encode(), mtime=0)
