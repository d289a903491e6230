"""CSV (RFC 4180, UTF-8): one row for each article; for spreadsheets and statistics.

Lists are joined by semicolons. A cell that a spreadsheet would run as a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, TextIO

from archive.export.values import article_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle

NAME = "csv"
COLUMNS = (
    "id", "url", "site", "publisher", "headline", "standfirst", "byline", "authors", "staff", "agencies", "contributors",
    "credits", "image_credits", "dateline", "date_published", "date_modified", "section", "tags", "language", "page_type",
    "paywalled", "corrections", "version_count", "first_captured_at", "last_captured_at", "gone_at", "redirected_to", "body",
)  # fmt: skip
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""OWASP, CSV Injection."""


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write a header and a row for each of *articles* to *out*, lines ended by CRLF; return how many articles."""
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    count = 0
    for article in articles:
        count += 1
        values = article_values(article)
        rows.writerow([_cell(values[name]) for name in COLUMNS])
    return count


def _cell(value: object) -> str | int:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, int):
        return value
    return spreadsheet_text(_words(value))


def spreadsheet_text(text: str) -> str:
    """Return *text* with an apostrophe in front where a spreadsheet would run it as a formula.

    >>> spreadsheet_text("=1+1"), spreadsheet_text("One")
    ("'=1+1", 'One')
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _words(value: object) -> str:
    """Return *value* as one text; of credits name and role, of places the place.

    >>> _words([{"name": "Mara Ellison", "role": "editor", "kind": "person"}, {"place": "LISBON"}, "wire"])
    'Mara Ellison (editor); LISBON; wire'
    """
    if isinstance(value, list):
        return "; ".join(map(_words, value))
    if isinstance(value, dict):
        name, role = value.get("name") or value.get("place"), value.get("role")
        return f"{name} ({role})" if role else str(name)
    return "" if value is None else str(value)
