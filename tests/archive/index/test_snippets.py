from __future__ import annotations

import pytest

from archive.index.query import parse
from archive.index.snippets import MARK_OFF, MARK_ON, snippet


def shown(query, *texts):
    """Return the snippet of *query* with what was found in square brackets."""
    columns = ("body", "standfirst", "captions", "credits", "headline")
    found = snippet(zip(columns, texts, strict=False), parse(query).words)
    return found and found.replace(MARK_ON, "[").replace(MARK_OFF, "]")


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("storm", "The Storm came.", "The [Storm] came."),
        ("strasse", "Die Straße ist zu.", "Die [Straße] ist zu."),
        ("mueller muller", "Für Müller.", "Für [Müller]."),
        ("fahr*", "Jürgen fährt.", "Jürgen [fährt]."),
        ('"sea wall"', "The sea, the sea wall held.", "The sea, the [sea wall] held."),
        ('"sea wal"*', "The sea walls held.", "The [sea walls] held."),
        ("NEAR(sea held, 4)", "The sea wall held.", "The [sea] wall [held]."),
        ("北京", "東京と北京は晴れ。", "東京と[北京]は晴れ。"),
        ("京", "東京と北京は晴れ。", "東[京]と北[京]は晴れ。"),
        ("서울", "오늘 서울에서 열린다.", "오늘 [서울]에서 열린다."),
        ('צה"ל', "דובר צה״ל הודיע", "דובר [צה״ל] הודיע"),
        ("שלום", "אמר שָׁלוֹם לכולם", "אמר [שָׁלוֹם] לכולם"),
        ("محمد", "قال مُحَمَّد اليوم", "قال [مُحَمَّد] اليوم"),
        ("еще", "Он ещё здесь", "Он [ещё] здесь"),
        ("हिन्दी", "यह हिन्दी है।", "यह [हिन्दी] है।"),
        ("o'brien", "Mr O’Brien left.", "Mr [O’Brien] left."),
        ("covid-19", "The COVID-19 rules.", "The [COVID-19] rules."),
        ("storm -harbour", "Storm in the harbour.", "[Storm] in the harbour."),
    ],
)
def test_what_was_found_is_marked_in_the_letters_of_the_page(query, text, marked):
    assert shown(query, text) == marked


def test_the_place_where_most_words_stand_together_is_shown():
    filling = " ".join(["word"] * 60)
    text = f"Storm. {filling} the storm took the ferry {filling} ferry."
    assert "the [storm] took the [ferry] word" in shown("storm ferry", text)
    assert shown("storm ferry", text).startswith("… ")
    assert shown("storm ferry", text).endswith(" …")


def test_another_text_is_shown_where_more_of_the_words_stand():
    assert shown("storm ferry", "A storm.", "Storm stops ferry.") == "[Storm] stops [ferry]."


def test_a_field_is_looked_for_in_its_own_text_only():
    assert shown("credit:prado", "Prado is a museum.", None, None, "By Ana Prado") == "By Ana [Prado]"


def test_nothing_is_shown_where_nothing_was_looked_for_or_stands():
    assert shown("site:herald.example", "Storm") is None
    assert shown("ferry", "Storm") is None


def test_marks_that_a_page_brings_itself_are_no_marks():
    assert shown("storm", f"A{MARK_ON}storm{MARK_OFF} and {MARK_ON}more") == "A [storm] and more"
