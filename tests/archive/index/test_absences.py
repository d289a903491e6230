from __future__ import annotations

from itertools import permutations

import pytest

from archive.index.compare import table_contents
from archive.index.store import Index
from tests.archive.index.cases import OTHER_PAGE, PAGE, article, capture, listing, read, redirect

HOME = "https://www.herald.example/"
SHORT = "https://www.herald.example/?p=7"


def happened(index, url=PAGE):
    number = {capture(n).record_id: n for n in range(200)} | {None: None}
    return [
        (change.kind, number[change.before], number[change.capture], number[change.confirmed], change.detail)
        for change in index.changes(index.article_at(url).id)
        if change.version is None
    ]


def gone(number, status=404):
    return (capture(number, status=status), None)


def here(number, url=PAGE):
    return (capture(number, url), article(url))


@pytest.mark.parametrize(
    ("seen", "found"),
    [
        ([here(1), gone(2)], []),
        ([here(1), gone(2), gone(25)], []),
        ([here(1), gone(2), gone(26, 410)], [("removed", 1, 2, 26, None)]),
        ([here(1), gone(2), gone(3), gone(30), gone(90)], [("removed", 1, 2, 30, None)]),
        ([here(1), gone(2), here(10), gone(30)], []),
        ([here(1), gone(2), gone(30), here(40)], [("removed", 1, 2, 30, None), ("restored", 30, 40, None, None)]),
        ([here(1), gone(2), gone(30), here(40), gone(50), gone(80)],
         [("removed", 1, 2, 30, None), ("restored", 30, 40, None, None), ("removed", 40, 50, 80, None)]),
        ([gone(1), gone(30), here(40)], []),
        ([here(1), gone(2, 500), gone(30, 503), gone(60, 403)], []),
    ],
)  # fmt: skip
def test_two_answers_a_day_apart_make_a_removal_and_one_makes_none(index, seen, found):
    read(index, *seen)
    assert happened(index) == found


def test_an_address_that_leads_to_another_article_has_moved_and_one_that_leads_to_a_front_was_removed(index):
    read(index, here(1), here(2, OTHER_PAGE), (redirect(3, PAGE, OTHER_PAGE), None))
    assert happened(index) == [("moved", 1, 3, 2, OTHER_PAGE)]
    read(index, (capture(0, HOME), listing()), (redirect(5, OTHER_PAGE, HOME), None))
    assert happened(index, OTHER_PAGE) == []
    read(index, (redirect(40, OTHER_PAGE, HOME), None))
    assert happened(index, OTHER_PAGE) == [("removed", 2, 5, 40, HOME)]


def test_a_redirect_is_followed_through_several_steps_and_says_nothing_while_its_end_is_unknown(index):
    read(index, here(1), (redirect(2, PAGE, SHORT), None), (redirect(3, SHORT, OTHER_PAGE), None))
    assert happened(index) == []
    read(index, here(4, OTHER_PAGE))
    assert happened(index) == [("moved", 1, 2, 4, OTHER_PAGE)]


def test_a_redirect_to_another_form_of_its_own_address_is_no_move(index):
    read(index, here(1), here(2, PAGE + "/"), (redirect(3, PAGE, PAGE + "/"), None))
    assert happened(index) == []


def test_the_order_of_reading_makes_no_difference(tmp_path):
    seen = [
        here(1),
        gone(2),
        (redirect(40, PAGE, SHORT), None),
        (redirect(41, SHORT, OTHER_PAGE), None),
        here(42, OTHER_PAGE),
        gone(27),
    ]
    contents = []
    for number, order in enumerate(permutations(seen)):
        if number % 30 == 0:
            with Index.open(tmp_path / f"{number}.db") as index:
                read(index, *order)
                index.commit()
                index.check_fulltext()
                contents.append(table_contents(index))
    assert len(contents) == 24
    assert [content for content in contents if content != contents[0]] == []
    assert [row["kind"] for row in contents[0]["absences"]] == ["removed", "moved"]


def test_what_was_removed_is_found_as_such_until_it_comes_back(index):
    read(index, here(1), gone(2))
    assert (index.ids("is:missing") != [], index.ids("is:removed")) == (True, [])
    read(index, gone(30))
    assert index.ids("is:removed") == index.ids("is:missing") != []
    read(index, here(31))
    assert index.ids("is:removed") == index.ids("is:missing") == []
    assert index.ids("changed:restored") != []
