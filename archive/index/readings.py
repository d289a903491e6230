"""Readings on their way into articles and versions. The order in which captures are read makes no difference."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.index import availability, fulltext, texts
from archive.index.content import changed_fields, content_hash, field_hashes
from archive.index.identity import declared_url, identity_of, is_own_address, site_of
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


def add_reading(
    connection: sqlite3.Connection, capture: int, record: Record, article: Article, identity: str | None
) -> Outcome:
    """Put what was read of the capture with the id *capture* into the index; reading it again changes nothing.

    An outcome tells what was new when it came; the rows do not depend on the order of the readings.
    """
    known = connection.execute("select article_id from readings where capture_id = ?", (capture,)).fetchone()
    if known is not None:
        return Outcome.UNCHANGED if known[0] is not None else Outcome.NOT_AN_ARTICLE
    if not article.is_article:
        _insert_reading(connection, capture, article, None, None)
        return Outcome.NOT_AN_ARTICLE
    at = format_warc_date(record.captured_at)
    article_id, is_new = _article_id(connection, identity_of(article, identity), article, at, capture)
    if not is_new:
        fulltext.forget(connection, article_id)
    text_id = _text_id(connection, article_id, article, at, capture)
    _insert_reading(connection, capture, article, article_id, text_id)
    _add_urls(connection, article_id, article)
    before = _version_count(connection, article_id)
    _chain(connection, article_id, text_id, capture, at)
    _show_newest(connection, article_id)
    availability.refresh(connection, article_id)
    fulltext.remember(connection, article_id)
    if is_new:
        return Outcome.NEW_ARTICLE
    return Outcome.NEW_VERSION if _version_count(connection, article_id) > before else Outcome.UNCHANGED


def _version_count(connection: sqlite3.Connection, article_id: int) -> int:
    [count] = connection.execute(
        "select count(*) from versions where article_id = ?", (article_id,)
    ).fetchone()
    return int(count)


def _insert_reading(
    connection: sqlite3.Connection,
    capture: int,
    article: Article,
    article_id: int | None,
    text_id: int | None,
) -> None:
    modified = article.date_modified
    connection.execute(
        "insert into readings values (?, ?, ?, ?, ?, ?, ?)",
        (
            capture,
            article_id,
            text_id,
            article.page_type,
            article.reason,
            modified.value if modified else None,
            modified.raw if modified else None,
        ),
    )


def _article_id(
    connection: sqlite3.Connection, identity: str, article: Article, at: str, capture: int
) -> tuple[int, bool]:
    row = connection.execute("select id from articles where identity = ?", (identity,)).fetchone()
    if row is not None:
        return int(row[0]), False
    article_id = _free_id(connection, _seconds(article, at))
    connection.execute(
        "insert into articles(id, identity, url, site, page_type, version_count, first_captured_at, last_captured_at,"
        " last_capture_id) values (?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (
            article_id,
            identity,
            article.url,
            site_of(article.url),
            article.page_type,
            at,
            at,
            capture,
        ),
    )
    return article_id, True


def _free_id(connection: sqlite3.Connection, wanted: int) -> int:
    """Return the first free id from *wanted* on: ids follow time, so that "newest first" needs no sorting."""
    if connection.execute("select 1 from articles where id = ?", (wanted,)).fetchone() is None:
        return wanted
    [free] = connection.execute(
        "select a.id + 1 from articles a where a.id >= ? and not exists"
        " (select 1 from articles b where b.id = a.id + 1) order by a.id limit 1",
        (wanted,),
    ).fetchone()
    return int(free)


def _seconds(article: Article, at: str) -> int:
    value = article.date_published.value if article.date_published else at
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        moment = datetime.fromisoformat(at)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(1, int(moment.timestamp()))


def _text_id(connection: sqlite3.Connection, article_id: int, article: Article, at: str, capture: int) -> int:
    hashes = field_hashes(article)
    whole = content_hash(hashes)
    row = connection.execute(
        "select t.id, c.captured_at, w.name, c.offset, c.inner from article_texts t join captures c on c.id = t.capture_id"
        " join warc_files w on w.id = c.file_id where t.article_id = ? and t.content_hash = ?",
        (article_id, whole),
    ).fetchone()
    site = site_of(article.url)
    if row is None:
        return texts.add_text(connection, article_id, site, article, hashes=(whole, hashes), capture=capture)
    if (at, *_place(connection, capture)) < tuple(row[1:]):
        texts.replace_details(connection, row[0], site, article, capture=capture)
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


def _chain(connection: sqlite3.Connection, article_id: int, text_id: int, capture: int, at: str) -> None:
    """Put the reading into the article's versions: at the end when it is the newest, else all are made anew."""
    last = connection.execute(
        "select v.number, v.text_id, v.last_capture_id, v.seen_until from versions v where v.article_id = ?"
        " order by v.number desc limit 1",
        (article_id,),
    ).fetchone()
    if last is not None and at <= last["seen_until"]:
        _rebuild(connection, article_id)
    elif last is not None and last["text_id"] == text_id:
        connection.execute(
            "update versions set last_capture_id = ?, seen_until = ? where article_id = ? and number = ?",
            (capture, at, article_id, last["number"]),
        )
    else:
        number = last["number"] + 1 if last is not None else 1
        _insert_version(
            connection, article_id, number, text_id, (capture, capture, at, at), last and last["text_id"]
        )


def _rebuild(connection: sqlite3.Connection, article_id: int) -> None:
    rows = connection.execute(
        "select r.text_id, r.capture_id, c.captured_at from readings r join captures c on c.id = r.capture_id"
        " join warc_files w on w.id = c.file_id where r.article_id = ? order by c.captured_at, w.name, c.offset, c.inner",
        (article_id,),
    ).fetchall()
    runs: list[list[sqlite3.Row]] = []
    for row in rows:
        if runs and runs[-1][-1]["text_id"] == row["text_id"]:
            runs[-1].append(row)
        else:
            runs.append([row])
    connection.execute("delete from versions where article_id = ?", (article_id,))
    before = None
    for number, run in enumerate(runs, 1):
        first, last = run[0], run[-1]
        seen = (first["capture_id"], last["capture_id"], first["captured_at"], last["captured_at"])
        _insert_version(connection, article_id, number, first["text_id"], seen, before)
        before = first["text_id"]


def _insert_version(
    connection: sqlite3.Connection,
    article_id: int,
    number: int,
    text_id: int,
    seen: tuple[int, int, str, str],
    before: int | None,
) -> None:
    changed: tuple[str, ...] = ()
    if before is not None:
        [old], [new] = (
            connection.execute("select field_hashes from article_texts where id = ?", (text,)).fetchone()
            for text in (before, text_id)
        )
        changed = changed_fields(old, new)
    connection.execute(
        "insert into versions values (?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, number, text_id, *seen, " ".join(changed)),
    )


def _show_newest(connection: sqlite3.Connection, article_id: int) -> None:
    """Let the article's row say what its newest version says."""
    connection.execute(
        """
        update articles set
          text_id = t.id, url = t.url,
          section = t.section, language = t.language, page_type = t.page_type,
          published_on = substr(t.date_published, 1, 10), version_count = v.number,
          first_captured_at = (select seen_from from versions where article_id = v.article_id and number = 1),
          last_captured_at = v.seen_until, last_capture_id = v.last_capture_id
        from versions v join article_texts t on t.id = v.text_id
        where articles.id = :id and v.article_id = :id
          and v.number = (select max(number) from versions where article_id = :id)
        """,
        {"id": article_id},
    )
