from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model import Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document

TEASER = '<article class="teaser"><h2><a href="/2026/11/0{n}/story">The story with number {n}</a></h2><time datetime="2026-11-0{n}">{n} Nov</time><p>One line of text that stands under story {n} and says what it is about.</p></article>'
TEXT = "".join(
    f"<p>Paragraph {n} of a text that goes on for long enough to be an article, with a second sentence to it.</p>"
    for n in range(8)
)


def read(main):
    html = f"<html><head><title>Politics</title></head><body><main><h1>Politics of the day</h1>{main}</main></body></html>"
    page = Page(
        url="https://a.example/politics/",
        captured_at=datetime(2026, 11, 23, tzinfo=UTC),
        headers=(("Content-Type", "text/html; charset=utf-8"),),
        payload=html.encode(),
    )
    return extract_article(Document(page))


@pytest.mark.parametrize("count", [4, 8])
def test_a_page_of_teasers_is_a_front(count):
    article = read("".join(TEASER.format(n=n) for n in range(1, count + 1)))
    assert (article.is_article, article.page_type) == (False, "listing")


def test_an_article_with_teasers_at_its_foot_is_an_article():
    article = read(
        '<p class="date">23 November 2026</p>' + TEXT + "".join(TEASER.format(n=n) for n in range(1, 7))
    )
    assert article.is_article
    assert len(article.body) == 8


def test_a_long_text_around_one_linked_headline_is_no_teaser():
    inner = f'<div><h3><a href="/2025/1/story">An earlier story about this</a></h3>{TEXT * 3}</div>'
    article = read(
        '<p class="date">23 November 2026</p>' + inner + "".join(TEASER.format(n=n) for n in range(1, 7))
    )
    assert article.is_article
