"""Whether an article is still where it was: gone, or led elsewhere; and which addresses lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.index import absences, fulltext
from archive.urls import canonical

if TYPE_CHECKING:
    import sqlite3


def note_capture(connection: sqlite3.Connection, capture: int) -> None:
    """Let the articles concerned know of a capture that was an error or a redirect."""
    row = connection.execute(
        "select urlkey, target_uri, status, redirect_key from captures where id = ?", (capture,)
    ).fetchone()
    if row["redirect_key"] is not None:
        for article_id in _owners(connection, row["redirect_key"]):
            if _add_alias(connection, article_id, row["target_uri"], row["urlkey"]):
                add_redirects_to(connection, article_id, row["urlkey"])
        note_reading(connection, row["urlkey"])
    if row["status"] is not None and (row["status"] in {404, 410} or 300 <= row["status"] < 400):
        for article_id in _owners(connection, row["urlkey"]):
            refresh(connection, article_id)
            fulltext.refresh_facets(connection, article_id)


def add_redirects_to(connection: sqlite3.Connection, article_id: int, urlkey: str) -> None:
    """Make every captured address that redirects to *urlkey*, through however many others, one of the article's."""
    followed, waiting = {urlkey}, [urlkey]
    while waiting:
        sources = connection.execute(
            "select distinct target_uri, urlkey from captures where redirect_key = ?", (waiting.pop(),)
        ).fetchall()
        for source in sources:
            _add_alias(connection, article_id, source["target_uri"], source["urlkey"])
            if source["urlkey"] not in followed:
                followed.add(source["urlkey"])
                waiting.append(source["urlkey"])


def _owners(connection: sqlite3.Connection, urlkey: str) -> list[int]:
    rows = connection.execute("select distinct article_id from article_urls where urlkey = ?", (urlkey,))
    return [article_id for [article_id] in rows.fetchall()]


def _add_alias(connection: sqlite3.Connection, article_id: int, url: str, urlkey: str) -> bool:
    """Note that *url* led to the article, whatever else it is to it; return whether that was new."""
    added = connection.execute(
        "insert or ignore into article_urls values (?, 'redirect', ?, ?)",
        (article_id, canonical(url), urlkey),
    ).rowcount
    return added > 0


def refresh(connection: sqlite3.Connection, article_id: int) -> None:
    """Find out anew whether the article's own addresses have failed or moved since it was read last."""
    if not absences.may_have_left(connection, article_id):
        return
    connection.execute(
        """
        update articles set
          gone_at = (
            select min(c.captured_at) from captures c join article_urls u on u.urlkey = c.urlkey
            where u.article_id = articles.id and u.relation in ('own', 'canonical')
              and c.captured_at > articles.last_captured_at and c.status in (404, 410)),
          redirected_to = (
            select c.redirect_to from captures c join article_urls u on u.urlkey = c.urlkey
            where u.article_id = articles.id and u.relation in ('own', 'canonical')
              and c.captured_at > articles.last_captured_at and c.redirect_to is not null
              and not exists (select 1 from article_urls o where o.article_id = articles.id
                              and o.urlkey = c.redirect_key)
            order by c.captured_at desc, c.redirect_to limit 1)
        where id = ?
        """,
        (article_id,),
    )
    absences.refresh(connection, article_id)


def note_reading(connection: sqlite3.Connection, urlkey: str) -> None:
    """Let the articles of which an address has led to *urlkey* know that a page was read there."""
    for article_id in absences.led_to(connection, urlkey):
        absences.refresh(connection, article_id)
        fulltext.refresh_facets(connection, article_id)
