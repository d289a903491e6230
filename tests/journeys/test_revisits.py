"""Crawls of the sample newsroom at times that tests set: what is asked again, when, and how."""

from __future__ import annotations

import pytest

from archive.config import Config
from archive.index.compare import table_contents
from archive.index.store import Index
from crawler import reindex
from crawler.runs import Run

pytestmark = pytest.mark.xdist_group("sites")

FEW = (
    "--set",
    "crawl.follow_links=false",
    "--set",
    "requisites.fetch=false",
    "--set",
    "crawl.max_pages_per_site=4",
    "--json",
)


@pytest.fixture
def crawl_at(newsroom, tmp_path, tearsheet):
    """Return a function that crawls the first outlet at a time and returns what the outlet saw."""

    def crawl(moment, *options):
        seen = len(newsroom.log)
        tearsheet(tmp_path / "archive", "crawl", newsroom.sites[0], "--clock", moment, *FEW, *options)
        return newsroom.log[seen:]

    return crawl


def test_feeds_are_asked_for_with_conditions_and_once_a_day_without(crawl_at, newsroom, tmp_path):
    feed = newsroom.outlets[0].feed_path
    asked = [
        [(entry.status, "if-none-match" in entry.headers) for entry in crawl_at(moment) if entry.path == feed]
        for moment in ("2026-12-01T06:00Z", "2026-12-01T18:00Z", "2026-12-02T07:00Z")
    ]
    assert asked == [[(200, False)], [(304, True)], [(200, False)]]
    archive = tmp_path / "archive"
    with Index.open(archive / "index.db", read_only=True) as index:
        crawled = table_contents(index)
        assert index.rows("select profile from captures where profile = 'server-not-modified'") != []
    with Index.open(tmp_path / "again.db") as index:
        run = Run(index=index, config=Config())
        reindex.catch_up(run, archive / "warc")
        assert table_contents(index) == crawled
