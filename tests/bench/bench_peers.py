"""Reads the corpora beside the repository with our extractor and with its peers, and prints accuracy and cost in one table.

    .venv/bin/python tests/bench/bench_peers.py [--every 3] [--peers trafilatura resiliparse] [--shared ../shared]

One process reads all pages with one extractor, one page after the other; what is counted is processor time, decoding
and start not included. lxml's own parse of the same bytes is measured in our process. The peers live in an environment of
their own, ``tests/bench/.peers-venv``, made here when it is missing (about a minute) from requirements-peers.txt.
The truth is that of *bench_extraction*; the scorer is the corpora's score.py.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.bench.bench_extraction import SOURCES, read, tasks_of  # noqa: E402

HERE = Path(__file__).resolve().parent
VENV = HERE / ".peers-venv"
PEERS = ("trafilatura", "newspaper4k", "readability", "resiliparse")
COLUMNS = (
    ("body F1", "aeb", "body.f1"), ("body F1", "fundus", "body.f1"), ("exact", "fundus", "body.accuracy"),
    ("headline", "fundus", "headline.exact"), ("authors F1", "fundus", "authors.set_f1"), ("date day", "fundus", "date.day"),
    ("instant", "fundus", "date.ts"), ("photo credits F1", "fundus", "photo_credits.set_f1"), ("segments F1", "trafilatura", "segments.f1"),
    ("headline", "trafilatura", "headline.exact"), ("authors F1", "trafilatura", "authors.set_f1"), ("date day", "trafilatura", "date.day"),
)  # fmt: skip
"""Heading, source, and what score.py calls it."""


def environment() -> Path:
    """Return the Python of the peers' environment, made when it is missing."""
    python = VENV / "bin/python"
    if not (VENV / ".complete").exists():
        print(f"Setting up {VENV} (once) …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--require-hashes",
            "--only-binary",
            ":all:",
        ]
        subprocess.run([*command, "-r", str(HERE / "requirements-peers.txt")], check=True)
        (VENV / ".complete").touch()
    return python


def ours(tasks: list[tuple]) -> tuple[list[dict], list[float]]:
    """Return our predictions with their cost, and the cost of lxml's parse of each page."""
    predictions, parses = [], []
    read(tasks[0])  # tables are loaded
    for task in tasks:
        values, spent, parsed = read(task)
        parses.append(parsed)
        predictions.append(values | {"ms": spent})
    return predictions, parses


def of_peer(python: Path, peer: str, tasks: list[tuple]) -> list[dict]:
    """Return the peer's predictions with their cost."""
    lines = "".join(
        json.dumps({"id": name, "path": path, "url": url, "encoding": encoding}) + "\n"
        for _, name, path, url, encoding in tasks
    )
    done = subprocess.run(
        [str(python), str(HERE / "peer_readers.py"), peer],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.split("\n") if line]


def scores(shared: Path, source: str, predictions: list[dict], folder: Path) -> dict[str, float]:
    """Return what score.py says of *predictions*, over the pages they are of."""
    wanted = {row["id"] for row in predictions}
    truth = folder / "truth.jsonl"
    lines = (shared / "corpus" / source / "truth.jsonl").read_text("utf-8").splitlines()
    truth.write_text("".join(line + "\n" for line in lines if json.loads(line)["id"] in wanted), "utf-8")
    file = folder / "predictions.jsonl"
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in predictions), "utf-8")
    command = [
        sys.executable,
        str(shared / "corpus/score.py"),
        "--json",
        "--truth",
        str(truth),
        "--pred",
        str(file),
    ]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--every", type=int, default=1, help="read every so many pages only")
    parser.add_argument("--peers", nargs="*", choices=PEERS, default=list(PEERS))
    arguments = parser.parse_args()
    tasks = {source: tasks_of(arguments.shared, source)[:: arguments.every] for source in SOURCES}
    found: dict[str, dict[str, list[dict]]] = {"Tearsheet": {}}
    parses: list[float] = []
    for source in SOURCES:
        found["Tearsheet"][source], parsed = ours(tasks[source])
        parses += parsed
    for peer in arguments.peers:
        found[peer] = {source: of_peer(environment(), peer, tasks[source]) for source in SOURCES}
    report(arguments.shared, found, statistics.fmean(parses))


def report(shared: Path, found: dict[str, dict[str, list[dict]]], parse: float) -> None:
    """Print one row for each extractor."""
    heads = [f"{source}: {head}" for head, source, _ in COLUMNS]
    print("| | " + " | ".join([*heads, "ms a page", "worst", "× lxml", "failed"]) + " |")
    print("|---" * (len(heads) + 5) + "|")
    with tempfile.TemporaryDirectory() as folder:
        for name, by_source in found.items():
            got = {source: scores(shared, source, rows, Path(folder)) for source, rows in by_source.items()}
            rows = [row for rows in by_source.values() for row in rows]
            mean = statistics.fmean(row["ms"] for row in rows)
            cells = [number(value_at(got[source], key)) for _, source, key in COLUMNS]
            failed = sum("error" in row and bool(row["error"]) for row in rows)
            worst = max(row["ms"] for row in rows)
            print(
                f"| {name} | "
                + " | ".join([*cells, f"{mean:.1f}", f"{worst:.0f}", f"{mean / parse:.1f}", str(failed)])
                + " |"
            )
    print(
        f"\n{len(next(iter(found.values()))['aeb'])} + {len(next(iter(found.values()))['fundus'])}"
        f" + {len(next(iter(found.values()))['trafilatura'])} pages; lxml's parse {parse:.2f} ms a page"
    )


def value_at(scores: dict, key: str) -> float | None:
    """Return the score at *key* (``body.f1``); None for a field that an extractor never fills."""
    group, _, name = key.partition(".")
    return scores.get(group, {}).get(name)


def number(value: float | None) -> str:
    """Return a score as it is written: .952."""
    return "–" if value is None else f"{value:.3f}".replace("0.", ".", 1)


if __name__ == "__main__":
    main()
