"""Single lines in JSON, and what they say: what ``tearsheet credits parse`` answers with."""

from __future__ import annotations

import json
from typing import Any

from crawler.extraction.credits.reading import read_credits

EXPECTED = 'a JSON object with "id", "raw" and "where"'


def read_line(line: bytes) -> dict[str, Any]:
    """Return what one JSON line ``{"id", "raw", "where", "lang"}`` says; an ``error`` when it is none. Never raises."""
    try:
        entry = json.loads(line, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"not a line of JSON: {error}"}
    if not isinstance(entry, dict):
        return {"id": None, "error": f"not {EXPECTED}"}
    try:
        return answer(entry)
    except Exception as error:  # noqa: BLE001  (one line must not end the others)
        return {"id": entry.get("id"), "error": f"{type(error).__name__}: {error}"}


def answer(entry: dict[str, Any]) -> dict[str, Any]:
    """Return what the words ``raw`` say that stand at the place ``where``, in the form that the scorer reads."""
    identifier, raw, where = entry.get("id"), entry.get("raw"), entry.get("where", "byline")
    if not isinstance(raw, str) or not isinstance(where, str):
        return {"id": identifier, "error": f'"{"where" if isinstance(raw, str) else "raw"}" is not a text'}
    language = entry.get("lang")
    reading = read_credits(raw, where, language=language if isinstance(language, str) else None)
    return {
        "id": identifier,
        "credits": [
            {"name": c.name, "kind": c.kind, "role": c.role, "agency": c.agency, "raw": c.raw}
            for c in reading.credits
        ],
        "dateline": [{"place": place} for place in reading.dateline],
        "archive": reading.archive,
    }


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")  # Python's own reader takes NaN and Infinity
