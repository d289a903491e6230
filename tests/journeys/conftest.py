"""Fixtures: a real Chromium whose every way out of the machine ends in a book that tests read."""

from __future__ import annotations

import shutil
import socketserver
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.archive.replay.conftest import replay_environment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request

__all__ = ["replay_environment"]

ARGUMENTS = [
    "--no-sandbox",
    "--headless=new",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-field-trial-config",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication,CertificateTransparencyComponentUpdater",
]


@dataclass
class Sink:
    """Stands for the whole network: a proxy that notes what is asked of it, and refuses."""

    port: int = 0
    asked: list[str] = field(default_factory=list)


class _Refuse(socketserver.StreamRequestHandler):
    timeout = 5

    def handle(self) -> None:
        line = self.rfile.readline(8192).decode("latin-1").strip()
        self.server.sink.asked.append(line)
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class _Listener(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is none of the test's business."""


@pytest.fixture(scope="session")
def sink() -> Iterator[Sink]:
    """Yield the proxy through which Chromium sees everything but the replay."""
    with _Listener(("127.0.0.1", 0), _Refuse) as listener:
        listener.sink = Sink(listener.server_address[1])
        thread = threading.Thread(target=listener.serve_forever, args=(0.1,), daemon=True)
        thread.start()
        yield listener.sink
        listener.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield a real Chromium with a fresh profile; skips where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        pytest.skip("no chromium here (Debian: apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, headless=True)
        yield browser
        browser.close()


class Window:
    """A browser window on a replay, and a list of all it asked for."""

    def __init__(self, page: Page, origins: tuple[str, ...], sink: Sink) -> None:
        self.page = page
        self.requests: list[str] = []
        self._own = {urlsplit(origin).netloc for origin in origins}
        self._sink = sink
        self._stopped: list[str] = []
        page.context.on("request", lambda request: self.requests.append(request.url))
        page.context.on("requestfailed", self._note_failure)

    def _note_failure(self, request: Request) -> None:
        if request.failure in {"csp", "net::ERR_BLOCKED_BY_CSP"}:
            self._stopped.append(request.url)

    @property
    def leaks(self) -> list[str]:
        """Return what was asked of anybody but the replay and not stopped by policy, and what reached the network."""
        strangers = [url for url in self.requests if urlsplit(url).scheme in {"http", "https", "ws", "wss"}]
        passed = [
            url for url in strangers if urlsplit(url).netloc not in self._own and url not in self._stopped
        ]
        return passed + self._sink.asked

    def open(self, url: str) -> None:
        """Open *url* and wait until the archived page in it (or the page itself) is complete."""
        self.page.goto(url, wait_until="load", timeout=30_000)
        self.page.wait_for_load_state("networkidle", timeout=30_000)

    @property
    def archived(self) -> Page:
        """Return the frame in which the engine shows the archived page."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline:
            for frame in self.page.frames:
                if "mp_/" in frame.url:
                    frame.wait_for_load_state("load", timeout=20_000)
                    return frame
            self.page.wait_for_timeout(100)
        raise AssertionError(f"no archived page in {[frame.url for frame in self.page.frames]}")


@pytest.fixture
def window_on(chromium: Browser, sink: Sink):
    """Return a context manager that opens a *Window* on the replay at an origin, or at several."""

    @contextmanager
    def opened(*origins: str) -> Iterator[Window]:
        sink.asked.clear()
        bypass = ",".join(["<-loopback>", *(urlsplit(origin).netloc for origin in origins)])
        proxy = {"server": f"http://127.0.0.1:{sink.port}", "bypass": bypass}
        context = chromium.new_context(proxy=proxy, viewport={"width": 1280, "height": 900})
        try:
            yield Window(context.new_page(), origins, sink)
        finally:
            context.close()

    return opened
