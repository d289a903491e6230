from __future__ import annotations

import pytest

from crawler.candidates import is_candidate
from tests.archive.index.cases import capture


@pytest.mark.parametrize(
    ("url", "fields", "wanted"),
    [
        ("https://a.example/x", {}, True),
        ("https://a.example/x", {"mime": "application/xhtml+xml"}, True),
        ("https://a.example/x", {"mime": None}, True),
        ("https://a.example/robots.txt", {}, False),
        ("https://a.example/feed", {"mime": "application/rss+xml"}, False),
        ("https://a.example/x", {"mime": "text/plain"}, False),
        ("https://a.example/x", {"mime": "application/json"}, False),
        ("https://a.example/x", {"mime": "image/png"}, False),
        ("https://a.example/x", {"status": 404}, False),
        ("https://a.example/x", {"truncated": "disconnect"}, False),
        (
            "https://www.israelnationalnews.com/Generic/NewAPI/Item?type=0&Item=1",
            {"mime": "application/json"},
            True,
        ),
    ],
)
def test_only_whole_pages_and_named_apis_are_read(url, fields, wanted):
    assert is_candidate(capture(0, url, **fields)) is wanted
