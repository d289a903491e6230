"""Ask the index in SQL: one question here, or tables, views and ready questions in Datasette"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.operator_data import OperatorData
from archive.index.plain_sql import ask
from archive.index.workbench import metadata
from archive.verbs.credit_table import write_csv

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console

_SECONDS = 5
_PLUGIN = """\
from datasette import hookimpl

from archive.index.fold import fold


@hookimpl
def prepare_connection(conn):
    conn.create_function("fold", 1, fold, deterministic=True)
"""


@click.command()
@click.argument("query", required=False)
@click.option("--csv", "as_csv", is_flag=True, help="Write the answer to QUERY as CSV for spreadsheets.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8495, show_default=True, help="Port on this machine."
)
@click.option(
    "--write-only",
    is_flag=True,
    help="Write Datasette's metadata and print its path, without opening anything.",
)
@click.option(
    "--despite-rules",
    is_flag=True,
    help="Open it although rules of access hold: SQL sees all that is in the index, withheld or not.",
)
@click.pass_obj
def command(
    console: Console, *, query: str | None, as_csv: bool, port: int, write_only: bool, despite_rules: bool
) -> None:
    r"""Answer QUERY, one question in SQL, read-only; without it, open the index in Datasette until Ctrl-C.

    SCHEMA.md names the tables and views and has questions to begin from. Parties that were put together are one in
    `tearsheet credits`, but not in SQL.

    Datasette is an extra of its own: pip install 'tearsheet[sql]'. It knows the tables by their words, offers the
    questions of SCHEMA.md ready to ask, and searches the full text. Rules of access cannot be enforced in SQL that anyone
    may write; where some hold, it opens with --despite-rules only, and is for staff.

    \b
    Example:
      tearsheet sql "select * from v_agency_by_outlet_year where agency = 'AFP'"
      tearsheet sql --csv "select * from v_photo_agencies_by_outlet_month"
      tearsheet sql
      tearsheet sql --write-only
    """
    folder = console.folder()
    if not despite_rules and _rules_hold(folder):
        raise UserError(
            "rules of access hold, and SQL would see what they withhold; --despite-rules opens it for staff"
        )
    if query is not None:
        _answer(console, folder, query, as_csv=as_csv)
        return
    file = _write(folder)
    if write_only:
        console.emit({"metadata": str(file)}) if console.as_json else console.write(str(file))
        return
    if importlib.util.find_spec("datasette") is None:
        raise UserError(
            f"Datasette is not installed: pip install 'tearsheet[sql]' (metadata is written: {file})"
        )
    address = f"http://127.0.0.1:{port}/"
    console.emit({"url": address}) if console.as_json else console.write(address)
    console.say("Open this address in a browser. Ctrl-C ends it.")
    arguments = [str(folder.index), "--metadata", str(file), "--host", "127.0.0.1", "--port", str(port)]
    settings = {
        "sql_time_limit_ms": _SECONDS * 1000,
        "allow_download": "off",
        "max_returned_rows": 5000,
        "allow_facet": "on",
    }
    arguments += ["--plugins-dir", str(_write_plugin(folder))]
    for name, value in settings.items():
        arguments += ["--setting", name, str(value)]
    try:
        done = subprocess.run([sys.executable, "-m", "datasette", "serve", *arguments], check=False)  # noqa: S603  (our own arguments)
    except KeyboardInterrupt:
        return
    if done.returncode:
        raise UserError(f"Datasette ended with {done.returncode}; its words stand above")


def _answer(console: Console, folder: ArchiveFolder, query: str, *, as_csv: bool) -> None:
    columns, *rows = ask(folder.index, query)
    if as_csv:
        write_csv([str(name) for name in columns], rows)
    elif columns:
        console.table([str(name) for name in columns], rows)


def _rules_hold(folder: ArchiveFolder) -> bool:
    if not folder.operator.is_file():
        return False
    with OperatorData(folder.operator, read_only=True) as decided:
        return bool(decided.rules())


def _write(folder: ArchiveFolder) -> Path:
    file = folder.path / "datasette.json"
    file.write_text(json.dumps(metadata(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return file


def _write_plugin(folder: ArchiveFolder) -> Path:
    """Write the plugin by which Datasette knows the SQL function *fold*, with which the full text is made."""
    plugins = folder.path / "datasette-plugins"
    plugins.mkdir(exist_ok=True)
    (plugins / "tearsheet_fold.py").write_text(_PLUGIN, encoding="utf-8")
    return plugins
