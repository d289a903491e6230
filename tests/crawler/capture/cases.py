"""The odd answers that servers give, and what the archive must hold of each."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass, field
from typing import Any

from tests.crawler.capture.rawserver import CLOSE, CUT, HANG, RESET, Step

OK = b"HTTP/1.1 200 OK\r\n"
HTML = b"Content-Type: text/html; charset=utf-8\r\n"
PAGE = b"<html><title>T</title><p>" + "Zwölf Boxkämpfer ".encode() * 300 + b"</html>"
ZIPPED = gzip.compress(PAGE, mtime=0)
ODD_FIELDS = (
    b"sErVeR:raw/1\r\nX-Dup: 1\r\nSet-Cookie: a=1; Path=/\r\nx-dup:2\r\nSET-COOKIE:b=2\r\n"
    b"X-Latin: caf\xe9\r\nX-Space:   padded   \r\nno-colon-line\r\nX-Fold: one\r\n\ttwo\r\n"
)

WHOLE, NO_RESPONSE = "whole", "no response"


def in_chunks(body: bytes, size: int, extension: bytes = b"", trailers: bytes = b"") -> bytes:
    """Return *body* framed as chunks of *size* bytes."""
    pieces = [body[start : start + size] for start in range(0, len(body), size)]
    framed = b"".join(b"%x%b\r\n%b\r\n" % (len(piece), extension, piece) for piece in pieces)
    return framed + b"0\r\n" + trailers + b"\r\n"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One answer and what must be archived."""

    name: str
    steps: list[Step]
    kept: str = WHOLE
    """``whole``, ``no response`` (no HTTP came), or the reason for which it was truncated."""
    surplus: bytes = b""
    """What the server sent behind the message."""
    interim: bytes = b""
    method: str = "GET"
    body: bytes = b""
    meta: dict[str, Any] = field(default_factory=dict)


def sized(body: bytes, fields: bytes = b"") -> bytes:
    """Return a good response with *body*."""
    return OK + fields + b"Content-Length: %d\r\n\r\n" % len(body) + body


CHUNKED = OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n"
SHORT_WAIT = {"download_timeout": 1.0}
SMALL = {"download_maxsize": 50_000}
HINTS = b"HTTP/1.1 103 Early Hints\r\nLink: </s.css>; rel=preload\r\n\r\n"
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"

CASES = [
    Case(name="odd-fields", steps=[OK + ODD_FIELDS + b"cOnTeNt-LeNgTh:5\r\n\r\nhello"]),
    Case(name="odd-status", steps=[b"HTTP/1.1  200 oKay then\r\n" + ODD_FIELDS + b"Content-Length:5\r\n\r\nhello"], kept="unspecified"),
    Case(name="lf-only", steps=[b"HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 5\n\nhello"]),
    Case(name="no-reason", steps=[b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok"]),
    Case(name="chunked-gzip", steps=[OK + HTML + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n", in_chunks(ZIPPED, 37, b";ext=1", b"X-T: trailed\r\n")]),
    Case(name="chunked-slowly", steps=[CHUNKED, b"5\r", 0.05, b"\nhel", 0.05, b"lo\r\n0", 0.05, b"\r\n\r\n"]),
    Case(name="chunked-odd-case", steps=[OK + HTML + b"transfer-encoding: Chunked\r\n\r\n", in_chunks(b"x" * 5000, 4096)]),
    Case(name="brotli", steps=[sized(b"\x0b\x02\x80hello\x03", HTML + b"Content-Encoding: br\r\n")]),
    Case(name="not-modified", steps=[b'HTTP/1.1 304 Not Modified\r\nETag: "x"\r\nContent-Length: 999\r\n\r\n'], meta={"handle_httpstatus_list": [304]}),
    Case(name="no-content", steps=[b"HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n"]),
    Case(name="empty", steps=[sized(b"")]),
    Case(name="head", steps=[OK + b"Content-Length: 12345\r\nX-H: y\r\n\r\n"], method="HEAD"),
    Case(name="post", steps=[b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"], method="POST", body=bytes(range(256))),
    Case(name="long-head", steps=[OK + b"X-Long: 123456789\r\n" * 5000 + b"Content-Length: 1\r\n\r\nx"]),
    Case(name="short-body", steps=[OK + b"Content-Length: 1000\r\n\r\nonly this", CLOSE], kept="disconnect"),
    Case(name="short-chunk", steps=[CHUNKED + b"3e8\r\nonly this", CLOSE], kept="disconnect"),
    Case(name="no-last-chunk", steps=[CHUNKED + b"5\r\nhello\r\n", CLOSE], kept="disconnect"),
    Case(name="reset-in-body", steps=[OK + b"Content-Length: 100000\r\n\r\n" + b"z" * 20000, 0.2, RESET], kept="disconnect"),
    Case(name="reset-in-head", steps=[OK + b"Content-Le", 0.1, RESET], kept=NO_RESPONSE),
    Case(name="reset-close-delimited", steps=[OK + b"X: y\r\n\r\n" + b"z" * 2000, 0.2, RESET], kept="disconnect"),
    Case(name="no-answer", steps=[CLOSE], kept=NO_RESPONSE),
    Case(name="too-long-announced", steps=[sized(b"a" * 600_000), CLOSE], kept="length", meta=SMALL),
    Case(name="too-long-chunked", steps=[CHUNKED, *(b"10000\r\n" + b"a" * 65536 + b"\r\n" for _ in range(20)), 0.5, CLOSE], kept="length", meta=SMALL),
    Case(name="http10", steps=[b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nold school", CLOSE]),
    Case(name="http10-sized", steps=[b"HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nabc", CLOSE]),
    Case(name="close-delimited", steps=[OK + b"Connection: close\r\n\r\nbody till the end", CLOSE]),
    Case(name="keeps-then-closes", steps=[sized(b"k1"), CLOSE]),
    Case(name="surplus", steps=[sized(b"abc") + b"EXTRA GARBAGE"], surplus=b"EXTRA GARBAGE"),
    Case(name="surplus-after-204", steps=[b"HTTP/1.1 204 No Content\r\n\r\nEXTRA"], surplus=b"EXTRA"),
    Case(name="early-hints", steps=[HINTS, 0.05, sized(b"main")], interim=HINTS),
    Case(name="two-interim-at-once", steps=[CONTINUE + HINTS + sized(b"main")], interim=CONTINUE + HINTS),
    Case(name="only-interim", steps=[HINTS, 0.05, CLOSE], kept=NO_RESPONSE),
    Case(name="icy", steps=[b"ICY 200 OK\r\nContent-Length: 2\r\n\r\nhi", CLOSE], kept=NO_RESPONSE),
    Case(name="garbage", steps=[b"\x00\x01\x02 not http at all\r\n\r\n", CLOSE], kept=NO_RESPONSE),
    Case(name="bad-chunk", steps=[CHUNKED + b"ZZ\r\nhello\r\n0\r\n\r\n", CLOSE], kept="unspecified"),
    Case(name="two-lengths", steps=[OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", CLOSE], kept="unspecified"),
    Case(name="same-length-twice", steps=[OK + b"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello"]),
    Case(name="length-and-chunked", steps=[OK + b"Content-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n", in_chunks(b"hello", 5)]),
    Case(name="two-transfer-codings", steps=[OK + b"Transfer-Encoding: gzip, chunked\r\n\r\n" + in_chunks(ZIPPED, 4096), CLOSE], kept="unspecified"),
    Case(name="hangs-in-body", steps=[OK + b"Content-Length: 100\r\n\r\npartial", HANG], kept="time", meta=SHORT_WAIT),
    Case(name="hangs-in-close-delimited", steps=[OK + b"\r\npartial", HANG], kept="time", meta=SHORT_WAIT),
    Case(name="hangs-in-head", steps=[OK + b"Content-", HANG], kept=NO_RESPONSE, meta=SHORT_WAIT),
    Case(name="stopped-at-head", steps=[OK + b"Content-Length: 100000\r\n\r\n", 0.3, b"s" * 100000], kept="length", meta={"stop": "head"}),
    Case(name="stopped-in-body", steps=[OK + b"Content-Length: 100000\r\n\r\n" + b"s" * 50000, 0.3, b"s" * 50000], kept="length", meta={"stop": "body"}),
    Case(name="stopped-close-delimited", steps=[OK + b"\r\n" + b"s" * 50000, 0.3, CLOSE], kept="length", meta={"stop": "body"}),
    Case(name="lying-gzip", steps=[sized(b"not gzip!", b"Content-Encoding: gzip\r\n")]),
    Case(name="archive-only", steps=[sized(b"v" * 3_000_000, b"Content-Type: video/mp4\r\n")], meta={"archive_only": True}),
    Case(name="plain", steps=[CHUNKED, in_chunks(ZIPPED, 100)], meta={"is_plain": True}),
    Case(name="video", steps=[sized(b"v" * 90_000, b"Content-Type: Video/MP4; codecs=x\r\n")]),
    Case(name="long-announced", steps=[sized(b"l" * 2_500_000, HTML)]),
    Case(name="long-chunked", steps=[CHUNKED, in_chunks(b"l" * 2_500_000, 65536)]),
    Case(name="nearly-long", steps=[sized(b"l" * 1_999_999, HTML)]),
]  # fmt: skip

_COUNTED = {
    name: [[sized(name.encode(), HTML)]] for name in ("fragile-1", "fragile-2", "proxied", "tunnelled")
}
ANSWERS: dict[str, list[list[Step]]] = {
    **{case.name: [case.steps] for case in CASES},
    **_COUNTED,
    "robots.txt": [[sized(gzip.compress(b"User-agent: *\nDisallow: /forbidden\n"), b"Content-Type: text/plain\r\nContent-Encoding: gzip\r\n")]],
    "redirects": [[b"HTTP/1.1 302 Found\r\nLocation: /redirected?from=there\r\nContent-Length: 5\r\n\r\nmoved"]],
    "again-1": [[sized(PAGE, HTML)]],
    "again-2": [[sized(PAGE, HTML)]],
    "leads-astray": [[b"HTTP/1.1 302 Found\r\nLocation: /forbidden?by=robots\r\nContent-Length: 0\r\n\r\n"]],
    "redirected": [[sized(ZIPPED, HTML + b"Content-Encoding: gzip\r\n")]],
    "retried": [[b"HTTP/1.1 503 Later\r\nContent-Length: 0\r\n\r\n"], [OK + b"Content-Length: 9\r\n\r\nhal", CLOSE], [sized(b"third time")]],
    "cut-tls": [[OK + b"\r\nwho cut this?", CUT]],
    "forty-megabytes": [[OK + b"Content-Type: application/zip\r\nContent-Length: %d\r\n\r\n" % (40 << 20), 40]],
    "filler": [[sized(os.urandom(20_000))]],
}  # fmt: skip
