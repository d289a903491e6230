"""Dates, times, addresses and handles that stand between credits: blanked, so that places in the line stay."""

from __future__ import annotations

import re

_MONTHS = (
    "jan(?:uary|uar|vier|eiro)?|jän(?:ner)?|feb(?:ruary|ruar|rero)?|févr(?:ier)?|mar(?:ch|s|zo|ço)?|märz|maart|apr(?:il|ile)?|avr(?:il)?|abr(?:il)?|may|mai|mayo|maggio|maio|mei|"
    "june?|juni|juin|junio|giu(?:gno)?|junho|july?|juli|juil(?:let)?|julio|lug(?:lio)?|julho|aug(?:ust|ustus)?|août|ago(?:sto)?|sept?(?:ember|embre|iembre|tembre)?|set(?:tembre|embro)?|"
    "oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?|nov(?:ember|embre|iembre|embro)?|dec(?:ember)?|dez(?:ember|embro)?|dic(?:iembre|embre)?|déc(?:embre)?|"
    "enero|ene|gennaio|gen|febbraio|fevereiro|fev|"
    "января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|"
    "ocak|şubat|mart|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık"
)
_DAYS = (
    "mon(?:day)?|tue(?:s|sday)?|wed(?:nesday)?|thu(?:rs|rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?|mo|di|mi|do|fr|sa|so|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
)
_PATTERNS = (
    r"https?://\S{1,300}|www\.\S{1,200}",
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}",
    r"(?<!\w)@[A-Za-z0-9_]{2,40}|(?<=[a-z])@[A-Za-z0-9_]{2,40}",
    r"\(?\+?\d{3,4}\)?[ -]\d{3}-\d{4}",
    r"\d{4}年\d{1,2}月\d{1,2}日",
    r"\b(?:on |am |le |el |il |den )?(?:(?:@DAYS@)\b\.?,?\s+)?(?:@MONTHS@)\b\.?\s+\d{1,2}(?:st|nd|rd|th)?,?(?:\s+\d{4})?\b",
    r"\b(?:on |am |le |el |il |den )?(?:(?:@DAYS@)\b\.?,?\s+)?\d{1,2}\.?(?:st|nd|rd|th)?\s+(?:de\s+)?(?:@MONTHS@)\b\.?(?:,?\s+(?:de\s+)?\d{4})?",
    r"\b(?:(?:@DAYS@)\b\.?,?\s+)?\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b",
    r"\b(?:(?:at|um|à|a las|alle|kl\.?|ore|às)\s+)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s*(?:[ap]\.?m\.?|Uhr|h|Z|(?:[A-Z]{3,4})\b))*(?:\s+[A-Z]{2,4}T\b)?",
    r"\b\d{1,2}\s*(?:[ap]\.?m\.?)\b(?:\s+[A-Z]{2,3}T\b)?",
    r"(?:\b|(?<=[a-z]))\d{1,3}\s+(?:min(?:ute)?s?|hours?|days?|weeks?|months?|years?|Minuten|Stunden|Tagen?)(?:\s+ago|\s+read)?\b",
    r"\b(?:19|20)\d{2}\b",
    r"\b(?:last )?(?:updated|published|modified|posted|aktualisiert|veröffentlicht|publié|mis à jour|actualizado|publicado el|stand|created)\b(?: (?:on|at|am|le|el|um))?(?=\s*(?::|\||$|\d))",
    r"(?<=[a-z])\|(?:Published|Updated)\b",
    r"\b(?:Follow(?: us)?(?: on)?|Twitter|Facebook|Email|Share|Print|LinkedIn|Instagram)\s*$",
    r"(?<=[a-z]{2})(?:Twitter|Facebook|Follow|Email|LinkedIn|Instagram)\b",
)
_MONTH = re.compile(_MONTHS, re.IGNORECASE)
_NOISE = re.compile(
    "|".join(f"(?:{pattern})" for pattern in _PATTERNS).replace("@DAYS@", _DAYS).replace("@MONTHS@", _MONTHS),
    re.IGNORECASE,
)


_ANY = re.compile(
    r"[\d@]|http|www|follow|twitter|facebook|email|share|print|linkedin|instagram|publi|updated|posted|created",
    re.IGNORECASE,
)


def is_month(text: str) -> bool:
    """Return whether *text* is the name of a month."""
    return bool(_MONTH.fullmatch(text))


def without_noise(text: str) -> str:
    """Return *text* of the same length with dates, times, addresses and handles blanked by bars and spaces."""
    if not _ANY.search(text):
        return text
    return _NOISE.sub(lambda m: "|" + " " * (m.end() - m.start() - 1), text)
