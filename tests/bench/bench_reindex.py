"""Makes an archive of the corpora's pages and reads it anew in this process, with one and with two others.

    .venv/bin/python tests/bench/bench_reindex.py [times each page is captured, 2] [../shared]

Prints pages a second (wall clock and by processor time of all processes), and the memory of the largest process. The three
indexes are compared table by table. On a busy machine the processor time is what can be believed.
"""

from __future__ import annotations

import gzip
import io
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.config import Config  # noqa: E402
from archive.folder import ArchiveFolder  # noqa: E402
from archive.index.compare import table_contents  # noqa: E402
from archive.index.store import Index  # noqa: E402
from archive.model import Exchange, FetchNotes  # noqa: E402
from archive.warc.dedup import OriginalsInMemory  # noqa: E402
from archive.warc.writer import WarcWriter  # noqa: E402
from crawler.reindex import warc_files  # noqa: E402
from crawler.reindex.anew import read_anew  # noqa: E402
from tests.bench.bench_extraction import SOURCES, tasks_of  # noqa: E402

START = datetime(2026, 11, 22, tzinfo=UTC)


def make(folder: Path, shared: Path, times: int) -> int:
    """Write every page *times* times, each time with another comment at its end; return how many captures that makes."""
    archive = ArchiveFolder(folder).create()
    writer = WarcWriter(
        archive.warc,
        prefix="bench",
        info=[("software", "bench")],
        originals=OriginalsInMemory(),
        max_bytes=200 << 20,
    )
    tasks = [task for source in SOURCES for task in tasks_of(shared, source)]
    for round_number in range(times):
        for number, (_, _, path, url, encoding) in enumerate(tasks):
            body = gzip.decompress(Path(path).read_bytes()) + b"<!-- %d -->" % round_number
            kind = b"text/html" + (f"; charset={encoding}".encode() if encoding else b"")
            head = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, len(body))
            writer.write_exchange(
                Exchange(
                    target_uri=url.strip(), started_at=START + timedelta(days=round_number, seconds=number), request=b"GET / HTTP/1.1\r\n\r\n",
                    response=io.BytesIO(head + body), response_start=0, response_end=len(head) + len(body), head_end=len(head), status=200,
                    http_version="1.1", ip=None, tls_version=None, cipher=None, truncated=None,
                ),
                FetchNotes(discovery="url-list"),
            )  # fmt: skip
    writer.close()
    return times * len(tasks)


def read(folder: Path, jobs: int) -> None:
    """Read the archive into an index of its own; print pages, seconds, the writer's processor seconds, and peak memories."""
    archive = ArchiveFolder(folder)
    readers: dict[int, tuple[float, float]] = {}

    def look(rereading) -> None:
        for worker in rereading._workers._workers if rereading._workers else ():
            if rereading.seen.records % 40 == 0:
                readers[worker.process.pid] = of_process(worker.process.pid)

    started = time.monotonic()
    seen, _ = read_anew(folder / f"{jobs}.db", warc_files(archive.warc), Config(), jobs=jobs, progress=look)
    seconds = time.monotonic() - started
    own = resource.getrusage(resource.RUSAGE_SELF)
    spent, memory = (
        sum(found[0] for found in readers.values()),
        max((found[1] for found in readers.values()), default=0),
    )
    print(seen.pages, seconds, own.ru_utime + own.ru_stime, spent, own.ru_maxrss / 1024, memory)


def of_process(pid: int) -> tuple[float, float]:
    """Return the processor seconds and the peak megabytes of another process (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    peak = next(
        (line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")),
        "VmHWM: 0 kB",
    )
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), int(peak.split()[1]) / 1024


def main() -> None:
    """Print the table."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    shared = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT.parent / "shared"
    with tempfile.TemporaryDirectory(prefix="bench-reindex-") as name:
        folder = Path(name)
        pages = make(folder, shared, times)
        size = sum(path.stat().st_size for path in warc_files(folder / "warc"))
        print(f"{pages} pages in {size / 1e6:.0f} MB of WARC files\n")
        print(
            f"{'processes that read':<22}{'pages/s':>8}{'s':>8}{'writer, cpu s':>15}{'readers, cpu s':>16}{'MB writer':>11}{'MB reader':>11}"
        )
        first = None
        for jobs in (0, 1, 2):
            done = subprocess.run(
                [sys.executable, __file__, "--read", name, str(jobs)],
                capture_output=True,
                text=True,
                check=True,
            )
            count, seconds, own, spent, writer, reader = map(float, done.stdout.split())
            print(
                f"{jobs or 'the writer itself':<22}{count / seconds:8.1f}{seconds:8.1f}{own:15.1f}{spent:16.1f}{writer:11.0f}{reader if jobs else 0:11.0f}",
                flush=True,
            )
            with Index.open(folder / f"{jobs}.db", read_only=True) as index:
                tables = table_contents(index)
            first = first or tables
            assert tables == first, "the indexes differ"
        print("\nThe indexes are the same, table by table.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--read"]:
        read(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        main()
