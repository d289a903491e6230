"""What makes a version: the fields that are compared, in a normal form, and their hashes."""

from __future__ import annotations

import json
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

from archive.index.picture import picture_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.model import Article, Credit

FIELDS = (
    "headline",
    "standfirst",
    "byline",
    "credits",
    "dateline",
    "date_published",
    "body",
    "captions",
    "corrections",
    "paywalled",
    "lead_image",
)
"""Order of the hashes in ``article_texts.field_hashes``. Left out on purpose: date_modified, links, tags, section,
image addresses — they change on pages that nobody edited. Of the lead image the part of its address counts that names
the picture (picture.py), so that a picture that was exchanged under the same caption is known."""


def field_hashes(article: Article) -> str:
    """Return one short hash per field of FIELDS, in that order, separated by spaces."""
    values: tuple[object, ...] = (
        _text(article.headline),
        _text(article.standfirst),
        _text(article.byline),
        _credits(article.credits),
        _texts(article.dateline),
        article.date_published.value if article.date_published else None,
        _texts(article.body),
        [
            [_text(image.caption), _credits(image.credits)]
            for image in article.images
            if image.caption or image.credits
        ],
        _texts(article.corrections),
        article.paywalled,
        picture_key(article.images[0].url) if article.images else None,
    )
    return " ".join(_hash(json.dumps(value, ensure_ascii=True), 6) for value in values)


def with_lead_image(hashes: str, url: str | None) -> str:
    """Return the *field_hashes* that an index of before lead images counted has kept, with the one of its lead image."""
    return f"{hashes} {_hash(json.dumps(picture_key(url)), 6)}"


def content_hash(hashes: str) -> str:
    """Return the hash of a whole text, given its *field_hashes*."""
    return _hash(hashes, 16)


def changed_fields(before: str, after: str) -> tuple[str, ...]:
    """Return the names of the fields whose hashes differ between two *field_hashes*.

    >>> changed_fields("a b c d e f g h i j k", "a X c d e f g h i Y k")
    ('standfirst', 'paywalled')
    """
    pairs = zip(FIELDS, before.split(), after.split(), strict=True)
    return tuple(name for name, old, new in pairs if old != new)


def _credits(credits_: Iterable[Credit]) -> list[list[str | None]]:
    return [[_text(credit.name), credit.role, credit.agency] for credit in credits_]


def _texts(texts: Iterable[str]) -> list[str]:
    return [kept for text in texts if (kept := _text(text))]


def _text(text: str | None) -> str | None:
    """Return *text* in NFC with blanks collapsed; None when nothing is left."""
    if not text:
        return None
    return " ".join((text if text.isascii() else unicodedata.normalize("NFC", text)).split()) or None


def _hash(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
