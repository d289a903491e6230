from __future__ import annotations

import json

import pytest
from pages import document, story

from archive.model import Medium
from crawler.extraction.article import extract_article
from crawler.extraction.fields.genre import GENRES
from crawler.extraction.summary import as_json


def read(html, **more):
    return extract_article(document(html, **more))


@pytest.mark.parametrize(
    ("page", "kicker"),
    [
        (story().replace("<h1>", "<p class=article__kicker>Harbour strike</p><h1>"), "Harbour strike"),
        (
            story().replace("<h1>Old", "<h1><span class=dachzeile>Streik im Hafen</span> Old"),
            "Streik im Hafen",
        ),
        (story().replace("<h1>", "<div class=eyebrow>3 May 2024</div><h1>"), None),
        (story().replace("<h1>", "<div class=teaser>Harbour strike</div><h1>"), None),
        (story(), None),
    ],
)
def test_the_label_above_the_headline_is_the_kicker(page, kicker):
    found = read(page)
    assert (found.kicker, found.headline) == (kicker, "Old bridge stays open")


def declared(kind):
    return f"<script type=application/ld+json>{json.dumps({'@type': kind, 'headline': 'Old bridge stays open'})}</script>"


@pytest.mark.parametrize(
    ("page", "url", "genre", "reason"),
    [
        (story(head=declared("OpinionNewsArticle")), "/a/story", "opinion", "declared OpinionNewsArticle"),
        (
            story().replace("<h1>", "<p class=kicker>Kommentar</p><h1>"),
            "/a/story",
            "opinion",
            "kicker: Kommentar",
        ),
        (
            story(head="<meta property=article:section content='News / Obituaries'>"),
            "/a/story",
            "obituary",
            "section: Obituaries",
        ),
        (
            story(headline="Interview: Old bridge stays open"),
            "/a/story",
            "interview",
            "headline's label: Interview",
        ),
        (story(), "/opinion/2024/story", "opinion", "address: opinion"),
        (story(), "/2024/opinion", "news", "nothing says otherwise"),
        (story(head=declared("NewsArticle")), "/a/story", "news", "nothing says otherwise"),
    ],
)
def test_the_genre_is_told_with_its_reason(page, url, genre, reason):
    found = read(page, url=f"https://news.example{url}")
    assert (found.genre, found.genre_reason) == (genre, reason)
    assert genre in GENRES


def test_videos_sound_and_twins_are_named_with_their_place():
    video = {"@type": "VideoObject", "name": "The bridge", "contentUrl": "/v.mp4"}
    head = (
        f"<script type=application/ld+json>{json.dumps(video)}</script><link rel=alternate hreflang=de href=/de/story>"
        "<link rel=alternate hreflang=en href=https://news.example/2024/story.html>"
    )
    inside = "<audio><source src=/s.mp3></audio><iframe src='https://player.example/embed/7' title=Flood></iframe><iframe src=/advert></iframe>"
    found = read(story(head=head, inside=inside))
    assert found.media == (
        Medium(kind="video", url="https://news.example/v.mp4", title="The bridge", found_in="json-ld"),
        Medium(kind="audio", url="https://news.example/s.mp3", title=None, found_in="element"),
        Medium(kind="video", url="https://player.example/embed/7", title="Flood", found_in="player"),
    )
    assert found.alternates == (("de", "https://news.example/de/story"),)


def test_extract_prints_them():
    crumbs = "<nav class=breadcrumb><a href=/>Home</a><a href=/news>News</a><a href=/news/port>Port</a></nav>"
    values = as_json(read(story().replace("<h1>", f"{crumbs}<p class=kicker>Port</p><h1>")))
    assert (values["kicker"], values["breadcrumbs"], values["genre"]) == ("Port", ["News", "Port"], "news")
    assert values["word_count"] > 100
    assert values["alternative_headlines"] == []
