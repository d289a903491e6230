"""Asks a raw server for every case with a real Scrapy crawl, and says as JSON what came of each.

Run as ``python -m tests.crawler.capture.crawl_cases ports.json warc-folder outcomes.json``.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from pathlib import Path

import scrapy
from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import DontCloseSpider, StopDownload

from archive.warc.dedup import OriginalsInMemory
from tests.crawler.capture.cases import CASES

SETTINGS = {
    "DOWNLOAD_HANDLERS": {
        "http": "crawler.capture.handler.CapturingDownloadHandler",
        "https": "crawler.capture.handler.CapturingDownloadHandler",
    },
    "EXTENSIONS": {"crawler.capture.extension.CaptureExtension": 0},
    "DOWNLOADER_MIDDLEWARES": {
        "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
        "crawler.capture.decode.DecodeContent": 590,
    },
    "ROBOTSTXT_OBEY": True,
    "CONCURRENT_REQUESTS": 40,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 20,
    "RETRY_TIMES": 2,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
    "HTTPERROR_ALLOW_ALL": True,
    "TEARSHEET_WARC_PREFIX": "CASES",
    "TEARSHEET_WARC_ORIGINALS": "tests.crawler.capture.crawl_cases.OnlyAgain",
    "TEARSHEET_WARC_SYNC_SECONDS": 0.2,
    "TEARSHEET_HEAP_MAX_BYTES": 2_000_000,
    "TEARSHEET_WARCINFO": [["software", "tests"]],
}


class OnlyAgain(OriginalsInMemory):
    """Makes revisits of ``/again…`` alone: several cases have the same body."""

    def __init__(self, settings):
        super().__init__(limit=settings.getint("ORIGINALS_LIMIT", 1000))

    def find(self, payload_digest, target_uri):
        return super().find(payload_digest, target_uri) if "/again" in target_uri else None


class CasesSpider(scrapy.Spider):
    """Fetches every case over http and https, then the few that need an order."""

    name = "cases"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.outcomes, spider.heard, spider.longest_turn = [], [], 0.0
        crawler.signals.connect(spider.listen, signals.spider_opened)
        crawler.signals.connect(spider.stop_at_head, signals.headers_received)
        crawler.signals.connect(spider.stop_in_body, signals.bytes_received)
        crawler.signals.connect(spider.fetch_forty_megabytes, signals.spider_idle)
        return spider

    def listen(self):
        self.crawler.capture_keeper.on_records = self.hear

    def hear(self, records):
        self.heard += [record.record_id for record in records]

    def stop_at_head(self, request):
        if request.meta.get("stop") == "head":
            raise StopDownload(fail=False)

    def stop_in_body(self, request):
        if request.meta.get("stop") == "body":
            raise StopDownload(fail=True)

    def ask(self, url, then=None, **kwargs):
        meta = {
            "dont_retry": True,
            "discovery": "seed",
            "case_url": url,
            "then": then,
            **kwargs.pop("meta", {}),
        }
        return scrapy.Request(
            url, callback=self.note, errback=self.note_failure, dont_filter=True, meta=meta, **kwargs
        )

    async def start(self):
        http, https = f"http://127.0.0.1:{self.ports['http']}", f"https://127.0.0.1:{self.ports['https']}"
        for site in (http, https):
            for case in CASES:
                url = f"{site}/{case.name}?q=1&é=2#fragment"
                yield self.ask(url, method=case.method, body=case.body, meta=dict(case.meta))
            yield self.ask(f"{site}/redirects")
            yield self.ask(f"{site}/forbidden")
            yield self.ask(f"{site}/leads-astray")
            yield self.ask(f"{site}/cut-tls")
        yield self.ask(f"{http}/retried", meta={"dont_retry": False})
        yield self.ask(f"{http}/proxied", meta={"proxy": http})
        yield self.ask(f"{https}/tunnelled", meta={"proxy": http})
        fragile = f"http://127.0.0.1:{self.ports['fragile']}"
        yield self.ask(f"{fragile}/fragile-1", then=f"{fragile}/fragile-2")
        yield self.ask(f"{http}/again-1", then=f"{http}/again-2")
        yield self.ask("http://127.0.0.1:9/refused")

    def fetch_forty_megabytes(self):
        url = f"http://127.0.0.1:{self.ports['http']}/forty-megabytes"
        if not any(outcome["url"] == url for outcome in self.outcomes):
            if not hasattr(self, "heart"):
                self.heart = asyncio.get_running_loop().create_task(self.beat())
                self.crawler.engine.crawl(self.ask(url, meta={"archive_only": True}))
            raise DontCloseSpider
        self.heart.cancel()

    async def beat(self):
        """Measure the longest the reactor's thread computed without a break; other processes do not count."""
        while True:
            before = time.thread_time()
            await asyncio.sleep(0.005)
            self.longest_turn = max(self.longest_turn, time.thread_time() - before)

    def note(self, response):
        self.add(response.request, type(response).__name__, response)
        if then := response.meta["then"]:
            return self.ask(then)
        return None

    def note_failure(self, failure):
        response = getattr(failure.value, "response", None)
        self.add(failure.request, failure.type.__name__, response)

    def add(self, request, outcome, response):
        capture, page = request.meta.get("capture"), request.meta.get("page")
        self.outcomes.append(
            {
                "url": request.meta["case_url"],
                "outcome": outcome,
                "body": response.text if isinstance(response, scrapy.http.TextResponse) else None,
                "length": len(response.body) if response else None,
                "coding": "Content-Encoding" in response.headers if response else None,
                "page": page.payload.decode("latin-1") if page else None,
                "archive_only": request.meta.get("archive_only", False),
                "head": request.meta.get("capture_head", b"").decode("latin-1"),
                "capture": capture and {"id": capture.record_id, "uri": capture.target_uri, "offset": capture.place.offset, "file": capture.place.file},
            }
        )  # fmt: skip


def main(ports_file: str, warc_folder: str, outcomes_file: str) -> None:
    """Crawl and write down the outcomes."""
    process = AsyncCrawlerProcess({**SETTINGS, "TEARSHEET_WARC_FOLDER": warc_folder})
    crawler = process.create_crawler(CasesSpider)
    process.crawl(crawler, ports=json.loads(Path(ports_file).read_text()))
    process.start()
    spider = crawler.spider
    report = {
        "outcomes": spider.outcomes,
        "heard": spider.heard,
        "longest_turn": spider.longest_turn,
        "stats": {name: value for name, value in crawler.stats.get_stats().items() if name.startswith("archive/")},
    }  # fmt: skip
    Path(outcomes_file).write_text(json.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
