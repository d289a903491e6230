"""What pages and HTTP heads reserve, and for whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model import Page
from crawler.extraction.document import Document
from crawler.extraction.fields.reservations import read_reservations


def reservations(head=(), headers=()):
    page = Page(
        url="https://a.example/1",
        captured_at=datetime(2026, 11, 27, tzinfo=UTC),
        headers=(("Content-Type", "text/html"), *headers),
        payload=f"<html><head>{''.join(head)}</head><body><p>text</p></body></html>".encode(),
    )
    return read_reservations(Document(page, None))


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("noarchive", ("noarchive",)),
        ("NOINDEX, NoArchive", ("noarchive",)),
        ("tearsheet: noarchive, noai", ("noarchive", "noai")),
        ("robots: noarchive", ("noarchive",)),
        ("googlebot: noarchive", ()),
        ("unavailable_after: 25 Jun 2010 15:00:00 PST, noarchive", ("noarchive",)),
        ("max-snippet:-1", ()),
        ("noindex, nofollow", ()),
        ("", ()),
    ],
)
def test_the_robots_field_of_the_head_is_read_for_us_and_for_all(value, found):
    assert reservations(headers=[("X-Robots-Tag", value)]) == found


def test_a_second_field_counts_too():
    assert reservations(headers=[("x-robots-tag", "noindex"), ("X-Robots-Tag", "noarchive")]) == (
        "noarchive",
    )


@pytest.mark.parametrize(
    ("element", "found"),
    [
        ('<meta name="robots" content="index, noarchive">', ("noarchive",)),
        ('<META NAME="ROBOTS" CONTENT="NOARCHIVE">', ("noarchive",)),
        ('<meta name="tearsheet" content="noarchive">', ("noarchive",)),
        ('<meta name="googlebot" content="noarchive">', ()),
        ('<meta name="robots" content="max-image-preview:large">', ()),
        ('<meta name="tdm-reservation" content="1">', ("tdm-reservation",)),
        ('<meta name="tdm-reservation" content="0">', ("tdm-unreserved",)),
    ],
)
def test_meta_elements_are_read(element, found):
    assert reservations([element]) == found


def test_the_head_reserves_mining_as_well():
    assert reservations(headers=[("tdm-reservation", "1"), ("tdm-policy", "https://a.example/tdm.json")]) == (
        "tdm-reservation",
    )
