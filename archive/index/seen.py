"""What a crawl asks the index before it fetches: what is known of a URL, and where earlier runs were stopped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.index import absences
from archive.times import format_warc_date, parse_warc_date
from archive.urls import canonical, surt_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of an article and of the looks at it; times are aware UTC."""

    article_id: int
    site: str
    page_type: str
    first_at: datetime
    last_at: datetime
    """When it was read last."""
    looks: tuple[Look, ...]
    """The newest captures that were read, oldest first; never empty."""
    misses: tuple[Miss, ...] = ()
    """Errors, and pages that are no article, at its addresses since then, oldest first."""
    covered_until: datetime | None = None
    """Until when it said, when it was read last, that it goes on: a live blog's end of coverage."""
    absence: str | None = None
    """``removed`` (for certain) or ``moved``; None while it is there as far as is known."""

    @property
    def last_asked_at(self) -> datetime:
        """Return when it was asked for last, whatever came."""
        return self.misses[-1].at if self.misses else self.last_at


@dataclass(frozen=True, slots=True)
class Look:
    """A capture of an article, and whether it said something else than the one before."""

    at: datetime
    is_changed: bool
    is_announced: bool = False
    """Whether it said the same, under a newer date of change: something may be about to follow."""


@dataclass(frozen=True, slots=True)
class Miss:
    """A capture of an article's address that did not show it, and whether it said that nothing is there (404, 410)."""

    at: datetime
    is_gone: bool


_MOST_LOOKS = 60
"""Looks that tell the next one; a live blog may have had hundreds."""


def article_seen(connection: sqlite3.Connection, url: str) -> Seen | None:
    """Return what is known of the article at *url*, any of its addresses; None when none is known there."""
    row = connection.execute(
        "select a.id, a.site, a.page_type, a.first_captured_at, a.last_captured_at from article_urls u"
        " join articles a on a.id = u.article_id where u.urlkey = ? order by"
        " case u.relation when 'own' then 0 when 'canonical' then 1 when 'link' then 2 else 3 end, a.id limit 1",
        (surt_key(canonical(url)),),
    ).fetchone()
    if row is None:
        return None
    return Seen(
        article_id=row[0],
        site=row[1],
        page_type=row[2],
        first_at=parse_warc_date(row[3]),
        last_at=parse_warc_date(row[4]),
        looks=_looks(connection, row[0]),
        covered_until=_covered_until(connection, row[0]) if row[2] == "live-blog" else None,
        misses=_misses(connection, row[0], row[4]),
        absence=absences.state(connection, row[0]),
    )


def _looks(connection: sqlite3.Connection, article_id: int) -> tuple[Look, ...]:
    rows = connection.execute(
        "select c.captured_at, r.text_id, r.date_modified from readings r join captures c on c.id = r.capture_id"
        " where r.article_id = ? order by c.captured_at desc limit ?",
        (article_id, _MOST_LOOKS),
    ).fetchall()
    rows.reverse()
    before = [rows[0], *rows]
    return tuple(
        Look(parse_warc_date(at), text != text_before, text == text_before and _is_later(modified, than))
        for (at, text, modified), (_, text_before, than) in zip(rows, before, strict=False)
    )


def _covered_until(connection: sqlite3.Connection, article_id: int) -> datetime | None:
    """Return the end that the newest reading gives: of a day its end, of a time without offset that in UTC."""
    row = connection.execute(
        "select r.covered_until from readings r join captures c on c.id = r.capture_id where r.article_id = ?"
        " order by c.captured_at desc limit 1",
        (article_id,),
    ).fetchone()
    try:
        end = datetime.fromisoformat(row[0]) if row and row[0] else None
    except ValueError:
        return None
    if end is None:
        return None
    if len(row[0]) == len("2026-11-17"):
        end += timedelta(days=1)
    return end if end.tzinfo is not None else end.replace(tzinfo=UTC)


def _is_later(modified: str | None, than: str | None) -> bool:
    """Return whether a page's date of change lies after another one that was given alike: with an offset, or without.

    >>> _is_later("2026-11-17T09:00:00+01:00", "2026-11-17T07:59:00Z"), _is_later("2026-11-17T09:00", "2026-11-17T08:00Z")
    (True, False)
    """
    if modified is None or than is None or modified == than:
        return False
    try:
        later, earlier = datetime.fromisoformat(modified), datetime.fromisoformat(than)
    except ValueError:
        return False
    return (later.tzinfo is None) == (earlier.tzinfo is None) and later > earlier


def _misses(connection: sqlite3.Connection, article_id: int, since: str) -> tuple[Miss, ...]:
    rows = connection.execute(
        "select distinct c.captured_at, c.status in (404, 410) from article_urls u join captures c on c.urlkey = u.urlkey"
        " where u.article_id = ? and u.relation in ('own', 'canonical') and c.captured_at > ? order by 1",
        (article_id, since),
    )
    return tuple(Miss(parse_warc_date(row[0]), bool(row[1])) for row in rows)


def watched_articles(connection: sqlite3.Connection, site: str, since: datetime) -> list[str]:
    """Return the addresses of *site*'s articles captured first after *since*, neither removed for certain nor moved.

    *site* is a host name without ``www.``; articles below it (``sport.a.example``) count too.
    """
    rows = connection.execute(
        "select url from articles a where (site = ? or site like '%.' || ?) and first_captured_at >= ?"
        " and coalesce((select kind from absences x where x.article_id = a.id order by number desc limit 1), 'restored')"
        " = 'restored' order by id desc",
        (site, site, format_warc_date(since)),
    )
    return [row[0] for row in rows]


def looks_since(connection: sqlite3.Connection, site: str, since: datetime) -> int:
    """Return how many times known articles of *site* were looked at again since then."""
    at = format_warc_date(since)
    [count] = connection.execute(
        "select count(*) from articles a join readings r on r.article_id = a.id join captures c on c.id = r.capture_id"
        " where a.site = ? and a.last_captured_at >= ? and c.captured_at >= ? and c.captured_at > a.first_captured_at",
        (site, at, at),
    ).fetchone()
    return int(count)


def outcomes(connection: sqlite3.Connection, site: str, limit: int) -> list[tuple[str, bool]]:
    """Return the addresses of *site* at which pages were read, the newest *limit*, and whether each was an article."""
    key = surt_key(f"http://{site}/").partition(")")[0]
    rows = connection.execute(
        "select c.target_uri, max(r.article_id is not null) from captures c join readings r on r.capture_id = c.id"
        " where c.urlkey >= ? and c.urlkey < ? group by c.urlkey order by max(c.captured_at) desc limit ?",
        (key, key + "~", limit),
    )
    return [(row[0], bool(row[1])) for row in rows.fetchall()]


def last_captured_at(connection: sqlite3.Connection, url: str) -> datetime | None:
    """Return when *url* was last captured without an error; None when it never was."""
    row = connection.execute(
        "select max(captured_at) from captures where urlkey = ? and status < 400", (surt_key(url),)
    ).fetchone()
    return parse_warc_date(row[0]) if row[0] is not None else None


def interrupted_since(connection: sqlite3.Connection, sites: Sequence[str] = ()) -> datetime | None:
    """Return when the first of the newest runs that were stopped early began; None when the newest run ended well.

    Of runs that ended well only those of one of *sites* count, when any are named: another site's, side by side with one that
    was killed, tells nothing.
    """
    marks = ", ".join("?" * len(sites))
    of_sites = f" and id in (select run_id from site_runs where site in ({marks}))" if sites else ""
    row = connection.execute(
        "select min(started_at) from runs where started_at > coalesce("
        f" (select max(started_at) from runs where finish_reason = 'finished'{of_sites}), '')",
        tuple(sites),
    ).fetchone()
    return parse_warc_date(row[0]) if row[0] is not None else None


def finished_runs(connection: sqlite3.Connection) -> int:
    """Return how many runs have ended well."""
    [count] = connection.execute("select count(*) from runs where finish_reason = 'finished'").fetchone()
    return int(count)
