import json

import pytest
from pages import PARAGRAPHS, document, story

from archive.model import Article
from crawler.extraction.article import extract_article
from crawler.extraction.summary import as_json


def article(html: str | bytes, **given: object) -> Article:
    return extract_article(document(html, **given))


def test_a_plain_story() -> None:
    found = article(
        story(
            before="<p class=standfirst>The council has voted, at last, and nobody is happy.</p><p class=byline>By Ann Lee</p><time datetime=2024-05-30T10:00+01:00>30 May</time>"
        )
    )
    assert found.is_article
    assert found.headline == "Old bridge stays open"
    assert found.standfirst == "The council has voted, at last, and nobody is happy."
    assert found.byline_raw == "By Ann Lee"
    assert list(found.body) == PARAGRAPHS
    assert found.date_published is not None
    assert (found.date_published.value, found.date_published.found_in) == (
        "2024-05-30T10:00:00+01:00",
        "time",
    )
    assert found.language == "en"
    assert found.publisher == "The Hamlet Herald"


@pytest.mark.parametrize(
    "furniture",
    [
        "<div class=related-articles><h3>Related</h3><p>Another bridge falls down in a town that is far away from here</p></div>",
        "<h3>More on this topic</h3><ul><li><a href=/1>Another bridge</a></li></ul>",
        "<p>Read more: <a href=/1>Another bridge falls down</a></p>",
        "<div class='newsletter-signup'><p>Sign up to our newsletter and never miss a bridge again.</p></div>",
        "<p>Advertisement</p>",
        "<figure><img src=a.jpg><figcaption>The bridge, seen from a boat. Photo: Ann Lee</figcaption></figure>",
        "<p class=caption>The bridge, seen from a boat.</p>",
        "<div id=comments><h3>12 Comments</h3><p>I never liked that bridge and I say so every week in this place.</p></div>",
        "<div class=share-buttons>Share this <a href=#>Twitter</a></div>",
        "<p>© 2024 The Hamlet Herald. All rights reserved.</p>",
        "<div class=author-bio><p>Ann Lee has written about bridges since she could hold a pen, and lives by a river.</p></div>",
        "<div style='display:none'><p>Nobody can see this sentence, which is quite long for a hidden one.</p></div>",
        "<script>var text = 'The council of Lower Hamlet decided about nothing at all in this script';</script>",
        "<noscript><p>Please enable JavaScript to read about the old bridge in all its glory, dear reader.</p></noscript>",
    ],
)
def test_furniture_stays_out(furniture: str) -> None:
    assert list(article(story(inside=furniture)).body) == PARAGRAPHS


@pytest.mark.parametrize(
    ("part", "texts"),
    [
        (
            "<h2>What happens next</h2><p>The engineers will come in spring, says the mayor of the town.</p>",
            ["What happens next", "The engineers will come in spring, says the mayor of the town."],
        ),
        (
            "<ul><li>The bridge is ninety years old.</li><li>It carries two lorries.</li></ul>",
            ["The bridge is ninety years old.", "It carries two lorries."],
        ),
        (
            "<blockquote><p>“We shall cross it when we come to it,” said the mayor.</p></blockquote>",
            ["“We shall cross it when we come to it,” said the mayor."],
        ),
        (
            "<p>It is 90\u00a0m long.<br><br>It is also narrow, which surprises many drivers.</p>",
            ["It is 90\u00a0m long.", "It is also narrow, which surprises many drivers."],
        ),
        ("<table><tr><td>Length</td><td>90 m</td></tr></table>", ["Length 90 m"]),
        (
            "<p><ruby>橋<rt>はし</rt></ruby>は<ruby>古<rp>（</rp><rt>ふる</rt><rp>）</rp></ruby>いと町長は語った。</p>",
            ["橋は古（ふる）いと町長は語った。"],
        ),
    ],
)
def test_parts_of_the_text_stay_in(part: str, texts: list[str]) -> None:
    assert list(article(story(inside=part)).body) == PARAGRAPHS + texts


def test_split_containers_are_one_text() -> None:
    halves = "".join(
        f"<div class='grid body__inner'>{''.join(f'<p>{p}</p>' for p in part)}</div><aside>Ad</aside>"
        for part in (PARAGRAPHS[:4], PARAGRAPHS[4:])
    )
    html = f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1><div class=wrap>{halves}</div></body></html>"
    assert list(article(html).body) == PARAGRAPHS


def test_a_class_that_hides_a_label_hides_no_text() -> None:
    html = story().replace("class=story", "class='field--label-hidden story'")
    assert list(article(html).body) == PARAGRAPHS


def test_the_only_h1_may_be_a_teaser_of_something_else() -> None:
    teaser = (
        "<section class=grid><h1>Ten unrelated recipes</h1><p>"
        + "They are long, these recipes, and nobody cooks them. " * 12
        + "</p></section>"
    )
    html = (
        story(headline="Old bridge stays open")
        .replace("<h1>Old bridge stays open</h1>", "<h3>Old bridge stays open</h3>")
        .replace("<footer>", teaser + "<footer>")
    )
    found = article(html)
    assert found.headline == "Old bridge stays open"
    assert list(found.body) == PARAGRAPHS


def test_persons_that_only_the_data_name_join_a_byline_cut_short() -> None:
    data = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Old bridge stays open",
            "author": [{"@type": "Person", "name": name} for name in ("Ann Lee", "Bo Berg")],
        }
    )
    found = article(
        story(
            head=f"<script type=application/ld+json>{data}</script>", before="<p class=byline>By Ann Lee</p>"
        )
    )
    assert found.authors == ("Ann Lee", "Bo Berg")


def test_a_paragraph_kept_apart_begins_the_text() -> None:
    words = "The council has voted in a long night, and the bridge stays where it is."
    found = article(story(before=f"<div class=x><p>{words}</p></div>"))
    assert found.standfirst is None
    assert list(found.body) == [words, *PARAGRAPHS]


def test_text_in_json_ld_only() -> None:
    data = json.dumps(
        {
            "@type": "NewsArticle",
            "headline": "Bridge",
            "datePublished": "2024-05-01",
            "articleBody": "\n\n".join(PARAGRAPHS),
        }
    )
    found = article(
        f"<html><head><title>Bridge</title><script type=application/ld+json>{data}</script></head><body><div id=root></div></body></html>"
    )
    assert found.is_article
    assert list(found.body) == PARAGRAPHS


@pytest.mark.parametrize(
    "script",
    [
        '<script id=__NEXT_DATA__ type=application/json>{"props":{"article":{"body":%s}}}</script>',
        '<script>window.__STATE__ = {"a":{"content":%s}};</script>',
        '<div data-react-props=\'{"story":{"content":%s}}\'></div>',
    ],
)
def test_text_in_embedded_state_only(script: str) -> None:
    markup = json.dumps("".join(f"<p>{p}</p>" for p in PARAGRAPHS))
    found = article(
        f"<html><head><title>Bridge</title><meta property=og:type content=article></head><body><h1>Bridge</h1><div id=app></div>{script % markup}</body></html>"
    )
    assert found.is_article
    assert list(found.body) == PARAGRAPHS


LISTING = "".join(
    f"<div class=teaser><h2><a href=/{n}>A story with the number {n} and a long headline</a></h2></div>"
    for n in range(40)
)


@pytest.mark.parametrize(
    ("html", "given", "page_type"),
    [
        (story(), {"url": "https://news.example/"}, "listing"),
        (
            f"<html><head><title>News</title></head><body><h1>News</h1>{LISTING}</body></html>",
            {"url": "https://news.example/news"},
            "listing",
        ),
        (story(), {"status": 404}, "error"),
        (
            "<html><head><title>404 Page not found</title></head><body><h1>404 Page not found</h1><p>The page that you are looking for cannot be found on this server.</p></body></html>",
            {},
            "error",
        ),
        (
            "<html><head><title>News</title></head><body><noscript>You need to enable JavaScript.</noscript><div id=root></div></body></html>",
            {},
            "shell",
        ),
        ('{"title": null}', {"kind": "application/json"}, "other"),
        (b"", {}, "other"),
        (b"%PDF-1.4 \x00\x01", {"kind": "application/pdf"}, "other"),
    ],
)
def test_what_is_no_article(html: str | bytes, given: dict[str, object], page_type: str) -> None:
    found = article(html, **given)
    assert not found.is_article
    assert found.page_type == page_type
    assert found.reason


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 30_000 + "deep",
        "<p " + " ".join(f"a{n}=1" for n in range(20_000)) + ">x",
        "<a href='" * 5_000,
        "<div itemscope itemtype=http://schema.org/Thing itemprop=x>" * 5_000,
        "<div typeof=Thing property=x>" * 5_000,
        "<p class='" + "share-related-" * 20_000 + "'>x",
        "By " * 50_000,
        "<h1>" + "a: " * 20_000,
        "<time>" + "1/1/" * 50_000,
        "<script type=application/ld+json>{" + '"a": "' * 20_000,
        "<img srcset='" + "a 1x," * 50_000 + "'>",
        "<script type=application/ld+json>" + '{"a":' * 20_000,
        "<script>" + "window.x = {" * 20_000,
        "\x00" * 1000,
        "<table>" * 3_000 + "<tr><td>x",
        "<p>" + "<a href=/s>w</a> some words go on<br><br>" * 3_000,
        "<h1>Old bridge</h1><a href='/2024/story?page=2'>2</a>" * 3_000,
        "<div data-props='" + "[" * 50_000,
        "<p>" + "word " * 200_000,
    ],
)
def test_hostile_pages_cost_little(html: str) -> None:
    assert isinstance(article(html), Article)


def test_summary_has_the_stable_names() -> None:
    values = as_json(article(story(before="<p class=byline>By Ann Lee</p>")), identifier="x")
    names = "id url headline standfirst byline authors staff agencies credits contributors image_credits dateline date_published date_modified section tags language publisher canonical_url images body blocks left_out part is_article"
    assert set(names.split()) <= set(values)
    assert values["id"] == "x"
    assert values["body"] == "\n\n".join(PARAGRAPHS)
    assert json.loads(json.dumps(values)) == values


@pytest.mark.parametrize("between", ["", "<script>1</script>", "<meta name=a content=b>"])
def test_a_page_without_a_body_tag_has_its_text_where_a_browser_has_it(between):
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    found = extract_article(
        document(
            f"<!doctype html><title>Bridge | Herald</title>{between}<main><h1>Bridge stays</h1>{text}</main>"
        )
    )
    assert (found.headline, found.body) == ("Bridge stays", tuple(PARAGRAPHS))
