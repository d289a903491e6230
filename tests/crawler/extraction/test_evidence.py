from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages import PARAGRAPHS, document, story

from crawler.extraction.article import extract_article
from crawler.extraction.evidence import explain

HEAD = (
    "<meta property=og:title content='Old bridge stays open | The Hamlet Herald'><meta name=description content='Short.'>"
    '<script type=application/ld+json>{"@type": "NewsArticle", "headline": "Old bridge stays open",'
    ' "datePublished": "2024-05-02T08:00:00Z", "author": {"@type": "Person", "name": "Ann Lee"}}</script>'
)


def fields_of(html):
    return {one.name: one for one in explain(document(html)).fields}


def test_the_article_is_the_one_that_is_read_without_asking():
    html = story(head=HEAD, before="<p class=byline>By Ann Lee</p>")
    assert explain(document(html)).article == extract_article(document(html))


def test_each_candidate_says_where_it_stands_and_one_is_chosen():
    found = fields_of(story(head=HEAD, before="<p class=byline>By Ann Lee</p><p>3 May 2024</p>"))
    heads = found["headline"].candidates
    assert [(one.found_in, one.is_chosen, one.agrees) for one in heads] == [
        ("json-ld", True, True),
        ("og:title", False, True),
        ("h1", False, True),
        ("title", False, True),
    ]
    dates = found["date_published"].candidates
    assert [(one.found_in, one.read_as, one.is_chosen) for one in dates][:2] == [
        ("json-ld", "2024-05-02T08:00:00+00:00", True),
        ("text", "2024-05-03", False),
    ]
    assert found["byline"].candidates[0].raw == "By Ann Lee"
    [credit] = found["credits"].candidates
    assert (credit.raw, credit.read_as, credit.found_in) == (
        "By Ann Lee",
        "author: Ann Lee (person)",
        "byline",
    )


def test_every_block_says_what_it_was_taken_for():
    html = story(
        head=HEAD,
        before="<p class=byline>By Ann Lee</p>",
        inside="<p>Sign up for our newsletter</p><p>With files from AFP</p>",
    )
    found = explain(document(html))
    uses = {block.text: (block.use, block.reason) for block in found.blocks}
    assert uses["Old bridge stays open"] == ("headline", None)
    assert uses["By Ann Lee"] == ("byline", None)
    assert uses[PARAGRAPHS[0]] == ("text", None)
    assert uses["With files from AFP"] == ("credit line", None)
    assert uses["Home"] == ("elsewhere", None)
    use, reason = uses["Sign up for our newsletter"]
    assert use == "left out"
    assert reason
    assert found.left_out == {reason: 1}
    assert [block.position for block in found.blocks] == list(range(len(found.blocks)))


@pytest.mark.parametrize("html", ["", "{}", "<p>", "\x00<h1>", "<title>x</title>"])
def test_a_page_without_anything_has_an_explanation(html):
    assert explain(document(html)).article.is_article is False


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/ph1 abc\"'=&;\ud800\x00\n—", max_size=200))
def test_no_page_is_beyond_explaining(inside):
    html = story(head=HEAD, inside=inside).encode("utf-8", "surrogatepass")
    assert explain(document(html)).fields
