"""What the frontier on disk costs: processor time beside Scrapy's scheduler in memory, bytes of a known URL, memory.

    python tests/bench/bench_frontier.py [articles, 600] [known URLs, 1000000]

Crawls made-up sites of tiny pages (the dearest case: little else is done for a request) with the frontier and with
Scrapy's own scheduler in turn, and prints the ratio of their processor times; not with 0 articles. Then fills a frontier with
known URLs in ten steps, half of them settled, and prints what each step added to the file and to the process. More than two
million are put in by one statement, all but the last 100,000; what it takes to go on with so many is printed then, too.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha1
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.index.frontier import Frontier  # noqa: E402
from tests.bench.bench_frontier_kills import SETTINGS, SITES  # noqa: E402
from tests.bench.small_sites import SmallSites, address, headline  # noqa: E402

TURNS, STEPS = 3, 10
MOST_ONE_BY_ONE, LAST = 2_000_000, 100_000
SCHEDULERS = {
    "frontier on disk": "crawler.frontier.scheduler.FrontierScheduler",
    "Scrapy's, in memory": "scrapy.core.scheduler.Scheduler",
}
START = "import crawler.settings as s; s.SCHEDULER = {!r}; from crawler.cli import main; main()"


def crawl(scheduler: str, homes: list[str]) -> tuple[float, int]:
    """Return the processor seconds (user and system) of a crawl of *homes*, and how many pages it fetched."""
    settings = [part for setting in SETTINGS for part in ("--set", setting)]
    with tempfile.TemporaryDirectory() as folder:
        arguments = ["--archive", f"{folder}/archive", "crawl", "--json", "-q", *settings, *homes]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", START.format(scheduler), *arguments],
            capture_output=True, text=True, check=False, cwd=ROOT,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr[-2000:]
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, json.loads(done.stdout)["counts"]["fetched"]


def compare(articles: int) -> None:
    """Print what a request costs with either scheduler."""
    spent: dict[str, list[float]] = {name: [] for name in SCHEDULERS}
    with SmallSites(SITES, articles // SITES, paragraphs=2) as world:
        for _ in range(TURNS):
            for name, scheduler in SCHEDULERS.items():
                seconds, fetched = crawl(scheduler, world.homes)
                spent[name].append(seconds / fetched)
    for name, each in spent.items():
        shown = " ".join(f"{1000 * seconds:.2f}" for seconds in each)
        print(f"{name:20} {1000 * statistics.median(each):6.2f} ms a request (each turn: {shown})")
    disk, memory = (statistics.median(each) for each in spent.values())
    ratios = [mine / other for mine, other in zip(*spent.values(), strict=True)]
    print(
        f"ratio {disk / memory:.2f} (turn by turn: {' '.join(f'{ratio:.2f}' for ratio in ratios)}; aim 1.25)"
    )


def fill(known: int) -> None:
    """Print what a known URL takes on disk and in memory."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frontier.db"
        with Frontier(path) as frontier:
            frontier.begin(["http://a.example/"], datetime.now(UTC))
            print(f"{'known URLs':>12} {'file':>9} {'a URL':>9} {'resident':>9} {'a URL in':>9}")
            for step in range(1, STEPS + 1):
                before = time.process_time()
                for number in range(known * (step - 1) // STEPS, known * step // STEPS):
                    add(frontier, number)
                frontier.commit()
                spent = (time.process_time() - before) / (known / STEPS)
                size = sum(file.stat().st_size for file in path.parent.glob("frontier.db*"))
                count = known * step // STEPS
                print(
                    f"{count:12,} {size / 1e6:6.0f} MB {size / count:7.0f} B {resident() / 1e6:6.0f} MB {1e6 * spent:6.0f} µs",
                    flush=True,
                )


def fill_at_once(known: int) -> None:
    """Print the same of a frontier into which one statement has put all but the last 100,000 of *known* URLs, half of them settled."""
    url = "'http://' || (i % 1000) || '.example/2026/11/28/the-harbour-trust-waits-for-an-answer-' || i || '.html'"
    request = (
        f"json_object('url', {url}, 'callback', 'parse_article', 'errback', 'failed', 'priority', 10, 'meta', json_object('via',"
        " 'http://' || (i % 1000) || '.example/', 'site', 'http://' || (i % 1000) || '.example/', 'discovery', 'front', 'depth', 1))"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "frontier.db"
        with Frontier(path) as frontier:
            frontier.begin(["http://a.example/"], datetime.now(UTC))
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute("pragma cache_size = -500000")
            connection.execute(
                "with recursive n(i) as (select 0 union all select i + 1 from n where i < ?)"
                " insert into requests (fingerprint, site, slot, priority, state, request) select randomblob(20), 'http://a.example/',"
                f" (i % 1000) || '.example', 10, (i % 2) * 2, case when i % 2 then null else {request} end from n",
                (known - LAST - 1,),
            )
        with closing(sqlite3.connect(path)) as connection:  # no run ever leaves so long a log behind
            connection.execute("pragma wal_checkpoint(truncate)")
        clean, began = resident(), time.process_time()
        with Frontier(path) as frontier:
            waiting = frontier.begin(["http://a.example/"], datetime.now(UTC))
            print(
                f"{waiting:,} of {known - LAST:,} wait: gone on with in {time.process_time() - began:.1f} s of processor"
            )
            began = time.process_time()
            for number in range(LAST):
                add(frontier, number)
            frontier.commit()
            spent = 1e6 * (time.process_time() - began) / LAST
            size = sum(file.stat().st_size for file in path.parent.glob("frontier.db*"))
            print(
                f"{known:12,} {size / 1e6:6.0f} MB {size / known:7.0f} B, resident {resident() / 1e6:.0f} MB ({clean / 1e6:.0f} before),"
                f" the last {LAST:,} at {spent:.0f} µs"
            )


def add(frontier: Frontier, number: int) -> None:
    """Queue a request as the spider makes it; settle every second at once, as a run in its middle has done."""
    host = address(number % 1000)
    slug = headline(number).lower().replace(" ", "-")
    url = f"http://{host}/2026/{number % 12 + 1:02d}/{number % 28 + 1:02d}/{slug}-{number}.html"
    meta = {"via": f"http://{host}/", "site": f"http://{host}/", "discovery": "front", "depth": 1}
    request = json.dumps(
        {"url": url, "callback": "parse_article", "errback": "failed", "priority": 10, "meta": meta}
    )
    fingerprint = sha1(url.encode(), usedforsecurity=False).digest()
    frontier.add(fingerprint, request, site="http://a.example/", slot=host, priority=10)
    if number % 2:
        frontier.settle(frontier.take(host)[0])
    if number % 200 == 0:
        frontier.commit()


def resident() -> int:
    """Return the bytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize()


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    articles, known = numbers + [600, 1_000_000][len(numbers) :]
    if articles:
        compare(articles)
    if known > MOST_ONE_BY_ONE:
        fill_at_once(known)
    else:
        fill(known)
