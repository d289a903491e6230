"""Reads the corpora beside the repository, prints their scorers' tables, the mean cost of a page and the slowest pages.

    .venv/bin/python tests/bench/bench_extraction.py [--shared ../shared] [--source aeb fundus trafilatura] [--keep FOLDER]
    .venv/bin/python tests/bench/bench_extraction.py --parts [EVERY]

Times are of the processor. lxml's parse of the same bytes is timed beside each page, in the same process; the ratio to it is the
figure that holds on any machine. *--parts* reads every EVERYth page of the corpora in one process, three times, takes the best
of each part, and prints where the time goes; it scores nothing.

The truth of *fundus* counts the standfirst as body: there the two are joined. Its truth and that of *trafilatura* count
agencies, staff and outlets as authors: there all of them are joined. The segments of *trafilatura* count introductions as text:
it is scored twice, as it comes and with the standfirst joined. Everything else is scored as it comes.
"""

from __future__ import annotations

import argparse
import functools
import gc
import gzip
import json
import multiprocessing
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from lxml import html

from archive.model import Article, Credit, Page
from crawler.cli import COLLECT_EVERY
from crawler.extraction import article as reading
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.extraction.summary import as_json

ROOT = Path(__file__).resolve().parents[2]
LEAD_WORD = re.compile(
    r"^\W*(?:(?:foto|photo|photograph|bild|image credits?|image|picture|quelle|bildquelle|source|credit|фото|источник|коллаж|ảnh|사진(?: 출처)?)s?"
    r"\s*(?:by\b|courtesy of|[:=])|courtesy of|©)\s*",
    re.IGNORECASE,
)
SIGNED = frozenset({"byline", "json-ld", "microdata", "meta"})
"""Where a credit must stand to count as an author in these truths."""
SOURCES = ("aeb", "fundus", "trafilatura")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def page_of(path: Path, url: str, encoding: str | None) -> Page:
    """Return the stored page as a capture; *encoding* is what the corpus says its bytes are in."""
    kind = "text/html" + (f"; charset={encoding}" if encoding else "")
    return Page(
        url=url,
        captured_at=NOW,
        headers=(("Content-Type", kind),),
        payload=gzip.decompress(path.read_bytes()),
    )


def named(credit: Credit) -> str:
    """Return a credit's name as its truth writes it: agencies by their code where the page prints that."""
    printed = credit.agency and re.search(
        rf"(?<!\w){re.escape(credit.agency)}(?!\w)", credit.raw, re.IGNORECASE
    )
    return credit.agency if credit.agency and printed else credit.name


def prediction(article: Article, identifier: str, source: str) -> dict[str, object]:
    """Return the scorers' form of an article."""
    values = as_json(article, identifier=identifier)
    values["photo_credits"] = [credit.name for image in article.images for credit in image.credits]
    if source != "credits":
        names = [
            named(credit)
            for credit in article.credits
            if credit.role in {"author", "source"} and credit.kind != "other" and credit.found_in in SIGNED
        ]
        values["authors"] = list(dict.fromkeys(names))
    if source == "fundus":
        values["body"] = "\n\n".join([*([article.standfirst] if article.standfirst else []), *article.body])
        raws = [image.credit_raw for image in article.images if image.credit_raw]
        values["photo_credits"] = [LEAD_WORD.sub("", part) for raw in raws for part in raw.split(" | ")]
    return values


def read(task: tuple[str, str, str, str, str | None]) -> tuple[dict[str, object], float, float]:
    """Return the prediction for one page and the milliseconds that it and lxml's parse of the page took."""
    source, identifier, path, url, encoding = task
    page = page_of(Path(path), url, encoding)
    gc.set_threshold(*COLLECT_EVERY)
    started = time.process_time()
    html.document_fromstring(page.payload)
    parsed = time.process_time()
    article = extract_article(Document(page))
    spent = time.process_time()
    values = prediction(article, identifier, source)
    values["joined"] = "\n\n".join([*([article.standfirst] if article.standfirst else []), *article.body])
    return values, (spent - parsed) * 1000, (parsed - started) * 1000


def part_costs(task: tuple[str, str, str, str, str | None]) -> dict[str, float]:
    """Return the milliseconds that each part of reading one page took, and lxml's parse."""
    page = page_of(Path(task[2]), task[3], task[4])
    document = Document(page)
    costs: dict[str, float] = {}
    inner = [0.0]

    def timed(name: str, function, *arguments, **options):
        before, inner[0] = inner[0], 0.0
        started = time.process_time()
        try:
            return function(*arguments, **options)
        finally:
            spent = time.process_time() - started
            costs[name] = costs.get(name, 0.0) + (spent - inner[0]) * 1000
            inner[0] = before + spent

    timed("lxml", html.document_fromstring, page.payload)
    steps = ("text", "root", "outline", "json_ld", "microdata", "meta", "structured", "masthead")
    for name in steps:
        timed(f"document.{name}", getattr, document, name)
    functions = {
        n: f for n, f in vars(reading).items() if n.startswith(("read_", "find_", "split_", "count_"))
    }
    try:
        for name, function in functions.items():
            setattr(reading, name, functools.partial(timed, name, function))
        timed("the rest", extract_article, document)
    finally:
        for name, function in functions.items():
            setattr(reading, name, function)
    return costs


def print_parts(shared: Path, every: int) -> None:
    """Print the mean cost of each part, and its ratio to lxml's parse."""
    gc.set_threshold(*COLLECT_EVERY)
    tasks = [task for source in SOURCES for task in tasks_of(shared, source)][::every]
    totals: dict[str, float] = {}
    for task in tasks:
        runs = [part_costs(task) for _ in range(3)]
        for name in runs[0]:
            totals[name] = totals.get(name, 0.0) + min(run.get(name, 0.0) for run in runs)
    lxml = totals.pop("lxml")
    print(f"{len(tasks)} pages, best of three; lxml's parse {lxml / len(tasks):.2f} ms/page")
    for name, spent in [*sorted(totals.items(), key=lambda item: -item[1]), ("all", sum(totals.values()))]:
        print(f"  {name:24}{spent / len(tasks):7.2f} ms {spent / lxml:6.2f} x")


def tasks_of(shared: Path, source: str) -> list[tuple[str, str, str, str, str | None]]:
    """Return the pages of one source as tasks for *read*."""
    if source == "credits":
        rows = [json.loads(line) for line in (shared / "credits/pages.jsonl").read_text("utf-8").splitlines()]
        return [(source, row["id"], str(shared / row["html"]), row["url"], "utf-8") for row in rows]
    folder = shared / "corpus" / source
    rows = [json.loads(line) for line in (folder / "truth.jsonl").read_text("utf-8").splitlines()]
    return [
        (
            source,
            row["id"],
            str(folder / f"{row['id']}.html.gz"),
            row["url"] or f"https://{row['domain']}/{row['id']}",
            row.get("encoding"),
        )
        for row in rows
    ]


def score(shared: Path, source: str, predictions: Path, extra: list[str]) -> str:
    """Return the table of the source's scorer."""
    if source == "credits":
        command = [str(shared / "credits/score_credits.py"), "pages", str(predictions)]
    else:
        command = [
            str(shared / "corpus/score.py"),
            "--truth",
            str(shared / "corpus" / source / "truth.jsonl"),
            "--pred",
            str(predictions),
            *extra,
        ]
    return subprocess.run([sys.executable, *command], capture_output=True, text=True, check=True).stdout


def main() -> None:
    """Run the benchmark; see the top of this file."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--source", nargs="+", choices=(*SOURCES, "credits"), default=[*SOURCES, "credits"])
    parser.add_argument("--keep", type=Path, help="folder for the predictions; a temporary one by default")
    parser.add_argument("--failures", type=int, default=0)
    parser.add_argument(
        "--parts", type=int, nargs="?", const=5, help="print the cost by part, of every 5th page"
    )
    arguments = parser.parse_args()
    if arguments.parts:
        print_parts(arguments.shared, arguments.parts)
        return
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="bench-extraction-"))
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(2) as pool:
        for source in arguments.source:
            rows = pool.map(read, tasks_of(arguments.shared, source), chunksize=4)
            target = folder / f"{source}.jsonl"
            target.write_text(
                "".join(json.dumps(values, ensure_ascii=False) + "\n" for values, *_ in rows), "utf-8"
            )
            extra = ["--failures", str(arguments.failures)] if arguments.failures else []
            print(score(arguments.shared, source, target, extra))
            if source == "trafilatura":
                joined = folder / "trafilatura-joined.jsonl"
                lines = ({"id": values["id"], "body": values["joined"]} for values, *_ in rows)
                joined.write_text(
                    "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8"
                )
                print("  the same with the standfirst joined to the body:")
                print(score(arguments.shared, source, joined, []))
            costs = sorted((spent, str(values["id"])) for values, spent, _ in rows)
            spent = [cost for cost, _ in costs]
            parsed = sum(parse for *_, parse in rows)
            print(
                f"  {source}: {statistics.fmean(spent):.1f} ms/page mean, {statistics.median(spent):.1f} median,"
                f" {sum(spent) / parsed:.1f} x lxml's parse; slowest {costs[-3:]}\n"
            )


if __name__ == "__main__":
    main()
