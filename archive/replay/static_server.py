"""Tearsheet's own replay, served by itself: no installation, no list of captures to write, there at once."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from archive.replay.addresses import RAW, WINDOW, path_to
from archive.replay.application import replay_app
from archive.replay.listening import LOOPBACK, LOOPBACK_NAMES, listening, origin_of, served, wait
from archive.replay.player import playing

if TYPE_CHECKING:
    from datetime import datetime

    from archive.folder import ArchiveFolder


class StaticReplay:
    """Replays *folder* at ``http://127.0.0.1:<port>/`` while its context is entered; the pages' scripts do not run.

    Port 0 takes a free one. Entering raises *UnknownArchive* or *PortBusy*.
    """

    def __init__(self, folder: ArchiveFolder, *, port: int = 0) -> None:
        self._folder = folder
        self._port = port
        self._running = ExitStack()
        self._origin = ""

    def __enter__(self) -> Self:
        """Return when the first page can be asked for."""
        self._folder.open()
        with ExitStack() as starting:
            listener = starting.enter_context(listening(LOOPBACK, self._port))
            self._origin = origin_of(listener)
            player = starting.enter_context(
                playing(self._folder, LOOPBACK, self._origin, hosts=LOOPBACK_NAMES)
            )
            app = replay_app(self._folder, hosts=LOOPBACK_NAMES, player=player)
            starting.enter_context(served(app, listener))
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def home(self) -> str:
        """Return the address of the start page."""
        return f"{self._origin}/"

    def url_for(self, url: str, at: datetime | None = None, *, raw: bool = False) -> str:
        """Return where *url* is replayed: the capture closest to *at*, or the newest one; *raw*: as it was sent."""
        return self._origin + path_to(url, at, RAW if raw else WINDOW)

    def wait(self) -> None:
        """Return on Ctrl-C or SIGTERM; to be called in the main thread."""
        wait()
