"""What people decided, in a small file beside the index that no reindex touches: rules of access, saved queries, parties."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from sqlite_utils import Database, Migrations

from archive.errors import DiskFull, UnknownArchive, UserError
from archive.index.connection import WAIT_SECONDS, is_no_room
from archive.index.patterns import pattern_of
from archive.times import format_warc_date, parse_warc_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

EFFECTS = ("takedown", "embargo", "restrict")
"""Shown to nobody; to nobody until a day; to staff only."""

migrations = Migrations("operator")


def _make(database: Database, script: str) -> None:
    """Run *script* statement by statement, within the migration's transaction."""
    for statement in filter(str.strip, script.split(") strict;")):
        database.conn.execute(f"{statement}) strict")


@migrations()
def access_rules(database: Database) -> None:
    """Rules of access, and the log of what was done to them, to which nothing but rows are added."""
    _make(
        database,
        """
        create table access_rules ( -- What may not be shown. A rule is never deleted, only withdrawn.
          id integer primary key, -- number
          effect text not null, -- takedown, embargo or restrict
          pattern text not null, -- an address, the beginning of one with * behind, or *.domain
          captured_from text, -- only captures from then on; UTC; NULL for all
          captured_until text, -- only captures until then; UTC; NULL for all
          ends_on text, -- of an embargo: the first day on which it no longer holds
          reason text not null, -- why
          requested_by text not null, -- who asked for it
          decided_by text not null, -- who decided
          made_at text not null, -- UTC
          withdrawn_at text -- UTC; NULL while it holds
        ) strict;
        create table access_log ( -- Every decision about access.
          id integer primary key, -- number
          rule_id integer not null references access_rules(id), -- the rule
          at text not null, -- UTC
          action text not null, -- made or withdrawn
          who text not null, -- who decided
          words text not null -- why
        ) strict;
        """,
    )


@migrations()
def saved_queries(database: Database) -> None:
    """Queries with a name."""
    _make(
        database,
        """
        create table archive_queries ( -- Saved queries.
          id integer primary key, -- number
          name text not null unique, -- to show
          query text not null, -- in the query language
          made_at text not null -- UTC
        ) strict;
        """,
    )


@migrations()
def party_decisions(database: Database) -> None:
    """Which parties are one, and which are not."""
    _make(
        database,
        """
        create table party_decisions ( -- What people decided about parties. Nothing is deleted, only taken back.
          id integer primary key, -- number
          decided_at text not null, -- UTC
          decided_by text not null, -- who decided
          action text not null, -- merge or split
          keys text not null, -- JSON list of the parties' keys
          into_key text, -- of a merge: the key of the party as which they count
          note text, -- why
          undone_at text, -- UTC; NULL while it stands
          undone_by text -- who took it back
        ) strict;
        """,
    )


@migrations()
def preservation_events(database: Database) -> None:
    """What was done to the WARC files to keep them, in the words of PREMIS."""
    _make(
        database,
        """
        create table preservation_events ( -- Checks and repairs of the WARC files.
          id integer primary key, -- number
          at text not null, -- UTC
          event text not null, -- fixity check
          outcome text not null, -- success or failure
          detail text not null -- what was read, what was found
        ) strict;
        """,
    )


def now() -> str:
    """Return the present moment as it is stored."""
    return format_warc_date(datetime.now(UTC))


class OperatorData:
    """The open file; what is written is kept at once, or raises."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        """Open the file at *path*; it is made where it is missing, unless *read_only* (UnknownArchive then)."""
        self._path = path
        mode = "ro" if read_only else "rwc"
        try:
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=WAIT_SECONDS,
            )
            if not read_only:
                self._connection.execute("pragma journal_mode = wal")
                migrations.apply(Database(self._connection))
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("pragma foreign_keys = on")
        except sqlite3.DatabaseError as error:
            raise UnknownArchive(f"{path} cannot be read ({error})") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def rows(self, query: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Return the rows of an SQL query."""
        return [dict(row) for row in self._connection.execute(query, tuple(values)).fetchall()]

    # -- access ----------------------------------------------------------------------------------------------------

    def rules(self, *, all_of_them: bool = False) -> list[dict[str, Any]]:
        """Return the rules that hold now, or all that ever were made, newest first."""
        today = f"{datetime.now(UTC):%Y-%m-%d}"
        where = "1" if all_of_them else "withdrawn_at is null and (ends_on is null or ends_on > ?)"
        return self.rows(
            f"select * from access_rules where {where} order by id desc", () if all_of_them else (today,)
        )

    def add_rule(
        self,
        effect: str,
        pattern: str,
        *,
        reason: str,
        requested_by: str,
        decided_by: str,
        captured: tuple[str | None, str | None] = (None, None),
        ends_on: str | None = None,
    ) -> int:
        """Make a rule and log it; return its number. Raises *UserError* for what cannot be one."""
        _check_rule(effect, pattern, reason, decided_by, ends_on)
        tuple(format_warc_date(parse_warc_date(moment))[:19] if moment else None for moment in captured)
        with self._writing():
            cursor = self._connection.execute(
                "insert into access_rules (effect, pattern, captured_from, captured_until, ends_on, reason, requested_by,"
                " decided_by, made_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    effect,
                    pattern.strip(),
                    *captured,
                    ends_on,
                    reason,
                    requested_by or decided_by,
                    decided_by,
                    now(),
                ),
            )
            number = int(cursor.lastrowid or 0)
            self._log(number, "made", decided_by, reason)
        return number

    def withdraw_rule(self, number: int, *, decided_by: str, reason: str) -> None:
        """Let the rule *number* hold no longer, and log it. Raises *UserError* when it does not hold."""
        if not decided_by.strip() or not reason.strip():
            raise UserError("say who decides, and why")
        with self._writing():
            cursor = self._connection.execute(
                "update access_rules set withdrawn_at = ? where id = ? and withdrawn_at is null",
                (now(), number),
            )
            if not cursor.rowcount:
                raise UserError(f"there is no rule {number} that holds")
            self._log(number, "withdrawn", decided_by, reason)

    def access_log(self) -> list[dict[str, Any]]:
        """Return every decision, newest first."""
        return self.rows(
            "select l.*, r.effect, r.pattern from access_log l join access_rules r on r.id = l.rule_id order by l.id desc"
        )

    def _log(self, rule: int, action: str, who: str, words: str) -> None:
        self._connection.execute(
            "insert into access_log (rule_id, at, action, who, words) values (?, ?, ?, ?, ?)",
            (rule, now(), action, who, words),
        )

    # -- saved queries ---------------------------------------------------------------------------------------------

    def saved_queries(self) -> list[dict[str, Any]]:
        """Return the saved queries by name."""
        return self.rows("select * from archive_queries order by name collate nocase")

    def save_query(self, name: str, query: str) -> int:
        """Save *query* under *name*, in place of what had it. Raises *UserError*."""
        if not name.strip() or len(name) > 200 or len(query) > 5000:
            raise UserError("a saved query needs a name of at most 200 characters")
        with self._writing():
            self._connection.execute(
                "insert into archive_queries (name, query, made_at) values (?, ?, ?)"
                " on conflict (name) do update set query = excluded.query",
                (name.strip(), query.strip(), now()),
            )
        return int(self.rows("select id from archive_queries where name = ?", (name.strip(),))[0]["id"])

    def delete_query(self, number: int) -> None:
        """Forget a saved query; nothing happens when there is none."""
        with self._writing():
            self._connection.execute("delete from archive_queries where id = ?", (number,))

    # -- preservation ----------------------------------------------------------------------------------------------

    def events(self) -> list[dict[str, Any]]:
        """Return what was done to keep the WARC files, newest first; the last 200."""
        return self.rows("select * from preservation_events order by id desc limit 200")

    def add_event(self, event: str, *, outcome: str, detail: str) -> None:
        """Note what was done to keep the WARC files."""
        with self._writing():
            self._connection.execute(
                "insert into preservation_events (at, event, outcome, detail) values (?, ?, ?, ?)",
                (now(), event, outcome, detail),
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        try:
            yield
            self._connection.execute("commit")
        except BaseException as error:
            if self._connection.in_transaction:
                self._connection.execute("rollback")
            if isinstance(error, sqlite3.Error) and is_no_room(error):
                raise DiskFull(f"cannot write {self._path}: {error}") from error
            raise


def _check_rule(effect: str, pattern: str, reason: str, decided_by: str, ends_on: str | None) -> None:
    if effect not in EFFECTS:
        raise UserError(f"a rule is one of {', '.join(EFFECTS)}")
    if not pattern.strip().strip("*."):
        raise UserError("say which addresses: http://h.example/a, h.example/a*, *.h.example")
    pattern_of(pattern)
    if not reason.strip() or not decided_by.strip():
        raise UserError("a rule needs a reason, and the name of who decided")
    if (effect == "embargo") != (ends_on is not None):
        raise UserError("an embargo needs the day on which it ends, and nothing else has one")
    if ends_on is not None and ends_on <= f"{datetime.now(UTC):%Y-%m-%d}":
        raise UserError(f"{ends_on} is past: that embargo would hold no day")
