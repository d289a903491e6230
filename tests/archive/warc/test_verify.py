import gzip
import hashlib
from base64 import b32encode, b64encode, urlsafe_b64encode

import pytest

from archive.model import FetchNotes
from archive.warc.verify import ERROR, Summary, _Written, verify_file

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"


def check(path):
    summary = Summary()
    return [str(finding) for finding in verify_file(path, summary) if finding.severity == ERROR], summary


def response(block, payload_digest):
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <a:b>\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\nWARC-Payload-Digest: %b\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n"
    ) % (payload_digest, len(block), block)


def test_our_own_file_has_no_findings(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    for answer in (OK, OK, CHUNKED.replace(b"hello", b"world")):
        writer.write_exchange(make_exchange(answer, elapsed_ms=1), FetchNotes())
    writer.close()
    (path,) = tmp_path.iterdir()
    summary = Summary()
    assert list(verify_file(path, summary)) == []
    assert summary.records == {"warcinfo": 1, "response": 2, "revisit": 1, "request": 3, "metadata": 3}
    assert summary.block_digests == 10
    assert summary.payload_digests == {"either": 4, "elsewhere": 1, "standard": 1}


@pytest.mark.parametrize(
    ("block", "digest", "convention"),
    [
        (CHUNKED, b"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", "standard"),
        (CHUNKED, b"sha1:FPKJFAEPEIMEFSS2G2SDNSN5YKX3N5JX", "as-sent"),
        (OK, b"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N", "either"),
        (OK, b"sha1:vl2mmho4yxukfwv63yhtwsbm3gxksq2n", "either"),
        (OK, b"SHA-1:aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d", "either"),
        (OK, b"md5:XUFAKrxLKna5cZ2REBfFkg==", "either"),
        (OK, b"sha256:FTZE3OS7WCRQ4JXIHMVMLOPCTYNRMHS4D6TUEXTTAQZWFE4LTASA====", "either"),
        (OK, b"sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "either"),
    ],
)
def test_both_conventions_and_every_spelling_pass(tmp_path, block, digest, convention):
    path = tmp_path / "a.warc"
    path.write_bytes(response(block, digest))
    errors, summary = check(path)
    assert errors == []
    assert summary.payload_digests == {convention: 1}


def test_a_changed_payload_is_named_with_offset_and_url(tmp_path):
    path = tmp_path / "a.warc.gz"
    good = gzip.compress(response(OK, b"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"))
    bad = gzip.compress(response(OK.replace(b"hello", b"hallo"), b"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N"))
    path.write_bytes(good + bad + good)
    errors, summary = check(path)
    assert errors == [
        f"a.warc.gz, offset {len(good)}: http://a.example/ the payload is not the one that was written: its digest differs"
    ]
    assert (summary.errors, summary.payload_digests) == (1, {"either": 2})


def test_every_flipped_bit_that_changes_a_record_is_found(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    writer.write_exchange(make_exchange(OK), FetchNotes())
    writer.close()
    (path,) = tmp_path.iterdir()
    content = path.read_bytes()
    found = 0
    for position in range(len(content)):
        flipped = content[:position] + bytes([content[position] ^ 16]) + content[position + 1 :]
        path.write_bytes(flipped)
        if check(path)[0]:
            found += 1
        else:  # the time in a gzip header, or unused bits behind the last deflate block
            assert gzip.decompress(flipped) == gzip.decompress(content)
    assert found > len(content) * 0.9


@pytest.mark.parametrize("cut", [1, 9, 60])
def test_a_torn_tail_is_an_error(tmp_path, make_writer, make_exchange, cut):
    writer = make_writer()
    *_, last = writer.write_exchange(make_exchange(OK), FetchNotes())
    writer.close()
    (path,) = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-cut])
    errors, _ = check(path)
    assert errors == [f"{path.name}, offset {last.place.offset}: the gzip member ends early"]


def test_a_cut_body_with_the_digest_of_the_whole_is_no_error(tmp_path):
    path = tmp_path / "a.warc"
    record = response(OK[:-1], b"sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N")
    path.write_bytes(record.replace(b"WARC-Type", b"WARC-Truncated: length\r\nWARC-Type"))
    assert check(path)[0] == []


def test_a_digest_that_cannot_be_read_is_a_note(tmp_path):
    path = tmp_path / "a.warc"
    path.write_bytes(response(OK, b"blake9:abc"))
    (finding,) = verify_file(path)
    assert (finding.severity, finding.offset) == ("note", 0)
    assert str(finding).startswith("a.warc, offset 0: http://a.example/ WARC-Payload-Digest")


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"])
def test_a_digest_is_read_in_every_base(algorithm):
    for number in range(200):
        digest = hashlib.new(algorithm, b"%d" % number).digest()
        base32, base64_ = b32encode(digest).decode(), b64encode(digest).decode()
        written = (base32, base32.lower().rstrip("="), digest.hex(), digest.hex().upper(), base64_)
        for value in (*written, urlsafe_b64encode(digest).decode().rstrip("=")):
            assert _Written(algorithm, value).fits([b"%d" % number])


@pytest.mark.parametrize(
    "value", ["0" * 32, "A" * 31 + "8", "A" * 31 + "é", "A" * 31 + "²", "+" + "A" * 31, "", "="]
)
def test_what_is_no_digest_fits_nothing(value):
    assert _Written("sha1", value)._read(20) is None
