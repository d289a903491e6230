from __future__ import annotations

import pytest

from archive.index.edits import KINDS, Said, edits
from tests.archive.index.cases import PAGE, article, capture, credit, read

BRIDGE = (
    "The bridge came through the storm without damage, inspectors said on Sunday after four hours on the cables.",
    "Traffic was let across at nine. He saw no reason for concern.",
    "The last inspection was in May.",
)


def kinds(before, after, changed="body"):
    return [edit.kind for edit in edits(changed.split(), before, after)]


@pytest.mark.parametrize(
    ("paragraph", "becomes", "found"),
    [
        (1, "Traffic was let across at nine. He expects repairs until Christmas.", ["body", "silent-correction"]),
        (1, "Traffic was let across at ten. He saw no reason for concern.", ["body", "silent-correction"]),
        (1, "Traffic was let across at nine.", ["body", "silent-correction"]),
        (1, "Traffic was let across at nine. He saw no reason for concern. A crane is on its way.", ["body"]),
        (1, "Traffic was let across at nine – he saw ‘no reason’ for concern!", ["body"]),
        (2, "Nobody knows yet who will pay, or when, for all this.", ["body"]),
    ],
)  # fmt: skip
def test_a_passage_that_stays_but_says_something_else_is_a_silent_correction(paragraph, becomes, found):
    edited = (*BRIDGE[:paragraph], becomes, *BRIDGE[paragraph + 1 :])
    assert kinds(Said(body=BRIDGE), Said(body=edited)) == found


def test_a_story_that_only_grows_is_not_corrected():
    grown = ("A lane is closed.", *BRIDGE[:2], "The mayor comes at noon.", BRIDGE[2])
    assert kinds(Said(body=BRIDGE), Said(body=grown)) == ["body"]


def test_languages_without_blanks_are_compared_by_character():
    before, after = (
        Said(body=("市は橋の点検を火曜日に行うと発表した。",)),
        Said(body=("市は橋の点検を木曜日に行うと発表した。",)),
    )
    assert kinds(before, after) == ["body", "silent-correction"]


def test_a_new_notice_makes_it_a_disclosed_correction_with_the_words_of_the_notice():
    before = Said(body=("Open on Fridays, the town says.",))
    after = Said(body=("Open on Thursdays, the town says.",), corrections=("Not on Fridays.",))
    found = edits(("body", "corrections"), before, after)
    assert [(edit.kind, edit.detail) for edit in found] == [
        ("body", None),
        ("disclosed-correction", "Not on Fridays."),
    ]
    assert kinds(after, before, "body corrections") == ["body", "silent-correction", "notice-withdrawn"]


def test_a_text_cut_off_by_a_paywall_is_paywalled_and_not_edited():
    stub = Said(body=("The bridge came through the storm without damage …",), paywalled=True)
    assert kinds(Said(body=BRIDGE, paywalled=False), stub, "body paywalled") == ["paywalled"]
    assert kinds(stub, Said(body=BRIDGE, paywalled=False), "body paywalled") == ["paywall-lifted"]


@pytest.mark.parametrize(
    ("changed", "kind"),
    [("headline", "headline"), ("byline credits", "credit"), ("captions", "image"), ("lead_image", "image"), ("date_published", "date"),
     ("dateline", "dateline"), ("paywalled", None)],
)  # fmt: skip
def test_fields_tell_the_kind(changed, kind):
    assert kinds(Said(body=BRIDGE), Said(body=BRIDGE), changed) == ([kind] if kind else [])


def test_the_index_keeps_the_kinds_with_the_captures_of_before_and_after(index):
    headed = article(headline="Storm spares the harbour")
    signed = article(headline="Storm spares the harbour", credits=(credit("Bo Lind"),))
    other = headed.images[0].__class__(url="https://img.example/pier-at-night.jpg", caption="The pier")
    pictured = article(headline="Storm spares the harbour", credits=(credit("Bo Lind"),), images=(other,))
    read(
        index,
        (capture(1), article()),
        (capture(2), headed),
        (capture(3), headed),
        (capture(4), signed),
        (capture(5), pictured),
    )
    found = index.changes(index.article_at(PAGE).id)
    assert [(change.kind, change.version) for change in found] == [
        ("headline", 2),
        ("credit", 3),
        ("image", 4),
    ]
    assert (found[1].before, found[1].capture) == (capture(3).record_id, capture(4).record_id)
    assert {change.kind for change in found} <= set(KINDS)


def test_the_same_picture_in_another_size_or_from_another_server_makes_no_version(index):
    sizes = (
        "https://img.example/storm-800x600.jpg",
        "https://cdn.example/w_300/storm.webp?q=8",
        "https://img.example/storm.jpg",
    )
    image = article().images[0]
    pictures = [type(image)(url=url, caption=image.caption, credits=image.credits) for url in sizes]
    outcomes = read(index, *((capture(n), article(images=(picture,))) for n, picture in enumerate(pictures)))
    assert outcomes == ["new-article", "unchanged", "unchanged"]
