import gzip
import random
import tracemalloc
import zlib

import pytest

from archive.content_coding import decode

TEXT = b"<p>So it goes.</p>" * 100
MEGABYTE = 1 << 20


def raw_deflate(payload):
    made = zlib.compressobj(wbits=-15)
    return made.compress(payload) + made.flush()


@pytest.mark.parametrize(
    ("entity", "codings"),
    [
        (TEXT, []),
        (TEXT, ["identity"]),
        (TEXT, ["UTF-8"]),
        (gzip.compress(TEXT, mtime=0), ["gzip"]),
        (gzip.compress(TEXT, mtime=0), [" X-GZIP "]),
        (gzip.compress(TEXT[:900], mtime=0) + gzip.compress(TEXT[900:], mtime=0), ["gzip"]),
        (gzip.compress(TEXT, mtime=0) + b"<!-- garbage -->", ["gzip"]),
        (zlib.compress(TEXT), ["deflate"]),
        (raw_deflate(TEXT), ["deflate"]),
        (gzip.compress(zlib.compress(TEXT), mtime=0), ["deflate", "gzip"]),
    ],
)
def test_codings_are_undone(entity, codings):
    decoded = decode(entity, codings, limit=MEGABYTE)
    assert (decoded.payload, decoded.flaw) == (TEXT, None)


@pytest.mark.parametrize(("coding", "library"), [("br", "brotli"), ("zstd", "backports.zstd")])
def test_codings_with_a_library_are_undone(coding, library):
    entity = pytest.importorskip(library).compress(TEXT)
    assert decode(entity, [coding], limit=MEGABYTE).payload == TEXT
    assert decode(entity[:-3], [coding], limit=MEGABYTE).flaw == f"{coding} payload ends early"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "compress", "x" * 100])
def test_a_lie_keeps_the_bytes_and_is_named(coding):
    decoded = decode(TEXT, [coding], limit=MEGABYTE)
    assert decoded.payload == TEXT
    assert decoded.flaw


def test_a_truncated_stream_gives_what_it_holds():
    noise = random.Random(1).randbytes(100_000)
    decoded = decode(gzip.compress(noise)[:60_000], ["gzip"], limit=MEGABYTE)
    assert noise.startswith(decoded.payload)
    assert len(decoded.payload) > 40_000
    assert decoded.flaw == "gzip payload ends early"


def test_a_missing_body_is_no_flaw():
    assert decode(b"", ["gzip"], limit=MEGABYTE).flaw is None


@pytest.mark.parametrize(
    ("coding", "library"),
    [("gzip", "gzip"), ("deflate", "zlib"), ("br", "brotli"), ("zstd", "backports.zstd")],
)
def test_a_bomb_is_cut_at_the_limit(coding, library):
    bomb = pytest.importorskip(library).compress(bytes(64 * MEGABYTE))
    tracemalloc.start()
    decoded = decode(bomb, [coding], limit=MEGABYTE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(decoded.payload) == MEGABYTE
    assert decoded.flaw == f"{coding} payload cut at {MEGABYTE} bytes"
    assert peak < 48 * MEGABYTE
