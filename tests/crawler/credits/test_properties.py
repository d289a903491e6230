"""Whatever stands on a page: nothing raises, names and words come from the line, time grows with the length at most."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.page import (
    find_attributions,
    merge_credits,
    split_caption,
    split_opening,
    split_tail,
)
from crawler.extraction.credits.reading import read_credits
from crawler.extraction.text import squash

PLACES = (
    "byline",
    "head",
    "tail",
    "dateline",
    "opening",
    "caption",
    "image_credit",
    "intext",
    "copyright",
    "json-ld",
    "correction",
)
KINDS = {"person", "staff", "agency", "outlet", "other"}
PIECES = ["By ", "Jane Doe", " and ", "(AP)", "AFP", "/", ", ", "Foto: ", "©", "【", "】", "東京", "＝", "von ", "REUTERS", " - ", "3 June", "|", "Editing by ", "הצילום", "رويترز", ".", "\n", "é", "\u0301", "[", "1", "@x", "新华社北京4月24日电"]  # fmt: skip
LINES = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


@settings(max_examples=250, deadline=None)
@given(LINES, st.sampled_from(PLACES))
def test_reading_never_fails_and_keeps_the_words(raw, where):
    reading = read_credits(raw, where)

    assert all(credit.kind in KINDS for credit in reading.credits)
    assert all(credit.name.strip() for credit in reading.credits)
    assert all(credit.raw in squash(raw) for credit in reading.credits)
    assert [credit.position for credit in reading.credits] == list(range(len(reading.credits)))
    assert read_credits(raw, where) == reading


@settings(max_examples=100, deadline=None)
@given(st.lists(LINES, max_size=8))
def test_a_text_keeps_every_paragraph(paragraphs):
    tail = split_tail(paragraphs, language=None, outlets=())

    assert sorted((*tail.body, *tail.credit_lines)) == sorted(paragraphs)
    assert all(0 <= found.paragraph < len(tail.body) for found in find_attributions(tail.body, language=None))
    opening = split_opening(paragraphs[0] if paragraphs else "", language=None, outlets=())
    assert opening.text == (paragraphs[0] if paragraphs else "")
    merged = merge_credits(opening.credits, tail.credits)
    assert merge_credits(merged, merged) == merged


@pytest.mark.parametrize(
    "unit",
    ["a", " ", "(", "Jane Doe, ", "AP/", "By ", "A", "von ", "，", "新华社", "l'", "1.", "@", "http://", "Foto: ", "(x) ", "é", "ו", "A-", "A.", "a b", "【", "/ ", "—", "A A ", "3 June 2020 ", "AFP said ", "Photo by ", "agency ", "Jane Doe reported from X and ", "[File: ", "A. B. ", "記者", "translated from ", "Copyright 2020 "],
)  # fmt: skip
def test_a_megabyte_costs_no_more_than_a_line(unit):
    raw = unit * (1_000_000 // len(unit))

    started = time.process_time()
    for where in PLACES:
        read_credits(raw, where)
    split_caption(raw, language=None, outlets=())
    split_tail([raw] * 3, language=None, outlets=())
    split_opening(raw, language=None, outlets=())
    find_attributions([raw], language=None)
    assert time.process_time() - started < 2


def test_agencies_have_one_code_each_and_every_name_is_found():
    table = agency_table()

    assert len(table.agencies) >= 180
    assert len({agency.code for agency in table.agencies}) == len(table.agencies)
    for agency in table.agencies:
        assert agency.names
        assert all(table.whole(name) is not None for name in agency.names), agency
