"""No room: the run stops and says so, nothing acknowledged is lost, and the next run goes on."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess

import pytest

from tests.conftest import command, environment


@pytest.mark.parametrize("kilobytes", [200, 700])
def test_a_full_disk_stops_the_run_and_the_next_goes_on(kilobytes, newsroom, tmp_path, tearsheet):
    archive = tmp_path / "archive"

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024 * kilobytes, 1024 * kilobytes))

    done = subprocess.run(
        command(archive, "crawl", *newsroom.sites),
        text=True, capture_output=True, timeout=120, check=False, env=environment(), preexec_fn=limit,
    )  # fmt: skip
    assert done.returncode == 6, done.stderr
    assert "cannot write" in done.stderr
    assert "Traceback" not in done.stderr

    tearsheet(archive, "crawl", *newsroom.sites)
    assert "All that was checked is as it was written." in _words(archive)


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder that is a file system of its own, of 1,500 kB and full of real ext4; it is taken down afterwards."""
    image, folder = tmp_path / "disk.img", tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mkfs.ext4") is None:
        pytest.skip("a file system of its own needs root and mkfs.ext4")
    image.write_bytes(bytes(1_500_000))
    subprocess.run(["mkfs.ext4", "-q", "-O", "^has_journal", image], check=True, timeout=20)
    if subprocess.run(
        ["mount", "-o", "loop", image, folder], check=False, capture_output=True, timeout=20
    ).returncode:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", folder], check=True, timeout=20)


def test_on_a_disk_that_is_full_the_run_stops_and_goes_on_when_there_is_room(
    small_disk, newsroom, tmp_path, tearsheet
):
    archive = small_disk / "archive"
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(200_000))
    done = subprocess.run(
        command(archive, "crawl", *newsroom.sites),
        text=True, capture_output=True, timeout=120, check=False, env=environment(),
    )  # fmt: skip
    assert (done.returncode, "Traceback" in done.stderr) == (6, False), done.stderr
    assert "No space left" in done.stderr or "full" in done.stderr

    roomier = tmp_path / "roomier"
    shutil.copytree(archive, roomier)
    assert "All that was checked is as it was written." in _words(roomier)
    tearsheet(roomier, "crawl", *newsroom.sites)
    assert "All that was checked is as it was written." in _words(roomier)


def _words(archive):
    done = subprocess.run(
        command(archive, "verify"), text=True, capture_output=True, timeout=60, check=True, env=environment()
    )
    return done.stderr
