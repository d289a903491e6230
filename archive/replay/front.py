"""The replay's own web server: the start page, and pywb's answers with safe headers.

It stands between browser and pywb because pywb has no place where every answer can be given a policy.
"""

from __future__ import annotations

import http.client
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from archive.replay.generated import COLLECTION, INJECTED_NAME
from archive.replay.guard import INJECTED, START_PAGE, guarded

if TYPE_CHECKING:
    from collections.abc import Callable

_LOOPBACK = "127.0.0.1"
_OWN_NAMES = {_LOOPBACK, "localhost"}
_PATIENCE = 60  # seconds that pywb may take for the next bytes of an answer
_PIECE = 1 << 16
_HELD_BACK = {"connection", "keep-alive", "proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
URL_CHARACTERS = "!#$%&'()*+,/:;=?@[]~"
_LARGEST_QUESTION = 1 << 20
_NOT_HERE = {"/favicon.ico", "/apple-touch-icon.png"}


class Front(ThreadingHTTPServer):
    """Listens on loopback at *port* (0: any free one) and asks the pywb that listens at *pywb_port*."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, port: int, start_page: Callable[[], bytes]) -> None:
        self.start_page = start_page
        self.pywb_port = 0
        super().__init__((_LOOPBACK, port), _Handler)

    @property
    def origin(self) -> str:
        """Return ``http://127.0.0.1:<port>``."""
        return f"http://{_LOOPBACK}:{self.server_port}"

    def server_bind(self) -> None:
        """Bind without asking the name service who we are, as the base class does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _LOOPBACK, self.socket.getsockname()[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Be silent when a browser goes away in the middle of an answer; anything else is a fault and is shown."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    server: Front
    protocol_version = "HTTP/1.1"
    timeout = 120  # seconds that an idle connection is kept

    def do_GET(self) -> None:
        """Answer from the start page or from pywb; the other methods likewise."""
        path, _, query = self.path.partition("?")
        if not self._is_for_us():
            self._say(HTTPStatus.MISDIRECTED_REQUEST, "This is a replay of archived pages at 127.0.0.1.")
        elif self.headers.get("Service-Worker"):
            # One that an archived page installs would stay in the browser and answer for other captures.
            self._say(HTTPStatus.FORBIDDEN, "Archived service workers are not replayed.")
        elif path == "/":
            self._send(
                HTTPStatus.OK, [("Content-Type", "text/html; charset=utf-8")], self.server.start_page()
            )
        elif path == f"/static/{INJECTED_NAME}":
            self._send(HTTPStatus.OK, [("Content-Type", "text/javascript")], INJECTED.encode())
        elif path == "/captures":
            self._send(HTTPStatus.FOUND, [("Location", self._captures_of(query))], b"")
        elif path in _NOT_HERE:
            self._say(HTTPStatus.NOT_FOUND, "Not here.")
        else:
            self._relay()

    do_HEAD = do_POST = do_OPTIONS = do_GET  # noqa: N815  (names given by the base class)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (name given by the base class)
        """Keep quiet: pywb keeps the log."""

    def _is_for_us(self) -> bool:
        """Return whether the browser means this server, not a name that somebody made point here (DNS rebinding)."""
        return (urlsplit(f"//{self.headers.get('Host', '')}").hostname or _LOOPBACK) in _OWN_NAMES

    @staticmethod
    def _captures_of(query: str) -> str:
        url = parse_qs(query).get("url", [""])[0].strip()
        return f"/{COLLECTION}/*/{quote(url, safe=URL_CHARACTERS)}" if url else "/"

    def _say(self, status: HTTPStatus, text: str) -> None:
        self._send(status, [("Content-Type", "text/plain; charset=utf-8")], text.encode())

    def _send(self, status: HTTPStatus, headers: list[tuple[str, str]], body: bytes) -> None:
        self.close_connection = status >= HTTPStatus.BAD_REQUEST
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Security-Policy", START_PAGE)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _relay(self) -> None:
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal() or int(length) > _LARGEST_QUESTION:
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "Too large a question.")
            return
        body = self.rfile.read(int(length))
        pywb = http.client.HTTPConnection(_LOOPBACK, self.server.pywb_port, timeout=_PATIENCE)
        try:
            pywb.request(self.command, quote(self.path, safe=URL_CHARACTERS), body or None, self._passed_on())
            answer = pywb.getresponse()
        except (OSError, http.client.HTTPException) as error:
            self._say(HTTPStatus.BAD_GATEWAY, f"pywb does not answer ({error}); its log is replay/pywb.log.")
        else:
            self._pass_back(answer)
        finally:
            pywb.close()

    def _passed_on(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in self.headers.items()
            if name.lower() not in _HELD_BACK and not name.lower().startswith("x-forwarded-")
        }
        # So that pywb ends the connection behind each answer: a truncated capture has fewer bytes than it announces.
        return kept | {"Connection": "close"}

    def _pass_back(self, answer: http.client.HTTPResponse) -> None:
        headers = guarded(
            answer.getheaders(),
            path=self.path,
            origin=f"http://{self.headers.get('Host') or f'{_LOOPBACK}:{self.server.server_port}'}",
            destination=self.headers.get("Sec-Fetch-Dest", ""),
        )
        self.close_connection = True  # the end of an answer without length; and see _passed_on
        self.send_response_only(answer.status, answer.reason)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        while piece := answer.read(_PIECE):
            self.wfile.write(piece)
