"""How the outlets' pages look: one module per layout, found by its name."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.records import NewsArticle, Outlet


def render(article: NewsArticle, outlet: Outlet, related: Sequence[NewsArticle]) -> str:
    """Return the HTML of an article's page in the layout that the article names."""
    page: str = import_module(f"crawler.newsroom.layouts.{article.layout}").render(article, outlet, related)
    return page
