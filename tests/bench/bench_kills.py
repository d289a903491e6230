"""Kills writers at random instants with signal 9, and counts what that costs. Prints a table; ends with 1 on any loss.

    python tests/bench/bench_kills.py [kills of the writer, 200] [kills of a crawl, a tenth of that] [seed, 1]

A writer is a process that puts exchanges through the real keeper and WARC writer, several at once, and acknowledges
each record on a pipe once ``keep()`` has returned. A crawl is ``tearsheet crawl`` of the sample newsroom; what it has
acknowledged is what its index says. After each kill the folder is recovered; then every acknowledged record must stand
at its place with the right digests, and every file must be read without damage.
"""

from __future__ import annotations

import asyncio
import io
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.errors import DamagedRecord  # noqa: E402
from archive.index.store import Index  # noqa: E402
from archive.model import Exchange, FetchNotes  # noqa: E402
from archive.warc.dedup import OriginalsInMemory  # noqa: E402
from archive.warc.reader import read_record  # noqa: E402
from archive.warc.recovery import recover  # noqa: E402
from archive.warc.verify import ERROR, verify_file  # noqa: E402
from archive.warc.writer import WarcWriter  # noqa: E402
from crawler.capture.keeper import Keeper  # noqa: E402

if TYPE_CHECKING:
    from crawler.newsroom.server import Newsroom

LONGEST = 20.0
"""Seconds after which a child is killed whatever it says."""
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


# -- the writing process -------------------------------------------------------------------------------------------


def exchange(dice: random.Random, number: int) -> Exchange:
    size = dice.choice((0, 100, 5_000, 60_000, 60_000, 400_000, 3_000_000))
    body = HEAD + (b"the same again" * 400 if number % 7 == 0 else dice.randbytes(size))
    return Exchange(
        target_uri=f"http://a.example/{number}", started_at=datetime.now(UTC), request=b"GET / HTTP/1.1\r\n\r\n",
        response=io.BytesIO(body), response_start=0, response_end=len(body), head_end=len(HEAD), status=200,
        http_version="1.1", ip=None, tls_version=None, cipher=None, truncated=None,
    )  # fmt: skip


async def write(folder: Path, seed: int) -> None:
    """Write until killed; say of each record that is kept its id, file, offset and inner."""
    dice, numbers = random.Random(seed), iter(range(1 << 30))
    keeper = Keeper(
        lambda: WarcWriter(folder, prefix="kill", info=[("software", "bench")], originals=OriginalsInMemory(), max_bytes=2_000_000),
        sync_seconds=0.05,
    )  # fmt: skip

    async def one_after_the_other() -> None:
        while True:
            for record in await keeper.keep(exchange(dice, next(numbers)), FetchNotes(discovery="link")):
                place = record.place
                os.write(1, f"{record.record_id} {place.file} {place.offset} {place.inner}\n".encode())

    await asyncio.gather(*(one_after_the_other() for _ in range(4)))


# -- killing and looking -------------------------------------------------------------------------------------------

Said = tuple[str, str, int, int]


def kill_writer(folder: Path, dice: random.Random) -> list[Said]:
    """Start a writer, kill it at a random instant, and return what it had acknowledged."""
    child = [sys.executable, __file__, "child", str(folder), str(dice.randrange(1 << 30))]
    with subprocess.Popen(child, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        first = b"" if dice.random() < 0.1 else writer.stdout.readline()
        time.sleep(dice.uniform(0, 0.12 if first else 0.4))
        os.kill(writer.pid, signal.SIGKILL)
        heard = first + writer.stdout.read()
    whole, _, _ = heard.rpartition(b"\n")  # the last line may have been cut by the kill
    lines = [line.split(" ") for line in whole.decode().splitlines()]
    return [(record_id, file, int(offset), int(inner)) for record_id, file, offset, inner in lines]


def kill_crawl(archive: Path, room: Newsroom, dice: random.Random) -> list[Said]:
    """Start a crawl into *archive*, kill it at a random instant, and return what its index says."""
    from tests.conftest import command, environment

    crawl = subprocess.Popen(
        command(archive, "crawl", *room.sites, "--json", "--recheck"),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment(), cwd=ROOT,
    )  # fmt: skip
    try:
        crawl.wait(timeout=dice.uniform(0.8, 6))
    except subprocess.TimeoutExpired:
        os.kill(crawl.pid, signal.SIGKILL)
        crawl.wait(timeout=LONGEST)
    if not (archive / "index.db").exists():
        return []
    with Index.open(archive / "index.db") as index:
        captures = list(index.iter_captures())
    return [(each.record_id, each.place.file, each.place.offset, each.place.inner) for each in captures]


def look(folder: Path, said: list[Said]) -> Counter[str]:
    """Recover *folder* and count what is there, what is lost, and what cannot be read."""
    seen: Counter[str] = Counter()
    recovered = recover(folder) if folder.exists() else []
    seen["files finished"] = len(recovered)
    seen["torn tails set aside"] = sum(found.torn is not None for found in recovered)
    seen["records acknowledged"] = len(said)
    for record_id, file, offset, inner in said:
        try:
            found = read_record(folder / file, offset, inner)
        except (DamagedRecord, OSError):
            found = None
        seen["acknowledged, but lost"] += found is None or found.record.record_id != record_id
    for path in folder.glob("*.warc.gz*"):
        if ".torn-" in path.name:
            continue
        seen["files"] += 1
        errors = [finding for finding in verify_file(path) if finding.severity == ERROR]
        seen["files with damage or a wrong digest"] += bool(errors) or path.name.endswith(".open")
    return seen


def many_writers(kills: int, dice: random.Random) -> Counter[str]:
    total: Counter[str] = Counter()
    for _ in range(kills):
        with tempfile.TemporaryDirectory() as name:
            total += look(Path(name), kill_writer(Path(name), dice))
            total["kills"] += 1
    return total


def many_crawls(kills: int, dice: random.Random) -> Counter[str]:
    """Kill crawls of three editions in turn; each goes on in the archive that the one before left."""
    from crawler.newsroom.server import Newsroom

    total: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name, Newsroom(port=0) as room:
        for number in range(kills):
            archive = Path(name) / f"archive-{number // 5}"
            room.set_edition(1 + number % 2)
            total += look(archive / "warc", kill_crawl(archive, room, dice))
            total["kills"] += 1
    return total


BAD = ("acknowledged, but lost", "files with damage or a wrong digest")
ROWS = ("kills", "records acknowledged", "files", "files finished", "torn tails set aside", *BAD)


def main(kills: int = 200, crawls: int | None = None, seed: int = 1) -> int:
    dice = random.Random(seed)
    table: dict[str, Counter[str]] = {}
    for what, kill, count in (
        ("writer", many_writers, kills),
        ("crawl", many_crawls, kills // 10 if crawls is None else crawls),
    ):
        began = time.monotonic()
        table[what] = kill(count, dice)
        print(f"{what}: {count} kills in {time.monotonic() - began:.0f} s", file=sys.stderr)
    print(f"{'':38}" + "".join(f"{what:>10}" for what in table))
    for row in ROWS:
        print(f"{row:38}" + "".join(f"{seen[row]:10}" for seen in table.values()))
    return int(any(seen[row] for seen in table.values() for row in BAD))


if __name__ == "__main__":
    if sys.argv[1:2] == ["child"]:
        asyncio.run(write(Path(sys.argv[2]), int(sys.argv[3])))
    else:
        sys.exit(main(*(int(argument) for argument in sys.argv[1:])))
