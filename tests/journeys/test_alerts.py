"""A paper whose pages lose their dates, then stand behind a wall, then are gone: each is told once, to all who want to know."""

import json
import shlex
import sys
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from archive.config import Config
from archive.index import site_runs
from archive.index.store import Index
from crawler.newsroom.responses import Response
from crawler.newsroom.server import Newsroom
from crawler.reindex import catch_up
from crawler.runs import Run
from tests.conftest import run

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
COUNT = 12
WORDS = (
    "The harbour office said on Monday that the wall had held through the night and that nobody was hurt. "
    * 8
)


class Paper:
    """A front page with twelve articles, and what is wrong with them now."""

    def __init__(self, newsroom):
        self.trouble = ""
        host = newsroom.sites[0]
        self.home = host
        newsroom.override(
            f"{host}robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nDisallow:\n")
        )
        self._serve(newsroom, self.home, self.front)
        for number in range(COUNT):
            self._serve(
                newsroom, f"{host}2026/03/01/the-story-number-{number}", lambda n=number: self.page(n)
            )

    def _serve(self, newsroom, url, answer):
        newsroom.override(url, lambda: Response(status=503) if self.trouble == "down" else answer())

    def front(self):
        links = "".join(
            f"<li><a href='/2026/03/01/the-story-number-{n}'>The story that has number {n} of them</a>"
            for n in range(COUNT)
        )
        return html(f"<title>Gazette</title><h1>Gazette</h1><ul>{links}</ul>")

    def page(self, number):
        if self.trouble == "wall":
            return html("<title>Just a moment...</title><h1>Just a moment...</h1><p>Are you a human?</p>")
        date = (
            "" if self.trouble == "no dates" else "<time datetime='2026-03-01T08:00:00Z'>1 March 2026</time>"
        )
        return html(
            f"<title>Story {number} of the day | Gazette</title><meta property='og:type' content='article'>"
            f"<article><h1>Story {number} of the day</h1><p class='byline'>By Mara Ellison</p>{date}<p>{number}. {WORDS}</p></article>"
        )


def html(body):
    return Response(
        body=f"<!doctype html><html lang=en><body>{body}</body></html>".encode(), validators=False
    )


class Hook(BaseHTTPRequestHandler):
    """Keeps what is POSTed to it."""

    def do_POST(self):
        self.server.told.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def hook():
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        server.told, server.status = [], 204
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_each_trouble_is_told_once_and_its_end(hook, tmp_path):
    archive, noted = tmp_path / "archive", tmp_path / "noted"
    script = f"import sys, os; open({str(noted)!r}, 'a').write(os.environ['TEARSHEET_ALERT_TEXT'] + chr(10)); sys.stdin.read()"
    settings = (
        f"alerts.webhook=http://127.0.0.1:{hook.server_port}/alerts",
        f"alerts.command={shlex.join([sys.executable, '-c', script])}",
        "requisites.fetch=false", "crawl.retries=0", "revisits.plan=1h 12h 24h 36h 2d 3d 4d 5d 6d 7d 8d 9d",
    )  # fmt: skip
    options = [part for setting in settings for part in ("--set", setting)]
    with Newsroom(port=0) as newsroom:
        paper = Paper(newsroom)

        def crawl(day, trouble, expect):
            paper.trouble = trouble
            moment = (START + timedelta(days=day, minutes=20 * day)).isoformat()
            output = run(
                archive,
                "crawl",
                paper.home,
                "--sites",
                str(tmp_path),
                "--clock",
                moment,
                "--json",
                *options,
                expect=expect,
            )
            return [(one["kind"], one["subject"], one["event"]) for one in json.loads(output)["alerts"]]

        assert [crawl(day, "", 0) for day in (1, 2)] == [[], []]
        assert crawl(3, "no dates", 7) == [("fields", "date", "raised")]
        hook.status = 500
        assert crawl(5, "wall", 7) == [("walls", "", "raised")]
        hook.status = 204
        assert crawl(6, "", 0) == [("fields", "date", "ended"), ("walls", "", "ended")]
        assert crawl(7, "down", 3) == []
        assert crawl(8, "down", 7) == [("unreachable", "", "raised")]

    assert [len(told["alerts"]) for told in hook.told] == [1, 1, 2, 1]
    assert hook.told[0]["alerts"][0]["words"] == "articles with a date: 0 of 12 (before: 100%)"
    assert noted.read_text().count("Alert: 127.0.0.2, ") == 3
    with Index.open(archive / "index.db", read_only=True) as index:
        assert [alert.kind for alert in site_runs.still_open(site_runs.alerts(index))] == ["unreachable"]
        kept = [index.rows(f"select * from {table}") for table in ("site_runs", "alerts")]
    with Index.open(tmp_path / "again.db") as index:
        catch_up(Run(index=index, config=Config()), archive / "warc")
        assert [index.rows(f"select * from {table}") for table in ("site_runs", "alerts")] == kept
