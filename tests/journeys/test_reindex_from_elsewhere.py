"""WARC and ARC files of other people are taken in: whole, odd and broken ones."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from archive.index.compare import table_contents
from archive.index.store import Index
from tests.conftest import command, environment, run


@pytest.fixture
def samples(shared, tmp_path):
    """Return all sample files, renamed so that no two have one name."""
    folder = tmp_path / "samples"
    folder.mkdir()
    for file in sorted((shared / "warc-samples").rglob("*")):
        if file.name.endswith((".warc", ".warc.gz", ".arc", ".arc.gz")):
            shutil.copy(file, folder / f"{file.parent.name}-{file.name}")
    return sorted(folder.iterdir())


def test_all_samples_are_read_and_damage_is_named(samples, tmp_path):
    archive = tmp_path / "archive"
    arguments = ["--from", *map(str, samples)]
    done = subprocess.run(
        command(archive, "reindex", *arguments),
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
        env=environment(),
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    damaged = [line for line in done.stderr.splitlines() if line.startswith("damaged: ")]
    assert len(damaged) >= 20
    assert all(", offset " in line for line in damaged)
    with Index.open(archive / "index.db", read_only=True) as index:
        [counts] = index.rows(
            "select (select count(*) from captures) c, (select count(*) from articles) a, (select count(*) from warc_files) f"
        )
        before = table_contents(index)
    assert counts["f"] == len(samples)
    assert counts["c"] > 300
    assert counts["a"] > 20

    again = run(archive, "reindex")
    assert re.search(r"^records +0$", again, re.MULTILINE)
    run(archive, "reindex", "--rebuild", expect=1)
    with Index.open(archive / "index.db", read_only=True) as index:
        assert table_contents(index) == before


def test_the_files_inside_a_wacz_are_taken_in(first_crawl, tmp_path):
    packed = tmp_path / "sample.wacz"
    run(first_crawl.archive, "export", "--format", "wacz", "--output", str(packed))
    archive = tmp_path / "archive"
    run(archive, "reindex", "--from", str(packed))
    with Index.open(archive / "index.db", read_only=True) as index:
        [taken] = index.rows("select count(*) as n from articles")
    assert taken["n"] == first_crawl.summary["counts"]["new-article"]


def test_a_file_of_another_name_or_kind_is_refused(tmp_path, first_crawl):
    [own] = (first_crawl.archive / "warc").glob("*.warc.gz")
    archive = tmp_path / "archive"
    run(archive, "reindex", "--from", str(own))
    run(archive, "reindex", "--from", str(own))
    other = tmp_path / "other" / own.name
    other.parent.mkdir()
    other.write_bytes(b"something else")
    run(archive, "reindex", "--from", str(other), expect=1)
    (tmp_path / "page.html").write_text("<p>")
    run(archive, "reindex", "--from", str(tmp_path / "page.html"), expect=1)


def test_without_an_archive_there_is_nothing_to_read(tmp_path):
    run(tmp_path / "nowhere", "reindex", expect=1)
