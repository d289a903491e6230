"""The newsroom over real HTTP: framing, codings, conditional requests, editions, overrides, the log."""

from __future__ import annotations

import gzip
import http.client
import socket
import threading
import time

import pytest

from archive.errors import UserError
from crawler.newsroom import world
from crawler.newsroom.responses import Response
from crawler.newsroom.server import Newsroom, without_tracking


@pytest.fixture(scope="module")
def open_room():
    with Newsroom(port=0) as room:
        yield room


@pytest.fixture
def room(open_room):
    open_room.set_edition(1)
    yield open_room
    open_room._overrides.clear()


def fetch(room, url_or_path, *, host="127.0.0.2", method="GET", **headers):
    connection = http.client.HTTPConnection(host, room.port, timeout=10)
    connection.request(
        method, url_or_path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def raw(room, article) -> bytes:
    host = next(outlet.host for outlet in room.outlets if outlet.key == article.outlet)
    with socket.create_connection((host, room.port), timeout=10) as connection:
        connection.sendall(
            f"GET {article.path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
        )
        return b"".join(iter(lambda: connection.recv(65536), b""))


def case(room, name):
    return next(article for article in room.articles() if name in article.cases)


def test_every_home_page_answers(room):
    assert len(room.sites) >= 4
    for outlet in room.outlets:
        response, body = fetch(room, "/", host=outlet.host)
        assert response.status == 200
        assert outlet.name.encode() in body


def test_chunked_page_is_sent_in_gzip_chunks(room):
    head, _, body = raw(room, case(room, "chunked")).partition(b"\r\n\r\n")
    assert b"Transfer-Encoding: chunked" in head
    assert b"Content-Encoding: gzip" in head
    assert b"Content-Length" not in head
    assert body.startswith(b"400\r\n")
    assert body.endswith(b"\r\n0\r\n\r\n")


def test_chunked_page_holds_the_article(room):
    article = case(room, "chunked")
    _, body = fetch(room, article.path, Accept_Encoding="gzip")
    assert article.headline.encode() in gzip.decompress(body)


def test_ordinary_page_is_gzip_with_its_length_only_when_asked(room):
    response, body = fetch(room, "/", Accept_Encoding="gzip, br")
    assert response.headers["Content-Encoding"] == "gzip"
    assert int(response.headers["Content-Length"]) == len(body)
    plain, plain_body = fetch(room, "/")
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(body) == plain_body


def test_close_delimited_page_ends_with_the_connection(room):
    article = case(room, "close-delimited")
    head, _, body = raw(room, article).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.0 200")
    assert b"Content-Length" not in head
    assert b"chunked" not in head
    assert article.body[-1].encode() in body
    assert body.rstrip().endswith(b"</html>")


def test_wrong_charset_is_in_the_header_only(room):
    article = case(room, "wrong-charset")
    response, body = fetch(room, article.path, host="127.0.0.7")
    assert response.headers["Content-Type"] == "text/html; charset=iso-8859-1"
    assert b'<meta charset="utf-8">' in body
    assert article.body[2] in body.decode("utf-8")


@pytest.mark.parametrize("encoding", ["windows-1252", "windows-1255"])
def test_old_code_pages_are_named_in_the_meta_only(room, encoding):
    article = case(room, encoding)
    host = next(outlet.host for outlet in room.outlets if outlet.key == article.outlet)
    response, body = fetch(room, article.path, host=host)
    assert response.headers["Content-Type"] == "text/html"
    assert f"charset={encoding}".encode() in body
    assert article.body[0] in body.decode(encoding)
    with pytest.raises(UnicodeDecodeError):
        body.decode("utf-8")


def test_conditional_requests_get_304_and_no_body(room):
    article = case(room, "validators")
    first, _ = fetch(room, article.path)
    for headers in (
        {"If_None_Match": first.headers["ETag"]},
        {"If_Modified_Since": first.headers["Last-Modified"]},
    ):
        again, body = fetch(room, article.path, **headers)
        assert (again.status, body) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    assert fetch(room, article.path, If_None_Match='"other"')[0].status == 200


def test_head_gives_the_head_of_get(room):
    get, body = fetch(room, "/about")
    head, nothing = fetch(room, "/about", method="HEAD")
    assert head.getheaders() == get.getheaders()
    assert (len(nothing), int(head.headers["Content-Length"])) == (0, len(body))


def test_connections_stay_open(room):
    connection = http.client.HTTPConnection("127.0.0.3", room.port, timeout=10)
    ports = set()
    for path in ("/", "/robots.txt", "/gone"):
        connection.request("GET", path)
        connection.getresponse().read()
        ports.add(connection.sock.getsockname()[1])
    connection.close()
    assert len(ports) == 1


def test_slow_page_takes_its_time(room):
    began = time.monotonic()
    fetch(room, case(room, "slow").path)
    assert time.monotonic() - began >= 0.3


def test_unknown_addresses_get_the_outlets_404(room):
    response, body = fetch(room, "/archive/1998/lost-page", host="127.0.0.3")
    assert response.status == 404
    assert b"Seite nicht gefunden" in body


def test_tracking_parameters_do_not_matter(room):
    article = case(room, "tracked")
    _, plain = fetch(room, article.path, host="127.0.0.7")
    _, tracked = fetch(room, f"{article.path}?utm_source=feed&fbclid=1", host="127.0.0.7")
    assert plain == tracked


def test_tracking_parameters_are_told_from_others():
    assert (
        without_tracking("/Generic/NewAPI/Item?type=0&Item=1&utm_campaign=x")
        == "/Generic/NewAPI/Item?type=0&Item=1"
    )


def test_redirects_lead_to_the_article(room):
    response, _ = fetch(room, "/go/mural")
    assert response.status == 301
    assert response.headers["Location"] == room.article("ferry-terminal-mural").path


def test_the_next_edition_edits_removes_moves_and_adds(room):
    moved, gone, lost = (
        room.article(slug) for slug in ("lifeboat-new-crew", "oyster-prize-mixup", "dorfladen-genossenschaft")
    )
    fronts = [fetch(room, "/", host=outlet.host)[1] for outlet in room.outlets]
    room.set_edition(2)
    assert fetch(room, gone.path)[0].status == 410
    assert fetch(room, lost.path, host="127.0.0.3")[0].status == 404
    response, _ = fetch(room, moved.path)
    assert (response.status, response.headers["Location"]) == (301, room.article("lifeboat-new-crew").path)
    assert b"Munn Bridge needs repairs" in fetch(room, room.article("munn-bridge-inspection").path)[1]
    assert all(
        fetch(room, "/", host=o.host)[1] != front for o, front in zip(room.outlets, fronts, strict=True)
    )


def test_overrides_win_on_all_hosts_or_one(room):
    room.override("/robots.txt", Response(status=503, body=b"busy"))
    assert [fetch(room, "/robots.txt", host=o.host)[0].status for o in room.outlets] == [503] * len(
        room.outlets
    )
    room.override("/robots.txt", None)
    room.override(f"http://127.0.0.3:{room.port}/about", lambda: Response(body=b"changed"))
    assert fetch(room, "/about", host="127.0.0.3")[1] == b"changed"
    assert fetch(room, "/about", host="127.0.0.2")[1] != b"changed"


def test_log_tells_who_asked_what_and_when(room):
    seen = len(room.log)
    before = time.monotonic()
    fetch(room, "/about?x=1", host="127.0.0.5", User_Agent="tester")
    request = room.log[seen]
    assert (request.method, request.host, request.path, request.status) == (
        "GET",
        "127.0.0.5",
        "/about?x=1",
        404,
    )
    assert request.headers["user-agent"] == "tester"
    assert before <= request.at <= time.monotonic()


def test_a_busy_port_is_an_error_that_names_it(room):
    with pytest.raises(UserError, match=rf"port {room.port} .*--port"):
        Newsroom(port=room.port).start()


def test_stopping_ends_open_connections_and_threads():
    before = set(threading.enumerate())
    room = Newsroom(port=0)
    room.start()
    idle = socket.create_connection(("127.0.0.2", room.port), timeout=5)
    fetch(room, "/")
    room.stop()
    assert idle.recv(1) == b""
    idle.close()
    assert set(threading.enumerate()) <= before
    room.stop()


def test_same_request_gets_the_same_bytes(room):
    article = case(room, "chunked")
    assert raw(room, article) == raw(room, article)
    assert b"Date: " in raw(room, article)


def test_closed_area_answers_who_comes_all_the_same(room):
    assert fetch(room, "/internal/print-edition")[0].status == 200
    assert "Crawl-delay: 0.1" in fetch(room, "/robots.txt", host="127.0.0.3")[1].decode()


def test_articles_carry_the_port_in_their_addresses(room):
    assert all(f":{room.port}/" in article.url for article in room.articles())
    assert room.article("munn-bridge-inspection", 2) == world.article("munn-bridge-inspection", 2, room.port)
