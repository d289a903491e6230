"""What was crawled is shown again in a real browser, with style and pictures, at the time one asks for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archive.index.store import Index
from archive.replay.server import ReplayServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def replay(replay_environment: Path, second_crawl) -> Iterator[ReplayServer]:
    with ReplayServer(second_crawl.archive, environment=replay_environment) as server:
        yield server


def versions(second_crawl, url):
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        return index.versions(index.article_at(url).id)


def pictures_of(page):
    return page.eval_on_selector_all(
        "main img, article img, td.main img, #main img",
        "images => Promise.all(images.map(image => (image.loading = 'eager', image.decode()).then("
        "() => image.naturalWidth, () => 0)))",
    )


@pytest.mark.parametrize("case", ["silent-edit", "seed-2015", "validators", "windows-1255"])
def test_an_article_opens_as_it_was(replay, window_on, second_crawl, newsroom, case):
    truth = next(article for article in newsroom.articles(1) if case in article.cases)
    first = versions(second_crawl, truth.url)[0]
    with window_on(replay.home) as window:
        window.open(replay.url_for(truth.url, first.provenance.captured_at))
        page = window.archived
        assert page.text_content("h1").strip() == truth.headline
        sizes = pictures_of(page)
        assert len(sizes) >= len(truth.photos)
        assert all(sizes)
        assert page.eval_on_selector_all(
            "link[rel=stylesheet]", "links => links.every(link => link.sheet !== null)"
        )
        if folder := os.environ.get("TEARSHEET_SCREENSHOTS"):
            window.page.screenshot(path=f"{folder}/crawl-{case}.png", full_page=True)
        assert window.leaks == []


def test_what_a_style_sheet_imports_is_there_too(replay, window_on, newsroom):
    truth = next(article for article in newsroom.articles(1) if "silent-edit" in article.cases)
    with window_on(replay.home) as window:
        window.open(replay.url_for(truth.url))
        assert (
            window.archived.eval_on_selector(".menu ul", "list => getComputedStyle(list).listStyleType")
            == "none"
        )
        assert window.leaks == []


def test_both_versions_of_an_edited_article_are_shown_at_their_times(
    replay, window_on, second_crawl, newsroom
):
    truth = next(article for article in newsroom.articles(1) if "silent-edit" in article.cases)
    before, after = versions(second_crawl, truth.url)
    with window_on(replay.home) as window:
        for version in (before, after):
            window.open(replay.url_for(truth.url, version.provenance.captured_at))
            assert window.archived.text_content("h1").strip() == version.content.headline
        assert before.content.headline != after.content.headline
        assert window.leaks == []


def test_a_reader_gets_from_the_front_page_to_an_article_and_stays_in_the_archive(
    replay, window_on, newsroom
):
    with window_on(replay.home) as window:
        window.open(replay.url_for(newsroom.sites[0]))
        window.archived.click("main h2 a, main h3 a, main .lead a")
        window.archived.wait_for_selector("h1")
        assert window.leaks == []
