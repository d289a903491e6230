from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.middlewares.politeness import retry_after_seconds
from crawler.middlewares.private_addresses import is_private
from crawler.middlewares.robots import RobotsPolicy

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
