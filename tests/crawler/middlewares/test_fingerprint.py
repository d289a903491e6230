from __future__ import annotations

import pytest

from crawler.middlewares.fingerprint import canonical_digest


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/a.png", "https://a.example/a.png?utm_source=x", True),
        ("https://A.example:443/a.png#top", "https://a.example/a.png", True),
        ("https://a.example/a.png?w=1", "https://a.example/a.png?w=2", False),
        ("https://a.example/a.png", "http://a.example/a.png", False),
    ],
)
def test_urls_that_ask_for_the_same_have_one_digest(one, other, same):
    assert (canonical_digest(one) == canonical_digest(other)) is same
