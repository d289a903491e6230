"""A person opens captures in a real browser: the page looks as it did then, and nothing is asked of the live web."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from archive.replay.server import ReplayServer
from tests.archive.replay import small_archive as herald

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.chromium


@pytest.fixture(scope="module")
def stun() -> Iterator[socket.socket]:
    """Yield a UDP socket that a page asks for its address, as WebRTC does."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.settimeout(0.1)
        yield listener


@pytest.fixture(scope="module")
def replay(replay_environment: Path, tmp_path_factory, stun: socket.socket) -> Iterator[ReplayServer]:
    """Yield a server that replays the small archive."""
    folder = tmp_path_factory.mktemp("herald")
    records = herald.make_archive(folder, stun_port=stun.getsockname()[1])
    with ReplayServer(folder, environment=replay_environment, captures=lambda: records) as server:
        yield server


def _keep_picture(window, name: str) -> None:
    """Save a screenshot where TEARSHEET_SCREENSHOTS says, for people to look at."""
    folder = os.environ.get("TEARSHEET_SCREENSHOTS")
    if folder:
        window.page.screenshot(path=f"{folder}/{name}.png")


@pytest.mark.parametrize(
    ("at", "headline"),
    [
        (herald.FIRST, herald.FIRST_HEADLINE),
        (herald.EDITED, herald.EDITED_HEADLINE),
        (herald.SAME_AGAIN, herald.EDITED_HEADLINE),  # a revisit with the same payload
        (herald.NOT_MODIFIED, herald.EDITED_HEADLINE),  # a revisit for a 304
        (None, herald.EDITED_HEADLINE),
    ],
)
def test_a_page_opens_as_it_was_at_the_chosen_time(replay, window_on, at, headline):
    with window_on(replay.home) as window:
        window.open(replay.url_for(herald.HARBOUR, at))
        page = window.archived

        assert page.text_content("h1") == headline
        assert page.eval_on_selector("#lead", "image => image.decode().then(() => image.naturalWidth)") in {
            320,
            640,
        }
        assert page.eval_on_selector("h1", "h1 => getComputedStyle(h1).color") == herald.COLOUR
        assert page.evaluate("document.fonts.ready.then(fonts => [...fonts].map(font => font.status))") == [
            "loaded"
        ]
        assert "paper.png" in page.eval_on_selector("body", "body => getComputedStyle(body).backgroundImage")
        assert page.text_content("#script") == "a script ran"
        window.page.wait_for_timeout(500)
        _keep_picture(window, f"harbour-{at:%Y%m%d}" if at else "harbour-newest")
        assert window.leaks == []


def test_links_lead_to_captures_of_other_sites_and_never_to_the_live_web(replay, window_on):
    with window_on(replay.home) as window:
        window.open(replay.url_for(herald.HARBOUR, herald.FIRST))
        window.archived.click("#away")
        window.archived.wait_for_selector("text=Tide tables")
        window.page.go_back()
        window.archived.click("#gone")
        window.archived.wait_for_selector("text=URL Not Found")
        _keep_picture(window, "not-captured")
        assert window.leaks == []


def test_a_redirect_is_followed_inside_the_archive(replay, window_on):
    with window_on(replay.home) as window:
        window.open(replay.url_for(herald.MOVED, herald.FIRST))
        window.archived.wait_for_selector(f"text={herald.FIRST_HEADLINE}")
        assert window.leaks == []


def test_the_start_page_leads_to_sites_pages_and_all_captures_of_an_address(replay, window_on):
    with window_on(replay.home) as window:
        window.open(replay.home)
        _keep_picture(window, "start-page")
        window.page.click("text=gazette.example")
        window.archived.wait_for_selector("text=Tide tables")
        window.open(replay.home)
        window.page.fill("#url", herald.HARBOUR)
        window.page.click("button")
        window.page.wait_for_url("**/archive/*/**")
        window.page.wait_for_selector("text=4 captures")
        _keep_picture(window, "all-captures")
        assert window.leaks == []


def test_a_raw_capture_shows_its_source_and_runs_nothing(replay, window_on):
    with window_on(replay.home) as window:
        window.open(replay.url_for(herald.HARBOUR, herald.FIRST, raw=True))
        assert "<h1>Harbour wall holds</h1>" in window.page.text_content("body")
        assert window.leaks == []


def test_a_hostile_page_reaches_nobody(replay, window_on, stun):
    with window_on(replay.home) as window:
        window.open(replay.url_for(herald.hostile_url("together"), herald.FIRST))
        window.archived.wait_for_selector("body[data-failed]")
        window.page.wait_for_timeout(1500)
        assert window.leaks == []
        assert _datagrams(stun) == []


@pytest.mark.parametrize("departure", herald.DEPARTURES)
def test_a_hostile_page_cannot_take_the_reader_away(replay, window_on, departure):
    with window_on(replay.home) as window:
        window.page.goto(replay.url_for(herald.hostile_url(departure), herald.FIRST), wait_until="load")
        window.page.wait_for_timeout(1000)
        assert window.leaks == []
        assert [page.url for page in window.page.context.pages if not page.url.startswith(replay.home)] == []


def _datagrams(listener: socket.socket) -> list[bytes]:
    try:
        return [listener.recv(2048)]
    except TimeoutError:
        return []
