"""Each credit keeps the words that it was read from, and no others."""

import pytest

from crawler.extraction.credits.page import split_caption, split_tail
from crawler.extraction.credits.reading import read_credits


@pytest.mark.parametrize(
    ("where", "line", "words"),
    [
        ("byline", "By Ann Lee and Bo Ray, Reuters", ["By Ann Lee", "By Ann Lee and Bo Ray", "Reuters"]),
        ("byline", "Von Anna Muster, dpa", ["Von Anna Muster", "dpa"]),
        ("byline", "Text: Anna Muster | Fotos: Anna Muster", ["Text: Anna Muster", "Fotos: Anna Muster"]),
        ("byline", "BY JANE DOE", ["BY JANE DOE"]),
        ("byline", "Doe, Jane", ["Doe, Jane"]),
        ("tail", "Reporting by Ann Lee in Rome; Editing by Bo Ray", ["Reporting by Ann Lee in Rome", "Editing by Bo Ray"]),
        ("tail", "AFP contributed to this report.", ["AFP contributed to this report."]),
        ("tail", "The wall held through the night. (APA/dpa)", ["APA", "dpa"]),
        ("dateline", "LONDON (Reuters) - The wall held", ["Reuters"]),
        ("image_credit", "Photo: Jane Doe/AFP via Getty Images",
         ["Photo: Jane Doe", "Photo: Jane Doe/AFP", "Photo: Jane Doe/AFP via Getty Images"]),
        ("image_credit", "[사진=MBC, SBS]", ["사진=MBC", "[사진=MBC, SBS]"]),
        ("caption", "The pier at noon. (Jane Doe/AP)", ["Jane Doe", "AP"]),
        ("intext", "The bridge is closed, Tass reported on Monday.", ["Tass"]),
        ("copyright", "© 2021 The Associated Press. All rights reserved.", ["© 2021 The Associated Press"]),
        ("byline", "מאת: חזקי ברוך", ["מאת: חזקי ברוך"]),
    ],
)  # fmt: skip
def test_raw_is_the_name_as_printed_with_the_words_that_give_its_role(where, line, words):
    assert [credit.raw for credit in read_credits(line, where).credits] == words


def test_the_whole_line_stays_beside_them_on_a_page():
    tail = split_tail(
        ["The wall held.", "Reporting by Ann Lee; Editing by Bo Ray"], language=None, outlets=()
    )
    assert tail.credit_lines == ("Reporting by Ann Lee; Editing by Bo Ray",)
    assert [credit.raw for credit in tail.credits] == ["Reporting by Ann Lee", "Editing by Bo Ray"]

    caption = split_caption("The pier at noon. Photo: Jane Doe/AFP", language=None, outlets=())
    assert caption.credit_raw == "Photo: Jane Doe/AFP"
    assert [credit.raw for credit in caption.credits] == ["Photo: Jane Doe", "Photo: Jane Doe/AFP"]
