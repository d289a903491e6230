"""A condition as SQL: where articles are looked for, and errors of the full text in the words of the query language."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive.errors import QueryError

if TYPE_CHECKING:
    from archive.index.query import Condition
    from archive.index.slices import Slice


def source(
    condition: Condition, within: Slice | None = None, *, texts: bool = False
) -> tuple[str, tuple[object, ...]]:
    """Return ``from … where …`` with its values: articles as ``a``, with *texts* their texts as ``t``; only *within* a slice.

    What the full text alone can tell is asked of it alone, where no column of an article is wanted.
    """
    wheres: list[str] = ["1"]
    values: list[object] = []
    joined = "from articles a"
    row_id = "a.id"
    if condition.match is not None:
        joined = "from article_fts cross join articles a on a.id = article_fts.rowid"
        row_id = "article_fts.rowid"
        wheres.append("article_fts match ?")
        values.append(condition.match)
    if texts:
        joined += " cross join article_texts t on t.id = a.text_id"
    if within is not None:
        wheres.append(f"{row_id} >= ? and {row_id} < ?")
        values += [within.first, within.end]
    return f"{joined} where {' and '.join(wheres)}", tuple(values)


def fulltext_source(condition: Condition, within: Slice | None = None) -> tuple[str, tuple[object, ...]]:
    """Return the same for counting and for ids (``rowid``), without touching an article where the full text knows it all."""
    if condition.match is None:
        return source(condition, within)
    if within is None:
        return "from article_fts where article_fts match ?", (condition.match,)
    span = "rowid >= ? and rowid < ?"
    return f"from article_fts where article_fts match ? and {span}", (
        condition.match,
        within.first,
        within.end,
    )


def execute(connection: sqlite3.Connection, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
    """Return the answer to *query*. Raises QueryError where the full text cannot be asked so."""
    try:
        return connection.execute(query, values)
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            raise QueryError(f"the query cannot be read ({error})", 0) from error
        raise
