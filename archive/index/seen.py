"""What a crawl asks the index before it fetches: what is known of a URL, and where earlier runs were stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import format_warc_date, parse_warc_date
from archive.urls import canonical, surt_key

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """When an article was captured first and last; aware UTC."""

    first_at: datetime
    last_at: datetime


def article_seen(connection: sqlite3.Connection, url: str) -> Seen | None:
    """Return when the article at *url* (any of its addresses) was captured; None when none is known there."""
    row = connection.execute(
        "select min(a.first_captured_at), max(a.last_captured_at) from article_urls u"
        " join articles a on a.id = u.article_id where u.urlkey = ?",
        (surt_key(canonical(url)),),
    ).fetchone()
    if row is None or row[0] is None:
        return None
    return Seen(first_at=parse_warc_date(row[0]), last_at=parse_warc_date(row[1]))


def young_articles(connection: sqlite3.Connection, site: str, since: datetime) -> list[str]:
    """Return the addresses of *site*'s articles captured first after *since* and not known to be gone, newest first.

    *site* is a host name without ``www.``; articles below it (``sport.a.example``) count too.
    """
    rows = connection.execute(
        "select url from articles where (site = ? or site like '%.' || ?) and first_captured_at >= ?"
        " and gone_at is null and redirected_to is null order by id desc",
        (site, site, format_warc_date(since)),
    )
    return [row[0] for row in rows]


def last_captured_at(connection: sqlite3.Connection, url: str) -> datetime | None:
    """Return when *url* was last captured without an error; None when it never was."""
    row = connection.execute(
        "select max(captured_at) from captures where urlkey = ? and status < 400", (surt_key(url),)
    ).fetchone()
    return parse_warc_date(row[0]) if row[0] is not None else None


def interrupted_since(connection: sqlite3.Connection) -> datetime | None:
    """Return when the first of the newest runs that were stopped early began; None when the newest run ended well."""
    row = connection.execute(
        "select min(started_at) from runs where started_at > coalesce("
        " (select max(started_at) from runs where finish_reason = 'finished'), '')"
    ).fetchone()
    return parse_warc_date(row[0]) if row[0] is not None else None


def finished_runs(connection: sqlite3.Connection) -> int:
    """Return how many runs have ended well."""
    [count] = connection.execute("select count(*) from runs where finish_reason = 'finished'").fetchone()
    return int(count)
