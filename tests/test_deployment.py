"""The files for deployment name verbs, options, settings and exit codes that there are, and scripts that can be read."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from archive.config import settings
from archive.exit_codes import ExitCode
from archive.index.operator_data import OperatorData
from archive.index.store import Index
from tests.test_documents import check_call

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "deploy"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix != ".md")
FINE = {ExitCode.INCOMPLETE, ExitCode.STOPPED, ExitCode.IN_USE, ExitCode.SITE_IN_USE}


def calls_in(text):
    """Return the arguments of every call of tearsheet in a unit, a table, a manifest or a script."""
    text = re.sub(r"\$\([^)]*\)", "https://a-newspaper.example/", text)
    for call in re.findall(r'(?:bin/|^ +|")(?:\$)?tearsheet"? ([a-z]+ [^\'|&>\n]*)', text, re.MULTILINE):
        yield shlex.split(call)


def test_the_files_call_tearsheet():
    found = {path.name: [call[0] for call in calls_in(path.read_text())] for path in FILES}
    assert {name: calls for name, calls in found.items() if calls} == {
        "crawl.sh": ["crawl", "status"],
        "cronjob.yaml": ["crawl"],
        "tearsheet.service": ["crawl"],
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_they_call_can_be_given(path):
    known = {setting.key for setting in settings()}
    text = path.read_text()
    for call in calls_in(text):
        check_call(call)
    assert set(re.findall(r"--set ([a-z]+\.[a-z_]+)=", text)) <= known
    for name in re.findall(r"docs/deploy/([\w.]+)", text):
        assert (FOLDER / name).exists()


def test_exit_codes_that_are_no_failure_are_the_same_everywhere():
    texts = {path.name: path.read_text() for path in FILES}
    codes = {
        "tearsheet.service": set(
            re.search(r"^SuccessExitStatus=(.*)$", texts["tearsheet.service"], re.MULTILINE)[1].split()
        ),
        "crawl.sh": set(
            re.search(r"^ +0 \| ([\d |]+)\) exit 0", texts["crawl.sh"], re.MULTILINE)[1].split(" | ")
        ),
        "cronjob.yaml": set(re.search(r"in ([\d|]+)\) exit 0", texts["cronjob.yaml"])[1].split("|")),
    }
    fine = {str(code.value) for code in FINE}
    assert codes == {"tearsheet.service": fine | {"7"}, "crawl.sh": fine, "cronjob.yaml": fine}


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".sh"], ids=lambda path: path.name)
def test_scripts_can_be_read_and_run(path):
    assert subprocess.run(["sh", "-n", path], check=False, capture_output=True).returncode == 0
    assert path.stat().st_mode & 0o111


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="no sqlite3 command")
def test_a_backup_holds_what_cannot_be_made_again(first_crawl, tmp_path):
    archive, backup = tmp_path / "archive", tmp_path / "backup"
    shutil.copytree(first_crawl.archive, archive)
    with OperatorData(archive / "operator.db") as decisions:
        decisions.save_query("walls", "wall")
    (archive / "warc" / "half.warc.gz.open").write_bytes(b"half")
    for _ in range(2):
        subprocess.run([FOLDER / "backup.sh", archive, backup], check=True, capture_output=True)

    kept = {str(path.relative_to(backup)) for path in backup.rglob("*") if path.is_file()}
    [warc] = [path.name for path in (archive / "warc").glob("*.warc.gz")]
    assert kept == {"tearsheet.toml", "operator.db", "index.db", "warc/manifest-sha256.txt", f"warc/{warc}"}
    with OperatorData(backup / "operator.db", read_only=True) as decisions:
        assert [query["name"] for query in decisions.saved_queries()] == ["walls"]
    with Index.open(backup / "index.db", read_only=True) as index:
        assert (
            index.rows("select count(*) as n from articles")[0]["n"]
            == first_crawl.summary["counts"]["new-article"]
        )
    (backup / "warc" / warc).write_bytes(b"damaged")
    assert (
        subprocess.run([FOLDER / "backup.sh", archive, backup], check=False, capture_output=True).returncode
        != 0
    )
