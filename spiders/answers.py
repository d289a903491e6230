"""An answer as a page, and a profile's words as addresses: what the spider asks of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model import Page
from crawler.discovery.found import Found
from crawler.pipelines import ReadArticle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scrapy.http import Response

    from crawler.pipelines import Reading
    from crawler.profiles import SiteProfile

MAX_PAGES = 50
"""Pages of one article that are followed; those behind them are found only where something else names them."""


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


def page_behind(reading: Reading) -> str | None:
    """Return the address of the next page of the article in *reading*; None where there is none, and on pages that are no articles.

    Reading it here costs nothing more: the pipeline takes what was read.
    """
    part = reading.document.part
    if part is None or part.next_url is None or part.number >= MAX_PAGES:
        return None
    ReadArticle().process_item(reading)
    return part.next_url if reading.article is not None and reading.article.is_article else None


def _header_lines(response: Response) -> Iterator[tuple[bytes, bytes]]:
    for name, values in response.headers.items():
        for value in values:
            yield name, value
