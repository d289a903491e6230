"""Copyright lines: "© 2024 The Associated Press. All rights reserved."."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.extraction.credits.noise import without_noise
from crawler.extraction.credits.party import Setting, read_parties
from crawler.extraction.text import squash

if TYPE_CHECKING:
    from archive.model import Credit

_OPENING = re.compile(
    r"^\W*(?:copyright|©|\(c\)|&copy;|copr\.?)[\s:©]*(?:\(c\))?\s*(?:by\s+)?(?:\d{4}(?:\s*[-–]\s*\d{2,4})?[\s,.]*)?(?:by\s+)?",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\.\s+(?=[A-Z])|\s[-–|]\s|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos reservados|tutti i diritti riservati|riproduzione riservata|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены",
    re.IGNORECASE,
)


def opens_with_copyright(text: str) -> bool:
    """Return whether a line begins with the sign of copyright, or the word."""
    return _OPENING.match(text) is not None


def read_copyright_line(text: str, setting: Setting) -> list[Credit]:
    """Return the holders of the copyright that a line names: agencies, outlets, persons."""
    holder = _REST.split(_OPENING.sub("", text), maxsplit=1)[0]
    here = replace(setting, role="copyright", agency_role="copyright", loose=True)
    return [
        replace(c, role="copyright")
        for c in read_parties(squash(without_noise(holder).replace("|", " ")), here).credits
        if c.kind not in {"other", "staff"}
    ]
