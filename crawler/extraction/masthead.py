"""The name a site gives itself at the top of its pages, where no metadata say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.requisites import absolute
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.tree import Element

TITLE_SEPARATOR = re.compile(
    r"\s+[|–—·•«»~»›\-/]\s+|\s*[|｜丨]\s*|\s+::\s+|_(?=[^_]{2,30}$)|\s*--\s*|(?<=\S)\s+[:]\s+"
)
"""What stands between headline and site's name in title elements."""
_HOME = re.compile(r"\s*(?:(?:https?:)?//[^/?#]+|\.{1,2})?/?(?:[?#].*)?\s*$", re.IGNORECASE)
"""Addresses that can be the home page's; the others are not worth resolving."""


def find_masthead(anchors: Sequence[Element], title: str, base_url: str, url: str) -> str | None:
    """Return the name that both the page's *title* and a link to the home page give (in words, or as its picture's alternative text)."""
    parts = {fold(part): part for part in title_parts(title) if fold(part)}
    if not parts:
        return None
    host = urlsplit(url).hostname
    homes: dict[str, bool] = {}
    for anchor in anchors:
        href = anchor.get("href") or ""
        if href not in homes:
            homes[href] = _HOME.match(href) is not None and _is_home(anchor, base_url, host)
        if homes[href]:
            words = [text_of(anchor), *(image.get("alt") or "" for image in anchor.iter("img"))]
            found = next((parts[fold(word)] for word in words if fold(word) in parts), None)
            if found:
                return found
    return None


def _is_home(anchor: Element, base_url: str, host: str | None) -> bool:
    target = urlsplit(absolute(anchor.get("href"), base_url) or "")
    return target.path in {"", "/"} and target.hostname == host


def title_parts(title: str) -> list[str]:
    """Return the parts of a title element between its separators.

    >>> title_parts("Rain again | The Daily Rain")
    ['Rain again', 'The Daily Rain']
    """
    return [part for part in map(squash, TITLE_SEPARATOR.split(title)) if part]
