import gzip
import hashlib
import subprocess
import sys

import pytest

from archive.warc.manifest import read_manifest, seal
from archive.warc.repair import DONE, LEFT, LOST, repair_folder
from archive.warc.verify import verify_file


def member(number, block=b"x", digest=None):
    digest = f"sha1:{hashlib.sha1(block).hexdigest()}" if digest is None else digest
    head = (
        f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:n:{number}>\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        f"WARC-Target-URI: http://a.example/{number}\r\nWARC-Block-Digest: {digest}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


A, B, C = member(1), member(2, b"y" * 500), member(3)
BROKEN = B[:-6] + bytes([B[-6] ^ 1]) + B[-5:]


def steps_of(folder, **options):
    return [(step.outcome, step.file, step.offset) for step in repair_folder(folder, **options)]


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def is_sound(folder):
    return not [finding for path in folder.glob("*.gz") for finding in verify_file(path)]


def test_an_archive_in_order_is_only_sealed(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(A + B)
    assert steps_of(tmp_path) == [(DONE, "a.warc.gz", 0)]
    assert steps_of(tmp_path) == []
    assert read_manifest(tmp_path) == {"a.warc.gz": hashlib.sha256(A + B).hexdigest()}


def test_what_was_left_open_is_finished(tmp_path):
    (tmp_path / "a.warc.gz.open").write_bytes(A + B[:30])
    assert steps_of(tmp_path) == [(DONE, "a.warc.gz", len(A)), (DONE, "a.warc.gz", 0)]
    assert contents(tmp_path)["a.warc.gz"] == A
    assert contents(tmp_path)[f"a.warc.gz.torn-{len(A)}"] == B[:30]


@pytest.mark.parametrize(
    ("content", "whole", "start", "end"),
    [
        (A + BROKEN + C, A + C, len(A), len(A + BROKEN)),
        (A + B[:-9] + C, A + C, len(A), len(A + B) - 9),
        (A + b"junk" * 99 + C, A + C, len(A), len(A) + 396),
        (bytes(70_000) + A + C, A + C, 0, 70_000),
        (A + BROKEN + C + B[:20], A + C, len(A), len(A + BROKEN)),
    ],
)
def test_whole_members_behind_damage_are_copied_and_the_file_is_set_aside(
    tmp_path, content, whole, start, end
):
    (tmp_path / "a.warc.gz").write_bytes(content)
    steps = list(repair_folder(tmp_path))
    lost = next(step for step in steps if step.outcome == LOST)
    assert (lost.file, lost.offset, lost.end) == ("a.warc.gz", start, end)
    assert contents(tmp_path)["a.repaired.warc.gz"] == whole
    assert contents(tmp_path)["damaged/a.warc.gz"] == content
    assert is_sound(tmp_path)
    assert list(repair_folder(tmp_path)) == []


def test_a_gzip_payload_inside_a_damaged_member_is_no_member(tmp_path):
    stored = gzip.compress(gzip.decompress(member(2, gzip.compress(b"page"))), 0)
    broken = stored[:-6] + bytes([stored[-6] ^ 1]) + stored[-5:]
    (tmp_path / "a.warc.gz").write_bytes(A + broken + C)
    assert (LOST, "a.warc.gz", len(A)) in steps_of(tmp_path)
    assert contents(tmp_path)["a.repaired.warc.gz"] == A + C


def test_a_torn_tail_of_a_finished_file_is_cut_and_the_manifest_follows(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(A + B[:30])
    seal(tmp_path, ["a.warc.gz"])
    assert steps_of(tmp_path) == [(DONE, "a.warc.gz", len(A)), (LOST, "a.warc.gz", len(A))]
    assert contents(tmp_path)["a.warc.gz"] == A
    assert contents(tmp_path)[f"a.warc.gz.torn-{len(A)}"] == B[:30]
    assert read_manifest(tmp_path)["a.warc.gz"] == hashlib.sha256(A).hexdigest()


def test_what_was_appended_to_a_sealed_file_is_cut_off_and_its_seal_is_right_again(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(A)
    sealed = seal(tmp_path, ["a.warc.gz"])
    (tmp_path / "a.warc.gz").write_bytes(A + b"\0" * 40)
    steps_of(tmp_path)
    assert contents(tmp_path)["a.warc.gz"] == A
    assert read_manifest(tmp_path) == sealed
    assert steps_of(tmp_path) == []


def test_the_seal_of_a_damaged_file_goes_with_it(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(A + B + C)
    sealed = seal(tmp_path, ["a.warc.gz"])
    (tmp_path / "a.warc.gz").write_bytes(A + BROKEN + C)
    steps_of(tmp_path)
    assert read_manifest(tmp_path / "damaged") == sealed
    assert list(read_manifest(tmp_path)) == ["a.repaired.warc.gz"]


@pytest.mark.parametrize(
    ("name", "content", "offset", "words"),
    [
        (
            "a.warc.gz",
            A + member(2, b"z", digest="sha1:" + "0" * 40),
            len(A),
            "http://a.example/2 the block is not",
        ),
        ("a.warc.gz", B[:40], 0, "no gzip member in it is whole"),
        (
            "a.warc",
            gzip.decompress(A) + b"junk\r\n" + gzip.decompress(C),
            len(gzip.decompress(A)),
            "is not compressed",
        ),
    ],
)
def test_what_cannot_be_mended_stays_and_is_named(tmp_path, name, content, offset, words):
    (tmp_path / name).write_bytes(content)
    left = [step for step in repair_folder(tmp_path) if step.outcome == LEFT]
    assert [(step.file, step.offset) for step in left] == [(name, offset)]
    assert words in left[0].message
    assert contents(tmp_path)[name] == content
    assert LEFT in {outcome for outcome, _, _ in steps_of(tmp_path)}


def test_a_sealed_file_that_is_another_or_gone_is_named(tmp_path):
    for name in ("a.warc.gz", "b.warc.gz"):
        (tmp_path / name).write_bytes(A)
    seal(tmp_path, ["a.warc.gz", "b.warc.gz"])
    (tmp_path / "a.warc.gz").write_bytes(C)
    (tmp_path / "b.warc.gz").unlink()
    left = list(repair_folder(tmp_path))
    assert [(step.outcome, step.file) for step in left] == [(LEFT, "a.warc.gz"), (LEFT, "b.warc.gz")]
    assert "is not the file that was sealed" in left[0].message
    assert "in the manifest, but not in the archive" in left[1].message


def test_a_dry_run_tells_the_same_and_changes_nothing(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(A + BROKEN + C)
    (tmp_path / "b.warc.gz").write_bytes(A + B[:9])
    (tmp_path / "c.warc.gz.open").write_bytes(A + B[:9])
    before = contents(tmp_path)
    told = [step for step in steps_of(tmp_path, dry_run=True) if step != (DONE, "c.warc.gz", 0)]
    assert contents(tmp_path) == before
    assert set(told) - {(DONE, "a.warc.gz", 0)} <= set(steps_of(tmp_path))


def test_a_file_that_is_being_written_is_left_alone(tmp_path):
    hold = (
        "import sys; from pathlib import Path; from archive.warc.files import OpenFile\n"
        "f = OpenFile(Path(sys.argv[1]), 'a.warc.gz'); f.append([b'half']); print(flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", hold, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as writer:
        writer.stdout.readline()
        assert steps_of(tmp_path) == steps_of(tmp_path, dry_run=True) == [(LEFT, "a.warc.gz.open", 0)]
        writer.kill()
    assert contents(tmp_path) == {"a.warc.gz.open": b"half"}


def test_a_damaged_file_of_that_name_is_never_replaced(tmp_path):
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "a.warc.gz").write_bytes(b"older")
    (tmp_path / "a.warc.gz").write_bytes(A + BROKEN + C)
    assert (LEFT, "a.warc.gz", 0) in steps_of(tmp_path)
    assert contents(tmp_path)["damaged/a.warc.gz"] == b"older"


LIMITED = """
import resource, signal, sys
from pathlib import Path
from archive.errors import DiskFull
from archive.warc.repair import repair_folder
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    list(repair_folder(Path(sys.argv[1])))
except DiskFull as error:
    print(error)
"""


def test_without_room_for_the_copy_the_file_stays(tmp_path):
    content = A + BROKEN + member(4, bytes(range(256)) * 40) * 9
    (tmp_path / "a.warc.gz").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path], capture_output=True, text=True, check=True
    )
    assert "File too large" in done.stdout
    assert contents(tmp_path) == {"a.warc.gz": content}
    steps_of(tmp_path)
    assert is_sound(tmp_path)
