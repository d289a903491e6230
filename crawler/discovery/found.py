"""What a way of discovery brings home: a URL, what it probably is, and when it last changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One URL that a feed, sitemap, front page or list names."""

    url: str
    """Absolute, without fragment."""
    how: str
    """``feed``, ``sitemap``, ``front``, ``link`` or ``url-list``."""
    kind: str = "article"
    """``article``, ``front`` (a page of links), ``feed`` or ``sitemap``."""
    title: str | None = None
    changed_at: datetime | None = None
    """When it was published or changed, as the finder says; aware UTC."""
