"""WARC records on their way into the tables that follow the files: files, runs, warcinfos, captures, fetch notes."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.index import site_runs
from archive.times import format_warc_date
from archive.urls import canonical, surt_key

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Record

SUMMARY_URI = "urn:tearsheet:run:"
"""Target URI of the metadata record that sums a run up, with the run's id behind it."""

_SUMMARY = ("finishReason", "counts", "failures", "failedUrls", "notCrawled")
_NOTES = ("via", "discovery", "robots", "robotsRecord", "revalidates", "tdmReservation", "tdmrepRecord")


def add_record(connection: sqlite3.Connection, record: Record, known_ids: dict[str, int]) -> int | None:
    """Put what *record* says into the index; return the id of its capture, or None when it is none.

    The same record (file and offset) may come again: nothing changes then. *known_ids* remembers ids of files and
    warcinfo records between calls; it must be forgotten when a transaction is undone.
    """
    if record.is_capture and record.target_uri is not None:
        return _add_capture(connection, record, record.target_uri, known_ids)
    if record.record_type == "warcinfo":
        _add_warcinfo(connection, record)
    elif record.record_type == "metadata":
        _add_metadata(connection, record)
    return None


def capture_id(connection: sqlite3.Connection, record: Record) -> int | None:
    """Return the id of *record*'s capture, or None when it is not in the index."""
    row = connection.execute(
        "select c.id from captures c join warc_files w on w.id = c.file_id where w.name = ? and c.offset = ? and c.inner = ?",
        (record.place.file, record.place.offset, record.place.inner),
    ).fetchone()
    return int(row[0]) if row else None


def file_id(connection: sqlite3.Connection, name: str) -> int:
    """Return the id of the WARC file *name*, made when it is new."""
    row = connection.execute("select id from warc_files where name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute("insert into warc_files(name) values (?) returning id", (name,)).fetchone()
    return int(row[0])


def _add_capture(
    connection: sqlite3.Connection, record: Record, target_uri: str, known_ids: dict[str, int]
) -> int:
    place = record.place
    if place.file not in known_ids:
        known_ids[place.file] = file_id(connection, place.file)
    warcinfo = record.warcinfo_id
    if warcinfo is not None and warcinfo not in known_ids:
        known_ids[warcinfo] = _warcinfo_id(connection, warcinfo)
    values = (
        record.record_id, known_ids[place.file], place.offset, place.inner, place.length, record.record_type, target_uri,
        key_of(target_uri), format_warc_date(record.captured_at), record.status, record.mime, record.payload_digest,
        record.payload_length, record.redirect_to, key_of(record.redirect_to) if record.redirect_to else None, record.profile,
        record.refers_to, record.refers_to_uri, format_warc_date(record.refers_to_at) if record.refers_to_at else None,
        record.truncated, record.ip, known_ids[warcinfo] if warcinfo is not None else None,
    )  # fmt: skip
    row = connection.execute(_INSERT_CAPTURE, values).fetchone()
    if row is not None:
        return int(row[0])
    known = capture_id(connection, record)
    assert known is not None
    return known


_COLUMNS = (
    "record_id", "file_id", "offset", "inner", "length", "record_type", "target_uri", "urlkey", "captured_at", "status", "mime",
    "payload_digest", "payload_length", "redirect_to", "redirect_key", "profile", "refers_to", "refers_to_uri",
    "refers_to_at", "truncated", "ip", "warcinfo_id",
)  # fmt: skip
_INSERT_CAPTURE = (
    f"insert into captures({', '.join(_COLUMNS)}) values ({', '.join('?' * len(_COLUMNS))})"
    " on conflict(file_id, offset, inner) do nothing returning id"
)


def _warcinfo_id(connection: sqlite3.Connection, record_id: str) -> int:
    row = connection.execute("select id from warcinfos where record_id = ?", (record_id,)).fetchone()
    if row is None:
        row = connection.execute(
            "insert into warcinfos(record_id, fields) values (?, '{}') returning id", (record_id,)
        ).fetchone()
    return int(row[0])


def _add_warcinfo(connection: sqlite3.Connection, record: Record) -> None:
    at = format_warc_date(record.captured_at)
    run = record.fields.get("run")
    run_id = _run_id(connection, run) if run else None
    if run_id is not None:
        connection.execute(
            "update runs set started_at = ? where id = ? and (started_at is null or started_at > ?)",
            (at, run_id, at),
        )
    connection.execute(
        "update warcinfos set run_id = ?, captured_at = ?, software = ?, fields = ? where id = ?",
        (
            run_id,
            at,
            record.fields.get("software"),
            json.dumps(dict(record.fields), ensure_ascii=False, sort_keys=True),
            _warcinfo_id(connection, record.record_id),
        ),
    )
    file_id(connection, record.place.file)


def _run_id(connection: sqlite3.Connection, name: str) -> int:
    row = connection.execute("select id from runs where name = ?", (name,)).fetchone()
    if row is None:
        row = connection.execute("insert into runs(name) values (?) returning id", (name,)).fetchone()
    return int(row[0])


def _add_metadata(connection: sqlite3.Connection, record: Record) -> None:
    if (record.target_uri or "").startswith(SUMMARY_URI):
        _add_summary(connection, record)
        return
    values = [record.fields.get(name) for name in _NOTES]
    if not any(values):
        return
    for captured in record.concurrent_to:
        connection.execute(
            _INSERT_NOTES,
            (captured, *values),
        )


_NOTE_COLUMNS = (
    "via",
    "discovery",
    "robots",
    "robots_record",
    "revalidates",
    "tdm_reservation",
    "tdmrep_record",
)
_INSERT_NOTES = (
    f"insert into fetch_notes(record_id, {', '.join(_NOTE_COLUMNS)}) values (?{', ?' * len(_NOTE_COLUMNS)})"
    " on conflict(record_id) do update set "
    + ", ".join(
        f"{name} = coalesce(min({name}, excluded.{name}), {name}, excluded.{name})" for name in _NOTE_COLUMNS
    )
)
"""Of two notes about one capture the first in alphabetical order stays, whichever was read first."""


def _add_summary(connection: sqlite3.Connection, record: Record) -> None:
    run_id = _run_id(connection, (record.target_uri or "").removeprefix(SUMMARY_URI))
    at = format_warc_date(record.captured_at)
    is_newest = connection.execute(
        "update runs set finished_at = ?, finish_reason = ?, counts = ?, failures = ?, failed_urls = ?, not_crawled = ?"
        " where id = ? and (finished_at is null or finished_at < ?)",
        (at, *(record.fields.get(name) for name in _SUMMARY), run_id, at),
    ).rowcount
    if is_newest:
        dropped = _pairs(record.fields.get("droppedRevisits"))
        connection.execute("delete from dropped_revisits where run_id = ?", (run_id,))
        connection.executemany(
            "insert into dropped_revisits values (?, ?, ?)", [(run_id, url, at) for url, at in dropped]
        )
        failed = _pairs(record.fields.get("failedUrls"))
        connection.execute("delete from failed_fetches where run_id = ?", (run_id,))
        connection.executemany(
            "insert or ignore into failed_fetches values (?, ?, ?, ?)",
            [(run_id, key_of(canonical(url)), url, reason) for url, reason in failed],
        )
        site_runs.add(connection, run_id, record.fields)


def _pairs(text: str | None) -> list[tuple[str, str]]:
    """Return the names and values of a JSON object, as a run's summary has them; none of anything else."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return []
    return [(str(name), str(value)) for name, value in found.items()] if isinstance(found, dict) else []


@lru_cache(maxsize=4096)
def key_of(url: str) -> str:
    """Return the sortable form (SURT) of *url*; the same for all spellings that ask for the same."""
    return surt_key(url)
