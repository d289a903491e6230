"""Plain text out of what pages hold: whitespace, markup inside strings, comparison keys."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from bs4 import BeautifulSoup

MAX_FRAGMENT = 20_000
"""Characters of markup that BeautifulSoup is given at most: about 3 ms."""

_SPACES = re.compile(r"[\s\u00a0\u200b\u2028\u2029\ufeff]+")
_HTML_SPACES = ("\n", "\t", "\r", "\f", "\v", "\u200b", "\u2028", "\u2029", "\ufeff")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]{0,2000}>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_FORMAT_MARKS = re.compile(
    "[\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
"""The characters of Unicode's category Cf that occur in text: soft hyphens, joiners, marks of direction."""
KEPT_FOLDS = 1_000
"""Characters up to which a folded text is kept: the same lines are compared by several fields."""
_ASCII_SIGNS = {code: None for code in range(128) if not chr(code).isalnum()}
_NOT_WORD = re.compile(r"[\W_]+")
_NARROW_ROWS = bytes((*range(0x2E), *range(0xD8, 0xE0)))
"""First bytes, in UTF-16, of the characters before the East Asian ones, and of halves of characters."""


def squash(text: str | None) -> str:
    r"""Return *text* with every run of white space as one space, none at the ends.

    >>> squash(" a\u00a0\n b ")
    'a b'
    """
    if not text:
        return ""
    if text.isascii() or not ("\u200b" in text or "\ufeff" in text):
        return " ".join(text.split())
    return _SPACES.sub(" ", text).strip()


def collapse(text: str) -> str:
    r"""Return *text* with the white space of HTML collapsed as browsers do; no-break spaces stay where a writer put them.

    >>> collapse(" 10\u00a0km \n away ")
    '10\xa0km away'
    """
    if text.isascii():
        return " ".join(text.split())
    for space in _HTML_SPACES:  # a search for each is faster than one pattern that stops at every space
        if space in text:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip()


def script_weight(text: str) -> float:
    """Return the length of *text* in characters, those of Chinese, Japanese and Korean counted as three.

    >>> script_weight("naïve"), script_weight("漢字")
    (5.0, 6.0)
    """
    if text.isascii():
        return float(len(text))
    wide = text.encode("utf-16-be", "surrogatepass")[::2].translate(None, _NARROW_ROWS)
    return float(len(text) + 2 * len(wide))


def plain(text: str | None) -> str:
    """Return *text* without markup and character references, white space collapsed.

    Publishers put HTML into JSON-LD and meta tags, also twice escaped; BeautifulSoup reads such
    fragments because they are often cut in the middle of a tag.

    >>> plain("Rock &amp;amp; <b>Roll</b>")
    'Rock & Roll'
    """
    if not text:
        return ""
    return _plain_once(text) if len(text) < KEPT_FOLDS else _plain(text)


def _plain(text: str) -> str:
    for _ in range(2):
        if not _ENTITY.search(text):
            break
        text = html.unescape(text)
    if _TAG.search(text):
        text = BeautifulSoup(text[:MAX_FRAGMENT], "lxml").get_text(" ")
    return squash(text)


def fold(text: str | None) -> str:
    """Return *text* for comparison: compatibility form, case folded, letters and digits only.

    >>> fold("“Tatort” – Köln!") == fold('"TATORT" - Köln')
    True
    """
    if not text:
        return ""
    return _fold_once(text) if len(text) < KEPT_FOLDS else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower().translate(_ASCII_SIGNS)
    text = _FORMAT_MARKS.sub("", unicodedata.normalize("NFKC", text))
    return _NOT_WORD.sub("", "".join(text.casefold().split()))  # splitting leaves the pattern little to do


_fold_once = lru_cache(maxsize=20_000)(_fold)
_plain_once = lru_cache(maxsize=2_000)(_plain)
