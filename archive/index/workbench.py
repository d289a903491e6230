"""What Datasette is told of the index: words for every table, view and column, the full text, and questions ready to ask."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.index.connection import connect
from archive.index.schema_page import examples

if TYPE_CHECKING:
    import sqlite3

_FIRST_LINE = re.compile(r"create (?:table|view) \w+ (?:\(|as) -- (?P<words>.*)", re.IGNORECASE)
_COLUMN = re.compile(
    r"(?:^|, ) *(?P<name>\w+) (?:integer|text|real|blob)\b[^\n]*? -- (?P<words>.*)$", re.MULTILINE
)
_HIDDEN = ("article_fts", "sketch_bands", "text_sketches", "search_extras", "search_settings")
_SEARCHED = ("v_articles", "articles")


def metadata() -> dict[str, Any]:
    """Return Datasette's metadata for ``index.db``."""
    return {
        "title": "Tearsheet",
        "description": "The index of a news archive, made from its WARC files. Begin with the views, v_…",
        "databases": {
            "index": {
                "description": "Read only. Times are UTC.",
                "tables": _tables(),
                "queries": {
                    _name(one["question"]): {"title": one["question"], "sql": one["sql"].strip()}
                    for one in examples()
                },
            }
        },
    }


def _tables() -> dict[str, dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "index.db", read_only=False)
        rows = connection.execute(
            "select type, name, sql from sqlite_master where type in ('table', 'view') and sql is not null"
            " and name not like 'sqlite_%'"
        ).fetchall()
        connection.close()
    return {row["name"]: _table(row) for row in rows}


def _table(row: sqlite3.Row) -> dict[str, Any]:
    name, sql = row["name"], row["sql"]
    words = _FIRST_LINE.match(sql)
    table: dict[str, Any] = {"description": words["words"]} if words else {}
    if row["type"] == "table" and (
        columns := {found["name"]: found["words"] for found in _COLUMN.finditer(sql)}
    ):
        table["columns"] = columns
    if name.startswith(_HIDDEN) or name.startswith("_"):
        table["hidden"] = True
    if name in _SEARCHED:
        table |= {"fts_table": "article_fts", "fts_pk": "id", "searchmode": "raw"}
    return table


def _name(question: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", question.lower()).strip("-")[:60].strip("-")
