"""``python -m crawler.extraction.credits.lines < lines.jsonl``: credits of single lines, for trying and scoring."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from crawler.extraction.credits.reading import read_credits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def read_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield for every JSON line ``{"id", "raw", "where", "lang"}`` one with its credits, dateline and archive flag.

    Raises ValueError for a line that is no JSON object.
    """
    for line in lines:
        if line.strip():
            yield json.dumps(answer(json.loads(line)), ensure_ascii=False)


def answer(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what one line says, in the form that the scorer reads."""
    reading = read_credits(
        str(entry.get("raw") or ""), str(entry.get("where") or "byline"), language=entry.get("lang")
    )
    return {
        "id": entry.get("id"),
        "credits": [
            {"name": c.name, "kind": c.kind, "role": c.role, "agency": c.agency, "raw": c.raw}
            for c in reading.credits
        ],
        "dateline": [{"place": place} for place in reading.dateline],
        "archive": reading.archive,
    }


if __name__ == "__main__":
    for out in read_lines(sys.stdin):
        sys.stdout.write(out + "\n")
