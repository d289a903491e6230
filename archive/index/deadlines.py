"""Questions to the index that may take only so long: a page must answer, whatever it is asked."""

from __future__ import annotations

import sqlite3
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.errors import QueryTooSlow

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEPS_BETWEEN_LOOKS = 20_000
"""Instructions of SQLite's machine, some milliseconds, between two looks at the clock."""


class Deadlines:
    """The deadlines of one connection; they may stand inside each other, and the nearest one counts."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._ends: list[float] = []

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let what the connection is asked inside take no longer than *seconds*. Raises QueryTooSlow."""
        self._ends.append(time.monotonic() + seconds)
        self._connection.set_progress_handler(self._is_over, _STEPS_BETWEEN_LOOKS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise QueryTooSlow(
                    f"this took longer than {seconds:g} seconds; ask for less at once"
                ) from error
            raise
        finally:
            self._ends.pop()
            if not self._ends:
                self._connection.set_progress_handler(None, 0)

    def _is_over(self) -> int:
        return int(time.monotonic() > min(self._ends))
