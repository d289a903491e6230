"""The desk and its replay as two servers on two ports: two origins, so that nothing archived shares the desk's."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Self

from archive.replay.application import replay_app
from archive.replay.listening import listening, names_of, origin_of, served, wait
from archive.replay.player import playing
from archive.web.app import desk_app
from archive.web.people import People

if TYPE_CHECKING:
    from starlette.requests import Request

    from archive.folder import ArchiveFolder


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
        self.player_origin = ""
        """Where single captures run with their scripts; empty where no engine is installed."""

    def __enter__(self) -> Self:
        """Return when the first page can be asked for."""
        hosts = names_of(self._host)
        with ExitStack() as starting:
            desk, replay = (starting.enter_context(listening(self._host, port)) for port in self._ports)
            self.origin, self.replay_origin = origin_of(desk), origin_of(replay)
            people = self._people(hosts)

            def is_staff(asked: Request) -> bool:
                return people.is_staff(asked.headers)

            player = starting.enter_context(
                playing(self._folder, self._host, self.replay_origin, hosts=hosts, is_staff=is_staff)
            )
            self.player_origin = player.origin
            replaying = replay_app(
                self._folder, desk_origin=self.origin, hosts=hosts, is_staff=is_staff, player=player
            )
            reading = desk_app(self._folder, replay_origin=self.replay_origin, hosts=hosts, people=people)
            starting.enter_context(served(replaying, replay))
            starting.enter_context(served(reading, desk))
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def _people(self, hosts: frozenset[str] | None) -> People:
        settings = self._folder.config().desk
        return People(
            header=settings.user_header,
            staff=frozenset(filter(None, (name.strip() for name in settings.staff.split(",")))),
            at_this_machine=hosts is not None,
        )

    def wait(self) -> None:
        """Return on Ctrl-C or SIGTERM; to be called in the main thread."""
        wait()
