"""What it costs to read what pictures say of themselves, and to join it to their articles in the index.

Run: python -m tests.bench.bench_pictures
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from archive.index.store import Index
from archive.model import Exchange, Image, Place, Record
from crawler.pictures import read_new
from tests.archive.index.cases import article, capture
from tests.archive.index.test_pictures import JANE
from tests.crawler.credits.test_embedded import XMP, iptc, jpeg, segment

ROUNDS, ARTICLES = 200, 300
NOW = datetime(2026, 11, 1, tzinfo=UTC)
WORDS = (
    segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP),
    iptc((2, 80, b"Jane Doe"), (2, 110, b"AP")),
)
PICTURES = {
    "JPEG of 120 kB without words": jpeg(segment(0xE0, b"JFIF\0" + b"\0" * 9)) + os.urandom(120_000),
    "JPEG of 120 kB with IPTC and XMP": jpeg(*WORDS) + os.urandom(120_000),
    "JPEG of 4 MB with IPTC and XMP": jpeg(*WORDS) + os.urandom(4_000_000),
    "WebP of 80 kB without words": b"RIFF" + (80_000).to_bytes(4, "little") + b"WEBPVP8 " + os.urandom(80_000),
}  # fmt: skip


def exchange(body: bytes) -> Exchange:
    """Return an answer with *body*."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\n"
    return Exchange(
        target_uri="http://a.example/b.jpg", started_at=NOW, request=b"", response=io.BytesIO(head + body),
        response_start=0, response_end=len(head) + len(body), head_end=len(head), status=200, http_version="1.1",
        ip=None, tls_version=None, cipher=None, truncated=None,
    )  # fmt: skip


def reading() -> None:
    """Print the microseconds of processor time that reading one picture takes."""
    place = Place(file="a.warc.gz", offset=0, length=1)
    record = Record(
        record_type="response", record_id="urn:x", target_uri="http://a.example/b.jpg", captured_at=NOW, place=place,
        status=200, mime="image/jpeg",
    )  # fmt: skip
    for name, body in PICTURES.items():
        answered = exchange(body)
        read_new(answered, (record,))
        start = time.process_time()
        for _ in range(ROUNDS):
            read_new(answered, (record,))
        print(f"{name:34} {(time.process_time() - start) / ROUNDS * 1e6:6.0f} µs")


def indexing(every: int) -> float:
    """Return the milliseconds an article with three pictures takes, of which one in *every* says something; 0: none."""
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder) / "index.db") as index:
        start = time.process_time()
        for number in range(ARTICLES):
            url = f"https://www.herald.example/s/{number}"
            shown = tuple(
                Image(url=f"https://img.example/{number}-{n}.jpg", caption="The pier") for n in range(3)
            )
            page = capture(number * 10, url)
            index.add_record(page)
            index.add_reading(
                page, article(url, images=shown, body=("The storm came at night. " * 60,)), extractor="x"
            )
            for n, image in enumerate(shown):
                says = JANE if every and (number + n) % every == 0 else None
                digest = f"sha1:{number}-{n}"
                picture = capture(number * 10 + n + 1, image.url, mime="image/jpeg", payload_digest=digest)
                index.add_record(replace(picture, picture=says))
        return (time.process_time() - start) / ARTICLES * 1000


def main() -> int:
    """Print both costs, the second as ratios within this run."""
    reading()
    plain = indexing(0)
    for every, words in ((3, "one of its three pictures says something"), (1, "all three say something")):
        print(
            f"indexing an article, {words}: {indexing(every) / plain:.2f} times one whose pictures say nothing"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
