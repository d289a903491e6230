from __future__ import annotations

from datetime import UTC, datetime

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadTimeoutError
from scrapy.settings import Settings

from archive.index.hosts import Hosts
from crawler.middlewares.politeness import PolitenessMiddleware, retry_after_seconds
from crawler.middlewares.private_addresses import is_private
from crawler.middlewares.robots import RobotsPolicy
from crawler.middlewares.shared_turns import SharedTurns

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"120", 120.0),
        (b" 0 ", 0.0),
        (b"Mon, 23 Nov 2026 12:01:30 GMT", 90.0),
        (b"Mon, 23 Nov 2026 11:00:00 GMT", 0.0),
        (b"Monday, 23-Nov-26 12:00:10 GMT", 10.0),
        (b"soon", None),
        (b"-5", None),
        (b"", None),
        (None, None),
    ],
)
def test_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after_seconds(value, now=NOW) == seconds


@pytest.fixture
def politeness(tmp_path):
    """Return the middleware of a real crawler whose engine has not begun."""
    with Hosts(tmp_path / "hosts.db") as hosts, SharedTurns(hosts, tmp_path / "hosts", "a run") as turns:
        crawler = Crawler(Spider, Settings({"DOWNLOAD_TIMEOUT": 60}))
        crawler.tearsheet_hosts, crawler.tearsheet_turns = hosts, turns
        yield PolitenessMiddleware(
            crawler, delay=5, retry_after_max=86400, stop_after=20, throttle=5, longest_delay=120
        )


def test_a_host_that_answers_slowly_again_and_again_is_asked_less_often(politeness):
    assert politeness.throttled("a.example") == 0
    delays = []
    for _ in range(8):
        politeness._time("a.example", 4.0)
        delays.append(politeness.throttled("a.example"))
    assert delays == sorted(delays)
    assert 18 < delays[-1] < 20
    for _ in range(8):
        politeness._time("a.example", 0.2)
    assert politeness.throttled("a.example") == 0
    assert politeness.throttled("b.example") == 0


def test_a_host_that_times_out_is_asked_at_long_intervals_but_no_longer_than_the_longest(politeness):
    politeness.note_error("a.example", DownloadTimeoutError())
    assert politeness.throttled("a.example") == pytest.approx(100)
    politeness.note_error("a.example", DownloadTimeoutError())
    assert politeness.throttled("a.example") == 120


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.0.1", True),
        ("172.16.5.4", True),
        ("169.254.169.254", True),
        ("[::1]", True),
        ("fe80::1", True),
        ("100.64.0.1", True),
        ("1.1.1.1", False),
        ("2606:4700::1111", False),
        ("a.example", False),
    ],
)
def test_private_addresses_are_known(host, private):
    assert is_private(host) is private


def test_a_host_whose_robots_txt_cannot_be_read_allows_nothing():
    assert not RobotsPolicy(state="unreachable").allows("https://a.example/", "Tearsheet/1")


def test_a_host_without_robots_txt_allows_everything():
    assert RobotsPolicy(state="absent").allows("https://a.example/x", "Tearsheet/1")
