"""What waits is there again after a process has ended in the middle."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest

from archive.index.frontier import Frontier

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SITE = "http://a.example/"


def add(frontier, number, *, site=SITE, priority=0, again=False):
    return frontier.add(
        b"%020d" % number, f'{{"n":{number}}}', site=site, slot="a.example", priority=priority, again=again
    )


def taken(frontier):
    got = []
    while frontier.waiting.get("a.example"):
        got.append(frontier.take("a.example")[1])
    return got


@pytest.fixture
def path(tmp_path):
    return tmp_path / "frontier.db"


def test_the_most_urgent_comes_first_and_nothing_twice(path):
    with Frontier(path) as frontier:
        assert frontier.begin([SITE], NOW) == 0
        assert [add(frontier, 1), add(frontier, 2, priority=5), add(frontier, 1), add(frontier, 3)] == [
            True,
            True,
            False,
            True,
        ]
        assert taken(frontier) == ['{"n":2}', '{"n":1}', '{"n":3}']
        assert frontier.waiting == {}


def killed(path, work):
    """Do *work* with the frontier in a process that ends without closing anything."""
    child = os.fork()
    if not child:
        frontier = Frontier(path)
        frontier.begin([SITE], NOW)
        work(frontier)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def test_what_was_in_flight_is_queued_again_and_what_was_settled_is_not(path):
    def work(frontier):
        for number in range(4):
            add(frontier, number)
        first, _ = frontier.take("a.example")
        frontier.take("a.example")
        frontier.settle(first)
        frontier.want("http://a.example/a.png", via=SITE, site=SITE)
        frontier.commit()
        add(frontier, 9)  # found by what is not settled: it is found again

    killed(path, work)
    with Frontier(path) as frontier:
        assert frontier.begin([SITE], NOW + timedelta(minutes=5)) == 4
        assert not add(frontier, 0)
        assert taken(frontier) == ['{"n":1}', '{"n":2}', '{"n":3}']
        assert frontier.wanted() == [("http://a.example/a.png", SITE, SITE)]


def test_a_requisite_that_was_had_is_wanted_no_more_whenever_it_was_wanted(path):
    old, new, left = (f"http://a.example/{name}.png" for name in ("old", "new", "left"))

    def want(frontier):
        for url in (old, left):
            frontier.want(url, via=SITE, site=SITE)
        frontier.commit()

    def have(frontier):
        frontier.want(new, via=SITE, site=SITE)
        frontier.want(old, via=SITE, site=SITE)  # as a run does that goes on with it
        frontier.had(new)
        frontier.had(old)
        frontier.commit()
        frontier.want("http://a.example/lost.png", via=SITE, site=SITE)

    killed(path, want)
    killed(path, have)
    with Frontier(path) as frontier:
        frontier.begin([SITE], NOW)
        assert frontier.wanted() == [(left, SITE, SITE)]


def test_a_retry_that_is_queued_before_its_first_try_is_settled_stays_queued(path):
    with Frontier(path) as frontier:
        frontier.begin([SITE], NOW)
        add(frontier, 1)
        number, _ = frontier.take("a.example")
        assert add(frontier, 1, again=True)
        frontier.settle(number)
        assert taken(frontier) == ['{"n":1}']


def test_after_an_hour_what_was_settled_may_be_asked_again(path):
    def work(frontier):
        add(frontier, 1)
        add(frontier, 2)
        frontier.settle(frontier.take("a.example")[0])
        frontier.commit()

    killed(path, work)
    with Frontier(path) as frontier:
        assert frontier.begin([SITE], NOW + timedelta(hours=2)) == 1
        assert add(frontier, 1)
        assert not add(frontier, 2)


def test_a_finished_run_leaves_nothing(path):
    with Frontier(path) as frontier:
        frontier.begin([SITE], NOW)
        add(frontier, 1)
        frontier.finish()
    with Frontier(path) as frontier:
        assert frontier.begin([SITE], NOW) == 0
        assert add(frontier, 1)


def test_a_file_that_is_none_is_begun_anew(path):
    path.write_bytes(b"no database at all, but long enough to be looked at" * 20)
    with Frontier(path) as frontier:
        assert frontier.begin([SITE], NOW) == 0
        assert add(frontier, 1)


def test_what_a_killed_run_had_asked_for_counts_in_the_run_that_goes_on(path):
    def work(frontier):
        for number in range(3):
            add(frontier, number, priority=40)
        add(frontier, 3, priority=80)
        for _ in range(2):
            frontier.settle(frontier.take("a.example")[0])
        frontier.take("a.example")
        frontier.commit()

    killed(path, work)
    with Frontier(path) as frontier:
        frontier.begin([SITE, "http://b.example/"], NOW)
        assert frontier.counted([40, 60]) == {SITE: 3}
        frontier.finish()
        assert frontier.counted([40, 60]) == {}
