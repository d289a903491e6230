import json
import os

from archive.index.store import Index
from tests.archive.verbs.conftest import RUN, WIRE


def test_holdings_runs_and_failures_are_told(tearsheet_on):
    status = json.loads(tearsheet_on("status", "--json").out)

    assert status["captures"] == 7
    assert (status["articles"], status["versions"], status["articles_gone"]) == (3, 4, 1)
    assert (status["warc_files"], status["bytes_not_indexed"]) == (1, 0)
    [run] = status["runs"]
    assert (run["run"], run["finish_reason"], run["counts"]["captured"]) == (RUN, "shutdown", 7)
    assert status["last_run"] == {
        "failures": {"status 404": 1, "timed out": 2},
        "failed_urls": {WIRE: "status 404"},
        "not_crawled": {"http://slow.example/": "timed out"},
    }


def test_each_failure_comes_with_what_to_do(tearsheet_on):
    done = tearsheet_on("status")

    assert "stopped by Ctrl-C or a signal; run it again to go on" in done.out
    assert "timed out\t2\tthe next run tries again; if it stays so, raise crawl.timeout_seconds" in done.out
    assert f"status 404\t{WIRE}" in done.out
    assert "http://slow.example/\ttimed out" in done.out
    assert done.err == "Index and WARC files are level. `tearsheet verify` checks every byte.\n"


def test_a_run_without_an_end_was_killed_unless_its_process_lives(tearsheet_on, archive):
    with Index.open(archive.index) as index:
        index.rows("update runs set finish_reason = null, finished_at = null")
    assert "killed before its end; run it again to go on" in tearsheet_on("status").out
    [name] = json.loads(tearsheet_on("status", "--json").out)["runs"][:1]
    with archive.locks.beside("crawl", run=name["run"], sites=["a.example"]):
        done = tearsheet_on("status")

    assert "running" in done.out
    assert f"Process {os.getpid()} (crawl of a.example) is writing, since 20" in done.err


def test_an_index_that_lags_behind_says_what_to_do(tearsheet_on, archive):
    with Index.open(archive.index) as index:
        index.rows("update warc_files set position = 100")

    done = tearsheet_on("status")

    size = sum(path.stat().st_size for path in archive.warc.iterdir())
    assert f"bytes not indexed      {size - 100}" in done.out
    assert "`tearsheet reindex` (or the next crawl) reads the rest" in done.err


def test_an_archive_without_runs_says_how_to_begin(call, tmp_path):
    archive = tmp_path / "new"
    (archive / "warc").mkdir(parents=True)
    assert "`tearsheet reindex` makes it" in call("--archive", archive, "status").err
    Index.open(archive / "index.db").close()

    assert (
        call("--archive", archive, "status").err
        == "The archive is empty. Crawl first: tearsheet crawl --sample\n"
    )


def test_pages_that_a_fault_kept_from_being_read_are_told(tearsheet_on, archive):
    with Index.open(archive.index) as index:
        index.rows("update readings set page_type = 'error', reason = 'KeyError: x' where article_id is null")

    done = tearsheet_on("status")

    assert "pages not read         1" in done.out
    assert "Not read because of a fault in Tearsheet: 1 pages" in done.err
