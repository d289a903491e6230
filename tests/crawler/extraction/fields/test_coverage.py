"""Until when a live blog says that it goes on."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from archive.model import Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document

MICRODATA = """<div itemscope itemtype="https://schema.org/LiveBlogPosting"><h1 itemprop="headline">Election night</h1>
<meta itemprop="coverageEndTime" content="2026-11-27T02:00:00Z"></div>"""


def covered_until(markup):
    text = "".join(
        f"<p>The count went on in the hall, and nobody left before the end of it, row {n}.</p>"
        for n in range(9)
    )
    payload = f"<html lang='en'><body>{markup}<article><h1>Election night</h1>{text}</article></body></html>"
    page = Page(
        url="https://a.example/live/1",
        captured_at=datetime(2026, 11, 27, tzinfo=UTC),
        headers=(("Content-Type", "text/html"),),
        payload=payload.encode(),
    )
    return extract_article(Document(page, None)).covered_until


def json_ld(**more):
    item = {"@type": "LiveBlogPosting", "headline": "Election night", "datePublished": "2026-11-26T18:00:00Z"}
    return f'<script type="application/ld+json">{json.dumps(item | more)}</script>'


@pytest.mark.parametrize(
    ("markup", "end"),
    [
        (json_ld(coverageEndTime="2026-11-27T02:00:00+01:00"), "2026-11-27T02:00:00+01:00"),
        (json_ld(coverageEndTime="2026-11-27"), "2026-11-27"),
        (json_ld(coverageEndTime="soon"), None),
        (json_ld(), None),
        (MICRODATA, "2026-11-27T02:00:00Z"),
    ],
)
def test_the_end_of_coverage_is_read_as_a_date(markup, end):
    found = covered_until(markup)
    if end is None or len(end) < 11:
        assert found == end
    else:
        assert datetime.fromisoformat(found) == datetime.fromisoformat(end)
