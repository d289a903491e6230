"""Prints what archiving costs beside Scrapy's own handler: of one large body, and of many pages.

    python tests/bench/bench_capture.py [MiB, 300 unless told] [pages, 1000 unless told]

The reactor's longest stop is told twice: by the clock, which other processes of a busy machine lengthen
too, and by the processor time that the reactor's thread spent without a break.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.crawler.capture.crawl_cases import SETTINGS  # noqa: E402
from tests.crawler.capture.rawserver import RawServer  # noqa: E402

WAYS = {
    "large: Scrapy's own handler": {"capture": False, "archive_only": False},
    "large: capture, body in memory": {"capture": True, "archive_only": False, "kind": "text", "heap": 0},
    "large: capture, text/plain, too long": {"capture": True, "archive_only": False, "kind": "text"},
    "large: capture, ZIP, nothing reads it": {"capture": True, "archive_only": False},
    "large: capture, archive_only": {"capture": True, "archive_only": True},
    "large: capture, archive_only, text/plain": {"capture": True, "archive_only": True, "kind": "text"},
    "pages: Scrapy's own handler": {"capture": False, "archive_only": False, "kind": "page"},
    "pages: capture": {"capture": True, "archive_only": False, "kind": "page"},
}
HANDLERS = dict.fromkeys(("http", "https"), "scrapy.core.downloader.handlers.http11.HTTP11DownloadHandler")


class BenchSpider(scrapy.Spider):
    """Fetches one large body, or many pages, while a heart beats."""

    name = "large"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.clock = spider.processor = 0.0
        crawler.signals.connect(spider.start_beating, signals.spider_opened)
        return spider

    def start_beating(self):
        self.heart = asyncio.get_running_loop().create_task(self.beat())

    async def beat(self):
        await asyncio.sleep(0.3)  # what starts up is not measured
        while True:
            clock, processor = time.perf_counter(), time.thread_time()
            await asyncio.sleep(0.005)
            self.clock = max(self.clock, time.perf_counter() - clock - 0.005)
            self.processor = max(self.processor, time.thread_time() - processor)

    async def start(self):
        await asyncio.sleep(0.5)
        self.began = time.perf_counter()
        self.began_processor = time.process_time()
        self.left = self.count
        for number in range(self.count):
            await asyncio.sleep(0)  # else Scrapy schedules all of them in one turn of the reactor
            url = f"{self.url}?{number}"
            yield scrapy.Request(url, meta={"archive_only": self.archive_only, "download_timeout": 500})

    def parse(self, response):
        assert response.status == 200
        self.left -= 1
        if not self.left:
            self.took = time.perf_counter() - self.began
            self.took_processor = time.process_time() - self.began_processor
            self.heart.cancel()


def most_resident() -> float:
    """Return the most memory this process had in MB; ``getrusage`` would count what its parent had."""
    kilobytes = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return int(kilobytes[1]) / 1024 if kilobytes else float("nan")


def crawl(
    url: str,
    folder: str,
    pages: int,
    *,
    capture: bool,
    archive_only: bool,
    kind: str = "zip",
    heap: int = 20_000_000,
) -> dict[str, float]:
    """Fetch *url* in this process, once or *pages* times, and return the figures."""
    settings = {**SETTINGS, "ROBOTSTXT_OBEY": False, "DOWNLOAD_MAXSIZE": 0, "DOWNLOAD_WARNSIZE": 0}
    settings |= {"TEARSHEET_WARC_FOLDER": folder, "TEARSHEET_HEAP_MAX_BYTES": heap}
    if not capture:
        settings |= {"DOWNLOAD_HANDLERS": HANDLERS, "EXTENSIONS": {}, "DOWNLOADER_MIDDLEWARES": {}}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(BenchSpider)
    count = pages if kind == "page" else 1
    process.crawl(crawler, url=f"{url}/{kind}", archive_only=archive_only, count=count)
    process.start()
    written = sum(file.stat().st_size for file in Path(folder).glob("*.warc.gz"))
    return {
        "seconds": crawler.spider.took,
        "processor s": crawler.spider.took_processor,
        "resident MB": most_resident(),
        "stop by clock ms": crawler.spider.clock * 1000,
        "by processor ms": crawler.spider.processor * 1000,
        "WARC MB": written / (1 << 20),
    }


def main(megabytes: int = 300, pages: int = 1000) -> None:
    """Measure every way in a process of its own and print a line each."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
    kinds = {"zip": b"application/zip", "text": b"text/plain"}
    answers = {name: [[head % (kind, megabytes << 20), megabytes]] for name, kind in kinds.items()}
    page = gzip.compress(b"".join(b"<p>%b</p>" % random.randbytes(60).hex().encode() for _ in range(800)))
    answers["page"] = [[head % (b"text/html\r\nContent-Encoding: gzip", len(page)) + page]]
    with tempfile.TemporaryDirectory() as folder, RawServer(answers, Path(folder)) as server:
        sizes = f"large: {megabytes} MiB of noise; pages: {pages} of {len(page)} bytes"
        print(f"{sizes}; load {os.getloadavg()[0]:.1f}")
        for number, (name, way) in enumerate(WAYS.items()):
            arguments = json.dumps(
                {
                    "url": f"http://127.0.0.1:{server.http}",
                    "folder": f"{folder}/{number}",
                    "pages": pages,
                    **way,
                }
            )
            child = [sys.executable, __file__, "child", arguments]
            printed = subprocess.run(child, cwd=ROOT, check=True, capture_output=True, timeout=600).stdout
            figures = json.loads(printed)
            print(f"{name:42}" + "".join(f"  {key} {value:7.1f}" for key, value in figures.items()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        print(json.dumps(crawl(**json.loads(sys.argv[2]))))
    else:
        main(*(int(argument) for argument in sys.argv[1:]))
