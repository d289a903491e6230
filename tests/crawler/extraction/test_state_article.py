import json
from typing import Any

import pytest
from pages import PARAGRAPHS, document

from crawler.extraction.article import extract_article

STORY: dict[str, Any] = {
    "id": 4711,
    "title": "Old bridge stays open",
    "lead": "The council has listened to the anglers of Lower Hamlet.",
    "byline": "By Ann Lee",
    "publishedAt": "2024-05-03T07:08:00+02:00",
    "updatedAt": "2024-05-03T09:00:00+02:00",
    "section": {"slug": "local", "name": "Local news"},
    "tags": [{"name": "Bridges"}, {"name": "Council"}],
    "leadImage": {
        "src": "/img/bridge.jpg",
        "caption": "The old bridge",
        "credit": "Bo Ray",
        "alt": "A bridge",
    },
    "isPremium": False,
    "blocks": [{"type": "paragraph", "text": paragraph} for paragraph in PARAGRAPHS],
}
TEASERS = [
    {"title": f"Another story, number {n}", "url": f"/2024/{n}.html", "text": PARAGRAPHS[n]} for n in range(5)
]


def shell(script: str) -> str:
    return (
        "<html lang=en><head><title>The Hamlet Herald</title></head><body><nav><a href=/>The Hamlet Herald</a></nav>"
        f"<div id=__next><div class=loading></div></div>{script}<footer>© 2024 The Hamlet Herald</footer></body></html>"
    )


def next_data(value: object) -> str:
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"props": {"pageProps": value}})}</script>'


def flattened(value: Any) -> list[Any]:
    """Return *value* as Nuxt 3 writes it: every value once, referred to by its position."""
    flat: list[Any] = []

    def add(inner: Any) -> int:
        at = len(flat)
        flat.append(None)
        if isinstance(inner, dict):
            flat[at] = {key: add(entry) for key, entry in inner.items()}
        elif isinstance(inner, list):
            flat[at] = [add(entry) for entry in inner]
        else:
            flat[at] = inner
        return at

    flat.append(["ShallowReactive", 1])
    add(value)
    return flat


def apollo() -> str:
    cache = {
        "Author:1": {"__typename": "Author", "name": "Ann Lee"},
        "Section:2": {"__typename": "Section", "name": "Local news"},
        "Article:4711": {
            **STORY, "__typename": "Article", "byline": None, "authors": [{"__ref": "Author:1"}], "section": {"__ref": "Section:2"},
        },
    }  # fmt: skip
    return f"<script>window.__APOLLO_STATE__ = {json.dumps(cache)};</script>"


@pytest.mark.parametrize(
    "script",
    [
        next_data({"article": STORY, "related": TEASERS}),
        f"<script>window.__INITIAL_STATE__ = {json.dumps({'page': {'data': {'story': STORY}}, 'menu': []})};</script>",
        f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(flattened({"data": {"story": STORY}}))}</script>',
        apollo(),
    ],
    ids=["next", "assigned", "nuxt 3", "apollo"],
)
def test_all_fields_come_from_the_state(script: str) -> None:
    article = extract_article(document(shell(script)))
    assert (article.page_type, article.headline, article.section) == ("article", STORY["title"], "Local news")
    assert (article.standfirst, article.byline, article.body) == (
        STORY["lead"],
        article.byline,
        tuple(PARAGRAPHS),
    )
    assert "Ann Lee" in (article.byline or "")
    assert article.date_published is not None
    assert article.date_published.value == STORY["publishedAt"]
    assert article.tags == ("Bridges", "Council")
    assert [(image.url, image.alt) for image in article.images] == [
        ("https://news.example/img/bridge.jpg", "A bridge")
    ]
    assert (article.paywalled, article.publisher) == (False, "The Hamlet Herald")


def test_the_text_may_be_one_string_of_markup_beside_a_nested_headline() -> None:
    markup = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    story = {
        "title": {"rendered": "Old bridge stays open"},
        "date": "2024-05-03",
        "content": {"html": markup},
    }
    article = extract_article(document(shell(next_data({"post": story}))))
    assert (article.headline, article.body) == ("Old bridge stays open", tuple(PARAGRAPHS))


def test_a_short_japanese_story_is_long_enough() -> None:
    story = {
        "title": "橋は残る",
        "publishedAt": "2024-05-03",
        "blocks": [
            {
                "type": "paragraph",
                "text": "村議会は三日、古い橋を残すことを決めた。釣り人たちの声が届いた形だ。",
            },
            {"type": "paragraph", "text": "工事は来月から始まる。"},
        ],
    }
    article = extract_article(document(shell(next_data({"article": story}))))
    assert article.is_article
    assert article.body == tuple(block["text"] for block in story["blocks"])


@pytest.mark.parametrize(
    "state",
    [
        {
            "stories": [
                {"title": f"Story number {n}", "date": "2024-05-03", "body": PARAGRAPHS[n]} for n in range(5)
            ]
        },
        {
            "config": {
                "title": "The Hamlet Herald",
                "text": "We use cookies to make the Herald better for you.",
            }
        },
        {"related": TEASERS},
    ],
    ids=["front", "configuration", "teasers"],
)
def test_no_article_where_no_object_is_the_page_s_own(state: object) -> None:
    assert not extract_article(document(shell(next_data(state)))).is_article


def test_of_several_stories_the_one_with_the_page_s_address_is_read() -> None:
    stories = [
        {"title": f"Story number {n}", "date": "2024-05-03", "url": f"/2024/{n}.html", "body": f"{PARAGRAPHS[n]} " * (n + 1)}
        for n in range(5)
    ]  # fmt: skip
    page = document(shell(next_data({"stories": stories})), url="https://news.example/2024/1.html")
    assert extract_article(page).headline == "Story number 1"


def test_state_says_nothing_where_the_page_shows_its_text() -> None:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    other = STORY | {"title": "Something else"}
    page = document(shell(f"<main><h1>Old bridge stays open</h1>{text}</main>{next_data(other)}"))
    assert page.state_article is None
    assert extract_article(page).headline == "Old bridge stays open"
