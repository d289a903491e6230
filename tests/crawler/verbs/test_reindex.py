"""Re-reading through the command: by another extractor, as a dry run, killed in the middle."""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from dataclasses import replace
from hashlib import sha256

import pytest

from archive.errors import ArchiveError
from archive.index.compare import table_contents
from archive.index.store import Index
from archive.verbs.console import Console
from crawler.extraction.article import extract_article
from crawler.verbs.reindexing import Reindexing
from tests.archive.index.cases import PAGE, article, capture, read
from tests.conftest import run
from tests.crawler.reindex.archives import make_archive, url_of

FIELDS = ("identity", "number", "seen_from", "seen_until", "changed")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("reindex") / "archive", articles=6)


@pytest.fixture
def archive(made, tmp_path):
    shutil.copytree(made.path, tmp_path / "archive")
    return type(made)(tmp_path / "archive")


@pytest.fixture
def another_extractor(monkeypatch):
    """Return a function after which articles are read by an extractor that shouts and finds no authors."""

    def begin() -> None:
        def extract(document):
            found = extract_article(document)
            shouted = (found.headline or "").upper() or None
            return replace(found, headline=shouted, credits=(), byline=None, byline_raw=None)

        monkeypatch.setattr("crawler.pipelines.extract_article", extract)
        for module in ("crawler.pipelines", "crawler.reindex.anew", "crawler.verbs.reindexing"):
            monkeypatch.setattr(f"{module}.extractor", lambda: "another")

    return begin


def reindex(archive, capsys, **options):
    """Return the exit code, and what is printed with --json."""
    console = Console(archive=archive.path, as_json=True)
    code = Reindexing(console, archive, None).run(**{"anew": False, "dry_run": False, **options})
    return code, json.loads(capsys.readouterr().out)


def versions(archive):
    with Index.open(archive.index, read_only=True) as index:
        return index.rows(
            "select a.identity, v.number, v.seen_from, v.seen_until, v.changed, p.extractor, p.headline from versions v"
            " join articles a on a.id = v.article_id join v_provenance p on p.article_id = v.article_id and p.version = v.number"
            " order by 1, 2"
        )


def test_another_extractor_replaces_what_was_read_and_makes_no_version(archive, capsys, another_extractor):
    reindex(archive, capsys)
    before = versions(archive)
    another_extractor()
    code, told = reindex(archive, capsys)
    after = versions(archive)
    assert code == 0
    assert [[row[name] for name in FIELDS] for row in after] == [
        [row[name] for name in FIELDS] for row in before
    ]
    assert len(before) == 8
    assert {row["extractor"] for row in after} == {"another"}
    assert all(new["headline"] == old["headline"].upper() for old, new in zip(before, after, strict=True))
    assert (told["compared"], told["read otherwise"]) == (6, 6)
    counts = {field["what"]: field["articles"] for field in told["fields"]}
    assert counts["headline"] == counts["credits"] == counts["byline"] == 6
    assert "body" not in counts
    assert reindex(archive, capsys)[1]["pages"] == 0


def test_a_dry_run_tells_the_same_and_changes_nothing(archive, capsys, another_extractor):
    reindex(archive, capsys)
    another_extractor()
    before = _files(archive)
    _, told = reindex(archive, capsys, dry_run=True)
    assert _files(archive) == before
    assert told["read otherwise"] == 6
    _, done = reindex(archive, capsys)
    assert done["fields"] == told["fields"]


def test_a_capture_that_another_extractor_reads_otherwise_is_no_edit(tmp_path):
    with Index.open(tmp_path / "index.db") as index:
        read(index, (capture(1), article()))
        index.add_record(capture(2))
        outcome = index.add_reading(capture(2), article(headline="Read better"), extractor="another")
        index.add_record(capture(3))
        edited = index.add_reading(capture(3), article(headline="Edited"), extractor="another")
        assert (outcome.value, edited.value) == ("read-otherwise", "new-version")
        assert [row["version"] for row in index.rows("select * from v_edited_after_publication")] == [3]
        assert [version.changed for version in index.versions(index.article_at(PAGE).id)] == [
            (),
            (),
            ("headline",),
        ]


def test_what_was_killed_goes_on_and_gives_the_same(made, tmp_path, start_tearsheet):
    archive = make_archive(tmp_path / "archive", articles=24)
    archive.config_file.write_text("[index]\ncommit_every = 5\n", encoding="utf-8")
    run(archive.path, "reindex")
    with Index.open(archive.index, read_only=True) as index:
        expected = table_contents(index)
    process = start_tearsheet(archive.path, "reindex", "--rebuild", "--jobs", "2")
    until = time.monotonic() + 20
    while time.monotonic() < until and process.poll() is None and _pages(archive) < 5:
        time.sleep(0.02)
    assert process.poll() is None
    process.kill()
    process.wait(timeout=20)
    assert 5 <= _pages(archive) < 60
    with Index.open(archive.index, read_only=True) as index:
        assert len(index.rows("select 1 from articles")) == 24
    done = json.loads(run(archive.path, "reindex", "--rebuild", "--jobs", "2", "--json"))
    with Index.open(archive.index, read_only=True) as index:
        assert table_contents(index) == expected
    assert url_of(0) in {row["url"] for row in expected["articles"]}
    assert done["read otherwise"] == 0
    assert not archive.next_index.exists()


def _pages(archive) -> int:
    if not archive.next_index.exists():
        return 0
    try:
        with Index.open(archive.next_index, read_only=True) as index:
            [row] = index.rows("select count(*) as n from readings")
            return row["n"]
    except (ArchiveError, sqlite3.Error):  # it is just being made
        return 0


def _files(archive):
    """Return the digest of every file but SQLite's side files, which every reader may leave behind, empty."""
    kept = (path for path in archive.path.rglob("*.*") if not path.name.endswith(("-wal", "-shm")))
    return {path: sha256(path.read_bytes()).digest() for path in kept}
