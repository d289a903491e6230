"""The desk's own replay in a real browser: pages look as they did, nothing in them runs, nothing is asked of anybody else."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.replay.addresses import DOCUMENT, path_to
from archive.web.serving import Desk
from tests.archive.replay import small_archive as herald
from tests.archive.web.conftest import desk

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["desk"]
pytestmark = pytest.mark.chromium
CAPTURES = 20
"""Of the newsroom, opened one after another."""


@pytest.fixture(scope="module")
def herald_desk(tmp_path_factory) -> Iterator[Desk]:
    folder = ArchiveFolder(tmp_path_factory.mktemp("own-herald"))
    with Index.open(folder.index) as index:
        for record in herald.make_archive(folder.path):
            index.add_record(record)
    with Desk(folder) as opened:
        yield opened


def pages_of(archive) -> list[str]:
    with Index.open(archive / "index.db", read_only=True) as index:
        rows = index.rows(
            "select c.target_uri, c.captured_at from readings r join captures c on c.id = r.capture_id"
            " order by r.article_id is null, c.target_uri, c.captured_at"
        )
    from archive.times import parse_warc_date

    step = max(1, len(rows) // CAPTURES)
    return [path_to(row["target_uri"], parse_warc_date(row["captured_at"])) for row in rows[::step]]


def test_nothing_leaves_the_archive_over_many_captures(desk, second_crawl, window_on):
    paths = pages_of(second_crawl.archive)
    assert len(paths) >= 20
    with window_on(desk.replay_origin) as window:
        for path in paths:
            window.page.goto(desk.replay_origin + path)
            assert window.archived.evaluate("document.body.innerText.length") > 20, path
        window.page.wait_for_load_state("networkidle")
        assert window.leaks == []
        assert len(window.requests) > len(paths) * 2


@pytest.mark.parametrize(
    ("at", "headline"), [(herald.FIRST, herald.FIRST_HEADLINE), (herald.NOT_MODIFIED, herald.EDITED_HEADLINE)]
)
def test_a_page_has_its_styles_fonts_and_pictures_and_no_scripts(herald_desk, window_on, at, headline):
    with window_on(herald_desk.replay_origin) as window:
        window.open(herald_desk.replay_origin + path_to(herald.HARBOUR, at))
        page = window.archived
        assert page.text_content("h1") == headline
        assert page.eval_on_selector("#lead", "image => image.naturalWidth") in {320, 640}
        assert page.eval_on_selector("h1", "h1 => getComputedStyle(h1).color") == herald.COLOUR
        assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(font => font.status))") == [
            "loaded"
        ]
        assert page.text_content("#script") == "no script ran"
        if folder := os.environ.get("TEARSHEET_SCREENSHOTS"):
            window.page.screenshot(path=f"{folder}/own-replay-{at:%d}.png")
        assert window.leaks == []


def test_links_take_the_whole_window_to_the_next_capture(herald_desk, window_on):
    with window_on(herald_desk.replay_origin) as window:
        window.open(herald_desk.replay_origin + path_to(herald.HARBOUR, herald.FIRST))
        window.archived.click("#away")
        window.page.wait_for_url("**/https://gazette.example/**")
        assert window.archived.text_content("h1") == "Tide tables"
        window.page.go_back()
        window.archived.click("#gone")
        window.page.wait_for_selector("text=Not in the archive")
        assert window.leaks == []


@pytest.mark.parametrize("attempt", ["together", *herald.DEPARTURES])
def test_a_hostile_page_does_nothing(herald_desk, window_on, attempt):
    with window_on(herald_desk.replay_origin) as window:
        window.page.goto(herald_desk.replay_origin + path_to(herald.hostile_url(attempt), herald.FIRST))
        assert window.archived.text_content("h1") == attempt
        assert window.archived.evaluate("document.body.dataset.failed") is None, "no script ran"
        window.page.wait_for_timeout(300)
        assert window.leaks == []
        assert len(window.page.context.pages) == 1
        assert window.page.url.startswith(herald_desk.replay_origin)


def test_an_archived_page_has_no_origin_and_cannot_reach_the_desk(herald_desk, window_on):
    with window_on(herald_desk.replay_origin) as window:
        window.page.goto(herald_desk.replay_origin + path_to(herald.HARBOUR, herald.FIRST, DOCUMENT))
        assert window.page.evaluate("self.origin") == "null"
        reached = window.page.evaluate(
            f"fetch('{herald_desk.origin}/search.json').then(() => 'reached', () => 'refused')"
        )
        assert reached == "refused"
