"""What it costs to ask whether a payload is known: python tests/bench/bench_originals.py [CAPTURES]

Makes an index of CAPTURES (1,000,000) made-up captures, a tenth of them with one and the same payload, and asks it as
the writer does: for payloads that are there, that are not, and for the one that everybody has. Then it lets a run
remember as many new payloads. Prints milliseconds for each question and the memory this process took for it all.
"""

from __future__ import annotations

import base64
import hashlib
import os
import random
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.index.originals import IndexedOriginals
from archive.index.store import Index
from archive.model import Place, Record
from archive.times import format_warc_date

START = datetime(2020, 1, 1, tzinfo=UTC)
ASKED = 20_000
EVERYBODYS = "sha1:" + base64.b32encode(hashlib.sha1(b"GIF89a", usedforsecurity=False).digest()).decode()
INSERT = (
    "insert into captures(record_id, file_id, offset, inner, length, record_type, target_uri, urlkey, captured_at, status, mime,"
    " payload_digest, payload_length) values (?, 1, ?, 0, 9000, 'response', ?, ?, ?, 200, 'text/html', ?, 8000)"
)


def digest(number: int) -> str:
    made = hashlib.sha1(str(number).encode(), usedforsecurity=False).digest()
    return "sha1:" + base64.b32encode(made).decode()


def url(number: int) -> str:
    return f"https://outlet{number % 97}.example/2024/story-{number}.html"


def row(number: int) -> tuple:
    at = format_warc_date(START + timedelta(seconds=7 * number))
    payload = EVERYBODYS if number % 10 == 0 else digest(number)
    key = f"example,outlet{number % 97})/2024/story-{number}.html"
    return (f"urn:uuid:{number:032x}", number * 9000, url(number), key, at, payload)


def fill(path: Path, count: int) -> None:
    """Put *count* captures into a new index; its indexes are made afterwards, which is faster."""
    Index.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("pragma synchronous = off")
        connection.execute("pragma cache_size = -200000")
        made = connection.execute(
            "select name, sql from sqlite_master where type = 'index' and tbl_name = 'captures' and sql is not null"
        ).fetchall()
        for name, _ in made:
            connection.execute(f"drop index {name}")
        connection.execute("insert into warc_files(id, name) values (1, 'bench.warc.gz')")
        connection.executemany(INSERT, map(row, range(count)))
        for _, sql in made:
            connection.execute(sql)
        connection.commit()
        connection.execute("pragma wal_checkpoint(truncate)")


def resident() -> float:
    """Return the most memory this process has had, in MB (not getrusage's figure, which begins with the parent's)."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def forget(path: Path) -> None:
    """Let the system drop what it holds of the file in memory."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def ask(originals: IndexedOriginals, words: str, questions: list[tuple[str, str]], *, known: bool) -> None:
    slowest, started = 0.0, time.perf_counter()
    for question in questions:
        before = time.perf_counter()
        found = originals.find(*question)
        slowest = max(slowest, time.perf_counter() - before)
        assert (found is not None) == known, question
    each = (time.perf_counter() - started) / len(questions)
    print(f"{1000 * each:8.4f} ms, slowest {1000 * slowest:8.2f} ms  {words}")


def remembered(number: int) -> Record:
    return Record(
        record_type="response", record_id=f"urn:uuid:{number:032x}", target_uri=url(number), captured_at=START,
        place=Place(file="x", offset=number, length=1), status=200, payload_digest=digest(-number), payload_length=9,
    )  # fmt: skip


def measure(path: Path, count: int) -> None:
    """Print the figures; in a process of its own, so that making the index does not count."""
    rng = random.Random(7)
    before = resident()
    originals = IndexedOriginals(path)
    there = [number for number in (rng.randrange(count) for _ in range(ASKED)) if number % 10]
    forget(path)
    ask(
        originals,
        "a payload that is known, read from the disk",
        [(digest(n), url(n)) for n in there],
        known=True,
    )
    ask(originals, "the same ones again", [(digest(n), url(n)) for n in there], known=True)
    ask(
        originals,
        "known from another address",
        [(digest(n), "https://x.example/") for n in there],
        known=True,
    )
    ask(originals, "one that is not", [(digest(count + n), url(n)) for n in there], known=False)
    popular = [(EVERYBODYS, url(n * 10)) for n in range(50)] + [(EVERYBODYS, "https://x.example/")]
    ask(originals, f"one that {count // 10:,} captures have", popular, known=True)
    print(f"{resident() - before:8.1f} MB more memory after these questions")
    for number in range(1, min(count, 1_000_000) + 1):
        originals.remember(remembered(number))
    print(
        f"{resident() - before:8.1f} MB more memory after a run with {min(count, 1_000_000):,} new payloads"
    )


def main() -> None:
    """Make the index, then measure in a child process."""
    import subprocess

    if len(sys.argv) > 2:
        measure(Path(sys.argv[2]), int(sys.argv[1]))
        return
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "index.db"
        started = time.perf_counter()
        fill(path, count)
        print(
            f"{count:,} captures, {path.stat().st_size / 1e6:,.0f} MB, made in {time.perf_counter() - started:.0f} s"
        )
        subprocess.run([sys.executable, __file__, str(count), str(path)], check=True, timeout=1200)


if __name__ == "__main__":
    main()
