"""Kills runs that go on side by side in one archive, and counts what that cost. Ends with 1 when anything was lost.

    python tests/bench/bench_side_by_side.py [kills, 30] [articles, 2400] [runs, 3] [seed, 1]

Runs of made-up sites on loopback, each of sites of its own, write to one archive at once. One of them, by chance, is killed with
signal 9 at a random instant and started again, while the others go on; and so on. Then every article must be in the index
once, no URL may have been fetched twice but for those in flight when its own run was killed, the WARC files must be whole, and the
index must be what its files say.
"""

from __future__ import annotations

import random
import signal
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.config import Config  # noqa: E402
from archive.index.compare import table_contents  # noqa: E402
from archive.index.store import Index  # noqa: E402
from archive.warc.verify import verify_file  # noqa: E402
from crawler import reindex  # noqa: E402
from crawler.runs import Run  # noqa: E402
from tests.bench.bench_frontier_kills import LONGEST, begin, fetched_twice  # noqa: E402
from tests.bench.small_sites import SmallSites, address  # noqa: E402

if TYPE_CHECKING:
    import subprocess

SITES_OF_A_RUN = 3
DELAY = 0.1
"""Seconds between two pages of a site: without, one run would be over before the other has loaded its program."""


class Lane:
    """One run and those that go on with it."""

    def __init__(self, archive: Path, world: SmallSites, sites: range) -> None:
        self._world = world
        self._archive, self._homes = archive, [world.homes[site] for site in sites]
        self.addresses = {address(site) for site in sites}
        self.killed: list[float] = []
        self.process: subprocess.Popen[str] = self._begin()

    def _begin(self) -> subprocess.Popen[str]:
        return begin(self._archive, self._homes, f"politeness.delay_seconds={DELAY}")

    @property
    def asked(self) -> int:
        """Return how often its sites were asked for something."""
        return sum(asked.site in self.addresses for asked in self._world.book)

    def kill(self, after: float) -> None:
        """Kill the run some seconds *after* it began to fetch, if it is not over then, and start it again."""
        asked = self.asked
        while self.asked == asked and self.process.poll() is None:
            time.sleep(0.01)
        time.sleep(after)
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate(timeout=20)
        self.killed.append(time.monotonic())
        self.process = self._begin()

    def end(self) -> int:
        """Wait for the end of the last run; return its exit code."""
        _, errors = self.process.communicate(timeout=LONGEST)
        if self.process.returncode:
            print(errors[-2000:], file=sys.stderr)
        return self.process.returncode


def run(kills: int, articles: int, runs: int, seed: int) -> bool:
    """Print what came of it; return whether all is well."""
    dice = random.Random(seed)
    sites = SITES_OF_A_RUN * runs
    with tempfile.TemporaryDirectory() as folder, SmallSites(sites, articles // sites) as world:
        archive = Path(folder) / "archive"
        lanes = [
            Lane(archive, world, range(start, start + SITES_OF_A_RUN))
            for start in range(0, sites, SITES_OF_A_RUN)
        ]
        while sum(len(lane.killed) for lane in lanes) < kills:
            alive = [lane for lane in lanes if lane.process.poll() is None]
            if not alive:
                break
            dice.choice(alive).kill(dice.uniform(0.0, 1.6))
        codes = [lane.end() for lane in lanes]
        return report(world, lanes, codes, archive, Path(folder) / "again.db")


def report(world: SmallSites, lanes: list[Lane], codes: list[int], archive: Path, again_file: Path) -> bool:
    """Print the figures; return whether nothing is lost and nothing fetched twice without need."""
    wanted = {f"{home[:-1]}{world.path(number)}" for home in world.homes for number in range(world.articles)}
    with Index.open(archive / "index.db", read_only=True) as index:
        urls = [row["url"] for row in index.rows("select url from articles")]
        contents = table_contents(index)
    with Index.open(again_file) as index:
        reindex.catch_up(Run(index=index, config=Config()), archive / "warc")
        is_same = table_contents(index) == contents
    needless = again = 0
    for lane in lanes:
        book = [asked for asked in world.book if asked.site in lane.addresses]
        counts = fetched_twice(SmallSites(1, 1, book=book), lane.killed)
        needless, again = needless + counts[0], again + counts[1]
    files = sorted((archive / "warc").glob("*.warc.gz"))
    damages = [finding for path in files for finding in verify_file(path) if finding.severity != "note"]
    missing, doubled = wanted - set(urls), len(urls) - len(set(urls))
    print(f"runs; tenths of a second with more than one  {len(lanes):6}{side_by_side(world, lanes):6}")
    print(f"kills, of each                               {' '.join(str(len(lane.killed)) for lane in lanes)}")
    print(f"articles in the index, of {len(wanted):6}             {len(wanted) - len(missing):6}")
    print(f"articles twice in the index                  {doubled:6}")
    print(f"fetched again, in flight at a kill           {again:6}")
    print(f"fetched again without need                   {needless:6}")
    print(f"WARC files, damages                          {len(files):6}{len(damages):6}")
    print(f"the index is what its files say              {is_same!s:>6}")
    print(f"last runs                                    exit {' '.join(map(str, codes))}")
    return is_same and not (missing or doubled or needless or damages or any(codes))


def side_by_side(world: SmallSites, lanes: list[Lane]) -> int:
    """Return in how many tenths of a second more than one run was answered."""
    seen: dict[int, set[int]] = {}
    for asked in world.book:
        lane = next(number for number, lane in enumerate(lanes) if asked.site in lane.addresses)
        seen.setdefault(int(asked.at * 10), set()).add(lane)
    return sum(len(there) > 1 for there in seen.values())


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(0 if run(*(numbers + [30, 2400, 3, 1][len(numbers) :])) else 1)
