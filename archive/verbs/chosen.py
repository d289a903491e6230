"""Which article is meant by what somebody typed: an id, or any of its addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.verbs.article_text import time_in_words

if TYPE_CHECKING:
    from archive.index.store import Index
    from archive.index.stored import StoredArticle


def as_article_id(wanted: str) -> int | None:
    """Return the id that *wanted* is, or None when it can only be an address."""
    return int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 19 else None


def find_article(index: Index, wanted: str) -> StoredArticle:
    """Return the article with the id *wanted*, or at that address. Raises UserError, which says what is there instead."""
    number = as_article_id(wanted)
    found = index.article_at(wanted) if number is None else index.article(number)
    if found is not None:
        return found
    if number is not None:
        raise UserError(f"there is no article {wanted}; `tearsheet search` lists the ids")
    capture = index.closest(wanted)
    if capture is None:
        hint = "" if "://" in wanted else "; an address begins with http:// or https://"
        raise UserError(f"nothing was captured at {wanted}{hint}")
    raise UserError(
        f"{wanted} was captured on {time_in_words(capture.captured_at)} (status {capture.status}), but not read"
        " as an article; `tearsheet replay` shows it"
    )
