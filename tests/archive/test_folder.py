import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.config import Config, render
from archive.errors import ArchiveInUse, ConfigError, UnknownArchive
from archive.folder import ArchiveFolder, chosen_path

HOLD_THE_LOCK = """
import sys
from pathlib import Path
from archive.folder import ArchiveFolder
with ArchiveFolder(Path(sys.argv[1])).lock("crawl"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_created_archive_can_be_opened_and_explains_its_settings(tmp_path: Path):
    folder = ArchiveFolder(tmp_path / "deep" / "archive").create()

    assert folder.open().config() == Config()
    assert folder.config_file.read_text(encoding="utf-8") == render(Config())
    assert sorted(path.name for path in folder.path.iterdir()) == ["tearsheet.toml", "warc"]


def test_creating_again_keeps_the_operators_settings(tmp_path: Path):
    folder = ArchiveFolder(tmp_path).create()
    folder.config_file.write_text("[crawl]\nretries = 7\n", encoding="utf-8")

    assert folder.create().config().crawl.retries == 7


def test_a_folder_of_warc_files_without_settings_is_an_archive(tmp_path: Path):
    (tmp_path / "warc").mkdir()

    assert ArchiveFolder(tmp_path).open().config() == Config()


@pytest.mark.parametrize(("name", "state"), [("missing", "is not there"), (".", "holds no archive")])
def test_a_folder_that_is_no_archive_is_refused_with_the_remedy(tmp_path: Path, name: str, state: str):
    with pytest.raises(
        UnknownArchive, match=f"{state}.*--archive DIR or TEARSHEET_ARCHIVE=DIR.*tearsheet crawl"
    ):
        ArchiveFolder(tmp_path / name).open()


def test_a_file_cannot_become_an_archive(tmp_path: Path):
    (tmp_path / "file").write_text("")

    with pytest.raises(UnknownArchive, match="is no folder"):
        ArchiveFolder(tmp_path / "file").create()


def test_broken_settings_are_named_with_their_file(tmp_path: Path):
    folder = ArchiveFolder(tmp_path).create()
    folder.config_file.write_bytes(b'[operator]\nname = "\xff"\n')

    with pytest.raises(ConfigError, match=r"tearsheet\.toml: not UTF-8"):
        folder.config()


def test_the_option_wins_over_the_variable_and_that_over_the_default(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("TEARSHEET_ARCHIVE", raising=False)
    assert chosen_path() == Path("archive-data")
    monkeypatch.setenv("TEARSHEET_ARCHIVE", "/from/variable")
    assert chosen_path() == Path("/from/variable")
    assert chosen_path("/from/option") == Path("/from/option")


def test_the_lock_names_its_holder_and_ends_with_it(tmp_path: Path):
    folder = ArchiveFolder(tmp_path).create()
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        try:
            assert holder.stdout.readline() == "held\n"
            with (
                pytest.raises(ArchiveInUse, match=rf"process {holder.pid} on .+ \(crawl\), since 20\d\d-"),
                folder.lock(),
            ):
                pass
        finally:
            holder.kill()

    with folder.lock("reindex"):
        assert f'"pid": {os.getpid()}' in (folder.path / "lock").read_text()


def test_a_lock_that_is_free_can_be_taken_again_and_again(tmp_path: Path):
    folder = ArchiveFolder(tmp_path).create()

    for _ in range(3):
        with folder.lock(), pytest.raises(ArchiveInUse), folder.lock():
            pass
