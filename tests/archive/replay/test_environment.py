from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.errors import UserError
from archive.replay import environment
from archive.replay.environment import NoReplayEnvironment, default_folder, ensure, program

FOLDER = Path(environment.__file__).parent


def test_pywb_is_there_and_says_nothing_once_it_is_made(replay_environment):
    said: list[str] = []
    assert ensure(replay_environment, say=said.append) == replay_environment
    assert program(replay_environment, "wayback").exists()
    assert said == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-build.txt"])
def test_every_requirement_is_pinned_and_hashed_and_names_no_host(name):
    text = (FOLDER / name).read_text()
    blocks = re.findall(
        r"^(\S.*?)(?=^\S|\Z)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE), flags=re.MULTILINE | re.DOTALL
    )
    assert blocks
    assert all(re.match(r"[a-z0-9-]+==\S+", block) and "--hash=sha256:" in block for block in blocks)
    assert "://" not in text
    assert "--index" not in text


def test_the_folder_is_the_users_choice_or_in_the_checkout(monkeypatch, tmp_path):
    monkeypatch.setenv("TEARSHEET_REPLAY_ENV", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.delenv("TEARSHEET_REPLAY_ENV")
    assert default_folder() == FOLDER.parents[1] / ".replay-venv"


def test_an_environment_made_by_somebody_else_is_taken_as_it_is(tmp_path):
    wayback = program(tmp_path, "wayback")
    wayback.parent.mkdir()
    wayback.touch()
    assert ensure(tmp_path) == tmp_path


def test_a_folder_with_other_things_is_never_cleared(tmp_path):
    (tmp_path / "thesis.txt").write_text("ten years of work")
    with pytest.raises(UserError, match="nothing of it shall be lost"):
        ensure(tmp_path, say=str.strip)
    assert (tmp_path / "thesis.txt").exists()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="choose another folder with TEARSHEET_REPLAY_ENV"):
        ensure(tmp_path / "file" / "env")


def test_without_a_network_the_error_says_so_and_the_next_try_begins_anew(monkeypatch, tmp_path):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    said: list[str] = []
    for _ in range(2):
        with pytest.raises(
            NoReplayEnvironment, match=r"Could not install pywb: .*network must be there the first time"
        ):
            ensure(tmp_path / "env", say=said.append)
    assert len(said) == 2
    assert said[0].startswith("Setting up pywb")
