"""Makes a small index large: every row has shifted copies beside it, in minutes instead of hours.

The copies lie a fixed number of days further back each, under addresses, names and record ids of their own, and each headline
gets a word that stands nowhere else (an archive's vocabulary never ends). All other words are those of the first part, so a
word stands in as large a share of the articles as there; parties are the same, with more work each. Indexes are made
afterwards, and the full text anew over all articles, folded by the real function. A table that is new is copied like the others.
"""

from __future__ import annotations

import re
import time
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.index.fold import fold
from archive.index.store import Index

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

_NUMBERS = {
    "article_id": "articles", "text_id": "article_texts", "other_text_id": "article_texts", "capture_id": "captures",
    "first_capture_id": "captures", "last_capture_id": "captures", "before_id": "captures", "confirmed_id": "captures",
    "image_id": "images", "address_id": "addresses", "file_id": "warc_files", "warcinfo_id": "warcinfos", "run_id": "runs",
}  # fmt: skip
"""Columns that hold ids, with the table whose ids they are."""
_NAMED = {
    "record_id",
    "identity",
    "url",
    "urlkey",
    "target_uri",
    "name",
    "payload_digest",
    "content_hash",
    "refers_to",
}
_DATED = {"published_on", "date_published", "first_captured_at", "last_captured_at", "captured_at", "seen_from", "seen_until",
          "seen_at", "started_at", "finished_at", "first_at", "last_at"}  # fmt: skip
_AS_THEY_ARE = {"parties", "party_names", "search_settings", "id_slices"}
_MARK = "-"
"""Stands between a name and the number of its copy."""
_TOKEN = re.compile(r"\bxon(\d{4})(\d\d)?(\d\d)?\b")
_BUFFER = 256 << 20
"""Bytes of full text that are gathered before a segment is written: SQLite holds 2000 segments, and joins them at the end."""


def multiply(path: Path, copies: int, *, days: int) -> None:
    """Put *copies* copies of every row beside it, each *days* days further back than the one before."""
    with Index.open(path) as index:
        connection = index._connection
        for pragma in (
            "foreign_keys = off",
            "journal_mode = off",
            "synchronous = off",
            "temp_store = memory",
        ):
            connection.execute(f"pragma {pragma}")
        connection.create_function("back", 2, lambda text, n: _back(text, days * n), deterministic=True)
        connection.create_function(
            "tokens_back", 2, lambda text, n: _tokens_back(text, days * n), deterministic=True
        )
        _copy_tables(connection, copies, days)
        _index(connection)
        connection.execute("analyze")
        connection.execute("pragma journal_mode = wal")


def _copy_tables(connection: sqlite3.Connection, copies: int, days: int) -> None:
    steps = {
        table: 1 + int(connection.execute(f"select coalesce(max(id), 0) from {table}").fetchone()[0])
        for table in {*_NUMBERS.values()} - {"articles"}
    }
    steps["articles"] = -days * 86_400
    made = connection.execute(
        "select name, sql from sqlite_master where type = 'index' and sql is not null"
    ).fetchall()
    for name, _ in made:
        connection.execute(f"drop index {name}")
    for table in _tables(connection):
        began = time.monotonic()
        connection.execute(f"create temp table base as select * from main.{table}")
        columns = [row[1] for row in connection.execute(f"pragma table_info({table})")]
        values = ", ".join(_shifted(table, column, steps) for column in columns)
        connection.execute("begin")
        for n in range(1, copies + 1):
            connection.execute(
                f"insert into {table}({', '.join(columns)}) select {values} from temp.base b", {"n": n}
            )
        connection.execute("commit")
        connection.execute("drop table temp.base")
        _tell(f"table {table}", began)
    for name, sql in made:
        began = time.monotonic()
        connection.execute(sql)
        _tell(f"index {name}", began)


def _index(connection: sqlite3.Connection) -> None:
    """Make the full text anew. What is folded comes again and again, so it is remembered."""
    began = time.monotonic()
    connection.create_function("fold", 1, lru_cache(maxsize=200_000)(fold), deterministic=True)
    connection.execute("insert into article_fts(article_fts, rank) values ('hashsize', ?)", (_BUFFER,))
    connection.execute("insert into article_fts(article_fts) values ('rebuild')")
    _tell("full text", began)
    began = time.monotonic()
    connection.execute("insert into article_fts(article_fts) values ('optimize')")
    connection.execute("delete from article_fts_config where k = 'hashsize'")
    connection.create_function("fold", 1, fold, deterministic=True)
    _tell("full text in one", began)


def _tables(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' and name not like '%fts%'"
        " and name not like '%migrations%' order by name"
    )
    return [name for (name,) in rows.fetchall() if name not in _AS_THEY_ARE]


def _shifted(table: str, column: str, steps: dict[str, int]) -> str:
    owner = table if column == "id" else _NUMBERS.get(column)
    if owner is not None and owner in steps:
        return f"b.{column} + :n * {steps[owner]}"
    if (table, column) == ("sketch_bands", "key"):
        return "b.key + (:n << 33)"
    if (table, column) == ("search_extras", "facets"):
        return "tokens_back(b.facets, :n)"
    if (table, column) == ("article_texts", "headline"):
        return "b.headline || ' q' || :n || 'x' || b.id"
    if column in _DATED:
        return f"back(b.{column}, :n)"
    if column in _NAMED and table not in {"credits", "attributions"}:
        return f"b.{column} || '{_MARK}' || :n"
    return f"b.{column}"


def _back(text: str | None, days: int) -> str | None:
    """Return the ISO date or time *text* as it is so many days earlier."""
    if text is None or len(text) < 10:
        return text
    return (date.fromisoformat(text[:10]) - timedelta(days=days)).isoformat() + text[10:]


def _tokens_back(facets: str, days: int) -> str:
    day = next((match for match in _TOKEN.finditer(facets) if match[3]), None)
    if day is None:
        return facets
    moved = (date(int(day[1]), int(day[2]), int(day[3])) - timedelta(days=days)).isoformat().replace("-", "")
    kept = [token for token in facets.split() if not token.startswith("xon")]
    return " ".join([*kept, f"xon{moved[:4]}", f"xon{moved[:6]}", f"xon{moved}"])


def _tell(what: str, began: float) -> None:
    if (spent := time.monotonic() - began) > 2:
        print(f"  {what}: {spent:.0f} s", flush=True)
