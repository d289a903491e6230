"""What every verb of the command line shares: which archive, and how to speak.

What was asked for goes to standard output, talk about it to standard error. With ``--json`` the output is one
JSON value per line and nothing else; without it, tables are drawn on a terminal, tab-separated in a pipe.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from archive.folder import ArchiveFolder, chosen_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from rich.text import Text

QUIET, NORMAL, VERBOSE = 0, 1, 2
MARK_ON, MARK_OFF = "\x01", "\x02"
"""Around words of a table's cell that a terminal shows in bold; the index's search marks what it found so."""


@dataclass(slots=True, kw_only=True)
class Console:
    """The global options of one call of ``tearsheet``; verbs get it by ``@click.pass_obj``."""

    archive: Path = field(default_factory=chosen_path)
    """The archive's folder as chosen; *folder* opens it."""
    as_json: bool = False
    verbosity: int = NORMAL

    def folder(self) -> ArchiveFolder:
        """Return the archive, which must be there. Raises *UnknownArchive*."""
        return ArchiveFolder(self.archive).open()

    def say(self, text: str) -> None:
        """Tell the user *text* on standard error; not with ``--quiet``."""
        if self.verbosity >= NORMAL:
            click.echo(text, err=True)

    def detail(self, text: str) -> None:
        """Tell the user *text* on standard error, with ``--verbose`` only."""
        if self.verbosity >= VERBOSE:
            click.echo(text, err=True)

    def emit(self, value: object) -> None:
        """Write *value* (mappings, sequences, texts, numbers) to standard output as one line of JSON."""
        sys.stdout.write(json_text(value) + "\n")
        sys.stdout.flush()

    def write(self, text: str = "") -> None:
        """Write *text* for people to standard output, without what could steer a terminal."""
        click.echo(printable(text))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
        """Write *rows* under *columns* to standard output; with ``--json`` an object for each row."""
        if self.as_json:
            names = [column.replace(" ", "_") for column in columns]
            for row in rows:
                self.emit(dict(zip(names, row, strict=True)))
        elif sys.stdout.isatty():
            _draw(columns, rows)
        else:
            for row in (columns, *rows):
                click.echo("\t".join(" ".join(_text(cell).split()) for cell in row))

    def pairs(self, values: Mapping[str, object]) -> None:
        """Write names and values below each other for people, or with ``--json`` as one object."""
        if self.as_json:
            self.emit(dict(values))
            return
        width = max(map(len, values), default=0)
        for name, value in values.items():
            click.echo(f"{name:<{width}}  {_text(value)}")


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return *value* as JSON that standard output can take without losing anything.

    All but ASCII is escaped when the output's encoding lacks a character of it. No encoding has the lone halves of
    surrogate pairs, which archived pages do contain.
    """
    text = json.dumps(value, ensure_ascii=False, default=str, indent=indent)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, default=str, indent=indent)
    return text


def printable(text: str) -> str:
    r"""Return *text* without control characters but line feed and tab: archived words are not to be trusted.

    >>> printable("a\x1b[2Jb\tc\u202ed")
    'a[2Jb\tcd'
    """
    return "".join(c for c in text if c in "\n\t" or not _steers(ord(c)))


def without_marks(text: str) -> str:
    """Return *text* without the marks around what a search found."""
    return text.replace(MARK_ON, "").replace(MARK_OFF, "")


def _steers(code: int) -> bool:
    """Return whether a character is a control, turns the direction of what follows (UAX 9), or is half of a pair."""
    is_control = code < 0x20 or 0x7F <= code < 0xA0
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return is_control or turns or 0xD800 <= code <= 0xDFFF


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(map(_text, value))
    return printable(str(value))


def _append_cell(cell: Text, value: object) -> None:
    """Write *value* into the empty *cell*; what stands between marks becomes bold."""
    words = value if isinstance(value, str) else _text(value)
    for part in words.split(MARK_ON):
        marked, mark, plain = part.rpartition(MARK_OFF)
        if mark:
            cell.append(printable(marked), style="bold")
        cell.append(printable(plain))


def _draw(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    # Imported here: rich takes a tenth of a second, which pipes and --json should not pay.
    from rich import box, console, table, text  # noqa: PLC0415

    drawn = table.Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        drawn.add_column(column, overflow="fold")
    for row in rows:
        cells = [text.Text() for _ in row]
        for cell, value in zip(cells, row, strict=True):
            _append_cell(cell, value)
        drawn.add_row(*cells)
    console.Console().print(drawn)
