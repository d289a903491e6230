"""Kicker, genre, breadcrumbs, media and twins in the index."""

import json
from dataclasses import replace

from archive.model import Medium
from tests.archive.index.cases import PAGE, article, capture, read

VIDEO = Medium(kind="video", url="https://a.example/storm.mp4", title="The storm", found_in="json-ld")


def test_what_an_article_is_called_and_shows_is_kept_with_its_text(index):
    shown = article(
        kicker="Weather",
        genre="opinion",
        genre_reason="its section says so: Opinion",
        breadcrumbs=("News", "Weather"),
        media=(VIDEO,),
        alternates=(("fr", "https://a.example/fr/tempete"),),
    )
    read(index, (capture(1), shown))
    row = index._connection.execute(
        "select kicker, genre, genre_reason, breadcrumbs, media, alternates from article_texts"
    ).fetchone()
    assert tuple(row)[:3] == ("Weather", "opinion", "its section says so: Opinion")
    assert json.loads(row["breadcrumbs"]) == ["News", "Weather"]
    assert json.loads(row["media"]) == [
        {
            "kind": "video",
            "url": "https://a.example/storm.mp4",
            "title": "The storm",
            "found_in": "json-ld",
        }
    ]
    assert json.loads(row["alternates"]) == [["fr", "https://a.example/fr/tempete"]]


def test_a_kicker_that_comes_or_goes_is_no_edit_of_the_article(index):
    first = article(kicker="Live", genre="live")
    assert (
        read(index, (capture(1), first), (capture(2), replace(first, kicker=None, genre="news")))[1] != "edit"
    )
    assert index._connection.execute("select count(*) from article_texts").fetchone()[0] == 1


def test_genres_and_media_have_views(index):
    read(
        index,
        (capture(1), article(genre="opinion", media=(VIDEO,))),
        (capture(2, f"{PAGE}-2"), article(f"{PAGE}-2", headline="Another", body=("Else.",))),
    )
    genres = index._connection.execute("select genre, articles from v_genres order by genre").fetchall()
    assert [tuple(row) for row in genres] == [("news", 1), ("opinion", 1)]
    media = index._connection.execute("select kind, title, url from v_media").fetchall()
    assert [tuple(row) for row in media] == [("video", "The storm", "https://a.example/storm.mp4")]
