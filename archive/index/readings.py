"""Readings on their way into articles and versions. The order in which captures are read makes no difference."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from archive.index import article_rows, availability, fulltext, texts, versions
from archive.index.content import content_hash, field_hashes
from archive.index.identity import declared_url, identity_of, is_own_address
from archive.index.records import key_of
from archive.times import format_warc_date
from archive.urls import canonical

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Article, Record


class Outcome(StrEnum):
    """What a reading was for the index."""

    NEW_ARTICLE = "new-article"
    NEW_VERSION = "new-version"
    UNCHANGED = "unchanged"
    NOT_AN_ARTICLE = "not-an-article"
    READ_OTHERWISE = "read-otherwise"
    """It says something else than the capture before, which another extractor had read: no sign of an edit."""


class Seen(NamedTuple):
    """What showed a text: the id of its capture, the capture's time as the index writes it, and the extractor that read it."""

    capture: int
    at: str
    extractor: str


def add_reading(
    connection: sqlite3.Connection,
    capture: int,
    record: Record,
    article: Article,
    *,
    identity: str | None,
    extractor: str,
) -> Outcome:
    """Put what *extractor* read of the capture with the id *capture* into the index; reading it again changes nothing.

    An outcome tells what was new when it came; the rows do not depend on the order of the readings.
    """
    known = connection.execute("select article_id from readings where capture_id = ?", (capture,)).fetchone()
    if known is not None:
        return Outcome.UNCHANGED if known[0] is not None else Outcome.NOT_AN_ARTICLE
    seen = Seen(capture, format_warc_date(record.captured_at), extractor)
    outcome = _add_new(connection, seen, article, identity)
    availability.note_reading(connection, key_of(record.target_uri or article.url))
    return outcome


def _add_new(connection: sqlite3.Connection, seen: Seen, article: Article, identity: str | None) -> Outcome:
    if not article.is_article:
        _insert_reading(connection, seen.capture, article, extractor=seen.extractor)
        return Outcome.NOT_AN_ARTICLE
    name = identity_of(article, identity)
    hashes = field_hashes(article)
    article_id = article_rows.find(connection, name)
    if article_id is None:
        _add_first(connection, name, article, hashes, seen)
        return Outcome.NEW_ARTICLE
    shown = versions.newest(connection, article_id)
    if shown.content_hash == content_hash(hashes) and seen.at > shown.seen_until:
        _say_again(connection, article_id, article, shown, seen)
        return Outcome.UNCHANGED
    before = shown.number
    fulltext.forget(connection, article_id)
    article_id = _add_to_article(connection, article_id, article, hashes, seen)
    after = versions.newest(connection, article_id)
    if after.number <= before:
        return Outcome.UNCHANGED
    return Outcome.NEW_VERSION if after.changed else Outcome.READ_OTHERWISE


def _add_first(connection: sqlite3.Connection, name: str, article: Article, hashes: str, seen: Seen) -> None:
    """Add the first reading of an article: most of what an index is filled with, so nothing is asked that cannot be there."""
    article_id = article_rows.make(connection, name, article, seen.at, seen.capture)
    whole = (content_hash(hashes), hashes)
    text_id = texts.add_text(connection, article_id, article, hashes=whole, capture=seen.capture)
    article_rows.show_text(connection, article_id, text_id)
    _insert_reading(connection, seen.capture, article, (article_id, text_id), extractor=seen.extractor)
    _add_urls(connection, article_id, article)
    versions.begin(connection, article_id, text_id, seen.capture, seen.at)
    availability.refresh(connection, article_id)
    fulltext.remember(connection, article_id)


def _add_to_article(
    connection: sqlite3.Connection, article_id: int, article: Article, hashes: str, seen: Seen
) -> int:
    """Add a reading to an article that is not in the full text now; return its id, which may be another afterwards."""
    text_id = _text_id(connection, article_id, article, hashes, seen)
    _insert_reading(connection, seen.capture, article, (article_id, text_id), extractor=seen.extractor)
    _add_urls(connection, article_id, article)
    versions.chain(connection, article_id, text_id, seen.capture, seen.at)
    article_id = article_rows.show_newest(connection, article_id)
    availability.refresh(connection, article_id)
    fulltext.remember(connection, article_id)
    return article_id


def _say_again(
    connection: sqlite3.Connection,
    article_id: int,
    article: Article,
    shown: versions.Newest,
    seen: Seen,
) -> None:
    """Add the newest reading of an article that says what the one before said: nothing but times and addresses change."""
    _insert_reading(connection, seen.capture, article, (article_id, shown.text_id), extractor=seen.extractor)
    _add_urls(connection, article_id, article)
    versions.extend(connection, article_id, shown.number, seen.capture, seen.at)
    article_rows.note_last_capture(connection, article_id, seen.capture, seen.at)
    availability.refresh(connection, article_id)
    fulltext.refresh_facets(connection, article_id)


def _insert_reading(
    connection: sqlite3.Connection,
    capture: int,
    article: Article,
    shows: tuple[int, int] | tuple[None, None] = (None, None),
    *,
    extractor: str,
) -> None:
    """Note what *capture* was judged to be; an article *shows* the text of an article, by their ids."""
    modified = article.date_modified
    connection.execute(
        "insert into readings(capture_id, article_id, text_id, page_type, reason, date_modified, date_modified_raw, extractor,"
        " reservations, covered_until) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            capture,
            *shows,
            article.page_type,
            article.reason,
            modified.value if modified else None,
            modified.raw if modified else None,
            extractor,
            f" {' '.join(article.reservations)} " if article.reservations else None,
            article.covered_until,
        ),
    )


def _text_id(
    connection: sqlite3.Connection, article_id: int, article: Article, hashes: str, seen: Seen
) -> int:
    """Return the id of the text that *article* shows, made when it is new; the first capture of a text gives its details."""
    capture, at, _ = seen
    whole = content_hash(hashes)
    row = connection.execute(
        "select t.id, c.captured_at, w.name, c.offset, c.inner from article_texts t join captures c on c.id = t.capture_id"
        " join warc_files w on w.id = c.file_id where t.article_id = ? and t.content_hash = ?",
        (article_id, whole),
    ).fetchone()
    if row is None:
        return texts.add_text(connection, article_id, article, hashes=(whole, hashes), capture=capture)
    if (at, *_place(connection, capture)) < tuple(row[1:]):
        texts.replace_details(connection, row[0], article, capture=capture)
    return int(row[0])


def _place(connection: sqlite3.Connection, capture: int) -> tuple[str, int, int]:
    name, offset, inner = connection.execute(
        "select w.name, c.offset, c.inner from captures c join warc_files w on w.id = c.file_id where c.id = ?",
        (capture,),
    ).fetchone()
    return name, offset, inner


def _add_urls(connection: sqlite3.Connection, article_id: int, article: Article) -> None:
    urls = [("own", article.url)]
    if (declared := declared_url(article)) is not None:
        urls.append(("canonical", declared))
    urls += [("link", link) for link in article.links if is_own_address(article.url, link)]
    for relation, url in urls:
        plain = canonical(url)
        added = connection.execute(
            "insert or ignore into article_urls values (?, ?, ?, ?)",
            (article_id, relation, plain, key_of(plain)),
        ).rowcount
        if added:
            availability.add_redirects_to(connection, article_id, key_of(plain))
