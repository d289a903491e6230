"""What questions and pages cost on a large index: python tests/bench/bench_index_million.py [ARTICLES] [--keep FOLDER]

Prints processor milliseconds beside the goals of the archivist's desk; exit code 1 when one is missed. ARTICLES (100,000
when none are given) are made as many_articles.py says; with --keep the archive stays in FOLDER and is used again. A
million takes a quarter of an hour of one processor to make, and 10 GB: run it with nice. Times are the best of three askings of a
warm index.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import resource
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

import many_articles

from archive.folder import ArchiveFolder
from archive.index.reading_room import reading_room
from archive.index.search import FACETS, Search
from archive.index.store import Index
from archive.web.serving import Desk

QUESTIONS = (
    "lighthouse", "ferry", "harbour", "police", "the", '"the police"', "police OR harbour", "police -harbour", "harb*", "agency:afp",
    "agency:afp published:2020", "agency:afp published:2015-11..2016", "site:outlet1.example police", "lang:de", "version:>1", "-lang:en",
    "is:changed agency:ap", "published:2019-03..", "",
)  # fmt: skip
PAGES = (
    "/search", "/search?q=police", "/search?q=police&sort=relevance", "/search?q=ferry", "/credits", "/credits?kind=person&by=year",
    "/credits?site=outlet1.example", "/party?key={agency}", "/pictures", "/pictures?credit=Reuters", "/outlets",
    "/outlet/outlet1.example", "/copies", "/runs", "/preservation", "/article/{article}", "/article/{article}/versions",
)  # fmt: skip


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="?", type=int, default=100_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--skip-insert", action="store_true", help="leave a kept archive as it is")
    chosen = parser.parse_args()
    with contextlib.ExitStack() as stack:
        path = chosen.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder = ArchiveFolder(path).create()
        if not folder.index.is_file():
            each, whole = many_articles.make(folder.index, chosen.articles)
            print(
                f"made in {whole:.0f} s of processor time; {1000 * each:.2f} ms an article through the real write path"
            )
        missed = [] if chosen.skip_insert else _insert(folder)
        missed += _ask(folder)
        missed += _visit(folder)
    print("\nall goals are reached" if not missed else "\nmissed: " + "; ".join(missed))
    return int(bool(missed))


def _insert(folder: ArchiveFolder) -> list[str]:
    """Add a thousand articles to the large index; that is the price of insertion that counts."""
    words = {language: many_articles.Words(language) for language in many_articles._SCRIPTS}
    with Index.open(folder.index) as index:
        [held] = index.rows("select count(*) as n, max(id) as last from articles")
        first = many_articles.number_after(held["last"])
        made = list(many_articles.pairs(words, first, first + 1000))
        started = time.process_time()
        many_articles.add(index, made)
        each = (time.process_time() - started) / len(made)
        started = time.process_time()
        index.settle()
        print(f"after the run: bringing in order and comparing copies {time.process_time() - started:.1f} s")
    size = sum(file.stat().st_size for file in folder.path.glob("index.db*"))
    print(f"{held['n']:,} articles, {size / 1e9:.2f} GB, {size / held['n']:,.0f} bytes an article")
    return _line("insert (3 captures, reading, full text)", 1000 * each, 2)


def _ask(folder: ArchiveFolder) -> list[str]:
    missed: list[str] = []
    print(
        f"\n{'question':38}{'hits':>16} {'count':>7} {'newest':>7} {'relev.':>7} {'facet':>7}  slowest facet, processor ms"
    )
    with reading_room(folder) as index:
        for question in QUESTIONS:
            total, count = _timed(lambda q=question: index.found(q).total)
            _, newest = _timed(lambda q=question: index.search(Search(text=q)))
            _, relevance = _timed(lambda q=question: index.search(Search(text=q, sort="relevance")))
            facets = {name: _timed(lambda q=question, n=name: index.facets(q, n))[1] for name in FACETS}
            slowest = max(facets, key=lambda name: facets[name])
            shown = f"{total!s:>16} {count:7.1f} {newest - count:7.1f} {relevance - count:7.1f} {facets[slowest]:7.1f}"
            print(f"{question or '(everything)':38}{shown}  {slowest}")
            for what, spent, goal in (
                ("count", count, 50), ("newest", newest - count, 10), (f"facet {slowest}", facets[slowest], 250),
                ("relevance", relevance - count, 150 if total.n <= 20_000 else 1000),
            ):  # fmt: skip
                if spent > goal:
                    missed.append(f"{what} of {question or 'everything'} {spent:.0f} ms")
    return missed


def _visit(folder: ArchiveFolder) -> list[str]:
    missed: list[str] = []
    print(f"\n{'page':44}{'bytes':>9}  processor ms")
    with reading_room(folder) as index:
        article = index.search(Search(text="version:>1 agency:afp", limit=1)).hits[0].article_id
        [agency] = index.rows("select key from parties where code = 'AFP'")
    with Desk(folder) as desk:
        for page in PAGES:
            address = page.format(article=article, agency=quote(agency["key"]))
            answer, spent = _timed(lambda a=address: _get(desk.origin, a))
            missed += _line(f"{address:44}{len(answer):9,}", spent, 1500)
    return missed


def _get(origin: str, address: str) -> bytes:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=60)
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 200:
        print(f"{address}: status {answer.status}")
    connection.close()
    return body


def _timed(asked):
    """Return the answer, and the milliseconds of processor time (all threads) of the quickest of three askings after the first."""
    asked()
    spent = []
    for _ in range(3):
        started = _processor()
        answer = asked()
        spent.append(1000 * (_processor() - started))
    return answer, min(spent)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _line(what: str, spent: float, goal: float) -> list[str]:
    print(f"{what} {spent:10.2f}  goal {goal:g}{'' if spent <= goal else '  MISSED'}")
    return [] if spent <= goal else [f"{what.split(maxsplit=1)[0]} {spent:.0f} ms"]


if __name__ == "__main__":
    sys.exit(main())
