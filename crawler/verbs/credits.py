"""Read credit lines: who wrote, pictured or supplied something"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from archive.verbs.console import Console

_LONGEST_LINE = 20_000_000


@click.group()
def command() -> None:
    r"""Read lines that credit people, agencies and outlets, in about thirty languages.

    \b
    Example:
      tearsheet credits parse < lines.jsonl
    """


@command.command()
@click.pass_obj
def parse(console: Console) -> None:
    r"""Read JSON lines {"id", "raw", "where", "lang"} from standard input, and write what each says as a line of JSON.

    WHERE the words stand is byline, head, tail, dateline, opening, caption, image_credit, intext, copyright, json-ld,
    meta or microdata. Each line of input gives one line of output, in order and at once:
    {"id", "credits": [{"name", "kind", "role", "agency", "raw"}], "dateline": [{"place"}], "archive"}. The words of
    pages are read by the same functions. What cannot be read gives an "error" instead, and the exit code is 0 all the same.

    \b
    Example:
      echo '{"id": 1, "raw": "Von Anna Muster, dpa", "where": "byline"}' | tearsheet credits parse
    """
    from crawler.extraction.credits.lines import read_line  # noqa: PLC0415  (word lists load when they are needed)

    lines = sys.stdin.buffer
    while line := lines.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := lines.readline(_LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            console.emit({"id": None, "error": f"a line longer than {_LONGEST_LINE:,} bytes"})
        elif line.strip():
            console.emit(read_line(line))
