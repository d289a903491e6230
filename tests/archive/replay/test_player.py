"""Captures with their scripts: who gets which file, and what is said where no engine is installed. In a browser: tests/journeys."""

from __future__ import annotations

import http.client
import io
import re
import zipfile
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from archive.folder import ArchiveFolder
from archive.index.operator_data import OperatorData
from archive.index.store import Index
from archive.replay.addresses import FULL, path_to
from archive.warc.reader import iter_records
from archive.web.serving import Desk
from tests.archive.replay import small_archive as herald

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENGINE = "// stands for the engine, which is no part of this repository\n"


@pytest.fixture(scope="module")
def archive(tmp_path_factory) -> ArchiveFolder:
    folder = ArchiveFolder(tmp_path_factory.mktemp("player")).create()
    with Index.open(folder.index) as index:
        for record in herald.make_archive(folder.path):
            index.add_record(record)
    return folder


@contextmanager
def desk_with(archive: ArchiveFolder, engine: Path | str) -> Iterator[Desk]:
    (archive.path / "tearsheet.toml").write_text(f"[replay]\nreplayweb_page = '{engine}'\n")
    with Desk(archive) as desk:
        yield desk


def ask(origin: str, path: str, **headers: str):
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    connection.close()
    return answer


def full(url: str) -> str:
    return path_to(url, herald.FIRST, FULL)


@pytest.mark.parametrize("engine", ["", "nowhere"])
def test_where_no_engine_is_installed_the_page_says_how_to(archive, tmp_path, engine):
    with desk_with(archive, tmp_path / engine if engine else "") as desk:
        assert desk.player_origin == ""
        answer = ask(desk.replay_origin, full(herald.HARBOUR))
        assert answer.status == 501
        words = answer.body.decode()
        assert "npm pack replaywebpage" in words
        assert ("There is no sw.js in" in words) == bool(engine)


@pytest.fixture
def desk(archive, tmp_path) -> Iterator[Desk]:
    (tmp_path / "sw.js").write_text(ENGINE)
    with desk_with(archive, tmp_path) as opened:
        yield opened


def file_of(desk: Desk) -> str:
    """Return the path of the file that the player's page for the harbour names."""
    page = ask(desk.player_origin, f"/20240301080000/{quote(herald.HARBOUR)}")
    assert page.status == 200
    found = re.search(r'"source": "([^"]+)"', page.body.decode())
    assert found
    return found[1]


def test_the_bar_holds_the_player_in_a_frame_of_another_origin(desk):
    answer = ask(desk.replay_origin, full(herald.HARBOUR))
    assert f'<iframe src="{desk.player_origin}/20240301080000/' in answer.body.decode()
    assert f"frame-src 'self' {desk.player_origin};" in answer.headers["Content-Security-Policy"]
    page = ask(desk.player_origin, f"/20240301080000/{quote(herald.HARBOUR)}")
    assert f"frame-ancestors 'self' {desk.replay_origin}" in page.headers["Content-Security-Policy"]
    assert ask(desk.player_origin, "/replay/engine.js").body.decode() == ENGINE


def test_the_file_holds_the_capture_and_what_it_needs_and_no_other_page(desk, tmp_path):
    whole = ask(desk.player_origin, file_of(desk))
    with zipfile.ZipFile(io.BytesIO(whole.body)) as packed:
        [name] = [name for name in packed.namelist() if name.endswith(".warc.gz")]
        held = tmp_path / "held.warc.gz"
        held.write_bytes(packed.read(name))
    captured = {opened.record.target_uri for opened in iter_records(held) if opened.record.is_capture}
    needed = {
        f"{herald.STATIC}/main.css",
        f"{herald.PICTURES}/harbour-320.png",
        "http://herald.example/page.js",
    }
    assert captured >= {herald.HARBOUR, *needed}
    assert herald.ELSEWHERE not in captured
    part = ask(desk.player_origin, file_of(desk), Range="bytes=-30")
    assert (part.status, part.body) == (206, whole.body[-30:])


def test_what_is_withheld_is_not_played(desk, archive):
    path = file_of(desk)
    with OperatorData(archive.operator) as decided:
        rule = decided.add_rule(
            "takedown",
            herald.HARBOUR,
            reason="court order",
            requested_by="a reader",
            decided_by="the archivist",
        )
    try:
        assert ask(desk.player_origin, path).status == 404
        assert ask(desk.player_origin, f"/20240301080000/{quote(herald.HARBOUR)}").status == 404
        assert ask(desk.replay_origin, full(herald.HARBOUR)).status == 404
    finally:
        with OperatorData(archive.operator) as decided:
            decided.withdraw_rule(rule, decided_by="the archivist", reason="a test's end")
    assert ask(desk.player_origin, path).status == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/replay/worker.js", 200), ("/replay/engine.js", 403), ("/captures/x.wacz", 403)]
)
def test_the_only_service_worker_is_ours(desk, path, status):
    answer = ask(desk.player_origin, path, **{"Service-Worker": "script"})
    assert answer.status == status


def test_another_name_is_no_way_in(desk):
    assert ask(desk.player_origin, "/replay/worker.js", Host="evil.example").status == 421
