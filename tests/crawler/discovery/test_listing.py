"""What the ledger expects of sitemaps: news, and the past that was asked for."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.discovery.listing import Past


@pytest.mark.parametrize(
    ("since", "until", "at", "holds"),
    [
        ("2019-01-01", "2019-02-01", "2019-01-15", True),
        ("2019-01-01", "2019-02-01", "2019-02-01", False),
        ("2019-01-01", None, "2026-01-01", True),
        (None, "2019-02-01", "1999-01-01", True),
    ],
)
def test_the_past_that_was_asked_for_is_told_and_read_again(since, until, at, holds):
    since, until, at = (
        datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None for day in (since, until, at)
    )
    past = Past(since, until)
    assert Past.from_fields(dict(past.fields())) == past
    assert past.holds(at) == holds


@pytest.mark.parametrize("fields", [{}, {"askedSince": "soon"}, {"askedSince": "2019-01-01"}])
def test_what_tells_of_no_past_is_none(fields):
    assert Past.from_fields(fields) is None
