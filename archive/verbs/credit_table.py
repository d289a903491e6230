"""Writes credits out: one by one, or counted; as a table, JSON lines or CSV."""

from __future__ import annotations

import csv
import dataclasses
import sys
from typing import TYPE_CHECKING

from archive.export.csv_table import spreadsheet_text
from archive.index.reading_room import reading_room
from archive.verbs.console import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.index.credit_lists import CreditLine, CreditQuery
    from archive.verbs.console import Console

_COLUMNS = ("date", "outlet", "who", "kind", "role", "words", "where", "headline", "url")


def show_credits(
    console: Console, query: CreditQuery, *, by: Sequence[str], limit: int | None, as_csv: bool
) -> None:
    """Write the credits that *query* asks for; with *by*, how many there are of each combination of these values."""
    with reading_room(console.folder()) as index:
        articles, total = index.count_credits(query)
        if by:
            counts = index.credit_counts(query, by, limit=limit)
            rows: list[Sequence[object]] = [(*one.values, one.articles, one.credits) for one in counts]
            shown, columns = len(rows), (*by, "articles", "credits")
        else:
            lines = index.credit_lines(query, limit=limit)
            rows = [_row(line) for line in lines]
            shown, columns = len(rows), _COLUMNS
            if console.as_json and not as_csv:
                for line in lines:
                    console.emit(dataclasses.asdict(line))
    if as_csv:
        write_csv(columns, rows)
    elif by or not console.as_json:
        console.table(columns, rows)
    more = "" if shown < (limit or shown + 1) else f"; the first {shown} lines are shown (more: --limit)"
    console.say(f"{total} credits in {articles} articles{more}.")


def write_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write CSV (RFC 4180) to standard output; what a spreadsheet would take for a formula gets an apostrophe."""
    writer = csv.writer(sys.stdout, lineterminator="\r\n")
    writer.writerow(column.replace(" ", "_").replace("-", "_") for column in columns)
    writer.writerows([_plain(cell) for cell in row] for row in rows)


def _row(line: CreditLine) -> tuple[object, ...]:
    where = line.found_in if line.picture is None else f"{line.found_in}, picture {line.picture + 1}"
    who = line.agency or line.party
    return (
        line.published_on, line.site, who, line.kind, line.role, line.raw, where, line.headline, line.url,
    )  # fmt: skip


def _plain(cell: object) -> str:
    return spreadsheet_text("" if cell is None else printable(str(cell)))
