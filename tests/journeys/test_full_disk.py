"""No room: the run stops and says so, nothing acknowledged is lost, and the next run goes on."""

from __future__ import annotations

import resource
import subprocess

import pytest

from tests.conftest import command, environment

pytestmark = pytest.mark.xdist_group("journeys")


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


def _words(archive):
    done = subprocess.run(
        command(archive, "verify"), text=True, capture_output=True, timeout=60, check=True, env=environment()
    )
    return done.stderr
