"""What must be remembered of a host from one run to the next, and between runs side by side, to be a good guest together.

It is work state: when the file is deleted, robots.txt files are asked for again and a host's wish for rest is heard anew.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from archive.errors import ArchiveError, DiskFull
from archive.index.connection import is_no_room, open_learnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

SCHEMA = """
create table if not exists robots (
  origin text primary key, read_at text not null, status integer not null, body blob not null, record_id text
) strict;
create table if not exists turns (
  host text not null, lane text not null, asked_at text not null, run text not null, primary key (host, lane)
) strict, without rowid;
create table if not exists hosts (
  host text primary key, asked_at text, held_until text, why text, back_off_seconds real not null, failures integer not null
) strict;
"""
FILE = "hosts.db"
"""Name of the file in the frontier's folder."""
_KEEP = """
insert into hosts values (?, ?, ?, ?, ?, ?) on conflict (host) do update set
  asked_at = max(coalesce(asked_at, excluded.asked_at), coalesce(excluded.asked_at, asked_at)),
  why = case when coalesce(excluded.held_until, '') >= coalesce(held_until, '') then excluded.why else why end,
  held_until = max(coalesce(held_until, excluded.held_until), coalesce(excluded.held_until, held_until)),
  back_off_seconds = excluded.back_off_seconds, failures = excluded.failures
"""
_HOLD = """
insert into hosts values (?, null, ?, ?, ?, 0) on conflict (host) do update set
  why = case when excluded.held_until >= coalesce(held_until, '') then excluded.why else why end,
  held_until = max(coalesce(held_until, excluded.held_until), excluded.held_until), back_off_seconds = excluded.back_off_seconds
"""
TEXT_COUNTS_FOR = timedelta(hours=24)
"""RFC 9309, 2.4; a tdmrep.json for as long."""
FORGOTTEN_AFTER = timedelta(days=8)
"""Nothing that stands here is of use for longer than a day; a week more lets an operator look what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostText:
    """A file in which a host says what it wants, as it was read: its robots.txt or its tdmrep.json."""

    read_at: datetime
    """Aware UTC."""
    status: int
    """HTTP status: 200 … 499."""
    body: bytes
    """What counts of it; empty where there is none."""
    record_id: str | None
    """Record id of its capture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """How a host was left."""

    asked_at: datetime | None = None
    """When the last request began; aware UTC, as all times here."""
    held_until: datetime | None = None
    """Until when it wants to be left alone."""
    why: str = ""
    """What it answered when it said so."""
    back_off_seconds: float = 0.0
    """How long it was left alone the last time that it did not say for how long; doubled the next time."""
    failures: int = 0
    """In a row, up to now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """When a host was asked last, whoever did it."""

    asked_at: datetime | None
    run: str
    held_until: datetime | None
    why: str


class Hosts:
    """An open file of what is known of hosts. All runs under way share it: each thing said is kept, and seen by all, at once."""

    def __init__(self, path: Path) -> None:
        """Open the file, made where it is missing; one that is damaged is begun anew, as it can be learnt again."""
        self._path = path
        self._connection = open_learnt(path, SCHEMA)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._connection.close()

    def text(self, key: str, now: datetime) -> HostText | None:
        """Return the robots.txt of an origin (scheme, host and port), or the tdmrep.json at a URL, read TEXT_COUNTS_FOR before *now* at most."""
        row = self._connection.execute(
            "select read_at, status, body, record_id from robots where origin = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        read_at, status, body, record_id = row
        text = HostText(
            read_at=datetime.fromisoformat(read_at), status=status, body=body, record_id=record_id
        )
        return text if timedelta(0) <= now - text.read_at <= TEXT_COUNTS_FOR else None

    def keep_text(self, key: str, text: HostText) -> None:
        """Remember *text* under *key*; see *text*."""
        with self._writing():
            self._connection.execute(
                "insert or replace into robots values (?, ?, ?, ?, ?)",
                (key, text.read_at.isoformat(), text.status, text.body, text.record_id),
            )

    def state(self, host: str) -> HostState:
        """Return how *host* (with port) was left by the last run that asked it for something."""
        row = self._connection.execute(
            "select asked_at, held_until, why, back_off_seconds, failures from hosts where host = ?", (host,)
        ).fetchone()
        if row is None:
            return HostState()
        asked_at, held_until, why, back_off, failures = row
        return HostState(
            asked_at=_moment(asked_at),
            held_until=_moment(held_until),
            why=why or "",
            back_off_seconds=back_off,
            failures=failures,
        )

    def keep_states(self, states: Iterable[tuple[str, HostState]], now: datetime) -> None:
        """Remember how hosts are left; what is of no use any more is forgotten.

        Another run may have asked a host later, or have been told to rest for longer: the later time stays.
        """
        with self._writing():
            self._connection.executemany(
                _KEEP,
                [
                    (host, _text(state.asked_at), _text(state.held_until), state.why or None, state.back_off_seconds, state.failures)
                    for host, state in states
                ],
            )  # fmt: skip
            old = (now - FORGOTTEN_AFTER).isoformat()
            self._connection.execute(
                "delete from hosts where max(coalesce(asked_at, ''), coalesce(held_until, '')) < ?", (old,)
            )
            self._connection.execute("delete from robots where read_at < ?", (old,))
            self._connection.execute("delete from turns where asked_at < ?", (old,))

    def hold(self, host: str, until: datetime, why: str, back_off_seconds: float) -> None:
        """Tell all runs, now, until when *host* wants to be left alone."""
        with self._writing():
            self._connection.execute(_HOLD, (host, _text(until), why, back_off_seconds))

    def turn(self, host: str, lane: str) -> Turn:
        """Return when *host* was asked last in *lane*, by which run, and until when it wants to be left alone."""
        row = self._connection.execute(
            "select t.asked_at, t.run, h.held_until, h.why from (select ? as host) x"
            " left join turns t on t.host = x.host and t.lane = ? left join hosts h on h.host = x.host",
            (host, lane),
        ).fetchone()
        asked_at, run, held_until, why = row
        return Turn(asked_at=_moment(asked_at), run=run or "", held_until=_moment(held_until), why=why or "")

    def take_turn(self, host: str, lane: str, run: str, at: datetime) -> None:
        """Note that *run* asks *host* for something *at* this time."""
        with self._writing():
            self._connection.execute(
                "insert or replace into turns values (?, ?, ?, ?)", (host, lane, _text(at), run)
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            self._connection.execute("begin immediate")
            try:
                yield
            except BaseException:
                self._connection.execute("rollback")
                raise
            self._connection.execute("commit")
        except sqlite3.Error as error:
            words = f"cannot write {self._path}: {error}"
            raise (DiskFull if is_no_room(error) else ArchiveError)(words) from error


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
