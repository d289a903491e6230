"""The completeness ledger of a real crawl, against what the newsroom knows of itself."""

from __future__ import annotations

import json

import pytest

from archive.index.store import Index
from crawler.newsroom.responses import Response

pytestmark = pytest.mark.xdist_group("journeys")


def test_everything_the_newsroom_has_is_expected_and_captured(first_crawl, newsroom):
    with Index.open(first_crawl.archive / "index.db", read_only=True) as index:
        days, missing = index.ledger(), index.missing()
    # One article stands in the packed sitemap of the past only; that is no part of what a day was expected to bring.
    truth = {
        outlet.host: sum(
            one.outlet == outlet.key and "archive-only" not in one.cases for one in newsroom.articles(1)
        )
        for outlet in newsroom.outlets
    }
    assert {day.site: day.expected for day in days} == truth
    assert {day.site: day.captured for day in days} == truth
    assert missing == []


def test_what_fails_and_what_a_limit_cuts_off_is_named_with_its_reason(newsroom, tmp_path, tearsheet):
    outlet = newsroom.outlets[0]
    own = [
        one.url
        for one in newsroom.articles(1)
        if one.outlet == outlet.key and "archive-only" not in one.cases
    ]
    broken = newsroom.article("clinic-evening-hours").url
    newsroom.override(broken, Response(status=500))
    options = ("crawl.retries=0", "crawl.max_pages_per_site=16", "requisites.fetch=false")
    try:
        settings = [part for option in options for part in ("--set", option)]
        tearsheet(tmp_path / "a", "crawl", newsroom.sites[0], *settings)
    finally:
        newsroom.clear_overrides()
    gaps = [
        json.loads(line)
        for line in tearsheet(tmp_path / "a", "ledger", outlet.host, "--missing", "--json").splitlines()
    ]
    captured = {
        json.loads(line)["url"]
        for line in tearsheet(tmp_path / "a", "search", "--limit", "100", "--json").splitlines()
    }
    assert sorted([*captured, *(gap["url"] for gap in gaps)]) == sorted(own)
    assert {gap["url"]: gap["reason"] for gap in gaps if gap["outcome"] == "failed"} == {broken: "status 500"}
    assert {gap["outcome"] for gap in gaps} == {"failed", "not asked"}
