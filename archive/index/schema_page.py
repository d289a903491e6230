"""Writes SCHEMA.md, the description of the index's tables: ``python -m archive.index.schema_page``."""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from archive.index.connection import connect

if TYPE_CHECKING:
    import sqlite3

PAGE = Path(__file__).with_name("SCHEMA.md")
EXAMPLES = Path(__file__).with_name("example_queries.toml")

_HEAD = """# The tables of index.db

Generated from the migrations by `python -m archive.index.schema_page`; a test keeps it so. The file can be read with any
SQLite tool: `sqlite3 archive-data/index.db`, Datasette, a spreadsheet. Read only: everything in it is made from the WARC
files and is made anew by `tearsheet reindex`. Times are UTC as `YYYY-MM-DDTHH:MM:SS.ffffffZ`, unless a column says otherwise.

Begin with the views, `v_…`.
"""
_COLUMN = re.compile(
    r"(?:^|, ) *(?P<name>\w+) (?P<type>integer|text|real)(?P<rest>[^\n]*?),? -- (?P<words>.*)$", re.MULTILINE
)

_ADDED = re.compile(
    r"^( *\w+ (?:integer|text|real)[^\n]*?)(, \w+ (?:integer|text|real)[^\n]*? -- [^\n]*\n *default [^\n]*?),( -- [^\n]*)$",
    re.MULTILINE,
)
"""A column added to a table whose primary key stands apart: SQLite puts it between the last one and its comment."""


def page() -> str:
    """Return the page as Markdown."""
    with tempfile.TemporaryDirectory() as folder:
        connection = connect(Path(folder) / "index.db", read_only=False)
        rows = connection.execute(
            "select type, name, sql from sqlite_master where sql is not null and name not like 'sqlite_%'"
            " and name not like 'article_fts_%' and name not like '_sqlite_%' order by rowid"
        ).fetchall()
        parts = [_HEAD, "\n## Views\n"]
        parts += [_view(connection, row) for row in rows if row["type"] == "view"]
        parts.append("\n## Tables\n")
        parts += [_table(row) for row in rows if row["type"] == "table"]
        connection.close()
    parts.append("\n## Questions\n")
    parts += [
        f"\n### {example['question']}\n\n```sql\n{example['sql'].strip()}\n```\n" for example in examples()
    ]
    return "".join(parts)


def examples() -> list[dict[str, str]]:
    """Return the example queries: question and SQL."""
    found: list[dict[str, str]] = tomllib.loads(EXAMPLES.read_text(encoding="utf-8"))["example"]
    return found


def _view(connection: sqlite3.Connection, row: sqlite3.Row) -> str:
    columns = [
        column["name"]
        for column in connection.execute("select name from pragma_table_info(?)", (row["name"],))
    ]
    return f"\n### {row['name']}\n\n{_about(row['sql'])}\n\nColumns: {', '.join(f'`{name}`' for name in columns)}.\n"


def _table(row: sqlite3.Row) -> str:
    lines = [f"\n### {row['name']}\n\n{_about(row['sql'])}\n"]
    columns = list(_COLUMN.finditer(_ADDED.sub(r"\1,\3\n\2", row["sql"])))
    if columns:
        lines.append("\n| column | type | what |\n|---|---|---|\n")
        lines += [f"| `{found['name']}` | {found['type']} | {found['words']} |\n" for found in columns]
    return "".join(lines)


def _about(sql: str) -> str:
    return sql.partition("--")[2].partition("\n")[0].strip()


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")
