import json

import pytest
from pages import document, story

from archive.model import Article
from crawler.extraction.article import extract_article
from crawler.extraction.fields.publisher import outlet_names


def read(before: str, **data: object) -> Article:
    head = f"<script type=application/ld+json>{json.dumps({'@type': 'NewsArticle', 'headline': 'Old bridge stays open', **data})}</script>"
    return extract_article(document(story(before=before, head=head if data else "")))


@pytest.mark.parametrize(
    ("before", "names"),
    [
        (
            "<div class=meta><span>3 May 2024</span> • <span class=byline><a class=fn>Ann Lee</a></span> • 2 min</div>",
            ["Ann Lee"],
        ),
        ("<h4>By Ann Lee | 12/10/2020</h4>", ["Ann Lee"]),
        ("<h4 class=meta-title>Autor</h4><p><a href=/profil/lee>Ann Lee</a>, </p>", ["Ann Lee"]),
        ("<p>Ein Artikel von <strong>Ann Lee</strong> | 27.01.2022 - 12:45</p>", ["Ann Lee"]),
        ("<p class=byline>By Ann Lee Follow @annlee</p>", ["Ann Lee"]),
        ("<p class=byline>Ann Lee Shares</p>", ["Ann Lee"]),
        ("<p>Autorin: Ann Lee, Leiterin des Hauses am Hafen.</p>", ["Ann Lee"]),
        ("<div class=byline>Ann Lee 0</div>", ["Ann Lee"]),
        (
            "<div class=byline>Ann Lee</div><div class=byline>More articles</div><div>by The Example Photograph</div>",
            ["Ann Lee"],
        ),
        ("<div class=author-line>Datum: 19.11.2021 Autor: Ann Lee</div>", ["Ann Lee"]),
        ("<div class=author>ByA.B. Lee</div>", ["A.B. Lee"]),
        ("<div class=author>Escribe Ana Méndez</div>", ["Ana Méndez"]),
    ],
)
def test_where_authors_stand(before: str, names: list[str]) -> None:
    assert [credit.name for credit in read(before).credits if credit.kind == "person"] == names


def test_an_editor_in_the_data_does_not_hide_the_author() -> None:
    found = read(
        "<div class=author-2>Ann Lee</div><div class=editor>Editor: Bo Ray Hill</div>",
        author={"@type": "Person", "name": "Bo Ray Hill"},
    )
    assert [(credit.name, credit.role) for credit in found.credits if credit.role == "author"] == [
        ("Ann Lee", "author")
    ]


def test_a_creator_stands_before_organisations() -> None:
    found = read("", author={"@type": "Organization", "name": "The Hamlet Herald"}, creator=["Ann Lee"])
    assert found.credits[0].name == "Ann Lee"


@pytest.mark.parametrize(
    ("name", "before", "kinds"),
    [
        ("Robert", "<p class=meta>3 May 2024 Robert 2 min</p>", ["person"]),
        ("Robert", "", []),
        ("Redaktion", "<p class=meta>Redaktion 3 May 2024</p>", ["staff"]),
        ("Reuters", "<p class=meta>Reuters 3 May 2024</p>", ["agency"]),
    ],
)
def test_an_author_of_one_word_must_be_shown(name: str, before: str, kinds: list[str]) -> None:
    found = read(before, author={"@type": "Person", "name": name})
    assert [credit.kind for credit in found.credits] == kinds


def test_an_author_s_name_is_no_outlet_s() -> None:
    head = (
        "<meta name=publisher content='Anna Lee'><meta name=twitter:creator content=@annalee>"
        '<script type=application/ld+json>{"@type": "NewsArticle", "headline": "Old bridge stays open",'
        ' "author": {"@type": "Person", "name": "Anna Lee"}}</script>'
    )
    page = document(story(head=head, before="<p class=byline>Anna Lee Staff Writer</p>"))
    assert outlet_names(page) == ("The Hamlet Herald", "news.example")
    assert [(credit.name, credit.kind) for credit in extract_article(page).credits] == [
        ("Anna Lee", "person")
    ]


@pytest.mark.parametrize(("label", "names"), [("Verfasst von", ["Ann Lee"]), ("Est. reading time", [])])
def test_a_twitter_card_may_label_the_author(label: str, names: list[str]) -> None:
    head = f"<meta name=twitter:label1 content='{label}'><meta name=twitter:data1 content='Ann Lee'>"
    assert list(extract_article(document(story(head=head))).authors) == names


def test_a_box_around_the_whole_story_says_nothing_about_its_byline() -> None:
    html = story(before="<p>By Ann Lee</p>").replace("<article>", "<article class=related-content>")
    assert list(extract_article(document(html)).authors) == ["Ann Lee"]


def test_an_agency_that_signs_below_the_headline_is_a_byline() -> None:
    [credit] = read("<p class=credit>AFP</p>").credits
    assert (credit.agency, credit.found_in) == ("AFP", "byline")


def test_an_agency_that_the_data_name_beside_the_shown_author_is_kept() -> None:
    people = [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Organization", "name": "AFP"}]
    found = read("<p class=byline>By Ann Lee</p>", author=people)
    assert [credit.agency or credit.name for credit in found.credits] == ["Ann Lee", "AFP"]


def test_who_edited_it_by_the_page_s_own_words_is_no_author_by_its_data() -> None:
    html = story(head="<meta name=author content='Ann Lee'>", inside="<p>Editing by Ann Lee</p>")
    assert [(c.name, c.role) for c in extract_article(document(html)).credits] == [("Ann Lee", "editor")]
