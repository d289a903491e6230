"""What runs have left is taken over by who crawls the site next, and by nobody else."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import UTC, datetime

import pytest

from archive.index import frontier_files
from archive.index.frontier import SCHEMA, Frontier
from archive.index.hosts import Hosts, HostText

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
A, B = "http://a.example/", "http://b.example/"


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "frontier"


def left(folder, run, requests, wanted=()):
    """Leave *requests* (site, number, is settled) in the file of a run that was killed."""
    path = frontier_files.take_over(folder, run, [], under_way=())
    frontier = Frontier(path)
    frontier.begin({site for site, _, _ in requests}, NOW)
    for site, number, is_settled in requests:
        url = f"{site}{number}"
        frontier.add(url.encode(), f'{{"url":"{url}"}}', site=site, slot="host", priority=0)
        if is_settled:
            frontier.settle(frontier.take("host")[0])
    for url, site in wanted:
        frontier.want(url, via=site, site=site)
    frontier.commit()
    with frontier:
        pass


def begun(folder, run, sites, under_way=()):
    """Return what a new run of *sites* has to ask for, and the files that are there then."""
    path = frontier_files.take_over(folder, run, sites, under_way=under_way)
    with Frontier(path) as frontier:
        frontier.begin(sites, NOW)
        asked = []
        while frontier.waiting.get("host"):
            asked.append(frontier.take("host")[1].removeprefix('{"url":"').removesuffix('"}'))
        return asked, frontier.wanted(), sorted(file.name for file in folder.glob("*.db"))


def test_a_run_of_the_same_sites_goes_on_in_the_same_file(folder):
    left(folder, "one", [(A, 1, True), (A, 2, False), (B, 3, False)], wanted=[(f"{A}a.png", A)])

    assert frontier_files.waiting(folder, [A]) == {A: [f"{A}2", f"{A}a.png"]}
    assert begun(folder, "two", [A, B]) == ([f"{A}2", f"{B}3"], [(f"{A}a.png", A, A)], ["two.db"])


def test_a_run_of_some_of_the_sites_takes_their_part_and_the_rest_waits(folder):
    left(folder, "one", [(A, 1, True), (A, 2, False), (B, 3, False)], wanted=[(f"{A}a.png", A)])

    asked, wanted, files = begun(folder, "two", [A])
    assert (asked, wanted, files) == ([f"{A}2"], [(f"{A}a.png", A, A)], ["one.db", "two.db"])
    assert frontier_files.waiting(folder, [A, B]) == {A: [f"{A}2", f"{A}a.png"], B: [f"{B}3"]}
    assert begun(folder, "three", [B]) == ([f"{B}3"], [], ["three.db", "two.db"])


def test_what_a_run_under_way_has_to_do_is_left_to_it(folder):
    left(folder, "one", [(A, 1, False)])

    assert begun(folder, "two", [A], under_way=["one"]) == ([], [], ["one.db", "two.db"])


def test_killed_half_way_through_taking_over_nothing_is_lost_or_asked_again(folder):
    left(folder, "one", [(A, 1, True), (A, 2, False), (B, 3, False)])
    shutil.copy(folder / "one.db", folder / "zero.db")  # taken, and not yet gone where it came from

    asked, _, files = begun(folder, "two", [A])
    assert (asked, files) == ([f"{A}2"], ["one.db", "two.db", "zero.db"])
    with sqlite3.connect(folder / "two.db") as connection:
        states = connection.execute("select state, request is null from requests order by state").fetchall()
    connection.close()
    assert states == [(0, 0), (2, 1)]


def test_the_file_of_an_older_version_is_taken_over_with_what_hosts_have_said(folder, tmp_path):
    text = HostText(read_at=NOW, status=200, body=b"User-agent: *", record_id=None)
    older = tmp_path / "frontier.db"
    with Hosts(older) as hosts:
        hosts.keep_text("http://a.example", text)
    with sqlite3.connect(older) as connection:
        connection.executescript(SCHEMA)
        insert = "insert into requests (fingerprint, site, slot, priority, state, request) values (?, ?, 'host', 0, ?, ?)"
        connection.execute(insert, (b"1", A, -10, f'{{"url":"{A}1"}}'))
        connection.execute(insert, (b"2", B, 0, f'{{"url":"{B}2"}}'))
    connection.close()

    assert frontier_files.waiting(folder, [A]) == {A: [f"{A}1"]}
    assert begun(folder, "two", [A]) == ([f"{A}1"], [], ["hosts.db", "two.db"])
    with Hosts(folder / "hosts.db") as hosts:
        assert hosts.text("http://a.example", NOW) == text
    assert not older.exists()
    assert begun(folder, "three", [B])[0] == [f"{B}2"]


def test_a_file_that_is_none_is_taken_away(folder):
    folder.mkdir()
    (folder / "one.db").write_bytes(b"no database at all, but long enough to be looked at" * 20)

    assert begun(folder, "two", [A]) == ([], [], ["two.db"])
