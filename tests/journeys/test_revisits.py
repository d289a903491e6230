"""Crawls of the sample newsroom at times that tests set: what is asked again, when, and how."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from archive.config import Config
from archive.index.compare import table_contents
from archive.index.store import Index
from crawler import reindex
from crawler.newsroom.responses import Response
from crawler.runs import Run

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


def test_a_section_that_a_sitemap_names_is_left_and_asked_for_as_a_front_a_day_later(
    newsroom, tmp_path, start_tearsheet
):
    home, archive = newsroom.sites[0], tmp_path / "archive"
    section = f"{home}{newsroom.outlets[0].sections[0][0]}/"
    named = f"<url><loc>{section}</loc></url><url><loc>{home}nothing-there</loc></url>"
    newsroom.override(
        "/map.xml",
        Response(
            content_type="application/xml",
            body=f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>'.encode(),
        ),
    )

    def crawl(moment):
        seen = len(newsroom.log)
        process = start_tearsheet(archive, "crawl", f"{home}map.xml", "--clock", moment, *FEW)
        output, words = process.communicate(timeout=60)
        assert process.returncode == 0, words
        paths = [entry.path for entry in newsroom.log[seen:]]
        return urlsplit(section).path in paths, "/nothing-there" in paths, json.loads(output)["counts"]

    try:
        first, soon, later = (
            crawl(moment) for moment in ("2026-12-01T06:00Z", "2026-12-01T06:20Z", "2026-12-02T07:00Z")
        )
    finally:
        newsroom.clear_overrides()
    assert first[:2] == (True, True)
    assert (soon[:2], soon[2]["left-as-no-article"]) == ((False, False), 2)
    assert later[:2] == (True, True)
    with Index.open(archive / "index.db", read_only=True) as index:
        positions = index.rows("select captured_at from v_front_positions where front = ?", (section,))
    assert {row["captured_at"][:10] for row in positions} == {"2026-12-01", "2026-12-02"}


def test_section_fronts_are_captured_in_each_run(newsroom, tmp_path, tearsheet):
    outlet, sections = newsroom.outlets[0], []
    for moment in ("2026-12-01T06:00Z", "2026-12-01T06:10Z"):
        seen = len(newsroom.log)
        tearsheet(
            tmp_path / "archive",
            "crawl",
            f"{outlet.base}/",
            "--clock",
            moment,
            "--set",
            "requisites.fetch=false",
        )
        asked = {entry.path for entry in newsroom.log[seen:]}
        sections.append({key for key, _ in outlet.sections if outlet.section_path(key) in asked})
    assert sections[0] == sections[1] != set()
