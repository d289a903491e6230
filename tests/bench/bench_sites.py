"""One run over a thousand made-up sites: what it takes in time, processor and memory, and what ten thousand would.

    python tests/bench/bench_sites.py [sites, 1000] [articles a site, 3] [delay in seconds, 5]

Crawls a tenth of the sites first, then all of them, so that what each site adds can be told from what every run takes.
Looks into the server's book too: every article must have been fetched once, and the shortest time between two requests
to one host is printed. It may fall short of the delay by what the busy crawler needed to send the one before.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.small_sites import SmallSites  # noqa: E402

LONGEST = 1800.0
"""Seconds after which a run is ended whatever it does."""


def crawl(world: SmallSites, delay: float, hosts: int) -> tuple[dict[str, int], dict[str, float]]:
    """Return the counts of a run over all sites of *world*, and what it took."""
    settings = (
        f"politeness.delay_seconds={delay}",
        "politeness.allow_private_addresses=true",
        "crawl.sitemap_days=0",
        f"crawl.concurrent_hosts={hosts}",
        "requisites.fetch=false",
    )
    options = [part for setting in settings for part in ("--set", setting)]
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "crawler", "--archive", f"{folder}/archive", "crawl", "--json", "-q"]
        began = time.monotonic()
        process = subprocess.Popen(
            [*command, *options, *world.homes], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        took = {
            "seconds": time.monotonic() - began,
            "processor": used.ru_utime + used.ru_stime,
            "resident": used.ru_maxrss * 1024,
            "disk": float(sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())),
        }
        assert status == 0, f"the crawl ended with {os.waitstatus_to_exitcode(status)}"
    counts: dict[str, int] = json.loads(output)["counts"]
    return counts, took


def shortest_gap(world: SmallSites) -> float:
    """Return the shortest time in seconds between two requests to one host."""
    times: dict[str, list[float]] = defaultdict(list)
    for asked in world.book:
        times[asked.site].append(asked.at)
    return min(later - earlier for each in times.values() for earlier, later in pairwise(each))


def main(sites: int, articles: int, delay: float) -> None:
    """Print the table."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    measured: list[tuple[int, dict[str, float]]] = []
    print(
        f"{'sites':>7} {'articles':>9} {'fetched':>8} {'time':>8} {'processor':>10} {'resident':>9} {'on disk':>8} {'shortest gap':>13}"
    )
    for count in (sites // 10, sites):
        with SmallSites(count, articles) as world:
            counts, took = crawl(world, delay, hosts=min(count, 500))
            gap = shortest_gap(world)
            fetches = [asked for asked in world.book if asked.path.startswith("/2026/")]
            assert len(fetches) == count * articles, f"{len(fetches)} fetches of {count * articles} articles"
        found = counts["new-article"]
        assert found == count * articles, f"{found} of {count * articles} articles"
        measured.append((count, took))
        print(
            f"{count:7,} {found:9,} {counts['fetched']:8,} {took['seconds']:6.0f} s {took['processor']:8.0f} s"
            f" {took['resident'] / 1e6:6.0f} MB {took['disk'] / 1e6:5.0f} MB {gap:11.2f} s"
        )
    (few, first), (many, second) = measured
    more = {name: (second[name] - first[name]) / (many - few) for name in first}
    print(
        f"each further site: {1000 * more['processor']:.0f} ms of processor, {more['resident'] / 1e3:.0f} kB of memory"
    )
    whole = {name: second[name] + more[name] * (10_000 - many) for name in first}
    print(
        f"ten thousand sites, if it goes on so: {whole['processor'] / 60:.0f} min of one processor,"
        f" {whole['resident'] / 1e6:.0f} MB of memory, {whole['disk'] / 1e6:.0f} MB on disk"
    )


if __name__ == "__main__":
    given = [float(argument) for argument in sys.argv[1:]]
    values = given + [1000, 3, 5][len(given) :]
    main(int(values[0]), int(values[1]), values[2])
