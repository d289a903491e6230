"""Runs of different sites in one archive at once: nothing is lost, nobody waits, and a host is asked as if by one."""

from __future__ import annotations

import json
import signal
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from archive.config import Config
from archive.folder import ArchiveFolder
from archive.index.compare import table_contents
from archive.index.store import Index
from crawler import reindex
from crawler.runs import Run
from tests.journeys.test_ending import STORY, whole

LIGHT = ("--set", "requisites.max_per_page=2", "--json")


def contents(archive, outlets):
    """Return what the index says of the outlets' articles and of who is credited for their text (fewer pictures are fetched here)."""
    hosts = [urlsplit(outlet).hostname for outlet in outlets]
    of = f"a.site in ({', '.join('?' * len(hosts))})"
    with Index.open(archive / "index.db", read_only=True) as index:
        return index.rows(
            "select a.url, t.headline, t.byline, t.content_hash from articles a join article_texts t on t.id = a.text_id"
            f" where {of} order by 1",
            hosts,
        ), index.rows(
            "select a.url, c.role, p.name from credits c join parties p on p.id = c.party_id"
            f" join articles a on a.text_id = c.text_id where c.image_position is null and {of} order by 1, 2, 3",
            hosts,
        )


def equals_what_its_warc_files_say(archive, again):
    """Return whether the same index is made of the archive's WARC files."""
    with Index.open(again) as index:
        reindex.catch_up(Run(index=index, config=Config()), archive / "warc")
        made = table_contents(index)
    with Index.open(archive / "index.db", read_only=True) as index:
        return table_contents(index) == made


def test_two_outlets_at_once_make_what_one_after_the_other_makes(
    newsroom, first_crawl, tmp_path, start_tearsheet
):
    archive = tmp_path / "archive"
    outlets = newsroom.sites[:2]
    processes = [start_tearsheet(archive, "crawl", outlet, *LIGHT) for outlet in outlets]
    outputs = [process.communicate(timeout=120) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], outputs
    with Index.open(archive / "index.db", read_only=True) as index:
        first, second = index.rows("select * from runs")
    assert max(first["started_at"], second["started_at"]) < min(first["finished_at"], second["finished_at"])
    assert contents(archive, outlets) == contents(first_crawl.archive, outlets)
    assert whole(archive)
    assert equals_what_its_warc_files_say(archive, tmp_path / "again.db")
    assert not list((archive / "frontier").glob("2*"))
    assert ArchiveFolder(archive).locks.holders() == []


def test_a_run_that_is_killed_loses_nothing_and_is_nothing_to_the_other(
    newsroom, first_crawl, tmp_path, start_tearsheet
):
    archive = tmp_path / "archive"
    doomed_outlet, outlet = newsroom.sites[:2]
    doomed = start_tearsheet(archive, "crawl", doomed_outlet, *LIGHT, "--set", "politeness.delay_seconds=2")
    wait_until_written(archive, 1)
    other = start_tearsheet(archive, "crawl", outlet, *LIGHT, "--set", "politeness.delay_seconds=0.2")
    wait_until_written(archive, 2)
    doomed.send_signal(signal.SIGKILL)
    doomed.communicate(timeout=20)
    again = start_tearsheet(archive, "crawl", doomed_outlet, *LIGHT)
    summaries = [json.loads(process.communicate(timeout=120)[0]) for process in (again, other)]

    assert (doomed.returncode, again.returncode, other.returncode) == (-signal.SIGKILL, 0, 0)
    assert any("was left open by a killed run" in words for words in summaries[0]["recovered"])
    outlets = (doomed_outlet, outlet)
    assert contents(archive, outlets) == contents(first_crawl.archive, outlets)
    assert whole(archive)
    assert equals_what_its_warc_files_say(archive, tmp_path / "again.db")


def wait_until_written(archive, runs):
    """Return once so many *runs* write pages."""
    deadline = time.monotonic() + 60
    while sum(path.stat().st_size > 6_000 for path in (archive / "warc").glob("*.open")) < runs:
        assert time.monotonic() < deadline
        time.sleep(0.02)


class Handler(BaseHTTPRequestHandler):
    """A paper that wants a rest of two seconds, once."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        paper = self.server
        with paper.lock:
            paper.at_once += 1
            paper.most_at_once = max(paper.most_at_once, paper.at_once)
            is_tired = self.path.endswith("-3") and not paper.rested_at
            now = time.monotonic()
            if is_tired:
                paper.rested_at = now
            paper.asked.append((now, self.path))
        time.sleep(0.1)
        body = f"<!doctype html><meta property='og:type' content='article'><h1>{self.path}</h1><p>{STORY}</p>".encode()
        status = 404 if self.path == "/robots.txt" else 429 if is_tired else 200
        with paper.lock:
            paper.at_once -= 1
        self.send_response(status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        if is_tired:
            self.send_header("Retry-After", "2")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def paper():
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        server.lock, server.asked, server.rested_at = threading.Lock(), [], 0.0
        server.at_once = server.most_at_once = 0
        server.home = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_two_runs_ask_one_host_one_at_a_time_and_both_keep_what_it_said_to_one(
    paper, tmp_path, start_tearsheet
):
    archive = tmp_path / "archive"
    processes = []
    for name in ("one", "two"):
        urls = tmp_path / f"{name}.txt"
        urls.write_text("".join(f"{paper.home}/2026/03/01/{name}-story-{number}\n" for number in range(6)))
        delay = ("--set", "politeness.delay_seconds=0.5", "--set", "requisites.fetch=false", "--json")
        processes.append(start_tearsheet(archive, "crawl", "--urls", str(urls), *delay))
    outputs = [process.communicate(timeout=90) for process in processes]

    assert [process.returncode for process in processes] == [0, 0], outputs
    assert [json.loads(output)["counts"]["new-article"] for output, _ in outputs] == [6, 6]
    times = sorted(at for at, _ in paper.asked)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert min(gaps) > 0.4, paper.asked
    assert paper.most_at_once == 1
    ways = [path.split("/")[-1][:3] for _, path in sorted(paper.asked) if "story" in path]
    assert len([1 for a, b in pairwise(ways) if a != b]) > 3, "they took turns"
    assert min(at for at in times if at > paper.rested_at) - paper.rested_at > 1.9
