"""The line that says whose the page is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.extraction.document import Document

_NOTICE = re.compile(
    r"(?:©|\(c\)\s?\d{4}|\bcopyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|riproduzione riservata)",
    re.IGNORECASE,
)
MAX_NOTICE = 300


def read_copyright(document: Document) -> str | None:
    """Return the page's last copyright notice, verbatim, or the meta tag's; None when there is none."""
    for block in reversed(document.outline.blocks):
        if len(block.text) <= MAX_NOTICE and _NOTICE.search(block.text):
            return block.text
    return document.meta.first("copyright", "dc.rights", "dcterms.rights")
