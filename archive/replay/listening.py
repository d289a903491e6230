"""Web applications on ports of this machine: listened at first, served until their context ends."""

from __future__ import annotations

import ipaddress
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from archive.errors import UserError
from archive.replay.server import PortBusy, on_signals

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
LOOPBACK_NAMES = frozenset({LOOPBACK, "localhost", "::1"})
_STARTS_WITHIN = 20


def names_of(host: str) -> frozenset[str] | None:
    """Return the names under which a server at *host* may be called; None, which means any, when others are let in."""
    try:
        is_own = host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_own = False
    return LOOPBACK_NAMES if is_own else None


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Yield a socket that listens at *host*, *port* (0: any free one). Raises *PortBusy*."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise PortBusy(
                f"Port {port} cannot be used at {host} ({error.strerror}); choose another with --port, or leave it out"
            ) from error
        listener.listen(128)
        yield listener


def origin_of(listener: socket.socket) -> str:
    """Return ``http://127.0.0.1:<port>``."""
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def served(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    """Serve *app* at *listener*, in a thread of its own."""
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    pause = threading.Event()
    for _ in range(_STARTS_WITHIN * 50):
        if server.started or not thread.is_alive():
            break
        pause.wait(0.02)
    if not server.started:
        raise UserError(f"the server at {origin_of(listener)} did not start")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def wait() -> None:
    """Return on Ctrl-C or SIGTERM; to be called in the main thread."""
    stop = threading.Event()
    with on_signals(stop):
        while not stop.wait(0.5):
            pass
