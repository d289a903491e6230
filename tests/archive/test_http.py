import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.http import BadFraming, dechunk, head_end, iter_entity, page_from, parse_head

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "status", "fields"),
    [
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\r\n", 200, (("A", "b"),)),
        (b"HTTP/1.1 200\r\nA: b\r\n\r\n", 200, (("A", "b"),)),
        (b"HTTP/1.0 404 Not Found\nA:b\n\n", 404, (("A", "b"),)),
        (b"http/1.1  301  Moved\r\nlocation: /x\r\n\r\n", 301, (("location", "/x"),)),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n\tc\r\n d\r\n\r\n", 200, (("A", "b c d"),)),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\nX:\r\nX: 2\r\n\r\n", 200, (("X", ""), ("X", "2"))),
        (b"HTTP/1.1 200 OK\r\nName: M\xfcller\r\n\r\n", 200, (("Name", "M\xfcller"),)),
        (b"HTTP/1.1 2000 OK\r\n\r\n", None, ()),
        (b"<html>", None, ()),
        (b"", None, ()),
    ],
)
def test_heads_are_read_as_servers_send_them(raw, status, fields):
    head = parse_head(raw)
    assert (head.status, head.fields) == (status, fields)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_no_bytes_make_reading_raise(head, entity):
    page = page_from(url="http://a.example/", captured_at=NOON, head=head, entity=entity)
    assert page.url == "http://a.example/"


def test_the_head_ends_at_the_first_empty_line():
    assert head_end(b"HTTP/1.1 200 OK\r\n\r\nbody\r\n\r\n") == 19
    assert head_end(b"HTTP/1.1 200 OK\n\nbody") == 17
    assert head_end(b"HTTP/1.1 200 OK\r\n") is None


def test_chunks_with_extensions_and_trailers_are_joined():
    stream = io.BytesIO(b"5;a=b\r\nhello\r\n 6 \r\n world\r\n0\r\nX: y\r\n\r\nNEXT")
    assert b"".join(dechunk(stream)) == b"hello world"
    assert stream.read() == b"NEXT"


@pytest.mark.parametrize(
    "framed",
    [
        b"5\r\nhel",
        b"5\r\nhello\r\n",
        b"",
        b"5\r\nhello!\r\n0\r\n\r\n",
        b"xyz\r\n",
        b"-5\r\nhello\r\n",
        b"5\r\nhello\r\nzz\r\n",
    ],
)
def test_bad_framing_is_named(framed):
    with pytest.raises(BadFraming):
        list(dechunk(io.BytesIO(framed)))


def test_what_came_before_bad_framing_is_good():
    pieces = dechunk(io.BytesIO(b"5\r\nhello\r\nnonsense"))
    assert next(pieces) == b"hello"


@given(st.lists(st.binary(min_size=1, max_size=50)))
def test_any_chunking_gives_the_same_entity(pieces):
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"
    head = parse_head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n")
    assert b"".join(iter_entity(head, io.BytesIO(framed))) == b"".join(pieces)


def test_a_body_stored_without_the_announced_framing_comes_as_it_is():
    head = parse_head(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    assert b"".join(iter_entity(head, io.BytesIO(b"<html>"))) == b"<html>"


def test_a_page_has_the_head_as_sent_and_the_payload_decoded():
    head = b"HTTP/1.1 200 OK\r\nContent-TYPE: text/html; charset=x\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n\r\n"
    page = page_from(url="http://a.example/", captured_at=NOON, head=head, entity=b"<p>")
    assert page.headers == (
        ("Content-TYPE", "text/html; charset=x"),
        ("Set-Cookie", "a"),
        ("Set-Cookie", "b"),
    )
    assert (page.media_type, page.payload, page.status, page.flaw) == ("text/html", b"<p>", 200, None)


def test_a_payload_beyond_the_limit_is_cut_and_said_so():
    page = page_from(url="u", captured_at=NOON, head=b"HTTP/1.1 200 OK\r\n\r\n", entity=b"x" * 11, limit=10)
    assert (page.payload, page.flaw) == (b"x" * 10, "payload cut at 10 bytes")
