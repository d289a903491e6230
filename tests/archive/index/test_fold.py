"""Letters as they are compared."""

from __future__ import annotations

import random
import unicodedata

import pytest

from archive.index.fold import fold

_LETTERS = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]


def test_what_is_folded_once_stays_but_for_capitals_that_only_folding_brings_out():
    assert [letter for letter in _LETTERS if fold(once := fold(letter) or "") != once.lower()] == [
        "ᴭ"  # a raised Æ, whose small letter is folded to two
    ]


def test_a_text_is_folded_as_its_letters_are():
    chance = random.Random(7)
    for _ in range(2000):
        letters = [chance.choice(_LETTERS) for _ in range(6)]
        apart = unicodedata.normalize("NFC", "\n".join(fold(letter) or "" for letter in letters))
        assert (fold("\n".join(letters)) or "").split() == apart.split()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("が", "か\u3099"),  # composed only after the marks of the letter before are looked at
        ("ｶﾞ", "ガ"),
        ("각", "각"),
        ("O’Hara's", "OHaras"),
        ("צה״ל", "צהל"),
        ("น้ำ 北京", "น้ํา 北 京"),
        ("ÅÄÖ  É", "aao e"),
    ],
)
def test_spellings_that_readers_mix_are_one(text: str, folded: str):
    assert fold(text) == fold(folded)
