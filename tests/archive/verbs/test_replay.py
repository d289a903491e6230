import json
import re
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


@pytest.mark.parametrize("engine", ["static", "pywb"])
def test_the_printed_address_shows_the_page_until_ctrl_c(archive, start_tearsheet, engine, request):
    if engine == "pywb":
        request.getfixturevalue("with_pywb")
    replay = start_tearsheet(
        archive.path, "replay", HARBOUR, "--engine", engine, "--at", "2024-03-01", "--port", "0", "--json"
    )
    places = json.loads(replay.stdout.readline())

    assert places["url"].startswith(places["home"])
    with urlopen(re.sub(r"/(\d{14})/", r"/\1id_/", places["url"]), timeout=20) as answer:
        assert answer.read() == b"<h1>Harbour wall holds</h1>"
    replay.send_signal(signal.SIGINT)
    assert replay.wait(timeout=20) == 0


@pytest.mark.parametrize("page", ["http://herald.example/harbor", "17", "9" * 40])
def test_a_page_that_was_never_captured_is_said_before_anything_starts(tearsheet_on, page):
    done = tearsheet_on("replay", page)

    assert (done.code, done.out) == (1, "")
    assert f"nothing was captured at {page};" in done.err
