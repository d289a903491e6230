# ruff: noqa: SIM905
"""What an article costs the index, and a question: python tests/bench/bench_index.py [ARTICLES]

Prints processor milliseconds per article added (record and reading) and per question, on generated articles.
"""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from archive.index.search import Search
from archive.index.store import Index
from archive.model import Article, Credit, DatedValue, Image, Place, Record

WORDS = """harbour council ferry storm school budget minister police railway valley bridge market festival hospital teacher
river winter election strike museum garden engine island lighthouse mayor court village orchestra football weather
border treaty factory union airport novel painter harvest forest glacier tunnel parade bakery printer library""".split()
START = datetime(2020, 1, 1, tzinfo=UTC)
QUESTIONS = (
    "harbour",
    '"ferry storm"',
    "agency:afp",
    "agency:afp published:2020-02",
    "site:outlet3.example police",
    "glacier OR tunnel",
    "harb*",
)


def pair(number: int) -> tuple[Record, Article]:
    """Return one made-up capture and what was read of it."""
    at = START + timedelta(minutes=7 * number)
    url = f"https://outlet{number % 12}.example/{at:%Y/%m/%d}/{WORDS[number % len(WORDS)]}-{number}"
    sentence = [WORDS[(number * 31 + step * step) % len(WORDS)] for step in range(320)]
    body = tuple(" ".join(sentence[start : start + 40]).capitalize() + "." for start in range(0, 320, 40))
    credits_ = [
        Credit(
            name=f"Ana {WORDS[number % len(WORDS)].title()}",
            kind="person",
            role="author",
            raw="By …",
            found_in="byline",
        )
    ]
    if number % 3 == 0:
        credits_.append(
            Credit(
                name="Agence France-Presse",
                kind="agency",
                role="source",
                agency="AFP",
                raw="AFP",
                found_in="closing",
            )
        )
    record = Record(
        record_type="response", record_id=f"urn:uuid:{number}", target_uri=url, captured_at=at, status=200, mime="text/html",
        place=Place(file="bench.warc.gz", offset=number * 20_000, length=19_000), payload_digest=f"sha1:{number:032d}",
    )  # fmt: skip
    article = Article(
        url=url, is_article=True, page_type="article", headline=" ".join(sentence[:9]).capitalize(), standfirst=" ".join(sentence[9:30]),
        body=body, language="en", section=WORDS[number % 7], credits=tuple(credits_),
        date_published=DatedValue(value=at.isoformat(), raw="", found_in="json-ld"),
        images=(Image(url=f"{url}.jpg", caption="A picture", caption_raw="A picture. Reuters"),),
    )  # fmt: skip
    return record, article


def main() -> None:
    """Print the costs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder) / "index.db") as index:
        pairs = [pair(number) for number in range(count)]
        started = time.process_time()
        for number, (record, article) in enumerate(pairs):
            index.add_record(record)
            index.add_reading(record, article)
            if number % 50 == 0:
                index.commit()
        index.commit()
        print(f"{count} articles, {1000 * (time.process_time() - started) / count:.2f} ms each")
        started = time.process_time()
        index.optimize()
        print(
            f"optimize {time.process_time() - started:.1f} s, {(Path(folder) / 'index.db').stat().st_size / 1e6:.0f} MB"
        )
        for question in QUESTIONS:
            for sort in ("newest", "relevance"):
                started = time.process_time()
                total = index.search(Search(text=question, sort=sort)).total
                print(f"{1000 * (time.process_time() - started):8.1f} ms  {sort:9}  {question}  ({total})")
        started = time.process_time()
        index.facets("harbour", "month")
        print(f"{1000 * (time.process_time() - started):8.1f} ms  facet by month of harbour")


if __name__ == "__main__":
    main()
