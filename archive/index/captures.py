"""Captures as they come out of the index again: by record, by URL and time, in the order of the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.index.records import key_of
from archive.model import Place, Record
from archive.times import format_warc_date, parse_warc_date

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import datetime

_CAPTURES_OF = (
    "select c.record_id from readings r join captures c on c.id = r.capture_id where r.article_id = ?"
)
_SELECT = "select c.*, w.name as file from captures c join warc_files w on w.id = c.file_id "


def iter_captures(connection: sqlite3.Connection) -> Iterator[Record]:
    """Yield all captures in the order of files and offsets."""
    for row in connection.execute(_SELECT + "order by w.name, c.offset, c.inner"):
        yield record_of(row)


def captures_of(connection: sqlite3.Connection, articles: Sequence[int]) -> Iterator[Record]:
    """Yield the captures that were read as *articles*, and the responses their revisits refer to; once each."""
    seen: set[str] = set()
    for article in articles:
        for row in connection.execute(_CAPTURES_OF, (article,)).fetchall():
            capture = find_capture(connection, row["record_id"])
            is_revisit = capture is not None and capture.record_type == "revisit"
            original = find_original_of(connection, capture) if capture is not None and is_revisit else None
            for record in filter(None, (capture, original)):
                if record.record_id not in seen:
                    seen.add(record.record_id)
                    yield record


def find_capture(connection: sqlite3.Connection, record_id: str) -> Record | None:
    """Return the capture with this record id, or None."""
    row = connection.execute(_SELECT + "where c.record_id = ?", (record_id,)).fetchone()
    return record_of(row) if row else None


def find_original_of(connection: sqlite3.Connection, record: Record) -> Record | None:
    """Return the response a revisit refers to: by record id, else by URL and time, else by digest; or None."""
    ways: list[tuple[str, tuple[object, ...]]] = []
    if record.refers_to:
        ways.append(("where c.record_id = ? and c.record_type = 'response'", (record.refers_to,)))
    if record.refers_to_uri and record.refers_to_at:
        ways.append(
            (
                "where c.urlkey = ? and substr(c.captured_at, 1, 19) = ? and c.record_type = 'response'",
                (key_of(record.refers_to_uri), format_warc_date(record.refers_to_at)[:19]),
            )
        )
    if record.payload_digest:
        ways.append(
            (
                "where c.payload_digest = ? and c.record_type = 'response' order by c.captured_at limit 1",
                (record.payload_digest,),
            )
        )
    for way, values in ways:
        row = connection.execute(_SELECT + way, values).fetchone()
        if row is not None:
            return record_of(row)
    return None


def places_read(
    connection: sqlite3.Connection, file: str, start: int, stop: int
) -> frozenset[tuple[int, int]]:
    """Return the places (offset, inner) between *start* and *stop* of *file* whose pages have been read."""
    rows = connection.execute(
        "select c.offset, c.inner from captures c join warc_files w on w.id = c.file_id join readings r on r.capture_id = c.id"
        " where w.name = ? and c.offset >= ? and c.offset < ?",
        (file, start, stop),
    )
    return frozenset((offset, inner) for offset, inner in rows)


def unread_revisits(connection: sqlite3.Connection, file: str, start: int) -> Iterator[Record]:
    """Yield the revisits of *file* from offset *start* on that have not been read; readings may be added meanwhile."""
    after: tuple[int, int] = (start, -1)
    while True:
        rows = connection.execute(
            _SELECT + "where w.name = ? and (c.offset, c.inner) > (?, ?) and c.record_type = 'revisit'"
            " and not exists (select 1 from readings r where r.capture_id = c.id)"
            " order by c.offset, c.inner limit 500",
            (file, *after),
        ).fetchall()
        if not rows:
            return
        yield from map(record_of, rows)
        after = (rows[-1]["offset"], rows[-1]["inner"])


def closest(connection: sqlite3.Connection, url: str, at: datetime | None) -> Record | None:
    """Return the capture of *url* closest to *at* (the newest when None); good answers before errors. Or None."""
    if at is None:
        order, values = "c.captured_at desc", ()
    else:
        order = "abs(julianday(c.captured_at) - julianday(?))"
        values = (format_warc_date(at),)  # type: ignore[assignment]
    row = connection.execute(
        f"{_SELECT} where c.urlkey = ? order by coalesce(c.status, 200) >= 400, {order} limit 1",
        (key_of(url), *values),
    ).fetchone()
    return record_of(row) if row else None


def last_whole(connection: sqlite3.Connection, url: str, since: datetime) -> Record | None:
    """Return the newest capture of *url* since then that was answered 200 and came to its end; or None."""
    row = connection.execute(
        _SELECT
        + "where c.urlkey = ? and c.captured_at > ? and c.status = 200 and (c.truncated is null or c.record_type = 'revisit')"
        " order by c.captured_at desc limit 1",
        (key_of(url), format_warc_date(since)),
    ).fetchone()
    return record_of(row) if row else None


def record_of(row: sqlite3.Row) -> Record:
    """Return a row of captures, joined with its file's name, as the record it was made from."""
    return Record(
        record_type=row["record_type"],
        record_id=row["record_id"],
        target_uri=row["target_uri"],
        captured_at=parse_warc_date(row["captured_at"]),
        place=Place(file=row["file"], offset=row["offset"], length=row["length"], inner=row["inner"]),
        status=row["status"],
        mime=row["mime"],
        payload_digest=row["payload_digest"],
        payload_length=row["payload_length"],
        redirect_to=row["redirect_to"],
        profile=row["profile"],
        refers_to=row["refers_to"],
        refers_to_uri=row["refers_to_uri"],
        refers_to_at=parse_warc_date(row["refers_to_at"]) if row["refers_to_at"] else None,
        truncated=row["truncated"],
        ip=row["ip"],
    )
