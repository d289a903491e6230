from __future__ import annotations

import sqlite3
from contextlib import closing

from archive.index.rereading import compare_readings
from archive.index.store import Index
from archive.model import Notice
from tests.archive.index.cases import OTHER_PAGE, PAGE, article, capture, credit, listing, read


def made(path, *pairs):
    with Index.open(path) as index:
        read(index, *pairs)
    return path


def test_what_is_read_otherwise_is_told_by_field_with_an_example(tmp_path):
    old = made(
        tmp_path / "old.db",
        (capture(1), article()),
        (capture(2, OTHER_PAGE), article(OTHER_PAGE)),
        (capture(3), listing(PAGE)),
    )
    new = made(
        tmp_path / "new.db",
        (capture(3), article(PAGE + "/3")),
        (capture(2, OTHER_PAGE), article(OTHER_PAGE, headline="Ferry", credits=(credit("Jan Kok"),))),
        (capture(1), article()),
    )
    found = compare_readings(old, new)
    assert (found.captures, found.articles, found.changed) == (3, 2, 2)
    assert {(change.what, change.articles, change.example) for change in found.changes} == {
        ("headline", 1, OTHER_PAGE), ("credits", 1, OTHER_PAGE), ("became an article", 1, PAGE),
    }  # fmt: skip


def test_two_equal_readings_differ_in_nothing(tmp_path):
    pairs = ((capture(1), article()), (capture(2), article(headline="Storm over")))
    found = compare_readings(made(tmp_path / "old.db", *pairs), made(tmp_path / "new.db", *reversed(pairs)))
    assert (found.articles, found.changed, found.changes) == (1, 0, ())


def test_an_older_index_is_compared_as_far_as_it_goes(tmp_path):
    old = made(tmp_path / "old.db", (capture(1), article()))
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("alter table article_texts drop column copyright_notice")
        connection.execute("drop table corrections")
    new = made(
        tmp_path / "new.db",
        (
            capture(1),
            article(
                headline="Storm", notices=(Notice(kind="correction", words="Wrong."),), copyright_notice="©"
            ),
        ),
    )
    assert [change.what for change in compare_readings(old, new).changes] == ["headline"]
