"""The line that says whose the page is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.document import Document

_NOTICE = re.compile(
    r"©|\(c\)\s?\d{4}|\bcopyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|riproduzione riservata"
)
_SIGNS = ("©", "(c)", "right", "recht", "droits", "derechos", "riservata")
"""One of these stands in every notice; looking for them costs less than the pattern."""
MAX_NOTICE = 300


def read_copyright(document: Document) -> str | None:
    """Return the page's last copyright notice, verbatim, or the meta tag's; None when there is none."""
    for block in reversed(document.outline.blocks):
        if len(block.text) <= MAX_NOTICE:
            text = block.text.lower()
            if any(sign in text for sign in _SIGNS) and _NOTICE.search(text):
                return block.text
    return document.meta.first("copyright", "dc.rights", "dcterms.rights")
