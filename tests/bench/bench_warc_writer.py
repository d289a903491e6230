"""How fast we write, read and verify WARC files, with isal and with zlib, beside warcio and FastWARC.

Run it with ``python tests/bench/bench_warc_writer.py [FOLDER_OF_HTML]`` (``.html`` or ``.html.gz``); without a folder
the pages are made up. FastWARC is installed into a temporary venv where it is missing, and skipped where it cannot be.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import io
import random
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as TheirWriter

from archive.model import Exchange, FetchNotes
from archive.warc import compression
from archive.warc.dedup import OriginalsInMemory
from archive.warc.reader import iter_records
from archive.warc.verify import Summary, verify_file
from archive.warc.writer import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = 300
REQUEST = b"GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: bench\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n\r\n"


def made_up_pages() -> list[bytes]:
    dice = random.Random(1)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 10))) for _ in range(4000)]
    paragraph = lambda: "<p class='text'>" + " ".join(dice.choices(words, k=80)) + "</p>\n"  # noqa: E731
    return ["".join(paragraph() for _ in range(150)).encode() for _ in range(60)]


def pages_in(folder: Path) -> list[bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.name.endswith((".html", ".htm", ".html.gz"))]
    chosen = files[:: max(1, len(files) // 60)][:60]
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in chosen
    ]


def write_ours(folder: Path, pages: list[bytes]) -> None:
    writer = WarcWriter(folder, prefix="ours", info=[], originals=OriginalsInMemory())
    for number in range(PAGES):
        block = HEAD + pages[number % len(pages)] + b"%d" % number
        exchange = Exchange(
            target_uri=f"http://a.example/{number}", started_at=datetime.now(UTC), request=REQUEST,
            response=io.BytesIO(block), response_start=0, response_end=len(block), head_end=len(HEAD), status=200,
            http_version="1.1", ip="192.0.2.1", tls_version=None, cipher=None, truncated=None,
        )  # fmt: skip
        writer.write_exchange(exchange, FetchNotes())
    writer.close()


def write_theirs(folder: Path, pages: list[bytes]) -> None:
    response = [("Content-Type", "text/html; charset=utf-8"), ("Server", "bench")]
    request = [("Host", "a.example"), ("User-Agent", "bench")]
    with (folder / "theirs.warc.gz").open("wb") as file:
        writer = TheirWriter(file, gzip=True)
        for number in range(PAGES):
            url = f"http://a.example/{number}"
            payload = io.BytesIO(pages[number % len(pages)] + b"%d" % number)
            headers = StatusAndHeaders("200 OK", response, protocol="HTTP/1.1")
            made = writer.create_warc_record(url, "response", payload=payload, http_headers=headers)
            headers = StatusAndHeaders("GET / HTTP/1.1", request, is_http_request=True)
            asked = writer.create_warc_record(url, "request", payload=io.BytesIO(), http_headers=headers)
            writer.write_request_response_pair(asked, made)


def seconds(action, *arguments) -> float:
    """Return the CPU seconds of the fastest of three runs."""
    took = []
    for _ in range(3):
        began = time.process_time()
        action(*arguments)
        took.append(time.process_time() - began)
    return min(took)


def read_theirs(path: Path, check: bool) -> None:
    with path.open("rb") as file:
        for record in ArchiveIterator(file, check_digests=check):
            record.raw_stream.read()


FASTWARC = """
import sys, time
from fastwarc.warc import ArchiveIterator
took = []
for _ in range(3):
    began = time.process_time()
    with open(sys.argv[1], "rb") as file:
        for record in ArchiveIterator(file, parse_http=False):
            assert record.verify_block_digest()
            if record.headers.get("WARC-Type") == "response":
                record.parse_http()
                assert record.verify_payload_digest()
    took.append(time.process_time() - began)
print(min(took))
"""
"""What ``fastwarc check`` does, in a Python that has FastWARC; ours needs it not."""


def fastwarc_seconds(path: Path, folder: Path) -> float | None:
    """Return FastWARC's CPU seconds on *path*, installed into a venv of its own where it is missing; None without it."""
    python = sys.executable
    if importlib.util.find_spec("fastwarc") is None:
        venv = folder / "venv"
        python = str(venv / "bin" / "python")
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "fastwarc"]
        for command in ([sys.executable, "-m", "venv", str(venv)], install):
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
            if done.returncode:
                print(f"skipped: no FastWARC ({done.stderr.strip().splitlines()[-1:]})")
                return None
    done = subprocess.run(
        [python, "-c", FASTWARC, str(path)], capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        print(f"FastWARC failed: {done.stderr.strip().splitlines()[-1:]}")
        return None
    return float(done.stdout)


def verify_ours(path: Path) -> None:
    assert not list(verify_file(path, Summary()))


@contextmanager
def only_zlib() -> Iterator[None]:
    """Have our writer and reader do without isal."""
    isal, compression._isal = compression._isal, None
    try:
        yield
    finally:
        compression._isal = isal


def write_in(folder: Path, pages: list[bytes]) -> tuple[float, Path]:
    """Return the seconds that our writer takes, and one of the files it wrote."""
    folder.mkdir()
    took = seconds(write_ours, folder, pages)
    return took, next(folder.glob("ours*"))


def main() -> None:
    pages = pages_in(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up_pages()
    volume = sum(len(pages[number % len(pages)]) for number in range(PAGES)) / 1e6
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        theirs = folder / "theirs.warc.gz"
        written = {"warcio": (seconds(write_theirs, folder, pages), theirs)}
        if compression._isal:
            written["ours, isal"] = write_in(folder / "isal", pages)
        with only_zlib():
            written["ours, zlib"] = write_in(folder / "zlib", pages)
        print(f"{PAGES} exchanges, {volume:.0f} MB of HTML; CPU seconds, best of three\n")
        print(f"{'write':30} {'seconds':>8} {'MB/s':>8} {'speed':>8} {'size':>8}")
        base, size = written["warcio"][0], theirs.stat().st_size
        for what, (took, path) in written.items():
            row = f"{what:30} {took:8.3f} {volume / took:8.0f} {base / took:7.2f}x"
            print(f"{row} {path.stat().st_size / size:7.3f}x")
        ours = next(path for what, (_, path) in written.items() if what.startswith("ours"))
        packed = ours.stat().st_size / 1e6
        table: dict[str, float | None] = {
            "read: warcio": seconds(read_theirs, ours, False),
            "read: ours": seconds(lambda: [None for _ in iter_records(ours)]),
            "verify: warcio check": seconds(read_theirs, ours, True),
            "verify: fastwarc check": fastwarc_seconds(ours, folder),
            "verify: ours": seconds(verify_ours, ours),
        }
        with only_zlib():
            table["verify: ours, zlib"] = seconds(verify_ours, ours)
        table["inflate and SHA-1 twice, no more"] = seconds(bare_minimum, ours)
        print(f"\n{'':33} {'seconds':>8} {'MB/s of gzip':>13} {'MB/s of HTML':>13}")
        for what, took in table.items():
            if took is not None:
                print(f"{what:33} {took:8.3f} {packed / took:13.0f} {volume / took:13.0f}")


def bare_minimum(path: Path) -> None:
    """Do what no verifier can do without: inflate every byte and hash it as block and as payload."""
    content = memoryview(path.read_bytes())
    position = 0
    while position < len(content):
        member = compression.decompressor()
        pieces = []
        while not member.eof:
            piece = content[position : position + (1 << 15)]
            pieces.append(member.decompress(piece))
            position += len(piece) - len(member.unused_data)
        block = b"".join(pieces)
        for _ in range(2):
            hashlib.sha1(block, usedforsecurity=False).digest()


if __name__ == "__main__":
    main()
