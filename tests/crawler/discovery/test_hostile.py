"""Feeds and sitemaps that are broken, or made to hurt: an answer comes soon, in bounded memory, and never as an exception."""

from __future__ import annotations

import gzip
import tracemalloc
from datetime import UTC, datetime
from random import Random
from time import process_time

import pytest

from archive.model import Page
from crawler.discovery.listing import read_listing
from crawler.discovery.sitemap import MAX_BYTES

LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip
ITEM = b"<item><title>%s</title><link>https://a.example/1</link></item>"
RSS = b"<rss version='2.0'><channel>" + ITEM % b"One" + b"</channel></rss>"
URLSET = b"<urlset><url><loc>https://a.example/1</loc></url></urlset>"


def page(payload: bytes, content_type: str = "application/xml") -> Page:
    return Page(
        url="https://a.example/x.xml", captured_at=datetime(2026, 11, 23, tzinfo=UTC), headers=(("Content-Type", content_type),), payload=payload,
    )  # fmt: skip


def named(payload: bytes, content_type: str = "application/xml") -> list[str] | None:
    read = read_listing(page(payload, content_type))
    return None if read is None else [found.url for found in read.found]


@pytest.mark.parametrize(
    "payload",
    [
        LAUGHS + b"<rss version='2.0'><channel>" + ITEM % b"&j;" + b"</channel></rss>",
        LAUGHS + b"<urlset><url><loc>https://a.example/&j;</loc></url><url><loc>https://a.example/1</loc></url></urlset>",
        b"<!DOCTYPE rss SYSTEM 'file:///etc/passwd'>" + RSS,
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>https://a.example/&e;</loc></url></urlset>",
        gzip.compress(b"<urlset>" + b" " * (2 * MAX_BYTES), 9, mtime=0),
        b"<urlset>" + b"<a>" * 200_000,
        b"<rss><channel>" + b"<item>" * 100_000,
        b"<rss" + b" x" * 100_000,
        b"<!--" * 100_000,
        b"<rss>" + b"<!--" * 100_000,
        b"<rss>" + b"<![CDATA[" * 100_000,
        b"<rss><channel>" + b"<a>" * 50_000,
        b'{"version": "https://jsonfeed.org/version/1.1", "items": ' + b"[" * 100_000,
    ],
    ids=["laughing-rss", "laughing-sitemap", "outside-dtd", "outside-entity", "bomb", "deep-sitemap", "deep-rss", "attributes", "comments", "comments-in-rss", "cdata", "deep-anything", "deep-json"],
)  # fmt: skip
def test_a_hostile_one_costs_little(payload):
    tracemalloc.start()
    began = process_time()
    urls = named(payload) or []
    seconds, (_, peak) = process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 10
    assert peak < 6 * MAX_BYTES
    assert not any("root:" in url or len(url) > 100_000 for url in urls)


@pytest.mark.parametrize(
    ("payload", "content_type"),
    [
        (RSS.replace(b"One", "Ölé".encode("latin-1")), "application/xml"),
        (b"<?xml version='1.0' encoding='utf-8'?>" + RSS.replace(b"One", b"\xff\xfe"), "application/rss+xml"),
        (b"<?xml version='1.0' encoding='no-such-code'?>" + RSS, "text/xml; charset=utf-9"),
        (("\ufeff<?xml version='1.0' encoding='utf-16'?>" + RSS.decode()).encode("utf-16-le"), "text/xml"),
        (b"\n\n  " + RSS, "text/html"),
        (RSS[:-20], "application/xml"),
        (URLSET[:-9], "application/xml"),
        (URLSET.replace(b"<loc>", b"<loc>&nbsp;&undefined;"), "application/xml"),
        (("\ufeff" + URLSET.decode()).encode("utf-16-le"), "application/xml"),
        (gzip.compress(URLSET, mtime=0) + b"junk", "application/gzip"),
    ],
)
def test_a_faulty_one_is_read_as_far_as_it_goes(payload, content_type):
    assert "https://a.example/1" in " ".join(named(payload, content_type) or [])


def test_no_mutilation_raises():
    dice = Random(7)
    for source in (RSS, URLSET, gzip.compress(URLSET, mtime=0), LAUGHS + RSS):
        for _ in range(150):
            payload = bytearray(source)
            for _ in range(dice.randrange(1, 6)):
                place = dice.randrange(len(payload))
                payload[place : place + dice.randrange(4)] = dice.randbytes(dice.randrange(4))
            named(bytes(payload))
