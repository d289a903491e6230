"""One listening address: reads requests with the standard library's HTTP server and puts responses on the wire."""

from __future__ import annotations

import gzip
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from crawler.newsroom.site import LAST_MODIFIED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from socket import socket

    from crawler.newsroom.responses import Response

DATE = "Mon, 16 Nov 2026 07:00:00 GMT"
"""The servers' clock stands still, so that the same request always gets the same bytes."""
_CHUNK = 1024
_COMPRESSIBLE = (
    "text/",
    "application/xml",
    "application/rss",
    "application/atom",
    "application/json",
    "application/feed",
    "image/svg",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as a server saw it."""

    method: str
    host: str
    """Loopback address that was asked."""
    path: str
    """Path with query, as sent."""
    status: int
    at: float
    """Seconds on the monotonic clock when the request had been read."""
    under_way: int
    """Requests that the server had read and not answered to the last byte then, this one among them."""
    headers: Mapping[str, str]


class Listener(ThreadingHTTPServer):
    """Listens on one address; one thread for each connection."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(
        self, address: tuple[str, int], answer: Callable[[str, str], Response], log: list[Request]
    ) -> None:
        self.answer = answer
        self.log = log
        self._connections: dict[socket, threading.Thread] = {}
        self.under_way: set[_Handler] = set()
        """Connections on which an answer is being sent."""
        self._lock = threading.Lock()
        super().__init__(address, _Handler)

    @property
    def host(self) -> str:
        """Return the address listened on."""
        return str(self.server_address[0])

    @property
    def port(self) -> int:
        """Return the port listened on."""
        return int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread that *finish* can wait for."""
        thread = threading.Thread(
            target=self.process_request_thread, args=(request, client_address), daemon=True
        )
        with self._lock:
            self._connections[request] = thread
        thread.start()

    def close_request(self, request: Any) -> None:
        """Close a connection and forget it."""
        with self._lock:
            self._connections.pop(request, None)
        super().close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing about connections that the client broke off; print the traceback of everything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def finish(self) -> None:
        """Close the listening socket and all connections, and wait for their threads."""
        self.server_close()
        with self._lock:
            left = list(self._connections.items())
        for connection, thread in left:
            with suppress(OSError):  # the client was faster
                connection.shutdown(2)
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Listener
    timeout = 30
    disable_nagle_algorithm = True

    def version_string(self) -> str:
        """Return the Server header."""
        return "newsroom"

    def date_time_string(self, timestamp: float | None = None) -> str:  # noqa: ARG002
        """Return the Date header: always the same."""
        return DATE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Keep quiet; requests are in the log."""

    def do_GET(self) -> None:
        """Answer GET."""
        self._answer()

    def do_HEAD(self) -> None:
        """Answer HEAD: the head that GET would get."""
        self._answer()

    def _answer(self) -> None:
        self.server.under_way.add(self)
        try:
            self._answer_now(under_way=len(self.server.under_way))
        finally:
            self.server.under_way.discard(self)

    def _answer_now(self, *, under_way: int) -> None:
        at = time.monotonic()
        response = self.server.answer(self.server.host, self.path)
        if response.delay:
            time.sleep(response.delay)
        status = (
            304
            if response.validators and response.status == 200 and self._is_current(response)
            else response.status
        )
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.log.append(
            Request(
                method=self.command,
                host=self.server.host,
                path=self.path,
                status=status,
                at=at,
                under_way=under_way,
                headers=headers,
            )
        )
        body, coding = self._coded(response)
        self._send_head(response, status, body, coding)
        if self.command != "HEAD" and status != 304:
            self._send_body(response, body)

    def _is_current(self, response: Response) -> bool:
        """Return whether the client's copy is the current one (RFC 9110, 13.1.2 and 13.1.3)."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return tags.strip() == "*" or response.etag in [
                tag.strip().removeprefix("W/") for tag in tags.split(",")
            ]
        return self.headers.get("If-Modified-Since") == LAST_MODIFIED

    def _coded(self, response: Response) -> tuple[bytes, str | None]:
        """Return the body as sent, and its content coding."""
        accepts = [
            part.partition(";")[0].strip() for part in self.headers.get("Accept-Encoding", "").split(",")
        ]
        compressible = (response.content_type or "").startswith(_COMPRESSIBLE) and len(response.body) > 200
        if response.gzip and compressible and "gzip" in accepts:
            return gzip.compress(response.body, 6, mtime=0), "gzip"
        return response.body, None

    def _send_head(self, response: Response, status: int, body: bytes, coding: str | None) -> None:
        self.protocol_version = "HTTP/1.0" if response.framing == "close" else "HTTP/1.1"
        self.send_response(status)
        for name, value in self._fields(response, status, body, coding):
            self.send_header(name, value)
        self.end_headers()

    def _fields(
        self, response: Response, status: int, body: bytes, coding: str | None
    ) -> Iterator[tuple[str, str]]:
        if response.validators:
            yield "ETag", response.etag
            yield "Last-Modified", LAST_MODIFIED
        yield from response.headers
        if response.gzip:
            yield "Vary", "Accept-Encoding"
        if status == 304:
            return
        if response.content_type:
            yield "Content-Type", response.content_type
        if coding:
            yield "Content-Encoding", coding
        if response.framing == "length":
            yield "Content-Length", str(len(body))
        elif response.framing == "chunked":
            yield "Transfer-Encoding", "chunked"
        else:
            yield "Connection", "close"

    def _send_body(self, response: Response, body: bytes) -> None:
        *pieces, last = _chunks(body) if response.framing == "chunked" else (body[:-1], body[-1:])
        for piece in pieces:
            self.wfile.write(piece)
        self.server.under_way.discard(self)  # who has the last byte may ask again before we look
        self.wfile.write(last)


def _chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _CHUNK):
        chunk = body[start : start + _CHUNK]
        yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
    yield b"0\r\n\r\n"
