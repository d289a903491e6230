"""JSON that lists a site's articles, as its profile says where and how."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urljoin

from dateutil import parser as dates

from crawler.discovery.feed import MAX_ENTRIES
from crawler.discovery.found import Found

if TYPE_CHECKING:
    from archive.model import Page
    from crawler.profiles import SiteProfile
    from crawler.profiles.records import ListApi


def find_list_api(url: str, profile: SiteProfile | None) -> ListApi | None:
    """Return the rule of *profile* by which the answer at *url* lists articles, or None."""
    return next((rule for rule in profile.list_api if rule.url == url), None) if profile else None


def read_list_api(page: Page, rule: ListApi, profile: SiteProfile) -> list[Found]:
    """Return the articles that the JSON in *page* lists, in its order; entries that lack a key of the address are left out."""
    try:
        entries = json.loads(page.payload.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return []
    for key in filter(None, rule.items.split(".")):
        entries = entries.get(key) if isinstance(entries, dict) else None
    found = (
        _found(page, entry, rule, profile)
        for entry in (entries if isinstance(entries, list) else [])[:MAX_ENTRIES]
        if isinstance(entry, dict)
    )
    return list(dict.fromkeys(one for one in found if one is not None))


def _found(page: Page, entry: dict[str, Any], rule: ListApi, profile: SiteProfile) -> Found | None:
    try:
        url = urldefrag(urljoin(page.url, rule.address.format(**entry))).url
    except (KeyError, IndexError, ValueError, AttributeError):
        return None
    title = entry.get(rule.headline) if rule.headline else None
    changed = entry.get(rule.published) if rule.published else None
    return Found(
        url=url, how="feed", title=str(title) if title else None, changed_at=_moment(changed, profile)
    )


def _moment(value: object, profile: SiteProfile) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / (1000 if value > 1e11 else 1), UTC)
        at = dates.isoparse(str(value)) if value else None
    except (ValueError, OverflowError, OSError):
        return None
    if at is None:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=profile.zone or UTC)).astimezone(UTC)
