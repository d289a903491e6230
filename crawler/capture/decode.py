"""The downloader middleware that asks for gzip only, undoes content codings and makes the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from scrapy.responsetypes import responsetypes

from archive.http import PAGE_LIMIT, page_from
from archive.warc.pages import may_be_page

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from archive.model import Record


class DecodeContent:
    """Stands where ``HttpCompressionMiddleware`` stood, so that crawl and re-reading decode with one code.

    A response leaves with its body decoded, as far as it can be, and without Content-Encoding. When it may
    be a page, ``request.meta["page"]`` is what ``archive.http.page_from`` made of it. Responses that did not
    come from the capture (Scrapy's HTTP cache, other handlers) pass untouched.
    """

    def __init__(self, limit: int) -> None:
        """Keep at most *limit* decoded bytes of a body; ``request.meta["download_maxsize"]`` overrides it."""
        self._limit = limit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read the limit from ``DOWNLOAD_MAXSIZE``; 0, Scrapy's "no limit", means the archive's own."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_request(self, request: Request) -> None:
        """Ask for gzip only: players of web archives read no zstd and stumble over deflate and br."""
        request.headers["Accept-Encoding"] = "gzip"

    def process_response(self, request: Request, response: Response) -> Response:
        """Return *response* decoded, and leave the page in ``request.meta``."""
        capture: Record | None = request.meta.get("capture")
        if capture is None or not response.body:
            return response
        is_page = may_be_page(capture)
        if not is_page and "Content-Encoding" not in response.headers:
            return response
        page = page_from(
            url=capture.target_uri or response.url,
            captured_at=capture.captured_at,
            head=request.meta["capture_head"],
            entity=response.body,
            limit=request.meta.get("download_maxsize", self._limit) or PAGE_LIMIT,
        )
        if is_page:
            request.meta["page"] = page
        return _with_body(response, page.payload)


def _with_body(response: Response, body: bytes) -> Response:
    """Return *response* with *body*, in the class that Scrapy gives such a body."""
    if "Content-Encoding" not in response.headers:
        return response
    del response.headers["Content-Encoding"]
    kind = responsetypes.from_args(headers=response.headers, url=response.url, body=body)
    # Not replace(): it would guess the encoding of the packed body first, 3 ms a page.
    return kind(
        url=response.url,
        status=response.status,
        headers=response.headers,
        body=body,
        flags=response.flags,
        request=response.request,
        certificate=response.certificate,
        ip_address=response.ip_address,
        protocol=response.protocol,
    )
