"""Made-up news sites on loopback for the benches of the frontier: one server, an address a site, and a book of requests."""

from __future__ import annotations

import http.server
import random
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

WORDS = [
    "council",
    "harbour",
    "budget",
    "bridge",
    "school",
    "ferry",
    "winter",
    "library",
    "market",
    "orchard",
    "tunnel",
    "museum",
    "garden",
    "railway",
    "mayor",
    "election",
    "committee",
    "river",
    "festival",
    "hospital",
    "teacher",
    "theatre",
    "strike",
    "tariff",
    "island",
    "weather",
    "bakery",
    "stadium",
]
SYLLABLES = [
    a + b + c + d for a in "bdfglmnprst" for b in "aeiou" for c in "lmnrst" for d in ("a", "en", "is", "o")
]
"""Words of the articles' text, enough that no two articles are alike."""


def address(site: int) -> str:
    """Return the loopback address of *site* (0 … 64,000)."""
    return f"127.{1 + site // 250 // 250}.{site // 250 % 250}.{2 + site % 250}"


@dataclass
class Asked:
    """One request that came in."""

    at: float
    site: str
    path: str


@dataclass
class SmallSites:
    """*sites* news sites of *articles* articles each; every article has its own words and *paragraphs* paragraphs."""

    sites: int
    articles: int
    paragraphs: int = 4
    book: list[Asked] = field(default_factory=list)
    port: int = 0

    def __enter__(self) -> Self:
        """Begin to listen, on a port of the system's choice."""
        self._server = _Server(("0.0.0.0", 0), _Answer)
        self._server.world = self
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=5)

    @property
    def homes(self) -> list[str]:
        """Return the sites' home pages."""
        return [f"http://{address(site)}:{self.port}/" for site in range(self.sites)]

    def page(self, site: str, path: str) -> bytes | None:
        """Return what stands at *path* of the site with the address *site*; None where nothing does."""
        if path == "/robots.txt":
            return b"User-agent: *\nAllow: /\n"
        if path == "/":
            links = (
                f'<li><a href="{self.path(number)}">{headline(number)}</a></li>'
                for number in range(self.articles)
            )
            return f"<!doctype html><title>Small Site</title><h1>News</h1><ul>{''.join(links)}</ul>".encode()
        number = path.rpartition("-")[2].removesuffix(".html")
        if path.startswith("/2026/") and number.isdigit() and int(number) < self.articles:
            return self._article(site, int(number)).encode()
        return None

    def path(self, number: int) -> str:
        """Return the path of article *number*."""
        slug = headline(number).lower().replace(" ", "-")
        return f"/2026/{1 + number % 9:02d}/{1 + number % 28:02d}/{slug}-{number}.html"

    def _article(self, site: str, number: int) -> str:
        day = f"2026-{1 + number % 9:02d}-{1 + number % 28:02d}T08:{number % 60:02d}:00Z"
        dice = random.Random(f"{site} {number}")
        text = "".join(
            f"<p>{' '.join(dice.choices(SYLLABLES, k=30)).capitalize()}.</p>" for _ in range(self.paragraphs)
        )
        return (
            f"<!doctype html><html lang=en><head><title>{headline(number)} {number}</title>"
            f'<meta property="og:type" content="article"><meta property="article:published_time" content="{day}">'
            f"</head><body><article><h1>{headline(number)} {number}</h1><p class=byline>By Ann Writer</p>{text}</article></body></html>"
        )


def headline(number: int) -> str:
    """Return three words that belong to *number*."""
    return " ".join(WORDS[number * step % len(WORDS)] for step in (1, 5, 11)).capitalize()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 1024
    world: SmallSites

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawler that was killed hangs up; that is none of the bench's business."""


class _Answer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: _Server

    def do_GET(self) -> None:
        """Note the request, then answer."""
        site = str(self.connection.getsockname()[0])
        self.server.world.book.append(Asked(time.monotonic(), site, self.path))
        body = self.server.world.page(site, self.path)
        status = 404 if body is None else 200
        kind = "text/plain" if self.path == "/robots.txt" else "text/html; charset=utf-8"
        body = body or b"nothing here"
        head = (
            f"HTTP/1.1 {status} {'OK' if status == 200 else 'Not Found'}\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        self.wfile.write(head.encode() + body)

    def log_message(self, *_: object) -> None:
        """The book is enough."""
