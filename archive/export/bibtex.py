"""BibTeX: for LaTeX and for JabRef, Zotero and other reference managers.

Entries are of type misc, which BibTeX and biblatex both know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from archive.export.citation import Citation, Name, cite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle

_SPECIAL = str.maketrans(
    {character: f"\\{character}" for character in "&%$#_{}"}
    | {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
)
_IN_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write an entry for each of *articles* to *out*; return how many."""
    count = 0
    for article in articles:
        count += 1
        out.write(_entry(cite(article)))
    return count


def _entry(citation: Citation) -> str:
    year, month, *_ = (*citation.date, 0, 0)
    day = "-".join(f"{part:02}" for part in citation.date)
    fields = {
        "author": " and ".join(map(_author, citation.authors)),
        "title": f"{{{_escaped(citation.title)}}}",
        "howpublished": _escaped(", ".join(filter(None, [citation.container, day]))),
        "year": str(year or ""),
        "month": str(month or ""),
        "url": citation.url.translate(_IN_URL),
        "urldate": f"{citation.captured_at:%Y-%m-%d}",
        "langid": _escaped(citation.language),
        "note": _escaped(citation.note),
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@misc{{{citation.key},\n{lines}}}\n\n"


def _author(name: Name) -> str:
    if name.given:
        return f"{_escaped(name.family)}, {_escaped(name.given)}"
    return f"{{{_escaped(name.family)}}}"


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)
