"""Sealed WARC files lie on another disk, and everything goes on finding them."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from archive.warc.manifest import seal


@pytest.fixture
def sealed(archive):
    """Return the archive, its files sealed."""
    seal(archive.warc, [path.name for path in archive.warc.glob("*.warc.gz")])
    return archive


@pytest.fixture
def disk(tmp_path):
    folder = tmp_path / "another disk"
    folder.mkdir()
    return folder


def names(folder):
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_what_was_moved_is_found_by_all_and_can_come_back(tearsheet_on, sealed, disk):
    shown = tearsheet_on("show", "http://herald.example/2024/harbour").out
    [file] = [path.name for path in sealed.warc.glob("*.warc.gz")]
    size = (sealed.warc / file).stat().st_size
    planned = tearsheet_on("shelve", "--to", str(disk), "--dry-run")
    assert (planned.out, names(disk)) == (f"would be moved: {file}, {size} bytes\n", [])

    done = tearsheet_on("shelve", "--to", str(disk), "--json")
    assert json.loads(done.out) == {"file": file, "size": size, "was_there": False}
    assert (sealed.warc / file).readlink() == disk / file
    assert tearsheet_on("verify").code == 0
    reread = tearsheet_on("reindex", "--dry-run", "--json")
    assert json.loads(reread.out)["records"] > 5
    assert tearsheet_on("show", "http://herald.example/2024/harbour").out == shown
    assert json.loads(tearsheet_on("status", "--json").out)["warc_files_elsewhere"] == 1
    assert "There is nothing to move." in tearsheet_on("shelve", "--to", str(disk)).err

    assert tearsheet_on("shelve", "--back").code == 0
    assert (sealed.warc / file).is_file()
    assert not (sealed.warc / file).is_symlink()
    assert tearsheet_on("verify").code == 0


def test_a_file_that_was_copied_there_before_is_compared_and_linked(tearsheet_on, sealed, disk):
    [path] = sealed.warc.glob("*.warc.gz")
    shutil.copy(path, disk / path.name)
    assert f"{path.name}: {path.stat().st_size} bytes, was there already" in tearsheet_on(
        "shelve", "--to", str(disk)
    ).out.replace("\n", " ")
    assert path.is_symlink()


def test_another_file_of_that_name_stays_and_so_does_ours(tearsheet_on, sealed, disk):
    [path] = sealed.warc.glob("*.warc.gz")
    (disk / path.name).write_bytes(b"something else")
    done = tearsheet_on("shelve", "--to", str(disk))
    assert done.code == 1
    assert "is another file than the one that was sealed; it stays where it is" in done.err
    assert not path.is_symlink()


def test_a_disk_that_is_not_mounted_is_named_by_those_who_need_it(tearsheet_on, sealed, disk):
    [path] = sealed.warc.glob("*.warc.gz")
    tearsheet_on("shelve", "--to", str(disk))
    disk.rename(disk.with_name("unmounted"))

    assert tearsheet_on("show", "http://herald.example/2024/harbour").code == 0, "the index knows the text"
    assert json.loads(tearsheet_on("status", "--json").out)["warc_files_not_there"] == 1
    checked = tearsheet_on("verify")
    assert checked.code == 1
    assert f"it is a link to {disk / path.name}, which is not there" in checked.out.replace("\n", " ")
    for again in (tearsheet_on("reindex", "--rebuild"), tearsheet_on("shelve", "--back")):
        assert again.code == 1
        assert "is not there" in again.err


def test_young_and_unsealed_files_stay(tearsheet_on, archive, disk):
    tearsheet_on("shelve", "--to", str(disk))
    [path] = archive.warc.glob("*.warc.gz")
    seal(archive.warc, [path.name])
    tearsheet_on("shelve", "--to", str(disk), "--older-than", "30")
    assert not path.is_symlink()
    os.utime(path, (0, 0))
    tearsheet_on("shelve", "--to", str(disk), "--older-than", "30")
    assert path.is_symlink()
