"""RIS: for EndNote, Zotero, Citavi and other reference managers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from archive.export.citation import Citation, cite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write a record for each of *articles* to *out*, lines ended by CRLF as the format wants; return how many."""
    count = 0
    for article in articles:
        count += 1
        out.write("".join(f"{tag}  - {value}\r\n" for tag, value in _lines(cite(article))) + "\r\n")
    return count


def _lines(citation: Citation) -> list[tuple[str, str]]:
    """Return tag and value of each line; TY is the first, ER the last (RIS specification of Research Info Systems)."""
    authors = [f"{name.family}, {name.given}" if name.given else name.family for name in citation.authors]
    year, month, day = (*citation.date, 0, 0, 0)[:3]
    fields = [
        ("ID", citation.key),
        *(("AU", author) for author in authors),
        ("TI", citation.title),
        ("T2", citation.container),
        ("SE", citation.section),
        ("PY", str(year or "")),
        ("DA", "/".join(f"{part:02}" if part else "" for part in (year, month, day)) if year else ""),
        ("AB", citation.abstract),
        ("LA", citation.language),
        *(("KW", tag) for tag in citation.tags),
        ("UR", citation.url),
        ("Y2", f"{citation.captured_at:%Y/%m/%d}"),
        ("N1", citation.note),
    ]
    return [("TY", "NEWS"), *((tag, value) for tag, value in fields if value), ("ER", "")]
