from __future__ import annotations

from collections import Counter

import pytest

from archive.model import Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.extraction.service_pages import service_by_address
from tests.crawler.extraction.negative_words import LANGUAGES
from tests.crawler.extraction.negatives import KINDS, NOW, negatives


def test_pages_of_more_than_two_hundred_kinds_are_no_articles_and_say_why():
    assert len(KINDS) * len(LANGUAGES) > 200
    made = [one for number, one in enumerate(negatives()) if number % 2]
    read = [(one, extract_article(Document(one.page))) for one in made]
    missed = Counter(one.kind for one, article in read if article.is_article)
    assert missed.total() <= 0.01 * len(read), missed
    assert all(article.reason for _, article in read)


PARAGRAPHS = "".join(
    f"<p>The harbour was closed for the night, and nobody was hurt when wall {n} gave way.</p>"
    for n in range(9)
)
DATED = "<meta property=article:published_time content=2026-10-01T08:00:00Z>"


@pytest.mark.parametrize(
    ("path", "headline", "body"),
    [
        ("/weather/storm-hits-the-coast-again", "Storm hits the coast again", PARAGRAPHS),
        ("/2026/10/privacy-law-passes", "Privacy law passes after long debate", PARAGRAPHS),
        ("/jobs/2026/port-to-cut-hundreds-of-jobs", "Port to cut hundreds of jobs", PARAGRAPHS),
        ("/politics/404-people-evacuated", "404 people evacuated from the harbour", PARAGRAPHS * 3),
        ("/opinion/who-we-are", "Who we are when nobody looks", PARAGRAPHS),
        ("/games/bee-game", "A bee game is reviewed", PARAGRAPHS),
        ("/tag/2026/10/sea-wall-gives-way", "Sea wall gives way", PARAGRAPHS),
    ],
)  # fmt: skip
def test_articles_about_what_services_are_called_stay_articles(path, headline, body):
    assert read(path, headline, body, DATED + "<meta property=og:type content=article>").is_article


def test_a_short_dated_piece_is_a_brief_and_news_that_declares_itself_is_believed():
    data = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Results","datePublished":"2026-10-01"}</script>'
    assert read("/sport/1", "Results", PARAGRAPHS, data).is_article
    assert (
        read(
            "/local/1",
            "Wall gives way",
            "<p>The sea wall gave way last night. Nobody was hurt, the mayor said on the phone. The harbour stays closed until the water has gone down, and the ferries go from the old pier.</p>",
            DATED,
        ).page_type
        == "brief"
    )


def read(path, headline, body, head):
    text = f"<!doctype html><html lang=en><head>{head}</head><body><article><h1>{headline}</h1>{body}</article></body></html>"
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    page = Page(
        url=f"https://www.herald.example{path}", captured_at=NOW, headers=headers, payload=text.encode()
    )
    return extract_article(Document(page))


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://a.example/page/Datenschutz.html", "legal-page"),
        ("https://a.example/about_us/", "page-about-the-site"),
        ("https://a.example/en/author/ana-prado", "page-of-lists-or-figures"),
        ("https://a.example/author/2026/10/story", None),
        ("https://a.example/", None),
        ("https://a.example/2026/privacy-policy-of-ministers-criticised", None),
    ],
)
def test_addresses_of_services(url, what):
    assert service_by_address(url) == what
