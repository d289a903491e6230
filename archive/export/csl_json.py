"""CSL-JSON: one array of items; for Zotero, pandoc and citation processors."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from archive.export.citation import Citation, Name, cite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write *articles* to *out* as one JSON array, an item per line; return how many."""
    count = 0
    out.write("[")
    for article in articles:
        out.write(",\n" if count else "\n")
        out.write(json.dumps(_item(cite(article)), ensure_ascii=False))
        count += 1
    out.write("\n]\n")
    return count


def _item(citation: Citation) -> dict[str, Any]:
    captured = citation.captured_at
    item = {
        "id": citation.key,
        "type": "article-newspaper",
        "title": citation.title,
        "author": [_author(name) for name in citation.authors],
        "container-title": citation.container,
        "section": citation.section,
        "issued": {"date-parts": [list(citation.date)]} if citation.date else None,
        "accessed": {"date-parts": [[captured.year, captured.month, captured.day]]},
        "URL": citation.url,
        "language": citation.language,
        "abstract": citation.abstract,
        "keyword": ", ".join(citation.tags),
        "note": citation.note,
    }
    return {name: value for name, value in item.items() if value}


def _author(name: Name) -> dict[str, str]:
    if name.is_person and name.given:
        return {"family": name.family, "given": name.given}
    return {"literal": name.family}
