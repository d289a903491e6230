"""Reads the corpora beside the repository, prints their scorers' tables, the mean cost of a page and the slowest pages.

    .venv/bin/python tests/bench/bench_extraction.py [--shared ../shared] [--source aeb fundus trafilatura] [--keep FOLDER]

The truth of *fundus* counts the standfirst as body: there the two are joined. Its truth and that of *trafilatura* count
agencies, staff and outlets as authors: there all of them are joined. Everything else is scored as it comes.
"""

from __future__ import annotations

import argparse
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

from archive.model import Article, Credit, Page
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


def read(task: tuple[str, str, str, str, str | None]) -> tuple[dict[str, object], float]:
    """Return the prediction for one page and the milliseconds of processor time it took."""
    source, identifier, path, url, encoding = task
    page = page_of(Path(path), url, encoding)
    started = time.process_time()
    article = extract_article(Document(page))
    spent = (time.process_time() - started) * 1000
    return prediction(article, identifier, source), spent


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
    arguments = parser.parse_args()
    folder = arguments.keep or Path(tempfile.mkdtemp(prefix="bench-extraction-"))
    folder.mkdir(parents=True, exist_ok=True)
    with multiprocessing.Pool(2) as pool:
        for source in arguments.source:
            rows = pool.map(read, tasks_of(arguments.shared, source), chunksize=4)
            target = folder / f"{source}.jsonl"
            target.write_text(
                "".join(json.dumps(values, ensure_ascii=False) + "\n" for values, _ in rows), "utf-8"
            )
            extra = ["--failures", str(arguments.failures)] if arguments.failures else []
            print(score(arguments.shared, source, target, extra))
            costs = sorted((spent, str(values["id"])) for values, spent in rows)
            spent = [cost for cost, _ in costs]
            print(
                f"  {source}: {statistics.fmean(spent):.1f} ms/page mean, {statistics.median(spent):.1f} median; slowest {costs[-3:]}\n"
            )


if __name__ == "__main__":
    main()
