from __future__ import annotations

import resource
from contextlib import contextmanager
from signal import SIG_IGN, SIGXFSZ, signal

import pytest

from archive.errors import DiskFull
from crawler.capture.tape import SPOOL_AT, HeadPlace, Recording, Tape, find_head

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"


@pytest.fixture
def tape():
    tape = Tape("http://a.example/", ip="192.0.2.1")
    tape.send(b"GET / HTTP/1.1\r\n")
    tape.send(b"\r\n")
    yield tape
    tape.close()


def kept(exchange):
    exchange.response.seek(exchange.response_start)
    return exchange.response.read(exchange.response_end - exchange.response_start)


def test_a_whole_exchange(tape):
    tape.receive(HEAD + b"bo")
    tape.receive(b"dy")
    tape.end(0)

    exchange = tape.exchange()

    assert exchange.request == b"GET / HTTP/1.1\r\n\r\n"
    assert kept(exchange) == HEAD + b"body"
    assert (exchange.status, exchange.http_version, exchange.head_end) == (200, "1.1", len(HEAD))
    assert (exchange.truncated, exchange.ip, exchange.tls_version) == (None, "192.0.2.1", None)
    assert exchange.started_at.utcoffset().total_seconds() == 0


def test_surplus_and_late_bytes_do_not_belong_to_the_exchange(tape):
    tape.receive(HEAD + b"bodySURPLUS")
    tape.end(len(b"SURPLUS"))
    tape.receive(b"late")
    exchange = tape.exchange()
    tape.receive(b"later")

    assert kept(exchange) == HEAD + b"body"


@pytest.mark.parametrize(
    ("happens", "cut", "truncated"),
    [
        (lambda tape: tape.end(0), None, None),
        (lambda tape: tape.end(0), "length", None),  # stopped, but everything had come
        (lambda tape: tape.receive(b"d"), None, "disconnect"),
        (lambda tape: tape.receive(b"d"), "time", "time"),
        (lambda tape: tape.receive(b"d"), "length", "length"),
        (lambda tape: tape.give_up(), None, "unspecified"),
        (lambda tape: (tape.lose(cleanly=True), tape.end(0)), None, None),
        (lambda tape: (tape.lose(cleanly=False), tape.end(0)), None, "disconnect"),
        (lambda tape: (tape.lose(cleanly=True), tape.end(0)), "length", "length"),  # it was us who closed
        (lambda tape: (tape.end(0), tape.lose(cleanly=False)), None, "disconnect"),
    ],
)
def test_what_was_cut_says_why(tape, happens, cut, truncated):
    tape.receive(HEAD + b"bo")

    happens(tape)

    assert tape.exchange(cut).truncated == truncated


def test_interim_heads_stand_before_the_response(tape):
    interim = b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
    tape.receive(interim + HEAD + b"body")

    exchange = tape.exchange()

    assert exchange.response_start == len(interim)
    assert exchange.head_end == len(interim + HEAD)
    assert kept(exchange) == HEAD + b"body"


@pytest.mark.parametrize(
    ("block", "place"),
    [
        (b"", HeadPlace(0)),
        (b"HTTP/1.1 200 OK\r\nHos", HeadPlace(0)),
        (b"HTTP/1.0 404\n\n", HeadPlace(0, 14, 404, "1.0")),
        (b"HTTP/1.1 101 Switching\r\n\r\n\x00\x01", HeadPlace(0, 26, 101, "1.1")),
        (b"HTTP/1.1 100 Continue\r\n\r\n", HeadPlace(25)),
        (b"HTTP/1.1 100 Continue\r\n\r\nnonsense\r\n\r\n", HeadPlace(25)),
        (b"ICY 200 OK\r\n\r\n", HeadPlace(0)),
        (b"\x00\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", HeadPlace(0)),
    ],
)
def test_the_head_is_found(block, place):
    assert find_head(block) == place


def test_a_head_longer_than_the_first_look_is_found(tape):
    head = b"HTTP/1.1 200 OK\r\n" + b"X-Long: 0123456789\r\n" * 10_000 + b"\r\n"
    tape.receive(head + b"body")

    assert tape.exchange().head_end == len(head)


def test_only_the_last_silent_attempt_is_worth_keeping():
    recording = Recording(target_uri="http://a.example/")
    stale = recording.begin("192.0.2.1")
    stale.send(b"GET")
    last = recording.begin("192.0.2.1")
    last.send(b"GET")

    assert recording.attempts() == [last]
    recording.close()


def test_an_attempt_that_sent_nothing_is_none():
    recording = Recording(target_uri="http://a.example/")
    recording.begin("192.0.2.1")

    assert recording.attempts() == []
    recording.close()


def test_through_a_proxy_the_address_is_not_the_servers():
    recording = Recording(target_uri="http://a.example/", is_proxied=True)

    assert recording.begin("192.0.2.1").ip is None
    recording.close()


@contextmanager
def files_of_at_most(size):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal(SIGXFSZ, SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal(SIGXFSZ, handler)


def test_a_response_that_cannot_be_spooled_is_reported(tape):
    with files_of_at_most(SPOOL_AT):
        tape.receive(HEAD + bytes(SPOOL_AT))
        tape.receive(bytes(SPOOL_AT))

    assert isinstance(tape.failure, DiskFull)
