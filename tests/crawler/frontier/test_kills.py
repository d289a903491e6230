"""A crawl that is killed with signal 9 at any instant loses nothing, and fetches again only what was in flight."""

from __future__ import annotations

import random

from tests.bench.bench_frontier_kills import begin, fetched_twice, kill, report, run
from tests.bench.small_sites import Asked, SmallSites


def test_two_kills_lose_nothing_and_cost_what_was_in_flight(capsys):
    assert run(kills=2, articles=80, seed=7)
    assert "articles in the index, of     80                 80" in capsys.readouterr().out


def test_the_harness_sees_what_is_lost_and_what_is_fetched_without_need(capsys):
    world = SmallSites(1, 3)
    first, second, third = (
        Asked(at, "127.1.0.2", world.path(number)) for number, at in ((0, 1.0), (1, 2.0), (2, 3.0))
    )
    urls = [f"{world.homes[0][:-1]}{asked.path}" for asked in (first, second, third)]
    ended = {"finish_reason": "finished"}
    world.book = [first, second, third]
    assert report(world, [], 0, ended, urls, "")
    assert not report(world, [], 0, ended, urls[:2], "")
    assert not report(world, [], 0, ended, [*urls, urls[0]], "")
    assert not report(world, [], 3, ended, urls, "")

    again = Asked(9.0, first.site, first.path)
    world.book = [first, second, third, again]
    assert fetched_twice(world, killed=[]) == (1, 0)
    assert fetched_twice(world, killed=[5.0]) == (0, 1)
    world.book = [first, second, third, Asked(4.0, first.site, "/2026/01/01/other-3.html"), again]
    assert fetched_twice(world, killed=[5.0]) == (1, 0)


def test_a_run_that_ended_before_its_kill_is_no_kill(tmp_path):
    with SmallSites(1, 1) as world:
        process = begin(tmp_path / "archive", world.homes)
        process.wait(timeout=60)
        assert kill(process, world, random.Random(1)) is None
