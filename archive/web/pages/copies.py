"""Syndication: copy that several outlets ran; who ran it when, with what changes, and whether the agency was credited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.comparison import compare_paragraphs, compare_words, counted
from archive.export.values import cluster_values
from archive.web.pages.article import find_article
from archive.web.screens import Asked, NotHere, Screen, Shown

if TYPE_CHECKING:
    from archive.model import Article

_PER_PAGE = 20


def show_all(asked: Asked) -> Shown:
    """Answer ``/copies``: the clusters with the newest articles first."""
    page = max(asked.number("page", 1, at_most=10_000), 1)
    found = asked.index.clusters(limit=_PER_PAGE + 1, offset=(page - 1) * _PER_PAGE)
    waiting = asked.index.copies_waiting()
    shown = found[:_PER_PAGE]
    return Shown(
        title="Syndication",
        data={"clusters": [cluster_values(cluster) for cluster in shown], "not_compared_yet": waiting},
        values={"clusters": shown, "page": page, "has_more": len(found) > _PER_PAGE, "waiting": waiting},
    )


def show(asked: Asked) -> Shown:
    """Answer ``/copies/7``: all that ran the copy of article 7; ``?with=9`` compares 7 with 9 word by word."""
    article = find_article(asked)
    cluster = asked.index.cluster(article.id)
    if cluster is None:
        raise NotHere("no other article here ran this copy")
    wanted = asked.number("with", 0, at_most=2**62) or next(
        c.article_id for c in cluster.copies if c.article_id != article.id
    )
    other = asked.index.article(wanted) if wanted in {copy.article_id for copy in cluster.copies} else None
    if other is None:
        raise NotHere("that article did not run this copy")
    return Shown(
        title=f"Copy: {article.content.headline or article.url}",
        data=cluster_values(cluster)
        | {"compared": [article.id, other.id], "differences": _differences(article.content, other.content)},
        values={
            "article": article,
            "other": other,
            "cluster": cluster,
            "headline": compare_words(article.content.headline or "", other.content.headline or ""),
            "paragraphs": compare_paragraphs(article.content.body, other.content.body),
        },
    )


def _differences(one: Article, other: Article) -> dict[str, int]:
    """Return how many words were taken out and put in from *one* to *other*."""
    return counted(
        piece for paragraph in compare_paragraphs(one.body, other.body) for piece in paragraph.pieces
    )


SCREENS = [
    Screen(path="/copies", template="copies.html", show=show_all, link="Syndication", place=50),
    Screen(path="/copies/{id:int}", template="copy.html", show=show),
]
