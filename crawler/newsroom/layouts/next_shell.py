"""A client-rendered page: the HTML is an empty shell, the text stands only in the JSON that the script shows."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from crawler.newsroom.layouts import parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet

SCRIPT = """'use strict';
(function () {
  var holder = document.getElementById('__NEXT_DATA__');
  if (!holder) return;
  var story = JSON.parse(holder.textContent).props.pageProps.article;
  function add(parent, name, text, className) {
    var element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    parent.appendChild(element);
    return element;
  }
  var root = document.getElementById('__next');
  root.textContent = '';
  var box = add(add(root, 'main', '', 'page'), 'article', '', 'story');
  add(box, 'p', story.section.name, 'kicker');
  add(box, 'h1', story.title);
  if (story.lead) add(box, 'p', story.lead, 'standfirst');
  if (story.byline) add(box, 'p', story.byline, 'byline');
  add(box, 'p', story.displayDate, 'dates');
  story.images.slice(0, 1).forEach(function (image) {
    var figure = add(box, 'figure', '', 'photo');
    var picture = add(figure, 'img');
    picture.alt = image.alt;
    picture.src = image.url;
    add(figure, 'figcaption', image.caption + (image.credit ? ' ' + image.credit : ''));
  });
  var text = add(box, 'div', '', 'text');
  story.blocks.forEach(function (block) { add(text, 'p', block.text); });
})();
"""


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the article's page."""
    head = f'<link rel="canonical" href="{article.url}">\n<meta name="twitter:card" content="summary">\n'
    state = {
        "props": {
            "pageProps": {
                "article": _story(article, outlet),
                "related": [{"href": o.path, "title": o.headline} for o in related],
            }
        },
        "page": "/articles/[id]",
        "query": {"id": str(article.number)},
        "buildId": "newsroom",
    }
    links = "".join(
        f'<li><a href="{escape(other.path)}">{escape(other.headline)}</a></li>' for other in related
    )
    body = (
        '<div id="__next"><div class="loading" aria-busy="true"></div></div>\n'
        f'<aside class="related"><h3>{escape(parts.words(article.language)["more"])}</h3><ul>{links}</ul></aside>\n'
        f"{parts.json_script(state, kind='application/json', name='__NEXT_DATA__')}"
        f'<script src="{outlet.static}/_next/static/app.js" defer></script>\n'
    )
    return parts.document(outlet, article, outlet.name, head, body)


def _story(article: NewsArticle, outlet: Outlet) -> dict[str, Any]:
    images = [
        {
            "url": parts.photo_url(outlet, p.key),
            "alt": p.alt,
            "caption": p.caption,
            "credit": p.credit or "",
            "width": 640,
        }
        for p in article.photos
    ]
    return {
        "id": article.number,
        "canonicalUrl": article.url,
        "locale": article.language,
        "title": article.headline,
        "lead": article.standfirst,
        "byline": article.byline,
        "publishedAt": article.date_published,
        "updatedAt": article.date_modified or article.date_published,
        "displayDate": parts.visible_date(article.date_published, article.language),
        "section": {"slug": article.section_key, "name": article.section},
        "tags": [{"name": tag} for tag in article.tags],
        "images": images,
        "blocks": [{"type": "paragraph", "text": text} for text in parts.printed(article)],
        "isPremium": article.paywalled,
    }
