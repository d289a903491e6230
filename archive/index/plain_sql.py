"""One question in SQL, asked of the index without being able to change it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archive.errors import UserError
from archive.index.connection import connect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def ask(path: Path, query: str) -> Iterator[tuple[object, ...]]:
    """Yield the names of the columns, then the rows of *query*. Raises UserError for what SQLite cannot read, or may not do."""
    with closing(connect(path, read_only=True)) as connection:
        connection.row_factory = None
        connection.execute("pragma query_only = on")
        try:
            found = connection.execute(query)
            yield tuple(column[0] for column in found.description or ())
            for row in found:
                yield tuple(cell.hex() if isinstance(cell, bytes) else cell for cell in row)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise UserError(f"SQL: {error}") from error
