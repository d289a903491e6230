from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model import Page
from crawler.discovery.feed import is_feed, read_feed

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><link>https://a.example/</link>
<item><title>Flood &amp; fire</title><link> https://a.example/x#top </link><pubDate>Mon, 23 Nov 2026 08:00:00 +0200</pubDate>
<enclosure url="https://a.example/logo.png" type="image/png"/></item>
<item><title>No link</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><entry><title>E</title>
<link rel="alternate" href="/news/1"/><updated>2026-11-23T10:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><title>T</title></channel>
<item rdf:about="https://a.example/r"><title>R</title><link>https://a.example/r</link></item></rdf:RDF>"""
JSON = b"""{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "https://a.example/j",
"title": "J", "date_published": "2026-11-23T10:00:00+01:00"}, {"id": "2"}, "odd"]}"""


def feed(payload: bytes) -> Page:
    return Page(
        url="https://a.example/feed",
        captured_at=datetime(2026, 11, 23, tzinfo=UTC),
        headers=(),
        payload=payload,
    )


@pytest.mark.parametrize(
    ("payload", "url", "changed_at"),
    [
        (RSS, "https://a.example/x", datetime(2026, 11, 23, 6, tzinfo=UTC)),
        (ATOM, "https://a.example/news/1", datetime(2026, 11, 23, 10, tzinfo=UTC)),
        (RDF, "https://a.example/r", None),
        (JSON, "https://a.example/j", datetime(2026, 11, 23, 9, tzinfo=UTC)),
    ],
)
def test_every_kind_of_feed_names_its_articles(payload, url, changed_at):
    assert is_feed(feed(payload))
    [found] = read_feed(feed(payload))
    assert (found.url, found.changed_at, found.how) == (url, changed_at, "feed")


@pytest.mark.parametrize(
    "payload", [b"", b"<html><body>no feed</body></html>", b"{", b'{"items": 3}', b"\x00\xff" * 50]
)
def test_what_is_no_feed_names_nothing(payload):
    assert not is_feed(feed(payload))
    assert read_feed(feed(payload)) == []


def test_a_feed_cut_in_the_middle_names_what_stands_before_the_cut():
    assert [found.url for found in read_feed(feed(RSS[: RSS.index(b"<item><title>No")]))] == [
        "https://a.example/x"
    ]
