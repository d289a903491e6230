"""The desk and its replay as two servers on two ports: two origins, so that nothing archived shares the desk's."""

from __future__ import annotations

import ipaddress
import socket
import threading
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Self

import uvicorn

from archive.errors import UserError
from archive.replay.application import replay_app
from archive.replay.server import PortBusy, on_signals
from archive.web.app import desk_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp

    from archive.folder import ArchiveFolder

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_STARTS_WITHIN = 20


class Desk:
    """Serves the desk of *folder* at *port* and its replay at *replay_port* of *host* while its context is entered.

    Port 0 takes a free one. Entering raises *UnknownArchive* or *PortBusy*.

    >>> with Desk(ArchiveFolder(Path("archive-data"))) as desk:  # doctest: +SKIP
    ...     print(desk.origin)
    ...     desk.wait()
    """

    def __init__(
        self, folder: ArchiveFolder, *, host: str = "127.0.0.1", port: int = 0, replay_port: int = 0
    ) -> None:
        self._folder = folder
        self._host = host
        self._ports = (port, replay_port)
        self._running = ExitStack()
        self.origin = ""
        """Where the desk is, without a slash at the end."""
        self.replay_origin = ""

    def __enter__(self) -> Self:
        """Return when the first page can be asked for."""
        hosts = LOOPBACK_NAMES if _is_loopback(self._host) else None
        with ExitStack() as starting:
            desk, replay = (starting.enter_context(_listening(self._host, port)) for port in self._ports)
            self.origin, self.replay_origin = _origin(desk), _origin(replay)
            replaying = replay_app(self._folder, desk_origin=self.origin, hosts=hosts)
            reading = desk_app(self._folder, replay_origin=self.replay_origin, hosts=hosts)
            starting.enter_context(_served(replaying, replay))
            starting.enter_context(_served(reading, desk))
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def wait(self) -> None:
        """Return on Ctrl-C or SIGTERM; to be called in the main thread."""
        stop = threading.Event()
        with on_signals(stop):
            while not stop.wait(0.5):
                pass


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise PortBusy(
                f"{host}, port {port}, cannot be used ({error.strerror}); choose others with --host, --port"
            ) from error
        listener.listen(128)
        yield listener


def _origin(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


@contextmanager
def _served(app: ASGIApp, listener: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    waited = threading.Event()
    for _ in range(_STARTS_WITHIN * 50):
        if server.started or not thread.is_alive():
            break
        waited.wait(0.02)
    if not server.started:
        raise UserError(f"the server at {_origin(listener)} did not start")
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)
