"""The completeness ledger of a real crawl, against what the newsroom knows of itself."""

from __future__ import annotations

from archive.index.store import Index
from crawler.newsroom.responses import Response


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


def test_what_a_limit_cuts_off_and_what_fails_is_named_with_its_reason(newsroom, tmp_path, tearsheet):
    outlet, archive = newsroom.outlets[0], tmp_path / "a"

    def gaps_after(*settings):
        options = [part for setting in settings for part in ("--set", setting)]
        tearsheet(archive, "crawl", newsroom.sites[0], "--set", "requisites.fetch=false", *options)
        with Index.open(archive / "index.db", read_only=True) as index:
            gaps = {gap.url: (gap.outcome, gap.reason) for gap in index.missing(outlet.host)}
            return gaps, {row["url"] for row in index.rows("select url from articles")}

    cut_off, held = gaps_after("crawl.max_pages_per_site=5")
    own = [
        one for one in newsroom.articles(1) if one.outlet == outlet.key and "archive-only" not in one.cases
    ]
    assert set(cut_off.values()) == {("not asked", None)}
    assert sorted([*cut_off, *held]) == sorted(one.url for one in own)

    broken = min(cut_off)
    newsroom.override(broken, Response(status=500))
    try:
        failed, _ = gaps_after("crawl.retries=0")
    finally:
        newsroom.clear_overrides()
    assert failed == {broken: ("failed", "status 500")}
