"""Removals, moves and returns of articles, told from all captures of their addresses. Any order of reading gives the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from archive.times import parse_warc_date

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

CONFIRMED_AFTER = timedelta(hours=24)
"""Between the two answers 404 or 410 that make a removal certain; an outage seldom lasts so long."""
_MOST_HOPS = 10


class _Event(NamedTuple):
    """A capture of one of an article's addresses that says whether it is there."""

    kind: str
    """here, gone, moved or elsewhere (led to a page that is no article)"""
    at: str
    capture: int
    target: str | None = None
    target_capture: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Absence:
    kind: str
    seen_at: str
    before: int
    capture: int
    confirmed: int | None = None
    detail: str | None = None


def refresh(connection: sqlite3.Connection, article_id: int) -> None:
    """Find out anew when the article was removed, moved and put back."""
    if not may_have_left(connection, article_id):
        return
    connection.execute("delete from absences where article_id = ?", (article_id,))
    for number, found in enumerate(_absences(_events(connection, article_id)), 1):
        connection.execute(
            "insert into absences values (?, ?, ?, ?, ?, ?, ?, ?)",
            (article_id, number, found.kind, found.seen_at, found.before, found.capture, found.confirmed, found.detail),
        )  # fmt: skip


def may_have_left(connection: sqlite3.Connection, article_id: int) -> bool:
    """Return whether any capture of the article's own addresses was an error 404 or 410 or led away; no capture is ever forgotten."""
    return (
        connection.execute(
            "select 1 from article_urls u join captures c on c.urlkey = u.urlkey where u.article_id = ?"
            " and u.relation in ('own', 'canonical') and (c.status in (404, 410) or c.redirect_key is not null) limit 1",
            (article_id,),
        ).fetchone()
        is not None
    )


def led_to(connection: sqlite3.Connection, urlkey: str) -> list[int]:
    """Return the articles of which an address has redirected to *urlkey*, through however many others.

    The order of the joins is fixed: left to its figures, SQLite went through all captures for each page it was given.
    """
    rows = connection.execute(
        "with recursive source(urlkey) as (select urlkey from captures where redirect_key = ?"
        " union select c.urlkey from source s cross join captures c on c.redirect_key = s.urlkey)"
        " select distinct u.article_id from source s cross join article_urls u on u.urlkey = s.urlkey"
        " where u.relation in ('own', 'canonical')",
        (urlkey,),
    )
    return [row[0] for row in rows.fetchall()]


def state(connection: sqlite3.Connection, article_id: int) -> str | None:
    """Return ``removed`` or ``moved`` when the article is so now, as far as is known; else None."""
    row = connection.execute(
        "select kind from absences where article_id = ? order by number desc limit 1", (article_id,)
    ).fetchone()
    return None if row is None or row[0] == "restored" else str(row[0])


def _absences(events: Iterator[_Event]) -> Iterator[_Absence]:
    """Yield what the captures of an article's addresses, in the order of time, say of it."""
    here: _Event | None = None
    first_gone: _Event | None = None
    absent: _Absence | None = None
    last: _Event | None = None
    for event in events:
        if event.kind == "here":
            if absent is not None and last is not None:
                yield _Absence(kind="restored", seen_at=event.at, before=last.capture, capture=event.capture)
            here, first_gone, absent = event, None, None
        elif here is None:
            continue
        elif event.kind == "moved":
            if absent is None or (absent.kind, absent.detail) != ("moved", event.target):
                absent = _Absence(
                    kind="moved", seen_at=event.at, before=here.capture, capture=event.capture,
                    confirmed=event.target_capture, detail=event.target,
                )  # fmt: skip
                yield absent
            first_gone = None
        elif first_gone is None:
            first_gone = event
        elif (absent is None or absent.kind != "removed") and _is_confirmed(first_gone.at, event.at):
            absent = _Absence(
                kind="removed", seen_at=first_gone.at, before=here.capture, capture=first_gone.capture,
                confirmed=event.capture, detail=first_gone.target,
            )  # fmt: skip
            yield absent
        last = event


def _is_confirmed(first: str, second: str) -> bool:
    return parse_warc_date(second) - parse_warc_date(first) >= CONFIRMED_AFTER


_OWN = "(select urlkey from article_urls where article_id = :article and relation in ('own', 'canonical'))"


def _events(connection: sqlite3.Connection, article_id: int) -> Iterator[_Event]:
    rows = connection.execute(
        "select c.id, c.captured_at, c.status, c.redirect_to, c.redirect_key, w.name, c.offset, c.inner, 1 as is_here"
        " from readings r join captures c on c.id = r.capture_id join warc_files w on w.id = c.file_id"
        " where r.article_id = :article"
        " union all select c.id, c.captured_at, c.status, c.redirect_to, c.redirect_key, w.name, c.offset, c.inner, 0"
        f" from captures c join warc_files w on w.id = c.file_id where c.urlkey in {_OWN}"
        f" and (c.status in (404, 410) or (c.redirect_key is not null and c.redirect_key not in {_OWN}))"
        " order by 2, 6, 7, 8",
        {"article": article_id},
    ).fetchall()
    for row in rows:
        if row["is_here"]:
            yield _Event("here", row["captured_at"], row["id"])
        elif row["redirect_key"] is None:
            yield _Event("gone", row["captured_at"], row["id"])
        else:
            event = _redirected(connection, article_id, row)
            if event is not None:
                yield event


def _redirected(connection: sqlite3.Connection, article_id: int, row: sqlite3.Row) -> _Event | None:
    """Return what a redirect away from the article says; None while its end was not captured, or is the article itself."""
    target, key = row["redirect_to"], row["redirect_key"]
    for _ in range(_MOST_HOPS):
        read = connection.execute(
            "select r.article_id, c.id from readings r join captures c on c.id = r.capture_id"
            " join warc_files w on w.id = c.file_id where c.urlkey = ?"
            " order by r.article_id is null, c.captured_at < ?, c.captured_at, w.name, c.offset, c.inner limit 1",
            (key, row["captured_at"]),
        ).fetchone()
        if read is not None and read[0] == article_id:
            return None
        if read is not None:
            kind = "elsewhere" if read[0] is None else "moved"
            return _Event(kind, row["captured_at"], row["id"], target, read[1])
        onward = connection.execute(
            "select redirect_to, redirect_key from captures where urlkey = ? and redirect_key is not null"
            " order by captured_at < ?, captured_at, redirect_to limit 1",
            (key, row["captured_at"]),
        ).fetchone()
        if onward is None:
            return None
        target, key = onward
    return None
