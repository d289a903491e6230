"""Correction and clarification notices."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document

_NOTICE = re.compile(
    r"^\W*(?:correction|corrections|clarification|editor(?:'|’)?s?(?:'|’)? note|this (?:article|story|post|piece) (?:was|has been) (?:amended|corrected|updated|changed)|an earlier version of this|(?:in )?a previous version of this|"
    r"korrektur|berichtigung|anmerkung der redaktion|anm\. d\. red|in einer (?:früheren|vorherigen|ersten) version|hinweis der redaktion|wir haben (?:den|die) (?:artikel|fehler|stelle)|"
    r"rectificatif|correctif|erratum|note de la rédaction|fe de erratas|nota del editor|corrección|correção|errata|nota da redação|rettifica|precisazione|sprostowanie|rectificatie|correctie|rettelse|rättelse|oikaisu|düzeltme|исправление|уточнение|訂正|更正|תיקון|تصحيح)\b",
    re.IGNORECASE,
)
MAX_NOTICE = 1_200


def read_corrections(document: Document, paragraphs: Sequence[str]) -> tuple[str, ...]:
    """Return the notices among the article's paragraphs, in boxes named so, and in the structured data; verbatim."""
    found = [text for text in paragraphs if len(text) <= MAX_NOTICE and _NOTICE.match(text)]
    if any("correction" in box.hints for box in document.outline.boxes):
        found += [block.text for block in document.outline.blocks if _is_notice_box(block)]
    found += [article.correction for article in document.structured if article.correction]
    return tuple(dict.fromkeys(found))


def _is_notice_box(block: Block) -> bool:
    named = any("correction" in box.hints for box in block.box.ancestors()[:3])
    return named and 20 < len(block.text) <= MAX_NOTICE and _NOTICE.match(block.text) is not None
