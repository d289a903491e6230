"""A long read on three pages: all are captured from the first on, and read as one."""

import json

import pytest

from crawler.newsroom.responses import Response
from tests.conftest import run

SENTENCE = "The harbour office said on Monday that the wall had held through the night, and that nobody was hurt at all. "


@pytest.fixture(scope="module")
def paged(newsroom, tmp_path_factory):
    """Return an archive into which only the first page's address was given, and that address."""
    home = newsroom.sites[1]
    first = f"{home}2026/03/01/the-long-read"

    def page(number):
        links = "".join(
            f"<a href='{first}{'' if n == 1 else f'?page={n}'}'>{n}</a> " for n in (1, 2, 3) if n != number
        )
        text = "".join(f"<p>Page {number}, paragraph {n}. {SENTENCE * 2}</p>" for n in range(4))
        return (
            f"<!doctype html><html lang=en><title>The long read | Gazette</title><meta property='og:type' content='article'>"
            f"<article><h1>The long read</h1><p class='byline'>By Mara Ellison</p><time datetime='2026-03-01T08:00:00Z'>1 March 2026</time>"
            f"{text}</article><nav class='pagination'>Page {number} of 3: {links}</nav>"
        )

    for number in (1, 2, 3):
        url = first if number == 1 else f"{first}?page={number}"
        newsroom.override(url, Response(body=page(number).encode(), validators=False))
    archive = tmp_path_factory.mktemp("paged") / "archive"
    (archive.parent / "urls.txt").write_text(f"{first}\n")
    run(archive, "crawl", "--urls", str(archive.parent / "urls.txt"), "--set", "requisites.fetch=false")
    return archive, first


def test_the_pages_behind_the_first_are_captured_and_read_together(paged):
    archive, first = paged
    shown = json.loads(run(archive, "--json", "show", first))
    assert [page["number"] for page in shown["pages"]] == [1, 2, 3]
    assert [page["url"] for page in shown["pages"]] == [first, f"{first}?page=2", f"{first}?page=3"]
    assert all(page["captured_at"] for page in shown["pages"])
    for page in shown["pages"]:
        assert page["body"].count(f"Page {page['number']}, paragraph") == 4


def test_the_whole_is_printed_with_where_each_page_comes_from(paged):
    archive, first = paged
    whole = run(archive, "show", f"{first}?page=2", "--whole")
    places = [whole.index(f"[Page {n}: {first}") for n in (1, 2, 3)]
    assert places == sorted(places)
    assert whole.count("paragraph ") == 12
    assert "no page ever showed them as one text" in " ".join(whole.split())


def test_whole_goes_with_no_other_choice(paged):
    run(paged[0], "show", paged[1], "--whole", "--version", "1", expect=2)
