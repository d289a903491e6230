import json
import shutil

import pytest

from archive.index.store import Index
from archive.warc.manifest import seal
from archive.warc.reader import iter_records
from tests.archive.verbs.conftest import HARBOUR, TIDES


def only_file(archive):
    [path] = archive.warc.glob("*.warc.gz*")
    return path


def place_of(path, url):
    return next(
        r.record.place for r in iter_records(path) if r.record.target_uri == url and r.record.is_capture
    )


def lines(done):
    *findings, summary = [json.loads(line) for line in done.out.splitlines()]
    return findings, summary


def test_an_archive_in_order_is_counted_and_ends_with_0(tearsheet_on, archive):
    done = tearsheet_on("verify", "--json")

    findings, summary = lines(done)
    assert (done.code, findings) == (0, [])
    assert summary["files"] == 1
    assert summary["bytes"] == only_file(archive).stat().st_size
    assert summary["records"] == summary["block_digests_right"] == 23
    assert summary["captures_agreeing_with_index"] == 7
    assert summary["damages"] == summary["captures_not_yet_indexed"] == 0


def test_a_changed_byte_is_named_with_file_offset_and_url(tearsheet_on, archive):
    path = only_file(archive)
    place = place_of(path, TIDES)
    damaged = bytearray(path.read_bytes())
    damaged[place.offset + place.length // 2] ^= 0xFF
    path.write_bytes(damaged)

    done = tearsheet_on("verify")

    assert done.code == 1
    assert f"damaged: {path.name}, offset {place.offset}: " in done.out
    assert f"damaged: {path.name}, offset {place.offset}: {TIDES} the index has the capture" in done.out
    assert done.err.endswith("Something is damaged; see above.\n")


def test_a_sealed_file_that_is_another_now_is_found(tearsheet_on, archive):
    path = only_file(archive)
    seal(archive.warc, [path.name])
    assert lines(tearsheet_on("verify", "--json"))[1]["files_as_sealed"] == 1
    with path.open("ab") as file:
        file.write(b"\0")

    done = tearsheet_on("verify")

    assert done.code == 1
    assert f"{path.name}, offset 0: is not the file that was sealed" in done.out


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("update captures set record_id = 'urn:uuid:0' where target_uri = ?", "the index says urn:uuid:0"),
        ("update captures set offset = offset + 1 where target_uri = ?", "is not in the index"),
        ("update captures set offset = offset + 1 where target_uri = ?", "here, the file has not"),
        ("delete from captures where target_uri = ?", "is not in the index; `tearsheet reindex --rebuild`"),
    ],
)
def test_an_index_that_does_not_fit_the_files_is_found(tearsheet_on, archive, change: str, words: str):
    with Index.open(archive.index) as index:
        index.rows("pragma foreign_keys = off")
        index.rows(change, (TIDES,))

    done = tearsheet_on("verify")

    assert done.code == 1
    assert any(TIDES in line and words in line for line in done.out.splitlines())


def test_a_file_that_only_the_index_knows_is_damage(tearsheet_on, archive):
    path = only_file(archive)
    path.rename(archive.path / "elsewhere.warc.gz")

    done = tearsheet_on("verify")

    assert done.code == 1
    assert f"{path.name}, offset 0: the index knows this file, the archive does not hold it" in done.out


def test_captures_not_yet_indexed_are_a_note_with_the_position(tearsheet_on, archive):
    path = only_file(archive)
    place = place_of(path, HARBOUR)
    with Index.open(archive.index) as index:
        index.rows("update warc_files set position = ?", (place.offset,))
        index.rows("pragma foreign_keys = off")
        index.rows("delete from captures where offset >= ?", (place.offset,))

    done = tearsheet_on("verify", "--json")

    [note], summary = lines(done)
    assert (done.code, note["severity"], note["offset"]) == (0, "note", place.offset)
    assert "6 captures from here on are not yet in the index" in note["message"]
    assert summary["captures_not_yet_indexed"] == 6


def test_an_unfinished_file_with_a_torn_end_is_reported_as_unfinished(tearsheet_on, archive):
    path = only_file(archive)
    with path.open("ab") as file:
        file.write(path.read_bytes()[:40])
    path.rename(f"{path}.open")

    done = tearsheet_on("verify", "--json")

    findings, summary = lines(done)
    assert done.code == 0
    assert summary["unfinished"] == 1
    assert {finding["severity"] for finding in findings} == {"note"}
    assert "is being written, or was left by a killed run" in findings[0]["message"]


def test_without_an_index_the_files_are_checked_all_the_same(tearsheet_on, archive):
    Index.delete(archive.index)

    done = tearsheet_on("verify", "-v")

    assert done.code == 0
    assert "there is no index; `tearsheet reindex` makes it" in done.err


def test_files_from_elsewhere_need_no_archive(call, archive, tmp_path):
    shutil.copy(only_file(archive), tmp_path / "foreign.warc.gz")

    done = call("--archive", tmp_path / "none", "verify", tmp_path / "foreign.warc.gz")

    assert done.code == 0
    assert "captures agreeing" not in done.out
    assert done.err == "All that was checked is as it was written.\n"
