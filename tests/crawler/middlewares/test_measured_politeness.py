"""What the newsroom's own log says of a crawl, and that the harness which reads it sees what is not polite."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from crawler.newsroom.listener import Request
from tests.bench.bench_politeness import Findings, gaps, is_requisite, judge_closed, judge_gaps, judge_rest

HOST = "127.0.0.9"


def log(*asked):
    return [
        Request(method="GET", host=HOST, path=path, status=200, at=float(at), under_way=1, headers={})
        for at, path in asked
    ]


def test_a_crawl_of_the_newsroom_fetches_nothing_closed_and_keeps_a_crawl_delay(newsroom, first_crawl):
    found = Findings()
    judge_closed(found, first_crawl.log)
    assert found.broken == []
    pages = gaps([entry for entry in first_crawl.log if not is_requisite(entry)])
    [slow] = [outlet for outlet in newsroom.outlets if outlet.crawl_delay]
    between = pages[urlsplit(slow.base).hostname]
    assert len(between) > 5
    assert (
        between[len(between) // 2] >= slow.crawl_delay - 0.01
    )  # one is seen late on a busy machine, half are not


def test_the_harness_sees_requests_that_come_too_soon():
    found = Findings()
    judge_gaps(found, log((0, "/robots.txt"), (5, "/a"), (7, "/b"), (7.05, "/b.png"), (7.5, "/c.png")), {}, 5)
    assert found.broken == [f"pages of {HOST}"]
    found = Findings()
    judge_gaps(found, log((0, "/robots.txt"), (5, "/a"), (6, "/b.png"), (7, "/c.png")), {HOST: 2.0}, 5)
    assert found.broken == [f"requisites of {HOST}"]


def test_the_harness_sees_what_was_fetched_against_robots_txt_and_before_it():
    found = Findings()
    judge_closed(found, log((0, "/a"), (1, "/robots.txt"), (2, "/internal/x"), (3, "/robots.txt")))
    assert found.broken == [
        "fetched against robots.txt",
        "hosts asked for anything before robots.txt",
        "robots.txt asked for in five runs",
    ]


@pytest.mark.parametrize(("at", "kept"), [(3.5, True), (2.0, False)])
def test_the_harness_sees_a_rest_that_was_cut_short(at, kept):
    found = Findings()
    judge_rest(found, "rest", log((0, "/busy"), (at, "/busy")), "/busy", 3)
    assert (found.broken == []) == kept
