import dataclasses
import json

from pages import document, story

from archive.model import Article, Credit, DatedValue, Image
from crawler.extraction.article import extract_article
from crawler.extraction.wellformed import well_formed

CUT = r'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Wall \ud83d", "keywords": ["\udc00a"]}</script>'


def test_an_article_without_halves_is_itself() -> None:
    whole = Article(
        url="http://a.example/", is_article=True, page_type="article", headline="Wände 😀", body=("😀",)
    )

    assert well_formed(whole) is whole


def test_halves_are_replaced_wherever_they_stand() -> None:
    half = "Wall \ud83d"
    credit = Credit(name=half, kind="person", role="author", raw=half, found_in="byline")
    broken = Article(
        url="http://a.example/",
        is_article=True,
        page_type="article",
        headline=half,
        body=("whole", half),
        credits=(credit,),
        images=(Image(url="http://a.example/i.png", caption=half, credits=(credit,)),),
        date_published=DatedValue(value="2024", raw=half, found_in="text"),
    )

    mended = well_formed(broken)

    json.dumps(dataclasses.asdict(mended), ensure_ascii=False).encode()
    assert (mended.headline, mended.body) == ("Wall \ufffd", ("whole", "Wall \ufffd"))
    assert mended.images[0].credits[0].raw == mended.date_published.raw == "Wall \ufffd"


def test_what_is_read_from_a_page_can_be_written_as_utf_8() -> None:
    found = extract_article(document(story(head=CUT)))

    written = json.dumps(dataclasses.asdict(found), ensure_ascii=False)
    assert found.is_article
    assert "\ufffd" in written
    written.encode()
