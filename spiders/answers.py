"""An answer as a page, and a profile's words as addresses: what the spider asks of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Page
from crawler.discovery.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response

    from crawler.profiles import SiteProfile


def named_by(profile: SiteProfile) -> Iterator[Found]:
    """Yield what a profile names besides the home page."""
    yield from (Found(url=url, how="feed", kind="feed") for url in profile.feeds)
    yield from (Found(url=rule.url, how="feed", kind="feed") for rule in profile.list_api)
    yield from (Found(url=url, how="sitemap", kind="sitemap") for url in profile.sitemaps)
    yield from (Found(url=url, how="link", kind="front") for url in profile.sections)


def page_of(response: Response) -> Page | None:
    """Return the answer as a page; feeds, sitemaps and style sheets are handed over as whatever the server likes."""
    record = response.meta.get("capture")
    if response.status != 200 or record is None or record.truncated == "disconnect":
        return None
    page: Page | None = response.meta.get("page")
    return page or Page(
        url=response.url,
        captured_at=record.captured_at,
        headers=tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in _header_lines(response)
        ),
        payload=response.body,
    )


def _header_lines(response: Response) -> Iterator[tuple[bytes, bytes]]:
    for name, values in response.headers.items():
        for value in values:
            yield name, value
