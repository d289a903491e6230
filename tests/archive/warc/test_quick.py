from __future__ import annotations

import gzip
import mmap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.warc.quick import LARGEST, look
from archive.warc.verify import ERROR, Summary, verify_file
from tests.archive.replay.small_archive import make_archive

BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Harbour wall holds</p>"


def digests():
    import base64
    import hashlib

    body = BLOCK.partition(b"\r\n\r\n")[2]
    return [b"sha1:" + base64.b32encode(hashlib.sha1(piece).digest()) for piece in (BLOCK, body)]


def record(block=BLOCK, **changes):
    block_digest, payload_digest = digests()
    fields = {
        "WARC-Type": b"response",
        "WARC-Record-ID": b"<urn:uuid:12345678-feb0-11e6-8f83-68a86d1772ce>",
        "WARC-Date": b"2026-11-23T10:00:00.000000Z",
        "WARC-Target-URI": b"http://a.example/",
        "Content-Type": b"application/http; msgtype=response",
        "WARC-Block-Digest": block_digest,
        "WARC-Payload-Digest": payload_digest,
        "Content-Length": b"%d" % len(block),
    } | {name.replace("_", "-"): value for name, value in changes.items()}
    lines = b"".join(
        b"%s: %s\r\n" % (name.encode(), value) for name, value in fields.items() if value is not None
    )
    return b"WARC/1.1\r\n" + lines + b"\r\n" + block + b"\r\n\r\n"


def looked(raw, tmp_path, before=b""):
    file = tmp_path / "x.warc.gz"
    file.write_bytes(before + raw)
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return look(data, len(before))


def test_a_plain_record_is_vouched_for(tmp_path):
    raw = gzip.compress(record())
    seen = looked(raw + b"next member", tmp_path, before=b"before")
    assert (seen.end, seen.record_type, seen.has_block_digest, seen.payload) == (
        6 + len(raw),
        "response",
        True,
        "either",
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"WARC_Block_Digest": b"sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"WARC_Payload_Digest": b"sha1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"},
        {"WARC_Block_Digest": b"md5:d41d8cd98f00b204e9800998ecf8427e"},
        {"WARC_Record_ID": None},
        {"WARC_Record_ID": b"no id"},
        {"WARC_Date": b"2026-13-23T10:00:00Z"},
        {"WARC_Date": b"yesterday"},
        {"Content_Length": b"7"},
        {"Content_Length": b"many"},
        {"WARC_Truncated": b"length"},
        {"WARC_Type": None},
        {"block": BLOCK.replace(b"Content-Type", b"Transfer-Encoding")},
        {"block": BLOCK.replace(b"holds", b"falls")},
    ],
)
def test_what_is_odd_or_wrong_is_left_to_the_careful_reader(changes, tmp_path):
    assert looked(gzip.compress(record(**changes)), tmp_path) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x1f\x8b\x08", b"WARC/1.1\r\n", gzip.compress(record(), mtime=0)[:-9], gzip.compress(record(), mtime=0)[:60], gzip.compress(record() * 2, mtime=0), gzip.compress(b"", mtime=0)],
)  # fmt: skip
def test_what_is_no_whole_record_is_left_to_the_careful_reader(raw, tmp_path):
    assert looked(raw + b"\0", tmp_path) is None


def test_a_giant_is_left_to_the_careful_reader(tmp_path):
    assert looked(gzip.compress(b"WARC/1.1\r\n" + b"\0" * (LARGEST + 100_000)), tmp_path) is None


@given(place=st.integers(0, len(BLOCK) - 1), change=st.integers(1, 255))
def test_no_changed_byte_is_vouched_for(place, change, tmp_path_factory):
    changed = bytearray(BLOCK)
    changed[place] ^= change
    assert looked(gzip.compress(record(block=bytes(changed))), tmp_path_factory.mktemp("x")) is None


def test_damage_in_a_file_is_found_and_the_rest_is_counted(tmp_path):
    [own] = {record.place.file for record in make_archive(tmp_path)}
    path = tmp_path / "warc" / own
    whole = Summary()
    assert list(verify_file(path, whole)) == []
    path.write_bytes(
        path.read_bytes()
        + gzip.compress(record(block=BLOCK.replace(b"holds", b"falls")))
        + gzip.compress(record())
    )
    summary = Summary()
    findings = list(verify_file(path, summary))
    assert {finding.severity for finding in findings} == {ERROR}
    assert summary.records.total() == whole.records.total() + 2
