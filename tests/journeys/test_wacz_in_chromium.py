"""A WACZ file that was handed on is all one needs: its pages open in a real browser, with style and pictures.

The player here is our own replay, on an archive made of the file. ReplayWeb.page has to be fetched first:
tests/bench/check_wacz_in_replayweb.py tries that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from archive.index.store import Index
from archive.replay.server import ReplayServer
from tests.conftest import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def truth(newsroom):
    """Return an article that was edited between the two crawls, as it was."""
    return next(article for article in newsroom.articles(1) if "silent-edit" in article.cases)


@pytest.fixture(scope="module")
def handed_on(second_crawl, truth, tmp_path_factory) -> Path:
    """Return an archive made of a WACZ file with that article alone."""
    folder = tmp_path_factory.mktemp("handed-on")
    file = folder / "article.wacz"
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        query = f'headline:"{index.article_at(truth.url).content.headline}"'
    run(second_crawl.archive, "export", "--format", "wacz", "--output", str(file), query)
    run(folder / "archive", "reindex", "--from", str(file))
    return folder / "archive"


@pytest.fixture(scope="module")
def replay(replay_environment: Path, handed_on) -> Iterator[ReplayServer]:
    with ReplayServer(handed_on, environment=replay_environment) as server:
        yield server


def test_both_versions_show_with_all_that_belongs_to_them(replay, window_on, handed_on, truth):
    with Index.open(handed_on / "index.db", read_only=True) as index:
        versions = index.versions(index.article_at(truth.url).id)
    assert len(versions) == 2
    with window_on(replay.home) as window:
        for version in versions:
            window.open(replay.url_for(truth.url, version.provenance.captured_at))
            page = window.archived
            assert page.text_content("h1").strip() == version.content.headline
            widths = page.eval_on_selector_all(
                "img",
                "images => Promise.all(images.map(image => (image.loading = 'eager', image.decode())"
                ".then(() => image.naturalWidth, () => 0)))",
            )
            assert len(widths) >= len(truth.photos)
            assert all(widths)
            sheets = page.eval_on_selector_all(
                "link[rel=stylesheet]", "links => links.map(link => link.sheet !== null)"
            )
            assert sheets
            assert all(sheets)
            # what the style sheet imports
            assert page.eval_on_selector(".menu ul", "list => getComputedStyle(list).listStyleType") == "none"
        assert window.leaks == []
