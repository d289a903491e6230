"""JSON lines: one object for each article, with everything; for programs.

The fields are those of ``tearsheet extract``, and what the index knows besides (``values``).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TextIO

from archive.export.values import article_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write *articles* to *out*, one JSON object per line; return how many."""
    count = 0
    for article in articles:
        count += 1
        out.write(json.dumps(article_values(article), ensure_ascii=False) + "\n")
    return count
