from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from archive.errors import UserError
from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.model import FetchNotes
from archive.replay.environment import program
from archive.replay.server import ReplayServer
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from tests.archive.replay import small_archive as herald

ROOT = Path(__file__).resolve().parents[3]


def ask(url: str, **headers: str) -> tuple[int, bytes]:
    request = urllib.request.Request(
        url, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def writer(folder: Path) -> WarcWriter:
    ArchiveFolder(folder).create()
    return WarcWriter(
        folder / "warc", prefix="T", info=[("software", "a test")], originals=OriginalsInMemory()
    )


@pytest.mark.parametrize(
    ("at", "headline"),
    [
        (herald.FIRST, herald.FIRST_HEADLINE),
        (herald.EDITED, herald.EDITED_HEADLINE),
        (herald.SAME_AGAIN, herald.EDITED_HEADLINE),
        (herald.NOT_MODIFIED, herald.EDITED_HEADLINE),
        (None, herald.EDITED_HEADLINE),
    ],
)
def test_a_raw_capture_is_the_payload_as_sent_also_when_a_revisit_stands_for_it(replay, at, headline):
    status, payload = ask(replay.url_for(herald.HARBOUR, at, raw=True))
    assert status == 200
    assert f"<h1>{headline}</h1>".encode() in payload
    assert payload.startswith(b"<!doctype html>\n<html")


def test_the_address_of_a_replay_has_collection_time_and_url(replay):
    assert (
        replay.url_for(herald.HOME, herald.FIRST)
        == f"{replay.home}archive/20240301080000/http://herald.example/"
    )
    assert replay.url_for(herald.HOME) == f"{replay.home}archive/http://herald.example/"
    assert (
        replay.url_for("http://a.example/ü b", raw=True)
        == f"{replay.home}archive/id_/http://a.example/%C3%BC%20b"
    )


def test_the_start_page_lists_what_was_captured(replay):
    status, page = ask(replay.home)
    assert status == 200
    assert b">gazette.example</a>" in page


def test_an_address_typed_into_the_start_page_leads_to_its_captures(replay):
    status, page = ask(f"{replay.home}captures?url=http%3A%2F%2Fherald.example%2F")
    assert status == 200
    assert b"http://herald.example/" in page


def test_what_was_not_captured_is_not_found(replay):
    assert ask(replay.url_for("http://herald.example/never"))[0] == 404


def test_a_name_that_somebody_made_point_here_gets_nothing(replay):
    assert ask(replay.home, Host="evil.example")[0] == 421
    assert ask(replay.home, Host="localhost:1234")[0] == 200


def test_archived_service_workers_are_refused(replay):
    assert (
        ask(replay.url_for("http://herald.example/page.js", herald.FIRST), Service_Worker="script")[0] == 403
    )


def test_a_port_in_use_is_named(replay_environment, replay, tmp_path):
    herald.make_archive(tmp_path)
    port = int(replay.home.split(":")[2].strip("/"))
    with (
        pytest.raises(UserError, match=f"Port {port} cannot be used"),
        ReplayServer(tmp_path, environment=replay_environment, port=port, captures=list),
    ):
        pass


def test_no_archive_and_nothing_captured_are_said(replay_environment, tmp_path):
    with (
        pytest.raises(UserError, match="is not there"),
        ReplayServer(tmp_path / "x", environment=replay_environment),
    ):
        pass
    ArchiveFolder(tmp_path).create()
    with (
        pytest.raises(UserError, match="holds no captures yet"),
        ReplayServer(tmp_path, environment=replay_environment, captures=list),
    ):
        pass


def test_a_pywb_that_cannot_start_shows_its_last_words(tmp_path):
    records = herald.make_archive(tmp_path)
    python = program(tmp_path / "env", "python")
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\necho no such thing as a free lunch\nexit 3\n")
    python.chmod(0o755)
    with (
        pytest.raises(UserError, match=r"(?s)ended \(code 3\).*free lunch"),
        ReplayServer(tmp_path, environment=tmp_path / "env", captures=lambda: records),
    ):
        pass


def test_an_environment_without_pywb_is_named(tmp_path):
    records = herald.make_archive(tmp_path)
    with (
        pytest.raises(UserError, match=r"env/bin/python cannot be started"),
        ReplayServer(tmp_path, environment=tmp_path / "env", captures=lambda: records),
    ):
        pass


def test_captures_in_a_file_still_being_written_replay_and_new_ones_come_with_the_start_page(
    replay_environment, tmp_path
):
    writing = writer(tmp_path)
    html = [("Content-Type", "text/html")]
    records = list(
        writing.write_exchange(herald.exchange(herald.HOME, herald.FIRST, b"one", headers=html), FetchNotes())
    )
    with ReplayServer(tmp_path, environment=replay_environment, captures=lambda: records) as server:
        assert ask(server.url_for(herald.HOME, raw=True)) == (200, b"one")
        records += writing.write_exchange(
            herald.exchange(herald.HOME, herald.EDITED, b"two", headers=html), FetchNotes()
        )
        ask(server.home)
        assert ask(server.url_for(herald.HOME, raw=True)) == (200, b"two")
        writing.close()
        assert ask(server.url_for(herald.HOME, raw=True)) == (200, b"two")


def test_the_index_says_what_to_replay_and_is_read_again_only_when_it_has_changed(
    replay_environment, tmp_path
):
    writing = writer(tmp_path)
    html = [("Content-Type", "text/html")]

    def capture(url: str) -> None:
        records = writing.write_exchange(
            herald.exchange(url, herald.FIRST, b"one", headers=html), FetchNotes()
        )
        with Index(tmp_path / "index.db") as index:
            for record in records:
                index.add_record(record)

    capture(herald.HOME)
    listing = tmp_path / "replay" / "archive.cdxj"
    with ReplayServer(tmp_path, environment=replay_environment) as server:
        assert ask(server.url_for(herald.HOME, raw=True)) == (200, b"one")
        made_at = listing.stat().st_mtime_ns
        server.refresh()
        assert listing.stat().st_mtime_ns == made_at
        capture(herald.ELSEWHERE)
        server.refresh()
        assert ask(server.url_for(herald.ELSEWHERE, raw=True)) == (200, b"one")


def test_a_pywb_that_dies_is_reported_to_browser_and_operator(replay_environment, tmp_path):
    records = herald.make_archive(tmp_path)
    with ReplayServer(tmp_path, environment=replay_environment, captures=lambda: records) as server:
        os.kill(server.pywb_pid, signal.SIGKILL)
        with pytest.raises(UserError, match="pywb ended"):
            server.wait()
        assert ask(server.url_for(herald.HOME))[0] == 502


def test_a_capture_cut_short_ends_where_it_ends(replay_environment, tmp_path):
    writing = writer(tmp_path)
    headers = [("Content-Type", "text/html"), ("Content-Length", "9999")]
    cut = herald.exchange(herald.HOME, herald.FIRST, b"<p>half a st", headers=headers)
    records = writing.write_exchange(replace(cut, truncated="disconnect"), FetchNotes())
    writing.close()
    with ReplayServer(tmp_path, environment=replay_environment, captures=lambda: records) as server:
        connection = http.client.HTTPConnection(
            "127.0.0.1", int(server.home.split(":")[2].strip("/")), timeout=20
        )
        connection.request("GET", f"/archive/id_/{herald.HOME}")
        with pytest.raises(http.client.IncompleteRead) as end:
            connection.getresponse().read()
        connection.close()
        assert end.value.partial == b"<p>half a st"


def test_a_brotli_coded_page_is_shown(replay_environment, tmp_path):
    code = (
        "import brotli, sys; sys.stdout.buffer.write(brotli.compress(b'<title>x</title><h1>squeezed</h1>'))"
    )
    body = subprocess.run(
        [program(replay_environment, "python"), "-c", code], capture_output=True, check=True
    ).stdout
    writing = writer(tmp_path)
    coded = herald.exchange(
        herald.HOME, herald.FIRST, body, headers=[("Content-Type", "text/html"), ("Content-Encoding", "br")]
    )
    records = writing.write_exchange(coded, FetchNotes())
    writing.close()
    with ReplayServer(tmp_path, environment=replay_environment, captures=lambda: records) as server:
        address = server.url_for(herald.HOME, herald.FIRST).replace("/http:", "mp_/http:")
        assert b"<h1>squeezed</h1>" in ask(address)[1]


_PROGRAM = """
import sys
from pathlib import Path
from archive.replay.server import ReplayServer
from tests.archive.replay.small_archive import make_archive
folder, environment = map(Path, sys.argv[1:])
records = make_archive(folder)
with ReplayServer(folder, environment=environment, captures=lambda: records) as server:
    print(server.home, server.pywb_pid, flush=True)
    server.wait()
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_signal_ends_the_server_and_pywb_with_it(replay_environment, tmp_path, number):
    command = [sys.executable, "-c", _PROGRAM, str(tmp_path), str(replay_environment)]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            home, pid = process.stdout.readline().split()
            assert ask(home)[0] == 200
            process.send_signal(number)
            said, _ = process.communicate(timeout=20)
        finally:
            process.kill()
    assert (said, process.returncode) == (("", -9) if number == signal.SIGKILL else ("ended\n", 0))
    assert is_gone(int(pid))
    with socket.socket() as probe, pytest.raises(ConnectionRefusedError):
        probe.connect(("127.0.0.1", int(home.split(":")[2].strip("/"))))


def is_gone(pid: int) -> bool:
    """Return whether the process ends within ten seconds (a dead one whom nobody has asked after counts as ended)."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False
