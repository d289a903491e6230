"""What a site reserves by its tdmrep.json: asked for once a day, recorded by path, honoured where tearsheet.toml says so."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from archive.config import Config
from archive.folder import ArchiveFolder
from archive.index.compare import table_contents
from archive.index.reading_room import reading_room
from archive.index.store import Index
from crawler import reindex
from crawler.newsroom.responses import Response
from crawler.runs import Run

FILE = "/.well-known/tdmrep.json"
RULES = [
    {"location": "/reserved/*", "tdm-reservation": 1, "tdm-policy": "https://a.example/policy.json"},
    {"location": "/", "tdm-reservation": 0},
]


@pytest.fixture
def ask(newsroom, tmp_path, start_tearsheet):
    """Return a function that fetches paths of the first outlet and returns what the outlet saw."""

    def fetch(*paths, options=()):
        seen, urls = len(newsroom.log), tmp_path / "urls.txt"
        urls.write_text("".join(f"{newsroom.sites[0]}{path[1:]}\n" for path in paths), encoding="utf-8")
        settings = ("--set", "requisites.fetch=false", "--set", "politeness.read_tdmrep=true", *options)
        process = start_tearsheet(
            tmp_path / "archive", "crawl", "--urls", str(urls), "--json", "--recheck", *settings
        )
        output, words = process.communicate(timeout=60)
        assert process.returncode == 0, words
        assert json.loads(output)["failures"] == {}
        return [entry.path for entry in newsroom.log[seen:]]

    body = f"<article><h1>A storm over the bay</h1><p>{'The storm came in the night. ' * 40}</p></article>"
    for path, head in (
        ("/reserved/1", ""),
        ("/reserved/2", '<meta name="tdm-reservation" content="0">'),
        ("/free", ""),
    ):
        newsroom.override(
            path, Response(body=f"<html><head>{head}</head><body>{body}</body></html>".encode())
        )
    yield fetch
    newsroom.clear_overrides()


def reserved_in(archive):
    with Index.open(archive / "index.db", read_only=True) as index:
        return {urlsplit(row["url"]).path: row for row in index.rows("select * from v_reservations")}


def test_it_is_asked_for_once_a_day_and_its_rules_are_recorded_and_honoured(ask, newsroom, tmp_path):
    newsroom.override(FILE, Response(content_type="application/json", body=json.dumps(RULES).encode()))
    assert ask("/reserved/1", "/reserved/2", "/free")[:2] == ["/robots.txt", FILE]
    assert ask("/free") == ["/free"]
    later = (datetime.now(UTC) + timedelta(hours=25)).isoformat()
    assert ask("/free", options=("--clock", later)) == ["/robots.txt", FILE, "/free"]

    archive = tmp_path / "archive"
    rows = reserved_in(archive)
    assert {path: row["reservations"] for path, row in rows.items()} == {"/reserved/1": "tdm-reservation"}
    with Index.open(archive / "index.db", read_only=True) as index:
        crawled = table_contents(index)
        [said] = index.rows(
            "select target_uri, status from captures where record_id = ?",
            (rows["/reserved/1"]["tdmrep_record"],),
        )
        assert (
            index.rows(
                "select 1 from readings r join captures c on c.id = r.capture_id where target_uri like '%json'"
            )
            == []
        )
    assert (urlsplit(said["target_uri"]).path, said["status"]) == (FILE, 200)
    with Index.open(tmp_path / "again.db") as index:
        reindex.catch_up(Run(index=index, config=Config()), archive / "warc")
        assert table_contents(index) == crawled

    folder = ArchiveFolder(archive)
    text = folder.config_file.read_text(encoding="utf-8")
    honouring = text.replace("honour_tdm_reservation = false", "honour_tdm_reservation = true")
    folder.config_file.write_text(honouring, encoding="utf-8")
    with reading_room(folder) as index:
        shown = {urlsplit(row["target_uri"]).path for row in index.rows("select target_uri from captures")}
    assert {"/reserved/2", "/free"} <= shown
    assert "/reserved/1" not in shown


@pytest.mark.parametrize(
    "answer",
    [
        Response(status=404, body=b"<html><body><h1>Not here</h1></body></html>"),
        Response(body=b"<html><body>our start page</body></html>"),
        Response(content_type="application/json", body=b"[" * 100_000),
    ],
)
def test_where_there_is_none_nothing_is_reserved_and_nothing_is_a_failure(ask, newsroom, tmp_path, answer):
    newsroom.override(FILE, answer)
    assert ask("/reserved/1") == ["/robots.txt", FILE, "/reserved/1"]
    assert reserved_in(tmp_path / "archive") == {}


def test_it_is_not_asked_for_where_robots_txt_closes_it(ask, newsroom):
    robots = b"User-agent: *\nDisallow: /.well-known/\n"
    newsroom.override("/robots.txt", Response(content_type="text/plain", body=robots))
    assert ask("/free") == ["/robots.txt", "/free"]
