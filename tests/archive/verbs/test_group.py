import json
import os
import subprocess
import sys
import time

import pytest

from archive.exit_codes import ExitCode
from archive.verbs.group import find_verbs

VERBS = {"crawl", "reindex", "extract", "search", "show", "export", "verify", "replay", "status", "sites"}


def test_every_promised_verb_is_there():
    assert find_verbs().keys() >= VERBS


def test_an_unknown_verb_names_the_nearest(call):
    done = call("serach")

    assert done.code == ExitCode.USAGE
    assert "There is no verb 'serach'. Did you mean 'search'?" in done.err


def test_global_options_stand_before_or_behind_the_verb(call, archive):
    before = call("--archive", archive.path, "--json", "--quiet", "search", "wall")
    behind = call("search", "wall", "--archive", archive.path, "--json", "--quiet")

    assert before == behind
    assert json.loads(before.out)["site"] == "herald.example"
    assert before.err == ""


@pytest.mark.parametrize("verb", ["search", "show x", "export", "verify", "replay", "status"])
def test_a_folder_that_is_no_archive_is_one_line_with_the_remedy(call, tmp_path, verb):
    done = call("--archive", tmp_path / "none", *verb.split())

    assert (done.code, done.out) == (ExitCode.FAILED, "")
    assert done.err.startswith(
        f"tearsheet: {tmp_path / 'none'} is not there. Choose an archive with --archive DIR"
    )
    assert done.err.count("\n") == 1


def test_settings_that_cannot_be_read_are_one_line(archive, tearsheet_on):
    archive.config_file.write_text("[replay]\nport = 0\n")

    done = tearsheet_on("replay")

    assert done.code == ExitCode.FAILED
    assert (
        done.err
        == f"tearsheet: {archive.config_file}, line 2: replay.port must be a whole number, 1 to 65535, not 0\n"
    )


def test_a_reader_that_went_away_is_no_error(archive):
    command = f"{sys.executable} -m crawler --archive {archive.path} export | head -c 10"
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, len(done.stdout)) == (0, 10)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_a_terminal_that_is_not_utf_8_ends_no_verb_and_json_loses_nothing(archive, encoding):
    def written(*options: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "--archive", archive.path, "search", "lang:ja", *options],
            capture_output=True,
            check=True,
            env=os.environ | {"PYTHONIOENCODING": encoding},
        )
        return done.stdout.decode(encoding)

    assert written("--quiet").count("\n") == 2
    assert json.loads(written("--json", "--quiet"))["headline"] == "潮見表を公開"


@pytest.mark.parametrize("arguments", [["--help"], ["search", "wall"]])
def test_a_verb_loads_only_what_it_needs(archive, arguments):
    code = (
        "import sys; from crawler.cli import main; main(sys.argv[1:]);"
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'scrapy', 'twisted', 'lxml', 'bs4', 'warcio', 'rich'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "--archive", archive.path, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.splitlines()[-1] == ""


def test_help_comes_at_once():
    best = min(_seconds_of_help() for _ in range(3))

    assert best < 0.3 * _slowness()


def _seconds_of_help() -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, "-m", "crawler", "--help"], capture_output=True, check=True)
    return time.perf_counter() - started


def _slowness() -> float:
    """Return how many times slower than 20 ms this machine starts Python right now; 1 or more."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", ""], check=True)
    return max(1.0, (time.perf_counter() - started) / 0.02)
