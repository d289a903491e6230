"""How fast we write, read and verify WARC files, beside warcio and (where installed) FastWARC. Prints ratios.

Run it with ``python tests/bench/bench_warc_writer.py [FOLDER_OF_HTML]``; without a folder the pages are made up.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter as TheirWriter

from archive.model import Exchange, FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.reader import iter_records
from archive.warc.verify import Summary, verify_file
from archive.warc.writer import WarcWriter

PAGES = 300
REQUEST = b"GET / HTTP/1.1\r\nHost: a.example\r\nUser-Agent: bench\r\n\r\n"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nServer: bench\r\n\r\n"


def made_up_pages() -> list[bytes]:
    dice = random.Random(1)
    words = ["".join(dice.choices("etaoinshrdlu", k=dice.randint(2, 10))) for _ in range(4000)]
    paragraph = lambda: "<p class='text'>" + " ".join(dice.choices(words, k=80)) + "</p>\n"  # noqa: E731
    return ["".join(paragraph() for _ in range(150)).encode() for _ in range(60)]


def pages_in(folder: Path) -> list[bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".htm"})
    return [path.read_bytes() for _, path in zip(range(60), files, strict=False)]


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


def read_fast(path: Path) -> None:
    from fastwarc.warc import ArchiveIterator as FastIterator

    with path.open("rb") as file:
        for record in FastIterator(file):
            record.verify_block_digest()


def main() -> None:
    pages = pages_in(Path(sys.argv[1])) if len(sys.argv) > 1 else made_up_pages()
    volume = sum(len(pages[number % len(pages)]) for number in range(PAGES)) / 1e6
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        table = {"write, warcio": seconds(write_theirs, folder, pages)}
        for path in folder.glob("ours*"):
            path.unlink()
        table["write, ours"] = seconds(write_ours, folder, pages)
        ours = next(folder.glob("ours*"))
        theirs = folder / "theirs.warc.gz"
        table["read, warcio"] = seconds(read_theirs, ours, False)
        table["read, ours"] = seconds(lambda: [None for _ in iter_records(ours)])
        table["verify, warcio check"] = seconds(read_theirs, ours, True)
        table["verify, ours"] = seconds(lambda: list(verify_file(ours, Summary())))
        try:
            table["verify, FastWARC (block digests)"] = seconds(read_fast, ours)
        except ImportError:
            print("FastWARC is not installed")
        print(f"{PAGES} exchanges, {volume:.0f} MB of HTML, CPU seconds, best of three")
        for what, took in table.items():
            base = table[next(key for key in table if key.split(",")[0] == what.split(",")[0])]
            print(f"{what:34} {took:7.3f} s {volume / took:8.0f} MB/s {base / took:6.2f} x")
        print(f"size: ours {ours.stat().st_size / 1e6:.2f} MB, warcio {theirs.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
