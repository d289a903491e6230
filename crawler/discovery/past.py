"""The way into a site's past: the next page of a front, and pages that list what was published on a day or in a month."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from crawler.extraction.tree import Element
from crawler.profiles.records import DateArchive

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from crawler.extraction.document import Document
    from crawler.extraction.links import Link

_PAGE_NUMBER = re.compile(
    r"(?<=[?&]page=)\d{1,5}|(?<=[?&]paged=)\d{1,5}|(?<=/page/)\d{1,5}|(?<=/page-)\d{1,5}|(?<=/seite/)\d{1,5}|(?<=/seite-)\d{1,5}"
)
_DATED_LISTING = re.compile(
    r"/((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])(?:\2(0?[1-9]|[12]\d|3[01]))?(/?(?:index\.html?)?)$"
)
_DATE_IN_PATH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])(?:[/-]?(0[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)")


def next_page(document: Document, xpath: str | None = None) -> str | None:
    """Return the address of the next page of a front: as its profile, ``rel=next`` or the page numbers say; or None."""
    links = document.links()
    if xpath is not None and document.root is not None:
        elements = document.root.xpath(xpath)
        hrefs = (
            [one.get("href") for one in elements if isinstance(one, Element)]
            if isinstance(elements, list)
            else []
        )
        found = next((link.url for link in links for href in hrefs if href and link.url.endswith(href)), None)
        if found:
            return found
    announced = document.next_page()
    if announced:
        return announced
    declared = next((link.url for link in links if "next" in link.rel), None)
    return declared or _by_number(document.page.url, links)


def date_archive(links: Iterable[Link]) -> DateArchive | None:
    """Return the site's archive by date, when a link leads to a page of it; by day rather than by month."""
    found: dict[str, str] = {}
    for link in links:
        parts = urlsplit(link.url)
        match = _DATED_LISTING.search(parts.path)
        if match and not parts.query:
            by_day = match[4] is not None
            path = parts.path[: match.start()] + _template(match)
            found.setdefault(
                "day" if by_day else "month", urlunsplit((parts.scheme, parts.netloc, path, "", ""))
            )
    url = found.get("day") or found.get("month")
    return DateArchive(url=url) if url else None


def is_in_span(url: str, since: date | None, until: date | None) -> bool:
    """Return whether the date that *url* bears lies from *since* to before *until*; what bears none may."""
    match = _DATE_IN_PATH.search(urlsplit(url).path)
    if match is None:
        return True
    first = (int(match[1]), int(match[2]), int(match[3] or 1))
    last = (int(match[1]), int(match[2]), int(match[3] or 31))
    return (since is None or last >= (since.year, since.month, since.day)) and (
        until is None or first < (until.year, until.month, until.day)
    )


def is_all_before(urls: Iterable[str], day: date) -> bool:
    """Return whether all *urls* that bear a date, and at least one does, bear one before *day*."""
    dated = [match for url in urls if (match := _DATE_IN_PATH.search(urlsplit(url).path))]
    wanted = (day.year, day.month, day.day)
    return bool(dated) and all((int(m[1]), int(m[2]), int(m[3] or 31)) < wanted for m in dated)


def _template(match: re.Match[str]) -> str:
    """Return the end of a path with places for the date, written as the site writes it."""
    slots = [
        f"{{{name}{':02' if text.startswith('0') or len(text) == 2 else ''}}}"
        for name, text in (("month", match[3]), ("day", match[4]))
        if text
    ]
    return "/" + match[2].join(["{year}", *slots]) + match[5]


def _by_number(url: str, links: Iterable[Link]) -> str | None:
    """Return the link that differs from *url* in the number of its page only, which is one more."""
    own = _PAGE_NUMBER.search(url)
    wanted = int(own[0]) + 1 if own else 2
    plain = _PAGE_NUMBER.sub("#", url) if own else url.rstrip("/")
    for link in links:
        match = _PAGE_NUMBER.search(link.url)
        if match is None or int(match[0]) != wanted:
            continue
        if own and _PAGE_NUMBER.sub("#", link.url) == plain:
            return link.url
        if (
            not own
            and link.url.startswith(plain)
            and re.fullmatch(r"/?(?:\?\w+=|page[/-]|seite[/-])\d+/?", link.url[len(plain) :])
        ):
            return link.url
    return None
