"""Every field of every article of the sample newsroom, read over HTTP, against what is true of it."""

from __future__ import annotations

from datetime import UTC, datetime
from http.client import HTTPConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from archive.http import page_from
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model import Article
    from crawler.newsroom.records import NewsArticle
    from crawler.newsroom.server import Newsroom


NOW = datetime(2026, 12, 1, tzinfo=UTC)
WITHOUT_OFFSET = {"bare", "aspx"}
"""Layouts that print the time of their own town."""

NOT_SAID = {
    ("body", "mill-town-long-read"): "the second half stands on page 2, which is a page of its own",
    ("tags", "bare"): "tables of 2005 print no topics",
    ("canonical", "bare"): "nor do they say what their own address is",
    ("captions", "foghorn-sounds-again-video"): "the player shows its poster without a word",
}
"""(field, slug or layout): why the page cannot be read like that."""


def fetch(url: str) -> Article:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl())
        answer = connection.getresponse()
        entity = answer.read()
    finally:
        connection.close()
    fields = "".join(
        f"{name}: {value}\r\n" for name, value in answer.getheaders() if name.lower() != "transfer-encoding"
    )
    head = f"HTTP/1.1 {answer.status} {answer.reason}\r\n{fields}\r\n".encode("iso-8859-1")
    return extract_article(Document(page_from(url=url, captured_at=NOW, head=head, entity=entity)))


@pytest.fixture(scope="module")
def read(newsroom: Newsroom) -> tuple[tuple[Article, NewsArticle], ...]:
    """Return each article of the first edition as read and as it is."""
    return tuple((fetch(truth.url), truth) for truth in newsroom.articles(1))


def words(text: str | None) -> str | None:
    return " ".join(text.split()) if text else None


def own_text(article: Article, truth: NewsArticle) -> list[str]:
    """Return the body without updates and closing credits, whose reading has tests of its own; nor the dateline."""
    entries = {text for update in truth.updates for text in (update.headline, update.text)}
    text = [paragraph for paragraph in article.body if paragraph not in entries | set(truth.credit_lines)]
    if text and truth.dateline_raw:
        text[0] = text[0].removeprefix(truth.dateline_raw).strip()
    return text


def modified(article: Article, truth: NewsArticle) -> str | None:
    """Return the date of change; one that repeats the first date says that there was none."""
    value = article.date_modified.value if article.date_modified else None
    return None if truth.date_modified is None and value == truth.date_published else value


def caption(printed: str | None, given: str, credit: str | None) -> str:
    """Return the caption as *given*, also where the page prints the credit in the same line."""
    return given if printed in {given, f"{given} {credit}"} else f"{printed}"


FIELDS: dict[str, Callable[[Article, NewsArticle], tuple[object, object]]] = {
    "is_article": lambda a, t: (a.is_article, t.is_article),
    "page_type": lambda a, t: (a.page_type, t.page_type),
    "headline": lambda a, t: (words(a.headline), words(t.headline)),
    "standfirst": lambda a, t: (a.standfirst, t.standfirst),
    "byline": lambda a, t: (a.byline_raw, t.byline),
    "published": lambda a, t: (
        a.date_published and a.date_published.value,
        t.date_published[:19] if t.layout in WITHOUT_OFFSET else t.date_published,
    ),
    "modified": lambda a, t: (modified(a, t), t.date_modified),
    "section": lambda a, t: (a.section, t.section),
    "language": lambda a, t: (a.language, t.language),
    "direction": lambda a, t: (a.direction, t.direction),
    "tags": lambda a, t: (a.tags, t.tags),
    "body": lambda a, t: (own_text(a, t), list(t.body)),
    "images": lambda a, t: (
        [image.url.rpartition("/")[2].rpartition("-")[0] for image in a.images],
        [photo.key for photo in t.photos],
    ),
    "captions": lambda a, t: (
        [
            caption(image.caption_raw, photo.caption, photo.credit)
            for image, photo in zip(a.images, t.photos, strict=False)
        ],
        [photo.caption for photo in t.photos],
    ),
    "paywalled": lambda a, t: (bool(a.paywalled), t.paywalled),
    "corrections": lambda a, t: (a.corrections, t.corrections),
    "publisher": lambda a, t: (a.publisher, t.publisher),
    "canonical": lambda a, t: (a.canonical_url, t.url),
}


@pytest.mark.parametrize("field", FIELDS)
def test_field_is_read_as_it_is(read: tuple[tuple[Article, NewsArticle], ...], field: str) -> None:
    wrong = {}
    excused = set()
    for article, truth in read:
        got, wanted = FIELDS[field](article, truth)
        reason = {(field, truth.slug), (field, truth.layout)} & NOT_SAID.keys()
        if got != wanted and reason:
            excused |= reason
        elif got != wanted:
            wrong[truth.slug] = (got, wanted)
    assert not wrong
    assert excused == {key for key in NOT_SAID if key[0] == field}, "an exception that is none any more"


def test_fronts_notices_shells_and_errors_are_no_articles(newsroom: Newsroom) -> None:
    fixed = ("/", "/about", "/quiz/broken", "/internal/print-edition", "/archive/1998/lost-page")
    urls = [
        outlet.base + path
        for outlet in newsroom.outlets
        for path in (*fixed, *(outlet.section_path(key) for key, _ in outlet.sections))
    ]
    seed = newsroom.article("desalination-talks-now")
    base = seed.url.removesuffix(seed.path)
    urls += [f"{base}/now/{seed.number}", f"{base}/Generic/NewAPI/Item?type=0&Item=999999999"]
    assert [url for url in urls if fetch(url).is_article] == []
