"""Sitemaps: plain ones, Google-News ones, and indexes of them (sitemaps.org/protocol)."""

from __future__ import annotations

import zlib
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

from dateutil import parser as dates
from lxml import etree

from crawler.discovery.feed import root_name
from crawler.discovery.found import Found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model import Page

MAX_BYTES = 50 * 1024 * 1024
"""The protocol's own limit for one sitemap, uncompressed."""


def read_sitemap(page: Page) -> list[Found]:
    """Return what the sitemap *page* names: articles, or the sitemaps of an index.

    ``changed_at`` is the news publication date where there is one, else ``lastmod``. A ``.xml.gz`` file is unpacked.
    Broken XML is read as far as it goes; an empty list means that it is no sitemap.
    """
    return list(dict.fromkeys(_entries(page)))


def is_sitemap(page: Page) -> bool:
    """Return whether *page* looks like a sitemap, by its first bytes and not by what the server calls it.

    A text of nothing but addresses is one, too.
    """
    start = _unpacked(page.payload, 4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        return root_name(start) in {"urlset", "sitemapindex"}
    lines = start.splitlines()[:20]
    return bool(lines) and all(
        line.startswith((b"http://", b"https://")) and b" " not in line for line in lines
    )


def wanted(found: Found, *, since: datetime | None, until: datetime | None = None) -> bool:
    """Return whether *found* lies in the time asked for; what has no date does.

    A sitemap that was changed lately may hold what is old, so only its being unchanged since says something.
    """
    if found.changed_at is None:
        return True
    if found.kind == "sitemap":
        return since is None or found.changed_at >= since
    return (since is None or found.changed_at >= since) and (until is None or found.changed_at < until)


def _entries(page: Page) -> Iterator[Found]:
    seen_root = False
    parser = etree.iterparse(
        BytesIO(_unpacked(page.payload)),
        events=("end",),
        recover=True,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )
    for element in _elements(parser):
        name = _name(element)
        if name not in {"url", "sitemap"}:
            continue
        seen_root = True
        values = {_name(child): _text(child) for child in element.iter()}
        element.clear()
        if url := values.get("loc"):
            yield Found(
                url=urldefrag(urljoin(page.url, url)).url,
                how="sitemap",
                kind="sitemap" if name == "sitemap" else "article",
                title=values.get("title") or None,
                changed_at=_date(values.get("publication_date") or values.get("lastmod")),
            )
    if not seen_root:
        yield from _plain_text(page)


def _name(element: etree._Element) -> str:
    """Return an element's local name; empty for comments and the like. What is no name in XML may stand in a broken file."""
    return element.tag.rpartition("}")[2].rpartition(":")[2] if isinstance(element.tag, str) else ""


def _text(element: etree._Element) -> str:
    """Return an element's own text, around entities that nobody has defined."""
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _elements(parser: etree.iterparse) -> Iterator[etree._Element]:
    """Yield finished elements up to where even a forgiving parser gives up."""
    try:
        for _, element in parser:
            yield element
    except etree.XMLSyntaxError:
        return


def _plain_text(page: Page) -> Iterator[Found]:
    """Read the protocol's text form: one URL a line."""
    for line in page.payload[:MAX_BYTES].splitlines():
        url = line.strip().decode("utf-8", "replace")
        if url.startswith(("http://", "https://")) and " " not in url:
            yield Found(url=urldefrag(url).url, how="sitemap")


def _unpacked(payload: bytes, limit: int = MAX_BYTES) -> bytes:
    """Return at most *limit* bytes of a payload that may be packed: a bomb costs no more than a sitemap may hold."""
    if payload[:2] != b"\x1f\x8b":
        return payload[:limit]
    pieces: list[bytes] = []
    left, rest = limit, payload
    while left > 0 and rest[:2] == b"\x1f\x8b":
        member = zlib.decompressobj(wbits=31)
        try:
            pieces.append(member.decompress(rest, left))
        except zlib.error:
            break
        left -= len(pieces[-1])
        rest = member.unused_data
    return b"".join(pieces)


def _date(value: str | None) -> datetime | None:
    """Return a W3C date as aware UTC; a date without time counts from its first minute, in UTC."""
    try:
        at = dates.isoparse(value) if value else None
    except (ValueError, OverflowError):
        return None
    if at is None:
        return None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
