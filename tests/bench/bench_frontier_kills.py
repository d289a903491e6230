"""Kills one crawl again and again with signal 9, and counts what that cost. Ends with 1 when anything was lost.

    python tests/bench/bench_frontier_kills.py [kills, 50] [articles, 2000] [seed, 1]

A crawl of eight made-up sites on loopback is killed at a random instant, started again, killed … and at last left to
end. Then every article must be in the index once, the last run must have ended well and say so; and no URL may have been
fetched twice but for those that were in flight at a kill: asked for, and among the last of their host before it.
"""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.index.store import Index  # noqa: E402
from crawler.frontier.scheduler import PER_HOST  # noqa: E402
from tests.bench.small_sites import SmallSites  # noqa: E402

SITES = 8
LONGEST = 600.0
"""Seconds after which a run is ended whatever it does."""
IN_FLIGHT = PER_HOST + 1
"""Requests of a host that a kill may cost: those in flight, and one that is done and waits to be told so."""
SETTINGS = (
    "politeness.delay_seconds=0",
    "politeness.allow_private_addresses=true",
    "crawl.sitemap_days=0",
    "crawl.concurrent_hosts=8",
    "requisites.fetch=false",
)


def begin(archive: Path, homes: list[str], *more: str) -> subprocess.Popen[str]:
    """Start a crawl of *homes* into *archive*, with *more* settings."""
    settings = [part for setting in (*SETTINGS, *more) for part in ("--set", setting)]
    command = [sys.executable, "-m", "crawler", "--archive", str(archive), "crawl", "--json", "-q", *settings]
    return subprocess.Popen(
        [*command, *homes], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def kill(process: subprocess.Popen[str], world: SmallSites, dice: random.Random) -> float | None:
    """Kill *process* some time after it began to fetch; return when, or None when it ended before."""
    asked, deadline = len(world.book), time.monotonic() + 60
    while len(world.book) == asked and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    time.sleep(dice.uniform(0.0, 1.6))
    if process.poll() is not None:
        process.communicate()
        return None
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    return time.monotonic()


def run(kills: int, articles: int, seed: int) -> bool:
    """Print what came of it; return whether all is well."""
    dice, killed = random.Random(seed), []
    with tempfile.TemporaryDirectory() as folder, SmallSites(SITES, articles // SITES) as world:
        archive = Path(folder) / "archive"
        while len(killed) < kills:
            at = kill(begin(archive, world.homes), world, dice)
            if at is None:
                break
            killed.append(at)
        last = begin(archive, world.homes)
        output, errors = last.communicate(timeout=LONGEST)
        summary = json.loads(output) if output else {}
        with Index.open(archive / "index.db", read_only=True) as index:
            urls = [row["url"] for row in index.rows("select url from articles")]
        return report(world, killed, last.returncode, summary, urls, errors)


def report(
    world: SmallSites,
    killed: list[float],
    status: int,
    summary: dict[str, object],
    urls: list[str],
    errors: str,
) -> bool:
    """Print the figures; return whether nothing is lost and nothing fetched twice without need."""
    wanted = {f"{home[:-1]}{world.path(number)}" for home in world.homes for number in range(world.articles)}
    missing, doubled = wanted - set(urls), len(urls) - len(set(urls))
    needless, again = fetched_twice(world, killed)
    reason = summary.get("finish_reason")
    print(f"kills                                        {len(killed):6}")
    print(f"articles in the index, of {len(wanted):6}             {len(wanted) - len(missing):6}")
    print(f"articles twice in the index                  {doubled:6}")
    print(f"fetched again, in flight at a kill           {again:6}")
    print(f"fetched again without need                   {needless:6}")
    print(f"last run                                     exit {status}, {reason}")
    is_well = not missing and not doubled and not needless and status == 0 and reason == "finished"
    if not is_well:
        print(errors[-2000:], file=sys.stderr)
    return is_well


def fetched_twice(world: SmallSites, killed: list[float]) -> tuple[int, int]:
    """Return how many fetches of articles came again without need, and how many because a kill met them in flight."""
    by_site: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for asked in world.book:
        if asked.path.startswith("/2026/"):
            by_site[asked.site].append((asked.at, asked.path))
    needless = again = 0
    for visits in by_site.values():
        last: dict[str, float] = {}
        for at, path in visits:
            if path in last:
                kill_after = next((moment for moment in killed if moment > last[path]), None)
                before = [seen for moment, seen in visits if kill_after is not None and moment <= kill_after]
                in_flight = kill_after is not None and kill_after < at and path in before[-IN_FLIGHT:]
                again, needless = again + in_flight, needless + (not in_flight)
            last[path] = at
    return needless, again


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(0 if run(*(numbers + [50, 2000, 1][len(numbers) :])) else 1)
