"""Whatever a page holds, it is read in bounded time, and what was read can be stored and found again."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from archive.index.store import Index
from archive.model import Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.pipelines import ReadArticle, Reading
from tests.archive.index.cases import capture
from tests.crawler.extraction.hostile import CAPTURED, pages

LONGEST = 5.0
"""Seconds of processor time for a small page, on the slowest machine; a tenth of a second is usual for the worst."""


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    with Index.open(tmp_path_factory.mktemp("hostile") / "index.db") as opened:
        yield opened


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), print_blob=True)
@given(page=pages())
def test_any_page_is_read_and_what_was_read_can_be_stored(page, index):
    store_and_read_back(page, index)


def store_and_read_back(page: Page, index: Index) -> None:
    """Read *page* through to the rows of *index*, and compare what comes out of them."""
    started = time.process_time()
    reading = ReadArticle().process_item(Reading(record=capture(), page=page, document=Document(page)))
    assert reading.fault is None
    assert time.process_time() - started < LONGEST
    article, front = reading.article, reading.front()
    number = index.rows("select count(*) + 1 as n from captures")[0]["n"]
    record = replace(capture(number % 800_000, page.url), record_id=f"urn:uuid:{number}")
    identity = f"https://www.herald.example/{number}"
    index.add_record(record)
    if front is not None:
        index.add_listing(record, front)
    index.add_reading(record, article, identity=identity)
    if article.is_article:
        [row] = index.rows("select id from articles where identity = ?", (identity,))
        stored = index.article(row["id"]).content
        assert (stored.headline, stored.credits, stored.byline_raw) == (
            article.headline,
            article.credits,
            article.byline_raw,
        )
        assert "\n\n".join(stored.body).split() == " ".join(article.body).split()


def spent(payload: bytes) -> float:
    """Return the seconds of processor time that reading *payload* takes."""
    page = Page(url="https://www.herald.example/2026/storm", captured_at=CAPTURED, headers=(("Content-Type", "text/html"),), payload=payload)  # fmt: skip
    started = time.process_time()
    extract_article(Document(page))
    return time.process_time() - started


PARAGRAPH = "<p>The harbour was closed for the night, and nobody was hurt when the wall gave way.</p>"
LARGE = {
    "50 MB of paragraphs": lambda: PARAGRAPH * (50_000_000 // len(PARAGRAPH)),
    "a million attributes": lambda: "<p " + " ".join(f"a{n}=1" for n in range(1_000_000)) + ">x</p>" + PARAGRAPH * 20,
    "a hundred thousand levels": lambda: "<div>" * 100_000 + PARAGRAPH * 20,
    "a hundred thousand levels of inline elements": lambda: "<b>" * 100_000 + PARAGRAPH * 20,
    "JSON that nests a hundred thousand times": lambda: '<script type="application/ld+json">' + '{"@graph":[' * 100_000 + "</script>" + PARAGRAPH,
    "JSON with a million objects": lambda: '<script type="application/ld+json">[' + ",".join(['{"@type":"NewsArticle","headline":"x"}'] * 250_000) + "]</script>",
    "a state of ten million characters": lambda: "<script>window.__STATE__ = " + '{"a":' * 2_000_000 + "1</script>" + PARAGRAPH,
    "one line of 50 MB": lambda: "<p>" + "harbour " * 6_250_000 + "</p>",
    "one word of 20 MB": lambda: "<p>" + "a" * 20_000_000 + "</p>",
    "a byline of 5 MB": lambda: f"<article><h1>Storm</h1><p class=byline>By {'Ana Prado, ' * 500_000}</p>{PARAGRAPH * 9}</article>",
    "a million entities": lambda: "<p>" + "&amp;" * 2_000_000 + "</p>",
    "entities that refer to each other": lambda: "<!DOCTYPE html [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)) + "]><p>&e11;</p>" + PARAGRAPH,
    "a hundred thousand pictures": lambda: "<article><h1>Storm</h1>" + "<figure><img src=/a.jpg><figcaption>Foto: Jan Kok/dpa</figcaption></figure>" * 100_000 + PARAGRAPH * 9,
    "a hundred thousand links": lambda: '<a href="/2026/storm">Storm reaches the harbour</a>' * 100_000,
    "a hundred thousand metas": lambda: '<meta property="og:title" content="Storm">' * 100_000 + PARAGRAPH * 9,
    "a title of 10 MB": lambda: "<title>" + "Storm | " * 1_250_000 + "</title>" + PARAGRAPH * 9,
    "open angle brackets": lambda: "<" * 5_000_000,
    "open comments": lambda: "<!--" * 2_000_000,
}  # fmt: skip
