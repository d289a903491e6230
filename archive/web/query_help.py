"""The query language explained beside the field: the table of archive/index/QUERY.md, which says it once for all."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from markupsafe import Markup, escape

_CODE = re.compile(r"`([^`]+)`")


@cache
def rows_of_help() -> tuple[tuple[Markup, Markup], ...]:
    """Return what one may write, and what it finds."""
    text = resources.files("archive.index").joinpath("QUERY.md").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return tuple((_with_code(row[0]), _with_code(row[1])) for row in cells if len(row) == 2)


def _with_code(cell: str) -> Markup:
    parts = _CODE.split(cell)
    marked = (
        Markup("<code>{}</code>").format(part) if at % 2 else escape(part) for at, part in enumerate(parts)
    )
    return Markup("").join(marked)
