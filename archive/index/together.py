"""An article on several pages, read as one: its pages as they were captured, in their order.

The pages stay articles of their own: each was captured at its own time, and a joined text is one that no page ever
showed. So what is joined here says for every page which article and which capture it is, and which pages are not in the archive.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.index.store import Index
    from archive.index.stored import StoredArticle

MAX_PAGES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOfArticle:
    """One page of an article."""

    number: int
    url: str
    article: StoredArticle | None
    """In its newest version; None when that page is not in the archive, or may not be shown."""


def pages_together(index: Index, article: StoredArticle) -> tuple[PageOfArticle, ...]:
    """Return the pages of *article* from the first that is linked to the last, itself among them; empty when it stands on one page.

    Neighbours are followed by what each page names, MAX_PAGES at most. Where a page is missing, the way ends there.
    """
    if article.content.part is None:
        return ()
    pages = {article.content.part.number: _page(article)}
    for step in (-1, 1):
        _walk(index, pages, article, step)
    return tuple(page for _, page in sorted(pages.items()))


def _walk(index: Index, pages: dict[int, PageOfArticle], start: StoredArticle, step: int) -> None:
    at: StoredArticle | None = start
    while at is not None and at.content.part is not None and len(pages) < MAX_PAGES:
        part = at.content.part
        url = part.next_url if step > 0 else part.previous_url
        number = part.number + step
        if url is None or number < 1 or number in pages:
            return
        at = index.article_at(url)
        if at is not None and _number(at) != number:
            at = None
        pages[number] = _page(at) if at is not None else PageOfArticle(number=number, url=url, article=None)


def _number(article: StoredArticle) -> int:
    return article.content.part.number if article.content.part else 1


def _page(article: StoredArticle) -> PageOfArticle:
    return PageOfArticle(number=_number(article), url=article.url, article=article)
