"""Reads very large hostile pages, each at a half and at its whole size, and prints what that costs; ends with 1 when one
takes too long, too much memory, or more than in proportion to its size.

    .venv/bin/python tests/bench/check_hostile.py [name, part of it]
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.crawler.extraction.test_hostile import LARGE, spent  # noqa: E402

LONGEST, MOST = 60.0, 3_000
"""Seconds of processor time, megabytes of memory; of a page of 50 MB."""


def measured(name: str, part: float) -> tuple[float, float, float]:
    """Return megabytes of the page, seconds and peak megabytes of memory, from a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--one", name, str(part)],
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    size, seconds, peak = map(float, done.stdout.split())
    return size, seconds, peak


def one(name: str, part: float) -> None:
    payload = LARGE[name]().encode()
    payload = payload[: int(len(payload) * part)]
    seconds = spent(payload)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(len(payload) / 1e6, seconds, peak)


def main() -> int:
    """Print the table."""
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    failed = 0
    print(f"{'page':<45} {'MB':>6} {'s, half':>8} {'s':>8} {'MB of memory':>13}")
    for name in LARGE:
        if wanted not in name:
            continue
        _, half, _ = measured(name, 0.5)
        size, whole, peak = measured(name, 1.0)
        is_bad = whole > LONGEST or peak > MOST or whole > 3 * half + 1
        failed += is_bad
        print(
            f"{name:<45} {size:6.1f} {half:8.2f} {whole:8.2f} {peak:13.0f}{'   TOO MUCH' if is_bad else ''}",
            flush=True,
        )
    return int(failed > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], float(sys.argv[3]))
    else:
        sys.exit(main())
