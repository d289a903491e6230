import json

import pytest

from archive.warc.manifest import seal
from tests.archive.verbs.conftest import TIDES
from tests.archive.verbs.test_verify import only_file, place_of


@pytest.fixture
def damaged(archive):
    """Return the archive's one file, in which a capture cannot be decompressed any more."""
    path = only_file(archive)
    seal(archive.warc, [path.name])
    place = place_of(path, TIDES)
    content = bytearray(path.read_bytes())
    content[place.offset + place.length // 2] ^= 0xFF
    path.write_bytes(content)
    return path


def test_an_archive_in_order_has_nothing_to_repair(tearsheet_on, archive):
    seal(archive.warc, [only_file(archive).name])
    done = tearsheet_on("repair")
    assert (done.code, done.err) == (0, "There is nothing to repair.\n")


def test_lost_captures_are_named_and_the_rest_is_whole_again(tearsheet_on, archive, damaged):
    assert tearsheet_on("verify").code == 1

    done = tearsheet_on("repair")

    assert done.code == 1
    assert f"repaired: {damaged.name}, offset 0: " in done.out
    assert f"the capture of {TIDES}" in done.out
    assert "now run `tearsheet reindex --rebuild`" in done.err
    assert tearsheet_on("reindex", "--rebuild").code == 0
    assert tearsheet_on("verify").code == 0
    assert tearsheet_on("repair").code == 0
    assert (archive.warc / "damaged" / damaged.name).exists()


def test_a_dry_run_changes_nothing_and_speaks_json(tearsheet_on, archive, damaged):
    before = sorted(path.name for path in archive.warc.iterdir())

    done = tearsheet_on("repair", "--dry-run", "--json")

    *steps, summary = [json.loads(line) for line in done.out.splitlines()]
    assert sorted(path.name for path in archive.warc.iterdir()) == before
    assert done.code == 1
    assert {step["type"] for step in steps} == {"step", "lost-capture"}
    assert (summary["to_repair"], summary["lost_captures_known"], summary["repaired"]) == (1, 1, 0)
    assert done.err == "Nothing was changed.\n"


def test_a_file_left_open_is_finished_and_then_to_be_read_in(tearsheet_on, archive):
    path = only_file(archive)
    path.rename(f"{path}.open")

    done = tearsheet_on("repair")

    assert done.code == 0
    assert f"repaired: {path.name}, offset {path.stat().st_size}: finished" in done.out
    assert "Now run `tearsheet reindex`" in done.err
    assert tearsheet_on("verify").code == 0


def test_another_writer_is_waited_for_by_nobody(tearsheet_on, archive):
    with archive.lock("crawl"):
        assert tearsheet_on("repair").code == 5
        assert tearsheet_on("repair", "--dry-run").code == 0
