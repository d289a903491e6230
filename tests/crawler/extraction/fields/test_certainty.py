"""How sure the fields are: dates, their zones, the language, the paywall; notices and the masthead."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.model import Article, Page
from crawler.extraction.article import extract_article
from crawler.extraction.country_zones import ZONES, zone_of_country
from crawler.extraction.document import Document
from crawler.extraction.fields.corrections import notice_kind

TEXT = (
    "The town had the bridge closed for the whole of the summer and that was not what the council had said it would do. "
    "From the first day on there were long queues at the ferry, and the mayor has said that this will not be so for much longer."
)


def read(
    *,
    url: str = "https://paper.example.com/a",
    head: str = "",
    near: str = "",
    body: str = TEXT,
    lang: str = "en",
) -> Article:
    """Return the article of a page made of these parts."""
    page = (
        f'<html lang="{lang}"><head><title>Bridge stays shut</title>{head}</head><body><article><h1>Bridge stays shut</h1>'
        f"<p class='date'>{near}</p><p>{body}</p><p>{body}</p><p>{body}</p></article></body></html>"
    )
    payload = page.encode()
    captured = datetime(2026, 11, 27, tzinfo=UTC)
    return extract_article(
        Document(
            Page(
                url=url,
                captured_at=captured,
                headers=(("Content-Type", "text/html; charset=utf-8"),),
                payload=payload,
            )
        )
    )


def published(value: str) -> str:
    return f'<meta property="article:published_time" content="{value}">'


@pytest.mark.parametrize(
    ("url", "head", "value", "zone_from"),
    [
        (
            "https://paper.example.com/a",
            published("2026-07-03T22:30:00Z"),
            "2026-07-03T22:30:00+00:00",
            "page",
        ),
        (
            "https://blatt.example.at/a",
            published("2026-07-03T22:30:00-04:00"),
            "2026-07-03T22:30:00-04:00",
            "page",
        ),
        (
            "https://blatt.example.at/a",
            published("2026-07-03T00:00:00Z"),
            "2026-07-03T00:00:00+00:00",
            "page",
        ),
        (
            "https://blatt.example.at/a",
            published("2026-07-03T22:30:00Z"),
            "2026-07-04T00:30:00+02:00",
            "page",
        ),
        (
            "https://blatt.example.at/a",
            published("2026-07-03T10:00:00"),
            "2026-07-03T10:00:00+02:00",
            "country",
        ),
        (
            "https://blatt.example.at/a",
            published("2026-01-03T10:00:00"),
            "2026-01-03T10:00:00+01:00",
            "country",
        ),
        ("https://paper.example.com/a", published("2026-07-03T10:00:00"), "2026-07-03T10:00:00", None),
        ("https://blatt.example.at/a", published("2026-07-03"), "2026-07-03", None),
    ],
)
def test_who_gave_the_offset_is_told(url: str, head: str, value: str, zone_from: str | None) -> None:
    found = read(url=url, head=head).date_published
    assert found is not None
    assert (found.value, found.zone_from) == (value, zone_from)


def test_the_offset_that_a_page_gives_elsewhere_is_preferred_to_the_one_of_its_country() -> None:
    head = (
        published("2026-07-03T10:00:00")
        + '<meta name="parsely-pub-date" content="2026-07-03T09:00:00+01:00">'
    )
    found = read(url="https://blatt.example.at/a", head=head).date_published
    assert found is not None
    assert (found.value, found.zone_from) == ("2026-07-03T09:00:00+01:00", "page")


def test_every_zone_of_a_country_is_one_that_there_is() -> None:
    assert len(ZONES) > 120
    assert all(zone_of_country(f"https://a.{ending}/") is not None for ending in ZONES)
    assert not {"us", "ca", "br", "ru", "au", "mx", "es", "pt", "id", "tv", "io", "me", "co"} & set(ZONES)


def test_a_date_is_the_less_sure_the_farther_it_stands_from_the_data() -> None:
    meta = read(head=published("2026-07-03T10:00:00Z")).date_published
    seen = read(near="3 July 2026").date_published
    address = read(url="https://paper.example.com/2026/07/03/a").date_published
    assert meta
    assert seen
    assert address
    assert [meta.found_in, seen.found_in, address.found_in] == ["meta", "text", "url"]
    assert 1 >= meta.confidence > seen.confidence > address.confidence > 0


def test_an_address_that_says_another_day_makes_a_date_less_sure() -> None:
    agreeing = read(
        url="https://paper.example.com/2026/07/03/a", head=published("2026-07-03T10:00:00Z")
    ).date_published
    night = read(
        url="https://paper.example.com/2026/07/02/a", head=published("2026-07-03T10:00:00Z")
    ).date_published
    other = read(
        url="https://paper.example.com/2019/01/09/a", head=published("2026-07-03T10:00:00Z")
    ).date_published
    assert agreeing
    assert night
    assert other
    assert agreeing.confidence == night.confidence > other.confidence


def test_a_publication_known_by_its_last_change_only_is_less_sure() -> None:
    own = read(head=published("2026-07-03T10:00:00Z")).date_published
    changed = read(
        head='<meta property="article:modified_time" content="2026-07-03T10:00:00Z">'
    ).date_published
    assert own
    assert changed
    assert changed.value == own.value
    assert changed.confidence < own.confidence


def test_a_language_is_surer_where_the_text_bears_it_out() -> None:
    borne_out, guessed, contradicted = read(lang="en-GB"), read(lang=""), read(lang="de")
    short = read(lang="en", body="Shut.")
    assert [one.language for one in (borne_out, guessed, contradicted)] == ["en-GB", "en", "en"]
    assert borne_out.language_confidence > short.language_confidence > guessed.language_confidence
    assert guessed.language_confidence > contradicted.language_confidence > 0


@pytest.mark.parametrize(
    ("head", "paywalled", "reason"),
    [
        ('<meta property="article:content_tier" content="locked">', True, "article:content_tier is locked"),
        ('<meta property="article:content_tier" content="free">', False, "article:content_tier is free"),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Bridge stays shut","isAccessibleForFree":"False"}</script>',
            True,
            "isAccessibleForFree is false (json-ld)",
        ),
        ("", None, None),
    ],
)  # fmt: skip
def test_what_says_that_an_article_is_for_subscribers_is_told(
    head: str, paywalled: bool | None, reason: str | None
) -> None:
    article = read(head=head)
    assert (article.paywalled, article.paywall_reason) == (paywalled, reason)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Correction: it was a Thursday.", "correction"),
        ("An earlier version of this story named the wrong pier.", "correction"),
        ("This article was updated on May 3 to correct the spelling of a name.", "correction"),
        ("This article has been updated.", "update"),
        ("Update, 4 p.m.: three more roads are open.", "update"),
        ("UPDATE (14:20) Drei weitere Straßen sind offen.", "update"),
        ("Clarification: the mayor spoke of one ferry.", "clarification"),
        ("Klarstellung: Die Stadt hat das nicht gesagt.", "clarification"),
        ("This story has been retracted.", "retraction"),
        ("Editor's note: the author sits on the council.", "editors-note"),
        ("Anmerkung der Redaktion: Wir haben nachgefragt.", "editors-note"),
        ("訂正：木曜日でした。", "correction"),
        ("הבהרה: ראש העיר דיבר על מעבורת אחת.", "clarification"),
        ("Update your browser to see this page", None),
        ("Updates will follow", None),
        ("Corrections officers held the bridge.", None),
        ("The clarification came late.", None),
    ],
)
def test_kinds_of_notices(words: str, kind: str | None) -> None:
    assert notice_kind(words) == kind


def test_an_update_is_a_notice_but_discloses_no_correction() -> None:
    article = read(
        body=TEXT + "</p><p>Update, 4 p.m.: three more roads are open.</p><p>Correction: it was a Thursday."
    )
    assert [(notice.kind, notice.words) for notice in article.notices] == [
        ("update", "Update, 4 p.m.: three more roads are open."),
        ("correction", "Correction: it was a Thursday."),
    ]
    assert article.corrections == ("Correction: it was a Thursday.",)


def test_the_masthead_is_the_name_of_the_paper_not_of_its_firm() -> None:
    head = (
        '<meta property="og:site_name" content="The Hamlet Herald"><script type="application/ld+json">'
        '{"@type":"NewsArticle","headline":"Bridge stays shut","publisher":{"@type":"Organization","name":"Hamlet Media Ltd"}}</script>'
    )
    article = read(head=head)
    assert (article.masthead, article.publisher) == ("The Hamlet Herald", "Hamlet Media Ltd")
