import json
import signal
from urllib.request import urlopen

import pytest

from archive.replay.environment import NoReplayEnvironment, ensure
from tests.archive.verbs.conftest import HARBOUR


@pytest.fixture
def with_pywb():
    try:
        ensure()
    except NoReplayEnvironment as error:
        pytest.skip(str(error))


def test_the_printed_address_shows_the_page_until_ctrl_c(archive, start_tearsheet, with_pywb):
    replay = start_tearsheet(archive.path, "replay", HARBOUR, "--at", "2024-03-01", "--port", "0", "--json")
    places = json.loads(replay.stdout.readline())

    assert places["url"].startswith(places["home"])
    moment = places["url"].removeprefix(places["home"]).split("/")[1]
    with urlopen(places["url"].replace(moment, f"{moment}id_"), timeout=20) as answer:
        assert answer.read() == b"<h1>Harbour wall holds</h1>"
    replay.send_signal(signal.SIGINT)
    assert replay.wait(timeout=20) == 0


@pytest.mark.parametrize("page", ["http://herald.example/harbor", "17", "9" * 40])
def test_a_page_that_was_never_captured_is_said_before_anything_starts(tearsheet_on, page):
    done = tearsheet_on("replay", page)

    assert (done.code, done.out) == (1, "")
    assert f"nothing was captured at {page};" in done.err
