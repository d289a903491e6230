"""Reads what the crawler knows about a download out of ``request.meta``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.model import FetchNotes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request

LEFT_IN_META = ("capture", "capture_head", "page", "sent_at")
"""What a download leaves in ``request.meta``: the record, the raw head and, of a page, the page; and when the request was
put on the wire, on the monotonic clock."""
_BY_ITSELF = "archive_only_by_itself"


def leave_without_body(request: Request) -> None:
    """Note in *request* that its response comes without the body that was archived, though nobody asked for that."""
    request.meta.update({"archive_only": True, _BY_ITSELF: True})


def forget_last_download(request: Request) -> None:
    """Take out of *request* what the download before left in its meta: retries and redirects carry it on."""
    for key in LEFT_IN_META:
        request.meta.pop(key, None)
    if request.meta.pop(_BY_ITSELF, False):
        request.meta.pop("archive_only", None)


def fetch_notes(url: str, meta: Mapping[str, Any]) -> FetchNotes:
    """Return the notes for a download of *url* whose request carries *meta*.

    Scrapy copies ``meta`` when it follows a redirect: the redirecting URL then is where this one was found,
    and what the first request revalidated says nothing about the second.
    Scrapy's own robots.txt requests carry no ``discovery``; their path tells.

    >>> fetch_notes("https://a.example/2", {"discovery": "feed", "redirect_urls": ["https://a.example/1"]})
    ... # doctest: +ELLIPSIS
    FetchNotes(via='https://a.example/1', discovery='redirect', ...)
    """
    redirects = meta.get("redirect_urls")
    said = ("robots", "robots_record", "tdm_reservation", "tdmrep_record")
    robots: dict[str, Any] = {name: meta.get(name) for name in said}
    if redirects:
        return FetchNotes(via=redirects[-1], discovery="redirect", **robots)
    discovery = meta.get("discovery")
    if discovery is None and urlsplit(url).path == "/robots.txt":
        discovery = "robots"
    return FetchNotes(via=meta.get("via"), discovery=discovery, revalidates=meta.get("revalidates"), **robots)
