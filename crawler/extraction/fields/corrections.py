"""What the newsroom says about its own text: corrections, clarifications, updates, retractions, notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model import Notice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document

_NOUNS = {
    "retraction": "retraction rückzug retractación retractação rétractation ritrattazione 撤回 記事取り消し",
    "clarification": (
        "clarification clarifications klarstellung aclaración esclarecimento precisazione wyjaśnienie verduidelijking förtydligande "
        "præcisering presisering tarkennus уточнение הבהרה توضيح"
    ),
    "correction": (
        "correction corrections korrektur berichtigung rectificatif correctif erratum corrección correção errata rettifica "
        "sprostowanie rectificatie correctie rettelse rättelse oikaisu düzeltme исправление 訂正 更正 תיקון تصحيح"
    ),
    "update": (
        "update updates updated aktualisierung actualización atualização aggiornamento aktualizacja bijgewerkt opdatering oppdatering "
        "uppdatering päivitys güncelleme обновлено 追記 更新 עדכון تحديث"
    ),
}
"""Kind → words that are a notice's heading: what is behind them is a sign, a number, or *of*, *to*, *appended* and the like."""
_PHRASES = {
    "retraction": r"this (?:article|story|post|report) (?:was|has been) (?:retracted|withdrawn)",
    "clarification": r"mise au point\b",
    "correction": (
        r"this (?:article|story|post|piece) (?:was|has been) (?:amended|corrected|changed)|an earlier version of this|"
        r"(?:in )?a previous version of this|in einer (?:früheren|vorherigen|ersten) version|wir haben (?:den|die) (?:artikel|fehler|stelle)|"
        r"fe de erratas"
    ),
    "editors-note": (
        r"editor(?:'|’)?s?(?:'|’)? note|anmerkung der redaktion|anm\. d\. red|hinweis der redaktion|note de la rédaction|nota del editor|"
        r"nota da redação|nota della redazione|noot van de redactie|od redakcji|toim\. huom|от редакции|編集部注|编者按|編者按|הערת המערכת"
    ),
    "update": (
        r"this (?:article|story|post|piece|report) (?:was|has been) updated|mise à jour(?=\s*[:(])|"
        r"dieser (?:artikel|text|beitrag) (?:wurde|wird) (?:laufend )?aktualisiert"
    ),
}
"""Kind → how such a notice begins otherwise."""
_BEHIND = (
    r"(?=\s*(?:$|[^\w\s]|\d)|\s+(?:of|to|on|at|appended|added|issued|vom|am|zu|du|de|del|della|z|av|от)\b)"
)
_KINDS = ("retraction", "clarification", "correction", "editors-note", "update")


def _begins(kind: str) -> str:
    nouns = "|".join(_NOUNS.get(kind, "").split())
    return "|".join(filter(None, [f"(?:{nouns}){_BEHIND}" if nouns else "", _PHRASES.get(kind, "")]))


_BEGINS = re.compile(
    r"^\W*(?:" + "|".join(f"(?P<k{n}>{_begins(kind)})" for n, kind in enumerate(_KINDS)) + r")", re.IGNORECASE
)
_WORDS_OF_UPDATE = re.compile(
    r"^\W*this \w+ (?:was|has been) updated\b.{0,80}\b(?:correct|error|mistake|misstat)", re.IGNORECASE
)
MAX_NOTICE = 1_200


def notice_kind(text: str) -> str | None:
    """Return which kind of notice *text* is by how it begins; None for other text.

    >>> notice_kind("Correction: it was a Thursday."), notice_kind("Update, 4 p.m.: three more."), notice_kind("Update your browser")
    ('correction', 'update', None)
    """
    match = _BEGINS.match(text)
    if match is None:
        return None
    if _WORDS_OF_UPDATE.match(text):
        return "correction"
    return next(kind for n, kind in enumerate(_KINDS) if match[f"k{n}"])


def read_notices(document: Document, paragraphs: Sequence[str]) -> tuple[Notice, ...]:
    """Return the notices among the article's paragraphs, in boxes named so, and in the structured data; verbatim."""
    found = {text: kind for text in paragraphs if len(text) <= MAX_NOTICE and (kind := notice_kind(text))}
    if any("correction" in box.hints for box in document.outline.boxes):
        found |= {
            block.text: notice_kind(block.text) or ""
            for block in document.outline.blocks
            if _is_notice_box(block)
        }
    for article in document.structured:
        if article.correction:
            found.setdefault(article.correction, notice_kind(article.correction) or "correction")
    return tuple(Notice(kind=kind, words=words) for words, kind in found.items())


def _is_notice_box(block: Block) -> bool:
    named = any("correction" in box.hints for box in block.box.ancestors()[:3])
    return named and 20 < len(block.text) <= MAX_NOTICE and notice_kind(block.text) is not None
