"""Words that mark a picture as old, symbolic or from a file: "(archive)", "FILE -", "Symbolbild"."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.tokens import key_of, tokenize
from crawler.extraction.credits.words import _lists, has_phrase, phrases, words

_FILE_FIRST = re.compile(
    r"^\W{0,3}(?:FILE|File|ARCHIVE?|Archive?|Archiv|ARCHIVO|Archivo|ARKIV|Arkiv)(?:\s+(?:photo|image|picture|foto))?\s*[-–—:.]",
    re.IGNORECASE,
)
_FILE_INSIDE = re.compile(
    r"[(\[（［/,|] ?(?:file|archiv(?:e|es|o|io|ní|ne)?|arkiv|arquivo|archief|архив)(?: (?:photo|image|picture|pic|foto))?:",
    re.IGNORECASE,
)
_OF_ANY_CAPTION = frozenset(
    [
        "photo",
        "photos",
        "photograph",
        "picture",
        "pictures",
        "image",
        "images",
        "pic",
        "pics",
        "video",
        "footage",
        "art",
        "foto",
        "fotos",
        "fotografie",
        "fotografia",
        "imagen",
        "imagem",
        "immagine",
        "bild",
        "on",
        "for",
        "only",
        "of",
        "purposes",
        "purpose",
    ]
)
MAX_MARK = 60
"""Characters: no mark is longer."""
_PIECE = re.compile(r"[()\[\]（）［］/,;|]|\s[-–—]\s")
_IN_BRACKETS = re.compile(r"\s*[(\[（［]([^()\[\]（）［］]{2,40})[)\]）］](?:\.$)?")


@lru_cache(maxsize=1)
def _telling_words() -> frozenset[str]:
    """Return a word of each mark, one without which it cannot stand; words of any caption only where there is no other."""
    marks = [
        *_lists("archive")["anywhere"],
        *_lists("archive")["item"],
        "file",
        "archive",
        "archivo",
        "arkiv",
    ]
    keys = [[token.key for token in tokenize(mark)] for mark in marks]
    return frozenset(
        next((key for key in found if key not in _OF_ANY_CAPTION), found[0]) for found in keys if found
    )


def is_archive_mark(text: str) -> bool:
    """Return whether *text* is such a mark and nothing else."""
    words_ = text.strip(" .:;-–—()[]")
    return bool(words_) and (
        key_of(words_) in words("item", "archive") or bool(phrases("anywhere", "archive").whole(words_))
    )


def has_archive_mark(text: str) -> bool:
    """Return whether a caption or picture credit says that the picture is an old or symbolic one."""
    if text.isascii() and _telling_words().isdisjoint([token.key for token in tokenize(text)]):
        return False
    for mention in reversed(agency_table().find(text)):
        text = text[: mention.start] + "-" + text[mention.end :]
    if _FILE_FIRST.match(text) or has_phrase(text, "anywhere", "archive"):
        return True
    if _FILE_INSIDE.search(text):
        return True
    pieces = (piece for piece in (*_PIECE.split(text)[1:], text) if len(piece) <= MAX_MARK)
    return any(map(is_archive_mark, pieces))


def without_mark(caption: str) -> str:
    """Return *caption* without marks in brackets and without "FILE -" before it."""
    found = _IN_BRACKETS.sub(lambda m: "" if is_archive_mark(m.group(1)) else m.group(), caption)
    return _FILE_FIRST.sub("", found, count=1).strip() or caption
