"""What is known of addresses at which no article was ever read: section fronts that a sitemap names, dead links, walls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import parse_warc_date
from archive.urls import surt_key

if TYPE_CHECKING:
    from datetime import datetime

    from archive.index.store import Index

_FAILURES = frozenset({"error", "shell"})
"""Page types of what was answered with 200 all the same: walls, error pages, pages that only scripts fill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherPage:
    """The captures at one address, none of which showed an article."""

    first_at: datetime
    """Aware UTC, as *last_at*."""
    last_at: datetime
    is_listing: bool
    """Whether the newest was read as a page of links."""
    is_failure: bool
    """Whether the newest was an error, a wall or a shell: an article may be there all the same."""


def other_page(index: Index, url: str) -> OtherPage | None:
    """Return what is known of *url*; None when it was never captured, or an article was read there."""
    rows = index.rows(
        "select c.captured_at, c.status, r.page_type, r.article_id from captures c left join readings r on r.capture_id = c.id"
        " where c.urlkey = ? order by c.captured_at, c.id",
        (surt_key(url),),
    )
    if not rows or any(row["article_id"] is not None for row in rows):
        return None
    newest = rows[-1]
    return OtherPage(
        first_at=parse_warc_date(rows[0]["captured_at"]),
        last_at=parse_warc_date(newest["captured_at"]),
        is_listing=newest["page_type"] == "listing",
        is_failure=(newest["status"] or 0) >= 400 or newest["page_type"] in _FAILURES,
    )
