"""Until when a live blog says that it goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.fields.dates import candidate

if TYPE_CHECKING:
    from crawler.extraction.document import Document


def read_coverage_end(document: Document) -> str | None:
    """Return the end of coverage (schema.org coverageEndTime), ISO 8601; None where the page gives none that can be read."""
    for article in document.structured:
        found = candidate(document, article.coverage_end, article.source)
        if found is not None:
            return found.moment.iso
    return None
