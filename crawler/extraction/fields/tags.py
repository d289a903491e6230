"""The key words a newsroom gives an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.fields.selected import selected
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from crawler.extraction.blocks import Box
    from crawler.extraction.document import Document

MAX_TAGS = 60
MAX_TAG = 80
MAX_BOX = 300
"""Characters of a box of tags; longer ones are menus."""


def read_tags(document: Document) -> tuple[str, ...]:
    """Return the article's tags, once each, in the order of the page: structured data, article:tag, keywords, rel=tag."""
    found = [text_of(element) for element in selected(document, "tags")]
    found = found or [word for article in document.structured[:1] for word in article.keywords]
    found = found or document.meta.all("article:tag", "og:article:tag")
    found = found or _listed(
        document.meta.first("news_keywords", "parsely-tags", "sailthru.tags", "keywords")
    )
    found = found or _linked(document)
    found = found or _boxed(document)
    unique: dict[str, str] = {}
    for tag in found:
        if tag and len(tag) <= MAX_TAG:
            unique.setdefault(fold(tag) or tag, tag)
    return tuple(unique.values())[:MAX_TAGS]


def _listed(value: str | None) -> list[str]:
    if not value:
        return []
    separator = ";" if ";" in value and "," not in value else ","
    return [squash(word) for word in value.split(separator)]


def _boxed(document: Document) -> list[str]:
    """Return the words of the only box named tags beside the article: its links, list items or spans."""
    boxes = [box for box in document.outline.boxes if "tags" in box.hints and not _is_away(box)]
    outer = [box for box in boxes if box.parent is None or "tags" not in box.parent.hints]
    if len(outer) != 1 or outer[0].element is None:
        return []
    if len(text_of(outer[0].element)) > MAX_BOX:
        return []
    for tag in ("a", "li", "span"):
        words = [text_of(element).lstrip("#") for element in outer[0].element.iter(tag)]
        if words:
            return words
    return []


def _is_away(box: Box) -> bool:
    return any(around.hints & {"side", "nav", "footer", "related", "comment"} for around in box.ancestors())


def _linked(document: Document) -> list[str]:
    anchors = (anchor for anchor in document.tagged("a") if "tag" in (anchor.get("rel") or "").split())
    return [text_of(anchor).lstrip("#") for anchor in anchors]
