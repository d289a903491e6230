"""How runs end before they have done everything: told to, by a budget, or because another run is there first."""

import json
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from archive.index.frontier_files import waiting
from archive.warc.verify import verify_file
from tests.conftest import run

STORY = (
    "The harbour office said on Monday that the wall had held through the night and that nobody was hurt. "
    * 8
)


class Handler(BaseHTTPRequestHandler):
    """A paper whose pages come at once until it hangs; then half of a page comes, and nothing more."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        paper = self.server
        paper.asked.append(self.path)
        if self.path == "/robots.txt":
            self.send_error(404)
            return
        links = "".join(
            f"<li><a href='/2026/03/01/the-story-number-{n}'>The story number {n}</a>" for n in range(40)
        )
        inside = links if self.path == "/" else f"<p class=byline>By Mara Ellison</p><p>{STORY}</p>"
        body = f"<!doctype html><meta property='og:type' content='article'><h1>Page {self.path}</h1>{inside}".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2])
        self.wfile.flush()
        if paper.hangs.is_set() and self.path != "/":
            paper.hanging.set()
            paper.over.wait(120)
        self.wfile.write(body[len(body) // 2 :])

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def paper():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.hangs, server.hanging, server.over = threading.Event(), threading.Event(), threading.Event()
        server.asked = []
        server.home = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


def left(archive, paper):
    """Return how many pages wait in the frontier."""
    return len(waiting(archive / "frontier", (paper.home,)).get(paper.home, []))


def whole(archive):
    """Return whether every WARC file is closed and holds what its digests say."""
    paths = list((archive / "warc").iterdir())
    assert not [path for path in paths if path.name.endswith(".open")]
    return not [
        finding
        for path in paths
        if path.name.endswith(".warc.gz")
        for finding in verify_file(path)
        if finding.severity != "note"
    ]


def test_sigterm_ends_a_run_within_half_a_minute_though_a_server_hangs(
    paper, tmp_path, start_tearsheet, tearsheet
):
    archive = tmp_path / "archive"
    paper.hangs.set()
    process = start_tearsheet(archive, "crawl", paper.home, "--json")
    assert paper.hanging.wait(30)
    time.sleep(0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    output, words = process.communicate(timeout=45)

    assert time.monotonic() - began < 30
    assert process.returncode == 4, words
    assert json.loads(output)["finish_reason"] == "shutdown"
    assert json.loads(output)["failures"] == {}
    assert whole(archive)
    assert left(archive, paper) == 40
    paper.hangs.clear()
    paper.over.set()
    again = json.loads(tearsheet(archive, "crawl", paper.home, "--json"))
    assert (again["counts"]["new-article"], left(archive, paper)) == (40, 0)


def test_a_second_signal_ends_a_run_at_once_and_the_next_goes_on(paper, tmp_path, start_tearsheet, tearsheet):
    archive = tmp_path / "archive"
    paper.hangs.set()
    process = start_tearsheet(archive, "crawl", paper.home)
    assert paper.hanging.wait(30)
    process.send_signal(signal.SIGTERM)
    time.sleep(0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=30)

    assert time.monotonic() - began < 5
    assert process.returncode == 4, words
    paper.hangs.clear()
    paper.over.set()
    again = json.loads(tearsheet(archive, "crawl", paper.home, "--json"))
    assert again["counts"]["new-article"] == 40
    assert whole(archive)


def test_a_budget_ends_a_run_and_the_rest_waits(paper, tmp_path, tearsheet):
    archive = tmp_path / "archive"
    [planned] = plan(tearsheet, archive, paper)
    assert planned == {"site": "127.0.0.1", "what": "home page", "count": 1, "urls": [paper.home]}
    assert (paper.asked, archive.exists()) == ([], False)

    first = json.loads(
        run(archive, "crawl", paper.home, "--json", "--set", "crawl.max_run_pages=10", expect=4)
    )
    assert (first["finish_reason"], first["limits"]) == ("max_run_pages", {"the run": "crawl.max_run_pages"})
    read = first["counts"]["new-article"]
    assert 9 <= read <= 12
    asked = len(paper.asked)
    counts = {one["what"]: one["count"] for one in plan(tearsheet, archive, paper)}
    assert counts == {"home page": 1, "left by an earlier run": 40 - read}
    assert len(paper.asked) == asked

    options = ("--set", f"crawl.max_run_megabytes={first['counts']['bytes'] / 1_000_000}")
    second = json.loads(run(archive, "crawl", paper.home, "--json", *options, expect=4))
    assert second["finish_reason"] == "max_run_megabytes"
    third = json.loads(tearsheet(archive, "crawl", paper.home, "--json"))
    assert sum(summary["counts"]["new-article"] for summary in (first, second, third)) == 40
    assert {path for path in paper.asked if paper.asked.count(path) > 1} <= {"/robots.txt"}


def plan(tearsheet, archive, paper):
    """Return what a dry run tells."""
    return [
        json.loads(line)
        for line in tearsheet(archive, "crawl", paper.home, "--dry-run", "--json").splitlines()
    ]


def test_a_second_run_of_a_site_says_who_holds_it_and_a_verb_that_wants_the_archive_alone_too(
    paper, tmp_path, start_tearsheet
):
    archive = tmp_path / "archive"
    paper.hangs.set()
    first = start_tearsheet(archive, "crawl", paper.home)
    assert paper.hanging.wait(30)
    same = start_tearsheet(archive, "crawl", paper.home)
    _, words = same.communicate(timeout=30)
    alone = start_tearsheet(archive, "reindex")
    _, alone_words = alone.communicate(timeout=30)
    patient = start_tearsheet(archive, "crawl", paper.home, "--wait", "1")
    time.sleep(1)
    paper.hangs.clear()
    paper.over.set()
    first.communicate(timeout=60)
    patient.communicate(timeout=60)

    assert same.returncode == 8
    assert f"127.0.0.1: a run is under way: process {first.pid} on " in words
    assert "(crawl, run 2" in words
    assert "since 2" in words
    assert alone.returncode == 5
    assert f"is in use by process {first.pid}" in alone_words
    assert (first.returncode, patient.returncode) == (0, 0)
