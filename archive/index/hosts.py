"""What a crawler must remember of a host from one run to the next to stay a good guest; in the frontier's file.

It is work state: when the file is deleted, robots.txt files are asked for again and a host's wish for rest is heard anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager

SCHEMA = """
create table if not exists robots (
  origin text primary key, read_at text not null, status integer not null, body blob not null, record_id text
) strict;
create table if not exists hosts (
  host text primary key, asked_at text, held_until text, why text, back_off_seconds real not null, failures integer not null
) strict;
"""
FORGOTTEN_AFTER = timedelta(days=8)
"""Nothing that stands here is of use for longer than a day; a week more lets an operator look what was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsText:
    """A robots.txt as it was read."""

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


class Hosts:
    """The two tables, on the connection of the frontier, which commits."""

    def __init__(
        self, connection: sqlite3.Connection, writing: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self._connection, self._writing = connection, writing

    def robots(self, origin: str) -> RobotsText | None:
        """Return the robots.txt of *origin* (scheme, host and port) as it was read last, however long ago."""
        row = self._connection.execute(
            "select read_at, status, body, record_id from robots where origin = ?", (origin,)
        ).fetchone()
        if row is None:
            return None
        read_at, status, body, record_id = row
        return RobotsText(
            read_at=datetime.fromisoformat(read_at), status=status, body=body, record_id=record_id
        )

    def keep_robots(self, origin: str, text: RobotsText) -> None:
        """Remember *text* of *origin*."""
        with self._writing():
            self._connection.execute(
                "insert or replace into robots values (?, ?, ?, ?, ?)",
                (origin, text.read_at.isoformat(), text.status, text.body, text.record_id),
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
        """Remember how hosts are left; what is of no use any more is forgotten."""
        with self._writing():
            self._connection.executemany(
                "insert or replace into hosts values (?, ?, ?, ?, ?, ?)",
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


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
