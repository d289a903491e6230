"""ReplayWeb.page's engine in a real browser: scripts run, out of the capture's file, and nothing is asked of anybody else.

Runs where TEARSHEET_REPLAYWEB names the folder with sw.js of the npm package replaywebpage; they are under the AGPL
and no part of Tearsheet.
"""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.replay.addresses import FULL, path_to
from archive.web.serving import Desk
from tests.archive.replay import small_archive as herald

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGINE = os.environ.get("TEARSHEET_REPLAYWEB", "")
pytestmark = [
    pytest.mark.chromium,
    pytest.mark.skipif(not ENGINE, reason="TEARSHEET_REPLAYWEB names no folder with ReplayWeb.page's sw.js"),
]


@pytest.fixture(scope="module")
def stun() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        yield listener


@pytest.fixture(scope="module")
def desk(tmp_path_factory, stun) -> Iterator[Desk]:
    folder = ArchiveFolder(tmp_path_factory.mktemp("player-herald")).create()
    settings = folder.path / "tearsheet.toml"
    settings.write_text(f'[replay]\nreplayweb_page = "{ENGINE}"\n')
    with Index.open(folder.index) as index:
        for record in herald.make_archive(folder.path, stun_port=stun.getsockname()[1]):
            index.add_record(record)
    with Desk(folder) as opened:
        yield opened


def open_with_scripts(desk, window, url, at=herald.FIRST):
    window.page.goto(desk.replay_origin + path_to(url, at, FULL), wait_until="load", timeout=30_000)
    return window.archived


def test_a_page_runs_its_scripts_and_asks_nobody_else(desk, window_on):
    with window_on(desk.replay_origin, desk.player_origin) as window:
        page = open_with_scripts(desk, window, herald.HARBOUR)
        page.wait_for_function("document.getElementById('script').textContent === 'a script ran'")
        assert page.text_content("h1") == herald.FIRST_HEADLINE
        assert page.eval_on_selector("#lead", "image => image.decode().then(() => image.naturalWidth)") in {
            320,
            640,
        }
        assert page.eval_on_selector("h1", "h1 => getComputedStyle(h1).color") == herald.COLOUR
        if folder := os.environ.get("TEARSHEET_SCREENSHOTS"):
            window.page.screenshot(path=f"{folder}/player.png")
        assert window.leaks == []


def test_a_later_capture_says_what_it_said_then(desk, window_on):
    with window_on(desk.replay_origin, desk.player_origin) as window:
        page = open_with_scripts(desk, window, herald.HARBOUR, herald.NOT_MODIFIED)
        assert page.text_content("h1") == herald.EDITED_HEADLINE
        assert window.leaks == []


@pytest.mark.parametrize("attempt", ["together", *herald.DEPARTURES])
def test_a_hostile_page_reaches_nobody(desk, window_on, stun, attempt):
    with window_on(desk.replay_origin, desk.player_origin) as window:
        hostile = herald.hostile_url(attempt)
        window.page.goto(desk.replay_origin + path_to(hostile, herald.FIRST, FULL), wait_until="load")
        with window.page.expect_event(
            "requestfinished", lambda request: request.url.endswith(f"mp_/{hostile}")
        ):
            pass
        window.page.wait_for_timeout(1000)
        assert window.leaks == []
        assert len(window.page.context.pages) == 1
        assert window.page.url.startswith(desk.replay_origin)
        with pytest.raises(BlockingIOError):
            stun.recv(100)
