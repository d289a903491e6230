"""Exchanges, and writers whose clock and record ids are known."""

from __future__ import annotations

import io
import itertools
from datetime import UTC, datetime, timedelta

import pytest

from archive.http import head_end
from archive.model import Exchange
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def exchange_of(response: bytes, /, **changes) -> Exchange:
    """Return an exchange in which *response* was received."""
    end = head_end(response) if response.startswith(b"HTTP/") else None
    words = response.split(b" ", 2)
    facts = {
        "target_uri": "http://a.example/",
        "started_at": NOON,
        "request": b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n",
        "response": io.BytesIO(response),
        "response_start": 0,
        "response_end": len(response),
        "head_end": end,
        "status": int(words[1][:3]) if end else None,
        "http_version": "1.1" if end else None,
        "ip": None,
        "tls_version": None,
        "cipher": None,
        "truncated": None,
    }
    return Exchange(**(facts | changes))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def make_exchange():
    """Return *exchange_of*."""
    return exchange_of


@pytest.fixture
def clock():
    """Return a clock that stands at noon, 1 March 2026."""
    return Clock()


@pytest.fixture
def make_writer(tmp_path, clock):
    """Return a function that makes a writer with record ids ``urn:uuid:0``, ``urn:uuid:1`` …"""

    def make(**settings) -> WarcWriter:
        numbers = itertools.count()
        facts = {
            "prefix": "test",
            "info": [("software", "tearsheet")],
            "originals": OriginalsInMemory(),
            "clock": clock,
            "new_id": lambda: f"urn:uuid:{next(numbers)}",
        }
        return WarcWriter(tmp_path, **(facts | settings))

    return make
