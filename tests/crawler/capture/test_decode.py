from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy.settings import Settings

from archive.model import Place, Record
from crawler.capture.decode import DecodeContent

URL = "https://a.example/page"
HTML = "<p>Grüße</p>".encode()


class WithSettings:
    """What ``from_crawler`` reads of a crawler."""

    def __init__(self, **settings):
        self.settings = Settings(settings)


def archived(headers, body, *, mime="text/html", status=200, meta=None):
    """Return a request and its response as the capturing handler leaves them."""
    head = b"HTTP/1.1 200 OK\r\n" + b"".join(b"%b: %b\r\n" % pair for pair in headers.items()) + b"\r\n"
    record = Record(
        record_type="response",
        record_id="urn:uuid:1",
        target_uri=URL,
        captured_at=datetime(2026, 1, 2, tzinfo=UTC),
        place=Place(file="a.warc.gz", offset=0, length=1),
        mime=mime,
        status=status,
    )
    request = Request(URL, meta={"capture": record, "capture_head": head, **(meta or {})})
    return request, Response(URL, status=status, headers=headers, body=body, request=request)


def decoded(request, response, limit=1 << 20):
    return DecodeContent.from_crawler(WithSettings(DOWNLOAD_MAXSIZE=limit)).process_response(
        request, response
    )


def test_gzip_is_asked_for_and_nothing_else():
    request = Request(URL, headers={"Accept-Encoding": "br, zstd"})

    DecodeContent(0).process_request(request)

    assert request.headers.getlist("Accept-Encoding") == [b"gzip"]


def test_a_page_comes_decoded_and_is_in_the_meta():
    request, response = archived(
        {b"Content-Type": b"text/html; charset=utf-8", b"Content-Encoding": b"gzip"}, gzip.compress(HTML)
    )

    result = decoded(request, response)

    assert isinstance(result, HtmlResponse)
    assert result.text == HTML.decode()
    assert "Content-Encoding" not in result.headers
    page = request.meta["page"]
    assert (page.url, page.payload, page.captured_at) == (URL, HTML, request.meta["capture"].captured_at)
    assert page.header("content-encoding") == "gzip"


def test_other_media_types_are_decoded_but_are_no_pages():
    request, response = archived(
        {b"Content-Type": b"text/css", b"Content-Encoding": b"gzip"}, gzip.compress(b"p {}"), mime="text/css"
    )

    result = decoded(request, response)

    assert isinstance(result, TextResponse)
    assert result.body == b"p {}"
    assert "Content-Encoding" not in result.headers
    assert "page" not in request.meta


def test_an_error_page_is_decoded_but_is_no_page():
    request, response = archived(
        {b"Content-Type": b"text/html", b"Content-Encoding": b"gzip"}, gzip.compress(HTML), status=404
    )

    assert decoded(request, response).body == HTML
    assert "page" not in request.meta


def test_a_lying_content_encoding_leaves_the_bytes():
    request, response = archived({b"Content-Type": b"text/html", b"Content-Encoding": b"gzip"}, HTML)

    result = decoded(request, response)

    assert result.body == HTML
    assert "Content-Encoding" not in result.headers


@pytest.mark.parametrize(
    ("meta", "size"), [({}, 1000), ({"download_maxsize": 500}, 500), ({"download_maxsize": 0}, 90_000)]
)
def test_a_bomb_is_cut_at_the_largest_download(meta, size):
    request, response = archived(
        {b"Content-Type": b"text/html", b"Content-Encoding": b"gzip"}, gzip.compress(bytes(90_000)), meta=meta
    )

    assert len(decoded(request, response, limit=1000).body) == size


@pytest.mark.parametrize("headers", [{b"Content-Type": b"image/png"}, {}])
def test_what_is_neither_coded_nor_a_page_passes_untouched(headers):
    request, response = archived(headers, b"\x89PNG", mime="image/png")

    assert decoded(request, response) is response
    assert "page" not in request.meta


def test_what_did_not_come_from_the_capture_passes_untouched():
    response = Response(URL, headers={b"Content-Encoding": b"gzip"}, body=gzip.compress(HTML))

    assert decoded(Request(URL), response) is response


def test_a_body_that_was_archived_only_makes_no_page():
    request, response = archived({b"Content-Type": b"text/html"}, b"", meta={"archive_only": True})

    assert decoded(request, response) is response
    assert "page" not in request.meta
