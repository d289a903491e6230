"""Letters as full-text search compares them: one spelling for what readers write in several ways."""

from __future__ import annotations

import re
import unicodedata

FOLD_VERSION = "1"
"""Raise it whenever fold() answers differently: indexes made with another version are rebuilt when opened."""

_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489"  # Latin, Greek and Cyrillic accents
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0640"  # Arabic marks, tatweel
    "\u00ad\u200b-\u200f\u2060\ufeff]"  # soft hyphen, joiners, direction marks
)
_HEBREW_ABBREVIATION = re.compile(
    "[\"'\u05f3\u05f4\u2018\u2019\u201c\u201d](?<=[\u05d0-\u05ea].)(?=[\u05d0-\u05ea])"
)
_APOSTROPHE = re.compile(r"['\u2019\u02bc](?<=\w.)(?=\w)")
"""Both begin with the sign: begun with what stands before it, each letter is tried, at three times the cost."""
UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3005\u3007\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # Japanese, Chinese
    "\uac00-\ud7a3\U00020000-\U0003ffff"  # Korean syllables, rare Chinese characters
)
_VOWEL_SIGNS = "[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd]"
"""Thai and Lao signs that belong to the letter before them."""
_HAS_UNSPACED, _HAS_SIGNS = re.compile(f"[{UNSPACED}]"), re.compile(_VOWEL_SIGNS)
_UNSPACED_CHARACTER = re.compile(f"([{UNSPACED}]{_VOWEL_SIGNS}*)")
_LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th",
        "ة": "ه", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ٱ": "ا", "ە": "ه", "ہ": "ه",
        **{chr(0x0660 + digit): str(digit) for digit in range(10)},
        **{chr(0x06F0 + digit): str(digit) for digit in range(10)},
    }
)  # fmt: skip
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
_UMLAUT = re.compile("[äöüåøÄÖÜÅØ]")


class _Letters(dict[str, str]):
    """Each letter as it is compared, found out when it is met first."""

    def __missing__(self, letter: str) -> str:
        plain = _MARKS.sub("", unicodedata.normalize("NFKD", letter))
        self[letter] = unicodedata.normalize("NFC", plain).translate(_LETTERS)
        return self[letter]


class _Apart(dict[int, str]):
    """Each code point with blanks around it where it is of a script that writes none."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        self[code] = f" {letter} " if _HAS_UNSPACED.match(letter) else letter
        return self[code]


_PLAIN_LETTERS, _SET_APART = _Letters(), _Apart()


def fold(text: str | None) -> str | None:
    """Return *text* in lower case, without the marks and variants that readers leave out or write differently.

    Accents, Hebrew points, Arabic vowels, tatweel and hamza seats, Russian ё and German ß are evened out; scripts that
    write no spaces are cut into single characters, so that a word of any length is a phrase of them. None stays None.

    >>> fold("Straße, Élysée, ещё, مُحَمَّد, שָׁלוֹם, צה״ל")
    'strasse, elysee, еще, محمد, שלום, צהל'
    >>> fold("北京の天気")
    '北 京 の 天 気'
    """
    if not text:
        return text
    text = text.lower()
    if not text.isascii():
        for letter in set(text):
            if (plain := _PLAIN_LETTERS[letter]) != letter:
                text = text.replace(letter, plain)
        text = unicodedata.normalize("NFC", text)
        if _HAS_UNSPACED.search(text):
            text = _set_apart(text)
        text = " ".join(filter(None, text.split(" "))).strip()
        text = _HEBREW_ABBREVIATION.sub("", text)
    return _APOSTROPHE.sub("", text)


def _set_apart(text: str) -> str:
    """Return *text* with blanks around every character of scripts that write none."""
    if _HAS_SIGNS.search(text):
        return _UNSPACED_CHARACTER.sub(r" \1 ", text)
    return text.translate(_SET_APART)


def umlaut_spellings(text: str) -> str:
    """Return the words of *text* that hold umlauts as they are written without: ``Müller`` gives ``mueller``.

    Each word once, sorted, separated by spaces; empty when there is none.

    >>> umlaut_spellings("Müller und Müller aus Köln")
    'koeln mueller'
    """
    if text.isascii():
        return ""
    text = unicodedata.normalize("NFC", text)
    if not _UMLAUT.search(text):
        return ""
    words = filter(_UMLAUT.search, set(re.findall(r"\w+", text)))
    return " ".join(sorted({word.lower().translate(_UMLAUTS) for word in words}))
