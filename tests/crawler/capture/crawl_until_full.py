"""Crawls with files limited in size, as on a full disk, and says as JSON how that ended.

Run as ``python -m tests.crawler.capture.crawl_until_full port limit warc-folder outcome.json case…``.
"""

from __future__ import annotations

import json
import resource
import signal
import sys
from pathlib import Path

import scrapy
from scrapy.crawler import AsyncCrawlerProcess

from tests.crawler.capture.crawl_cases import SETTINGS


class FillingSpider(scrapy.Spider):
    """Asks for the same cases again and again."""

    name = "filling"

    async def start(self):
        for number in range(200):
            for case in self.cases:
                url = f"http://127.0.0.1:{self.port}/{case}?{number}"
                yield scrapy.Request(url, meta={"archive_only": True}, errback=self.note_failure)

    def parse(self, response):
        self.acknowledged.append(response.meta["capture"].record_id)

    def note_failure(self, failure):
        self.failures.append(failure.type.__name__)


def main(port: str, limit: str, warc_folder: str, outcome_file: str, *cases: str) -> None:
    """Crawl until the limit is met."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))
    settings = {"TEARSHEET_WARC_FOLDER": warc_folder, "CONCURRENT_REQUESTS": 4, "LOG_LEVEL": "CRITICAL"}
    process = AsyncCrawlerProcess({**SETTINGS, **settings})
    crawler = process.create_crawler(FillingSpider)
    process.crawl(crawler, port=port, cases=cases, acknowledged=[], failures=[])
    process.start()
    outcome = {
        "reason": crawler.stats.get_value("finish_reason"),
        "failure": crawler.stats.get_value("archive/failure"),
        "acknowledged": crawler.spider.acknowledged,
        "failures": crawler.spider.failures,
    }
    Path(outcome_file).write_text(json.dumps(outcome))


if __name__ == "__main__":
    main(*sys.argv[1:])
