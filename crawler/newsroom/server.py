"""Serves the made-up outlets over HTTP/1.1 on their loopback addresses."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from archive.errors import UserError
from crawler.newsroom import world
from crawler.newsroom.listener import Listener
from crawler.newsroom.responses import Response
from crawler.newsroom.site import not_found, site

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.newsroom.listener import Request
    from crawler.newsroom.records import NewsArticle, Outlet

_TRACKING = ("utm_", "fbclid", "gclid")
_TRIES = 20


class Newsroom:
    """The outlets' servers; use it in a ``with`` block, or call *start* and *stop*.

    *port* 0 takes any port that is free on all addresses. A port in use raises UserError on start.
    """

    def __init__(self, *, port: int = world.DEFAULT_PORT, edition: int = 1) -> None:
        self.port = port
        self.edition = edition
        self.log: list[Request] = []
        """All requests seen, in the order in which they were answered."""
        self._overrides: dict[tuple[str | None, str], Response | Callable[[], Response]] = {}
        self._servers: list[Listener] = []
        self._threads: list[threading.Thread] = []
        self._answers: dict[tuple[str, str], Callable[[], Response]] = {}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def outlets(self) -> tuple[Outlet, ...]:
        """Return the outlets as they are served."""
        return world.outlets(self.port)

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the addresses of the home pages."""
        return tuple(f"{outlet.base}/" for outlet in self.outlets)

    def articles(self, edition: int | None = None) -> tuple[NewsArticle, ...]:
        """Return the truth about all articles of *edition*, or of the one being served."""
        return world.articles(edition or self.edition, self.port)

    def article(self, slug: str, edition: int | None = None) -> NewsArticle:
        """Return the article called *slug*; KeyError when there is none in that edition."""
        return world.article(slug, edition or self.edition, self.port)

    def set_edition(self, edition: int) -> None:
        """Serve *edition* from now on."""
        self._answers = site(edition, self.port)
        self.edition = edition

    def override(self, url_path: str, response: Response | Callable[[], Response] | None) -> None:
        """Answer *url_path* (on all hosts; or one, when given as an absolute URL) with *response*; None ends that."""
        parts = urlsplit(url_path)
        key = (parts.hostname, parts.path + (f"?{parts.query}" if parts.query else ""))
        if response is None:
            self._overrides.pop(key, None)
        else:
            self._overrides[key] = response

    def clear_overrides(self) -> None:
        """End all overrides."""
        self._overrides.clear()

    def start(self) -> None:
        """Begin to listen on all addresses; UserError when the port is taken."""
        self._servers = self._bind()
        self.port = self._servers[0].port
        self.set_edition(self.edition)
        for server in self._servers:
            thread = threading.Thread(
                target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
            )
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Stop listening, end open connections and wait for the threads; does nothing when not started."""
        for server in self._servers:
            server.shutdown()
            server.finish()
        for thread in self._threads:
            thread.join()
        self._servers, self._threads = [], []

    def answer(self, host: str, path: str) -> Response:
        """Return what *host* answers to *path*: an override, the edition's page, or the outlet's 404."""
        for key in ((host, path), (None, path)):
            if key in self._overrides:
                chosen = self._overrides[key]
                return chosen if isinstance(chosen, Response) else chosen()
        maker = self._answers.get((host, path)) or self._answers.get((host, without_tracking(path)))
        if maker:
            return maker()
        outlet = next((o for o in self.outlets if o.host == host), self.outlets[0])
        return not_found(outlet)

    def _bind(self) -> list[Listener]:
        hosts = list(
            dict.fromkeys(host for outlet in self.outlets for host in (outlet.host, outlet.static_host))
        )
        problem = ""
        for _ in range(_TRIES if self.port == 0 else 1):
            listeners: list[Listener] = []
            for host in hosts:
                address = (host, listeners[0].port if listeners else self.port)
                try:
                    listeners.append(Listener(address, self.answer, self.log))
                except OSError as error:
                    problem = f"{host}: {error.strerror or error}"
                    break
            else:
                return listeners
            for listener in listeners:
                listener.server_close()
        raise UserError(
            f"The sample newsroom cannot listen on port {self.port} ({problem}); "
            "choose another port with --port, or 0 for any free one"
        )


def without_tracking(path: str) -> str:
    """Return *path* without the parameters that only say where the reader came from.

    >>> without_tracking("/a?utm_source=feed&page=2")
    '/a?page=2'
    """
    parts = urlsplit(path)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.startswith(_TRACKING)
    ]
    return parts.path + (f"?{urlencode(kept)}" if kept else "")
