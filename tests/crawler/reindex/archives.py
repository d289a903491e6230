"""An archive of some made-up newspapers' pages, and readers that fail on some of them."""

from __future__ import annotations

import os
import signal
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.config import Config
from archive.folder import ArchiveFolder
from archive.index.compare import table_contents
from archive.index.store import Index
from archive.model import FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from crawler.reindex import Rereading, warc_files
from crawler.reindex.reading import read_task
from crawler.reindex.tasks import Found
from crawler.reindex.workers import Workers
from crawler.runs import Run
from tests.archive.replay.small_archive import exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from crawler.reindex.tasks import News, Task

START = datetime(2026, 11, 1, 8, tzinfo=UTC)
SENTENCES = (
    "The harbour was closed for the night.", "Nobody was hurt when the wall gave way.", "Boats were moored upstream.",
    "The council will meet again on Tuesday.", "Repairs are thought to take until spring.", "Schools stay open, the mayor said.",
)  # fmt: skip


def page(number: int, edition: int = 1, *, author: str = "Ana Prado") -> bytes:
    """Return article *number*; every third is edited in its second edition."""
    headline = f"Storm number {number} reaches the harbour"
    if edition > 1 and number % 3 == 0:
        headline += ", again"
    paragraphs = "".join(
        f"<p>{' '.join(SENTENCES[(number + line + word) % len(SENTENCES)] for word in range(4))} ({number}.{line})</p>"
        for line in range(6)
    )
    return (
        f"<!doctype html><html lang=en><head><title>{headline}</title><meta property='og:type' content='article'>"
        f"<meta property='article:published_time' content='2026-10-{number % 28 + 1:02d}T07:00:00Z'></head>"
        f"<body><nav><a href=/>Home</a></nav><article><h1>{headline}</h1><p class=byline>By {author}</p>{paragraphs}</article>"
        f"<footer>Served for visit {edition}</footer></body></html>"
    ).encode()


def url_of(number: int) -> str:
    return f"https://www.herald.example/2026/{number}/storm"


def make_archive(folder: Path, *, articles: int = 30, max_bytes: int = 12_000) -> ArchiveFolder:
    """Return an archive: two editions of the articles, some seen a third time unchanged, one gone, one moved, a front."""
    archive = ArchiveFolder(folder).create()
    clock = iter(START + timedelta(seconds=n) for n in range(1 << 20))
    writer = WarcWriter(
        archive.warc,
        prefix="HERALD",
        info=[("software", "a test"), ("run", "20261101080000-00000001")],
        originals=OriginalsInMemory(),
        max_bytes=max_bytes,
        clock=lambda: next(clock),
    )

    def got(url: str, body: bytes, hour: int, status: str = "200 OK", *headers: tuple[str, str]) -> None:
        fields = [("Content-Type", "text/html"), *headers]
        answered = exchange(url, START + timedelta(hours=hour), body, status=status, headers=fields)
        writer.write_exchange(answered, FetchNotes(via="https://www.herald.example/", discovery="front"))

    got("https://www.herald.example/", b"<h1>Herald</h1>", 0)
    for edition, hour in ((1, 1), (2, 5), (2, 9)):
        for number in range(articles):
            if edition == 1 or number % 2 == 0 or hour == 5:
                got(url_of(number), page(number, edition), hour)
    got(url_of(1), b"gone", 20, "410 Gone")
    got("https://hrld.example/2", b"", 20, "301 Moved", ("Location", url_of(2)))
    writer.close()
    return archive


def read(
    archive: ArchiveFolder, name: str, jobs: int = 0, *, divide_by: int | None = None, **options
) -> tuple[dict, Rereading]:
    """Return the tables of an index called *name* that was made from *archive*, and how."""
    with Index.open(archive.path / name) as index:
        run = Run(index=index, config=Config())
        rereading = Rereading(
            run,
            warc_files(archive.warc),
            workers=Workers(jobs, **options) if jobs else None,
            divide_by=divide_by,
        )
        rereading.read()
        index.check_fulltext()
        return table_contents(index), rereading


def reader_that_dies(task: Task) -> Iterator[News]:
    """Read, but die of one page, always."""
    for news in read_task(task):
        yield news
        if isinstance(news, Found) and news.is_page and news.record.target_uri == url_of(7):
            os.kill(os.getpid(), signal.SIGKILL)


def reader_that_dies_once(task: Task) -> Iterator[News]:
    """Read, but die of one page, the first time; a file beside the WARC files tells of it."""
    for news in read_task(task):
        yield news
        if isinstance(news, Found) and news.is_page and news.record.target_uri == url_of(7):
            mark = task.path.parent / "died"
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)


def reader_that_hangs(task: Task) -> Iterator[News]:
    """Read, but never be done with one page."""
    for news in read_task(task):
        yield news
        if isinstance(news, Found) and news.is_page and news.record.target_uri == url_of(7):
            time.sleep(600)
