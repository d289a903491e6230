"""Serving an archive for people: each captured page with its style and images, at a chosen time, and nothing else."""

from __future__ import annotations

import signal
import threading
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Self
from urllib.parse import quote

from archive.errors import ArchiveError, UserError
from archive.folder import ArchiveFolder
from archive.index.reading_room import reading_room
from archive.replay import generated
from archive.replay.front import URL_CHARACTERS, Front
from archive.replay.pywb import Pywb
from archive.times import format_timestamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from archive.model import Record


_REST = 20
"""After a refresh that took one second, none for twenty: a crawl under way changes the index all the time."""


class PortBusy(UserError):  # noqa: N818  (says what it is)
    """Another program listens at the port asked for."""


class ReplayServer:
    """Replays the archive in *archive_folder* at ``http://127.0.0.1:<port>/`` while its context is entered.

    *port* 0 takes a free one. *environment* is the folder that *archive.replay.environment.ensure* returns.
    *captures* gives the records to replay, by default those of the archive's index. Entering raises
    *UnknownArchive*, *NothingCaptured*, *PortBusy* or *ReplayFailed*, each of them a *UserError*.

    >>> with ReplayServer(Path("archive-data"), environment=ensure()) as replay:  # doctest: +SKIP
    ...     print(replay.url_for("https://herald.example/harbour", at=datetime(2024, 3, 1, tzinfo=UTC)))
    ...     replay.wait()
    """

    def __init__(
        self,
        archive_folder: Path,
        *,
        port: int = 0,
        environment: Path,
        captures: Callable[[], Iterable[Record]] | None = None,
    ) -> None:
        self._archive = ArchiveFolder(archive_folder)
        self._port = port
        self._environment = environment
        self._from_index = captures is None
        self._captures = captures or self._captures_of_index
        self._refresh_at = 0.0
        self._refreshing = threading.Lock()
        self._running = ExitStack()
        self._front: Front | None = None
        self._pywb: Pywb | None = None

    def __enter__(self) -> Self:
        """Return when the first page can be asked for."""
        self._archive.open()
        with ExitStack() as starting:
            self._front = starting.enter_context(self._listening())
            self.refresh()
            self._pywb = starting.enter_context(Pywb(self._archive.replay, self._environment))
            self._front.pywb_port = self._pywb.port
            starting.enter_context(_served(self._front))
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    @property
    def home(self) -> str:
        """Return the address of the start page, which lists the captured sites and the newest pages."""
        return f"{self._origin}/"

    @property
    def pywb_pid(self) -> int | None:
        """Return the number of pywb's process; None when it is not running."""
        return self._pywb.pid if self._pywb else None

    def url_for(self, url: str, at: datetime | None = None, *, raw: bool = False) -> str:
        """Return where *url* is replayed: the capture closest to *at* (aware), or the newest one.

        *raw* gives the payload as it was sent, for programs; a browser shows its source.
        """
        moment = format_timestamp(at) if at else ""
        place = f"{moment}{'id_' if raw else ''}"
        return "/".join(
            filter(None, [self._origin, generated.COLLECTION, place, quote(url, safe=URL_CHARACTERS)])
        )

    def refresh(self) -> None:
        """Take in what was captured since; called at start, and when the start page is asked for.

        Raises *NothingCaptured*.
        """
        with self._refreshing:
            state = self._state_of_index()
            if not state or state != generated.state_of(self._archive.replay):
                generated.write(self._archive.replay, self._captures(), state)

    def wait(self) -> None:
        """Return on Ctrl-C or SIGTERM; to be called in the main thread. Raises *ReplayFailed* when pywb has ended."""
        stop = threading.Event()
        with on_signals(stop):
            while self._pywb and not stop.wait(0.5):
                self._pywb.check()

    @property
    def _origin(self) -> str:
        if self._front is None:
            raise RuntimeError("the replay has not been started")
        return self._front.origin

    @contextmanager
    def _listening(self) -> Iterator[Front]:
        try:
            front = Front(self._port, self._start_page)
        except OSError as error:
            raise PortBusy(
                f"Port {self._port} cannot be used ({error.strerror}); choose another with --port, or leave it out"
            ) from error
        try:
            yield front
        finally:
            front.server_close()

    def _start_page(self) -> bytes:
        now = time.monotonic()
        if now >= self._refresh_at:
            with suppress(ArchiveError):  # an index being rebuilt: what was captured before is still there
                self.refresh()
            self._refresh_at = time.monotonic() + _REST * (time.monotonic() - now)
        return generated.start_page(self._archive.replay)

    def _captures_of_index(self) -> Iterator[Record]:
        with reading_room(self._archive) as index:
            yield from index.iter_captures()

    def _state_of_index(self) -> str:
        """Return what changes whenever the index does; empty when the records come from elsewhere."""
        if not self._from_index:
            return ""
        index = self._archive.index
        rules = self._archive.operator
        files = [file.with_name(f"{file.name}{end}") for file in (index, rules) for end in ("", "-wal")]
        found = [file.stat() for file in files if file.exists()]
        return " ".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in found if stat.st_size)


@contextmanager
def _served(front: Front) -> Iterator[None]:
    thread = threading.Thread(target=front.serve_forever, args=(0.1,), name="replay", daemon=True)
    thread.start()
    try:
        yield
    finally:
        front.shutdown()
        thread.join()


@contextmanager
def on_signals(event: threading.Event) -> Iterator[None]:
    """Set *event* on Ctrl-C and SIGTERM, instead of what they would do."""
    wanted = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: event.set()) for number in wanted]
    try:
        yield
    finally:
        for number, handler in zip(wanted, before, strict=True):
            signal.signal(number, handler)
