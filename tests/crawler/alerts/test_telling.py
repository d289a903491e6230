"""Web hooks and commands that fail are told of, whatever they do, and take no longer than they may."""

import shlex
import socket
import sys
import time

import pytest

from archive.config.sections import Alerts
from archive.index.site_runs import Alert
from crawler.alerts.telling import tell

ALERT = Alert(site="a.example", kind="unreachable", words="no answer")


def told(**settings):
    return tell([ALERT], Alerts(timeout_seconds=1.0, **settings), run_id="1", archive="/srv/news")


def python(script):
    return shlex.join([sys.executable, "-c", script])


def test_a_web_hook_that_does_not_answer_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        began = time.monotonic()
        [words] = told(webhook=f"http://127.0.0.1:{listening.getsockname()[1]}/hook")
    assert "alerts.webhook" in words
    assert "timed out" in words
    assert time.monotonic() - began < 5


def test_a_web_hook_that_is_not_there_is_named():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/hook"
    assert told(webhook=url) == [f"alerts.webhook: {url}: Connection refused"]


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (python("import sys; sys.exit('no such room')"), "ended with 1: no such room"),
        (python("import time; time.sleep(30)"), "timed out after 1.0 seconds"),
        ("/no/such/command --now", "No such file"),
        ("half 'a quote", "No closing quotation"),
    ],
)
def test_a_command_that_fails_is_told_of(command, words):
    [failure] = told(command=command)
    assert failure.startswith("alerts.command: ")
    assert words in failure


def test_nobody_is_told_of_nothing():
    assert tell([], Alerts(command="/no/such/command"), run_id="1", archive="/srv/news") == []


def test_a_command_gets_words_and_figures(tmp_path):
    noted = tmp_path / "noted"
    script = f"import os, sys; open({str(noted)!r}, 'w').write('|'.join([os.environ['TEARSHEET_RUN'], os.environ['TEARSHEET_ALERTS'], os.environ['TEARSHEET_ALERT_TEXT'], sys.stdin.read()]))"
    assert told(command=python(script)) == []
    run, count, text, message = noted.read_text().split("|")
    assert (run, count, text) == ("1", "1", "Alert: a.example, unreachable: no answer")
    assert '"archive": "/srv/news"' in message
