from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.model import Page
from crawler.discovery.past import date_archive, is_all_before, is_in_span, next_page
from crawler.extraction.document import Document
from crawler.profiles.records import DateArchive

HERE = "https://a.example/news"


def page(body: str, url: str = HERE) -> Document:
    html = f"<html><body>{body}</body></html>".encode()
    return Document(Page(url=url, captured_at=datetime(2026, 11, 23, tzinfo=UTC), headers=(), payload=html))


@pytest.mark.parametrize(
    ("body", "url", "found"),
    [
        ('<a rel="next" href="?offset=20">older</a>', HERE, "https://a.example/news?offset=20"),
        ('<a href="?page=3">3</a><a href="?page=2">2</a>', HERE, "https://a.example/news?page=2"),
        ('<a href="/news?page=2">2</a><a href="/news?page=4">4</a>', HERE + "?page=3", "https://a.example/news?page=4"),
        ('<a href="/news/page/2/">older</a>', HERE, "https://a.example/news/page/2/"),
        ('<a href="/news/page/2/">newer</a><a href="/news/page/4/">older</a>', HERE + "/page/3/", "https://a.example/news/page/4/"),
        ('<a href="/sport?page=2">sport</a>', HERE, None),
        ('<a href="/news?page=3">3</a>', HERE, None),
        ("", HERE, None),
    ],
)  # fmt: skip
def test_the_next_page_is_found_by_relation_or_number(body, url, found):
    assert next_page(page(body, url)) == found


def test_a_profile_says_better_where_the_next_page_is():
    document = page('<a class="older" href="/archiv/x">older</a><a rel="next" href="/wrong">n</a>')
    assert next_page(document, "descendant-or-self::a[@class='older']") == "https://a.example/archiv/x"


@pytest.mark.parametrize(
    ("paths", "url"),
    [
        (["/2026/11/23/"], "https://a.example/{year}/{month:02}/{day:02}/"),
        (["/archiv/2026-11", "/archiv/2026-11-09"], "https://a.example/archiv/{year}-{month:02}-{day:02}"),
        (["/archive/2026/3/index.html"], "https://a.example/archive/{year}/{month}/index.html"),
        (["/2026/11/23/storm", "/about"], None),
    ],
)
def test_an_archive_by_date_is_known_by_one_link(paths, url):
    archive = date_archive(page("".join(f'<a href="{path}">x</a>' for path in paths)).links())
    assert (archive.url if archive else None) == url


def test_the_pages_of_an_archive_come_newest_first_and_once():
    by_month = DateArchive(url="https://a.example/{year}/{month:02}/", first=date(2026, 9, 1))
    pages = by_month.pages(date(2019, 1, 1), date(2026, 11, 2))
    assert pages == [f"https://a.example/2026/{month}/" for month in ("11", "10", "09")]
    assert (
        len(
            DateArchive(url="https://a.example/{year}{month:02}{day:02}").pages(
                date(2026, 1, 1), date(2026, 12, 31)
            )
        )
        == 365
    )
    assert by_month.pages(date(2026, 11, 2), date(2026, 11, 1)) == []


def test_the_date_in_an_address_says_whether_it_lies_in_the_span():
    assert is_in_span("https://a.example/2019/03/05/x", date(2019, 3, 5), date(2019, 3, 6))
    assert is_in_span("https://a.example/2019/03/x", date(2019, 3, 20), None)
    assert not is_in_span("https://a.example/2019/03/06/x", None, date(2019, 3, 6))
    assert not is_in_span("https://a.example/2019/02/x", date(2019, 3, 1), None)
    assert is_in_span("https://a.example/undated", date(2019, 3, 1), date(2019, 3, 2))
    assert is_all_before(["https://a.example/2018/03/06/x", "https://a.example/y"], date(2019, 1, 1))
    assert not is_all_before(["https://a.example/y"], date(2019, 1, 1))
