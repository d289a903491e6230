"""Open the index in Datasette: tables, views, full text and ready questions in SQL"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import click

from archive.errors import UserError
from archive.index.operator_data import OperatorData
from archive.index.workbench import metadata

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
def command(console: Console, *, port: int, write_only: bool, despite_rules: bool) -> None:
    r"""Open the index for questions in SQL, read-only, at this machine's own address, until Ctrl-C.

    Datasette is an extra of its own: pip install 'tearsheet[sql]'. It knows the tables by their words, offers the
    questions of SCHEMA.md ready to ask, and searches the full text. Rules of access cannot be enforced in SQL that anyone
    may write; where some hold, it opens with --despite-rules only, and is for staff.

    \b
    Example:
      tearsheet sql
      tearsheet sql --port 8001
      tearsheet sql --write-only
    """
    folder = console.folder()
    if not despite_rules and _rules_hold(folder):
        raise UserError(
            "rules of access hold, and SQL would see what they withhold; --despite-rules opens it for staff"
        )
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
