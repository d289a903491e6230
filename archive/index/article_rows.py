"""Rows of articles: found by identity, numbered in the order of time, saying what the newest version says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.index.identity import shown_url, site_of

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Article

_FARTHEST_AHEAD = timedelta(days=2)
"""A date of publication that lies farther behind the first capture is no time to sort by: an event's date, a slip of the
pen. Two days leave room for time zones and for papers dated tomorrow."""


def find(connection: sqlite3.Connection, identity: str) -> int | None:
    """Return the id of the article with *identity*, or None."""
    row = connection.execute("select id from articles where identity = ?", (identity,)).fetchone()
    return None if row is None else int(row[0])


def make(connection: sqlite3.Connection, identity: str, article: Article, at: str, capture: int) -> int:
    """Insert a row for *article*, captured first *at*, as its first version; return its id. Its text comes with *show_text*."""
    published = article.date_published.value if article.date_published else None
    article_id = _free_id(connection, _seconds(published, at))
    url = shown_url(article)
    connection.execute(
        "insert into articles(id, identity, url, site, section, language, page_type, published_on, version_count,"
        " first_captured_at, last_captured_at, last_capture_id) values (?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)",
        (
            article_id, identity, url, site_of(url), article.section, article.language, article.page_type,
            published[:10] if published else None, at, at, capture,
        ),
    )  # fmt: skip
    return article_id


def show_text(connection: sqlite3.Connection, article_id: int, text_id: int) -> None:
    """Let the article, which has one version, say that its text is *text_id*."""
    connection.execute("update articles set text_id = ? where id = ?", (text_id, article_id))


def note_last_capture(connection: sqlite3.Connection, article_id: int, capture: int, at: str) -> None:
    """Let the article end with the capture *capture*, taken *at*."""
    connection.execute(
        "update articles set last_captured_at = ?, last_capture_id = ? where id = ?",
        (at, capture, article_id),
    )


def show_newest(connection: sqlite3.Connection, article_id: int) -> int:
    """Let the article's row say what its newest version says; return its id, which has moved when its date has.

    The article must not be in the full text, where it is known by its id.
    """
    newest = connection.execute(
        "select t.*, v.number, v.seen_until, v.last_capture_id, f.seen_from as first_at from versions v"
        " join article_texts t on t.id = v.text_id join versions f on f.article_id = v.article_id and f.number = 1"
        " where v.article_id = ? order by v.number desc limit 1",
        (article_id,),
    ).fetchone()
    moved = _id_in_time(connection, article_id, newest["date_published"], newest["first_at"])
    published = newest["date_published"]
    connection.execute(
        "update articles set id = ?, text_id = ?, url = ?, site = ?, section = ?, language = ?, page_type = ?,"
        " published_on = ?, version_count = ?, first_captured_at = ?, last_captured_at = ?, last_capture_id = ?"
        " where id = ?",
        (
            moved, newest["id"], newest["url"], site_of(newest["url"]), newest["section"], newest["language"],
            newest["page_type"], published[:10] if published else None, newest["number"], newest["first_at"],
            newest["seen_until"], newest["last_capture_id"], article_id,
        ),
    )  # fmt: skip
    return moved


def _id_in_time(connection: sqlite3.Connection, article_id: int, published: str | None, first_at: str) -> int:
    """Return the id that the article should have: the one it has, unless the time to sort by is another now."""
    before = connection.execute(
        "select t.date_published, a.first_captured_at from articles a join article_texts t on t.id = a.text_id"
        " where a.id = ?",
        (article_id,),
    ).fetchone()
    wanted = _seconds(published, first_at)
    if before is None or _seconds(*before) == wanted:
        return article_id
    return _free_id(connection, wanted)


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


def _seconds(published: str | None, first_at: str) -> int:
    """Return the second to sort by, since 1970 in UTC: of publication, or of the first capture where that is no help."""
    first = datetime.fromisoformat(first_at)
    moment = _moment(published) or first
    if moment - first > _FARTHEST_AHEAD:
        moment = first
    return int(moment.timestamp())


def _moment(published: str | None) -> datetime | None:
    try:
        moment = datetime.fromisoformat(published or "")
    except ValueError:  # not given, or only a year or a month
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
