from __future__ import annotations

import gzip
from datetime import UTC, datetime

from archive.model import Page
from crawler.discovery.found import Found
from crawler.discovery.sitemap import read_sitemap, wanted

NEWS = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://a.example/1</loc><lastmod>2020-01-01</lastmod><news:news><news:publication_date>2026-11-23T09:00:00+01:00</news:publication_date>
<news:title>One</news:title></news:news></url><url><loc>/2</loc><lastmod>2026-11-22</lastmod></url><url><lastmod>2026</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex><sitemap><loc>https://a.example/s1.xml.gz</loc></sitemap></sitemapindex>"""


def sitemap(payload: bytes) -> Page:
    return Page(
        url="https://a.example/sitemap.xml",
        captured_at=datetime(2026, 11, 23, tzinfo=UTC),
        headers=(),
        payload=payload,
    )


def test_news_dates_count_before_lastmod_and_urls_are_absolute():
    first, second = read_sitemap(sitemap(NEWS))
    assert (first.url, first.title, first.changed_at) == (
        "https://a.example/1",
        "One",
        datetime(2026, 11, 23, 8, tzinfo=UTC),
    )
    assert (second.url, second.changed_at) == ("https://a.example/2", datetime(2026, 11, 22, tzinfo=UTC))


def test_an_index_names_sitemaps():
    [found] = read_sitemap(sitemap(INDEX))
    assert (found.kind, found.url) == ("sitemap", "https://a.example/s1.xml.gz")


def test_a_packed_sitemap_is_unpacked():
    assert read_sitemap(sitemap(gzip.compress(NEWS))) == read_sitemap(sitemap(NEWS))


def test_a_torn_packed_sitemap_names_nothing_and_raises_nothing():
    assert read_sitemap(sitemap(gzip.compress(NEWS)[:40])) == []


def test_a_sitemap_cut_in_the_middle_is_read_as_far_as_it_goes():
    assert [found.url for found in read_sitemap(sitemap(NEWS[: NEWS.index(b"<url><loc>/2")]))] == [
        "https://a.example/1"
    ]


def test_a_plain_list_of_urls_is_a_sitemap_too():
    assert [
        found.url for found in read_sitemap(sitemap(b"https://a.example/x\nnot a url\nhttps://a.example/y\n"))
    ] == [
        "https://a.example/x",
        "https://a.example/y",
    ]


def test_wanted_keeps_what_has_no_date_and_what_lies_in_the_time_asked_for():
    since, until = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    inside, outside = datetime(2026, 11, 19, tzinfo=UTC), datetime(2026, 11, 20, tzinfo=UTC)
    assert wanted(Found(url="u", how="sitemap"), since=since, until=until)
    assert wanted(Found(url="u", how="sitemap", changed_at=inside), since=since, until=until)
    assert not wanted(Found(url="u", how="sitemap", changed_at=outside), since=since, until=until)
