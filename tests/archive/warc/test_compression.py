import gzip
import random
import subprocess
import sys

import pytest

from archive.warc.compression import GZIP_ERRORS, compressor, decompressor

ROUND_TRIP = """
import sys
sys.modules["isal.isal_zlib"] = None
from archive.warc.compression import compressor
made = compressor(6)
sys.stdout.buffer.write(made.compress(b"hello " * 1000) + made.flush())
"""


@pytest.mark.parametrize("level", range(10))
def test_each_level_makes_a_gzip_member(level):
    made = compressor(level)
    assert gzip.decompress(made.compress(b"hello " * 1000) + made.flush()) == b"hello " * 1000


def test_without_isal_zlib_does_it():
    done = subprocess.run([sys.executable, "-c", ROUND_TRIP], capture_output=True, check=True, timeout=30)
    assert gzip.decompress(done.stdout) == b"hello " * 1000


def test_a_wrong_checksum_is_an_error():
    member = bytearray(gzip.compress(b"hello"))
    member[-6] ^= 1
    with pytest.raises(GZIP_ERRORS):
        decompressor().decompress(bytes(member))


def test_what_follows_a_member_is_handed_back():
    member = decompressor()
    assert member.decompress(gzip.compress(b"hello") + b"next") == b"hello"
    assert (member.eof, member.unused_data) == (True, b"next")


@pytest.mark.parametrize("level", range(10))
def test_what_is_compressed_already_hardly_grows(level):
    noise = random.Random(1).randbytes(1 << 20)
    made = compressor(level)
    assert len(made.compress(noise) + made.flush()) < 1.002 * len(noise)
