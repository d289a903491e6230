"""A present-day page: JSON-LD with ``@graph``, Open Graph, ``<article>``."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

_TYPES = {"live-blog": "LiveBlogPosting", "gallery": "ImageGallery", "video": "VideoObject"}


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    said = parts.words(article.language)
    head = parts.open_graph(article, outlet) + parts.json_script(graph(article, outlet))
    pages = _pages(article)
    body = (
        f'<main class="page"><article class="story"><p class="kicker"><a href="{outlet.section_path(article.section_key)}">{escape(article.section)}</a></p>\n'
        f"<h1>{escape(article.headline)}</h1>\n{_standfirst(article)}{_byline(article)}"
        f'<p class="dates"><time datetime="{article.date_published}">{parts.visible_date(article.date_published, article.language)}</time>{_updated(article)}</p>\n'
        f"{''.join(parts.figure(photo, outlet) for photo in article.photos[:1] if article.page_type != 'video')}"
        f'<div class="text">\n{pages}</div>\n{parts.extras(article, outlet)}{parts.notices(article)}{parts.tag_list(article)}</article>\n'
        f"{parts.related_list(related, said['more'])}</main>\n"
    )
    return parts.document(outlet, article, f"{article.headline} | {outlet.name}", head, body)


def _pages(article: NewsArticle) -> str:
    """Return the text, or its first page with a link to the second."""
    if "two-pages" not in article.cases:
        return parts.paragraphs(article)
    texts = parts.printed(article)
    first = "".join(f"<p>{escape(text)}</p>\n" for text in texts[: len(texts) // 2])
    label = escape(parts.words(article.language)["next"])
    return f'{first}<p class="pager"><a rel="next" href="{article.path}?page=2">{label}</a></p>\n'


def second_page(article: NewsArticle, outlet: Outlet) -> str:
    """Return page 2 of an article that is spread over two pages."""
    texts = parts.printed(article)
    rest = "".join(f"<p>{escape(text)}</p>\n" for text in texts[len(texts) // 2 :])
    head = f'<link rel="canonical" href="{article.url}">\n<link rel="prev" href="{article.path}">\n'
    body = f'<main class="page"><article class="story"><h1>{escape(article.headline)}</h1>\n<div class="text">\n{rest}</div></article></main>\n'
    return parts.document(outlet, article, f"{article.headline} (2) | {outlet.name}", head, body)


def amp(article: NewsArticle, outlet: Outlet) -> str:
    """Return the page's AMP twin, without the AMP runtime."""
    return (
        f'<!doctype html>\n<html amp lang="{article.language}"><head><meta charset="utf-8"><title>{escape(article.headline)}</title>'
        f'<link rel="canonical" href="{article.url}"><meta name="viewport" content="width=device-width">\n{parts.json_script(graph(article, outlet))}</head>\n'
        f"<body><h1>{escape(article.headline)}</h1>\n{_byline(article)}{parts.paragraphs(article)}</body></html>\n"
    )


def _standfirst(article: NewsArticle) -> str:
    return f'<p class="standfirst">{escape(article.standfirst)}</p>\n' if article.standfirst else ""


def _byline(article: NewsArticle) -> str:
    return f'<p class="byline">{escape(article.byline)}</p>\n' if article.byline else ""


def _updated(article: NewsArticle) -> str:
    if not article.date_modified:
        return ""
    said = parts.words(article.language)
    return f' · {said["updated"]} <time datetime="{article.date_modified}">{parts.visible_date(article.date_modified, article.language)}</time>'


def graph(article: NewsArticle, outlet: Outlet) -> dict[str, Any]:
    """Return the JSON-LD graph: publisher, web page, pictures and the article."""
    publisher = {
        "@type": "NewsMediaOrganization",
        "@id": f"{outlet.base}/#org",
        "name": outlet.name,
        "url": outlet.base + "/",
    }
    page = {
        "@type": "WebPage",
        "@id": article.url,
        "url": article.url,
        "inLanguage": article.language,
        "isPartOf": {"@id": f"{outlet.base}/#site"},
    }
    site = {
        "@type": "WebSite",
        "@id": f"{outlet.base}/#site",
        "name": outlet.name,
        "publisher": {"@id": publisher["@id"]},
    }
    return {
        "@context": "https://schema.org",
        "@graph": [publisher, site, page, news_article(article, outlet, {"@id": publisher["@id"]})],
    }


def news_article(article: NewsArticle, outlet: Outlet, publisher: dict[str, Any]) -> dict[str, Any]:
    """Return the article as schema.org sees it."""
    node: dict[str, Any] = {
        "@type": "OpinionNewsArticle"
        if "opinion" in article.cases
        else _TYPES.get(article.page_type, "NewsArticle"),
        "@id": f"{article.url}#article",
        "mainEntityOfPage": {"@id": article.url},
        "headline": article.headline,
        "datePublished": article.date_published,
        "dateModified": article.date_modified or article.date_published,
        "author": authors(article),
        "publisher": publisher,
        "articleSection": article.section,
        "keywords": list(article.tags),
        "inLanguage": article.language,
        "isAccessibleForFree": not article.paywalled,
        "image": [parts.photo_url(outlet, photo.key, 960) for photo in article.photos],
    }
    if article.standfirst:
        node["description"] = article.standfirst
    if article.corrections:
        node["correction"] = article.corrections[0]
    if article.page_type == "video":
        node |= {
            "name": article.headline,
            "uploadDate": article.date_published,
            "thumbnailUrl": node["image"][0],
        }
    if article.updates:
        node["liveBlogUpdate"] = [
            {
                "@type": "BlogPosting",
                "headline": update.headline,
                "datePublished": update.at,
                "articleBody": update.text,
            }
            for update in article.updates
        ]
    return node


def authors(article: NewsArticle) -> list[dict[str, str]]:
    """Return persons as Person and all others as Organization."""
    named = [{"@type": "Person", "name": name} for name in article.authors]
    signed = [c for c in article.credits if c.kind in {"staff", "agency"} and c.role in {"author", "source"}]
    return named + [{"@type": "Organization", "name": c.agency or c.name} for c in signed]
