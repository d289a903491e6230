"""Runs of different sites go on side by side; one of the same site, or a verb that needs the archive alone, is told who is there."""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager

import pytest

from archive.errors import ArchiveInUse, SiteInUse
from archive.locks import Locks

HOLD = """
import sys
from pathlib import Path
from archive.locks import Locks
with Locks(Path(sys.argv[1])).beside("crawl", run=sys.argv[2], sites=sys.argv[3:]):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_run(folder, run, *sites):
    """Let another process hold *sites*; it is killed at the end."""
    command = [sys.executable, "-c", HOLD, str(folder), run, *sites]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_runs_of_other_sites_go_on_and_of_the_same_site_are_refused(tmp_path):
    locks = Locks(tmp_path)
    with another_run(tmp_path, "run-1", "a.example", "b.example") as other:
        with locks.beside("crawl", run="run-2", sites=["c.example"]):
            assert [holder.run for holder in locks.runs()] == ["run-1", "run-2"]
        message = (
            rf"^b\.example: a run is under way: process {other.pid} on .+ \(crawl, run run-1\), since 20\d\d-"
        )
        with (
            pytest.raises(SiteInUse, match=message),
            locks.beside("crawl", run="run-2", sites=["b.example"]),
        ):
            pass
    with locks.beside("crawl", run="run-2", sites=["b.example"]):
        assert [holder.run for holder in locks.runs()] == ["run-2"]


def test_who_needs_the_archive_alone_is_told_of_the_runs_and_runs_of_who_has_it(tmp_path):
    locks = Locks(tmp_path)
    with another_run(tmp_path, "run-1", "a.example") as other:
        message = rf"{tmp_path} is in use by process {other.pid} on .+ \(crawl, run run-1\)"
        with pytest.raises(ArchiveInUse, match=message), locks.alone("reindex"):
            pass
    with locks.alone("reindex"):
        assert [holder.purpose for holder in locks.holders()] == ["reindex"]
        with pytest.raises(ArchiveInUse, match=r"\(reindex\)"), locks.beside("crawl", run="run-2"):
            pass


def test_who_waits_to_have_the_archive_alone_lets_no_other_run_begin(tmp_path):
    locks = Locks(tmp_path)
    with another_run(tmp_path, "run-1", "a.example") as other:
        code = "import sys; from pathlib import Path; from archive.locks import Locks\n"
        code += "with Locks(Path(sys.argv[1])).alone('reindex', wait_seconds=30): print('alone', flush=True)"
        command = [sys.executable, "-c", code, str(tmp_path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as waiting:
            refusal = None
            while (
                refusal is None or "another process" in refusal
            ) and waiting.poll() is None:  # until it has signed
                try:
                    with locks.beside("crawl", run="run-2", sites=["b.example"]):
                        pass
                except ArchiveInUse as error:
                    refusal = str(error)
            assert f"process {waiting.pid} on " in refusal
            assert "(reindex)" in refusal
            assert "waits to have it alone" in refusal
            other.kill()
            assert waiting.stdout.readline() == "alone\n"
    with locks.beside("crawl", run="run-2", sites=["b.example"]):
        pass


def test_the_file_of_a_killed_run_says_nothing(tmp_path):
    locks = Locks(tmp_path)
    with another_run(tmp_path, "run-1", "a.example"):
        pass
    assert (tmp_path / "locks" / "run-1.json").exists()
    assert locks.holders() == []
    with locks.alone("reindex"), pytest.raises(ArchiveInUse), locks.alone("repair"):
        pass
    with locks.beside("crawl", run="run-2", sites=["a.example"]):
        assert not (tmp_path / "locks" / "run-1.json").exists()
