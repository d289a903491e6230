from __future__ import annotations

from dataclasses import replace

from archive.config import Config
from archive.index.store import Index
from archive.model import Page, Part
from crawler.extraction.document import Document
from crawler.pipelines import IndexArticle, Reading
from crawler.profiles import read_profile
from crawler.runs import Run
from tests.archive.index.cases import OTHER_PAGE, PAGE, START, article, capture


def reading(record, read):
    page = Page(url=record.target_uri, captured_at=START, headers=(), payload=b"<p>x</p>")
    return Reading(record=record, page=page, document=Document(page), article=read)


def test_a_page_that_cannot_be_indexed_stays_a_capture_and_the_next_is_indexed(tmp_path):
    with Index.open(tmp_path / "index.db") as index:
        run = Run(index=index, config=Config())
        run.note_records([capture(1), capture(2, OTHER_PAGE)])
        IndexArticle(run).process_item(reading(capture(1), article(body=("half \ud83d",))))
        IndexArticle(run).process_item(reading(capture(2, OTHER_PAGE), article(OTHER_PAGE)))
        run.commit()
        [kept] = index.rows("select page_type, reason, target_uri from v_not_articles")
        assert (kept["page_type"], kept["target_uri"]) == ("error", PAGE)
        assert kept["reason"].startswith("UnicodeEncodeError: ")
        assert index.article_at(OTHER_PAGE) is not None
        assert run.positions.unsettled() == 0


def test_each_page_of_an_article_has_an_identity_of_its_own_also_where_a_profile_says_what_one_is(tmp_path):
    file = tmp_path / "news.example.toml"
    file.write_text('domains = ["news.example"]\n')
    first = "https://news.example/2026/long-read"
    identities = []
    for number in (1, 2):
        url = first if number == 1 else f"{first}?page={number}"
        one = reading(
            replace(capture(number), target_uri=url),
            replace(article(url), canonical_url=first, part=Part(number=number, of=2)),
        )
        one.document = Document(one.page, read_profile(file))
        identities.append(one.identity)
    assert identities == [first, f"{first} page 2"]
