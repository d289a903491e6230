"""A host's turn over all runs of an archive that go on side by side: one exchange at a time, whichever processes ask.

Who holds a turn has the system's lock on the byte of a file that stands for the host; it is let go when a process ends, however
it ends. When a host was asked last, and until when it wants to be left alone, stands in the file of the hosts, for all.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections import Counter
from contextlib import asynccontextmanager
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest

from archive.errors import ArchiveError
from archive.times import utc_now

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path
    from typing import Self

    from archive.index.hosts import Hosts

PAGE, REQUISITE = "page", "requisite"
"""The lanes: what has a delay of its own."""
LOOK_EVERY_SECONDS = 0.1
"""While another process has a host's turn. To ask the system costs a millionth of that."""
LONGEST_NAP_SECONDS = 0.5
"""While a delay that another run began is waited for, or a host's rest: this run may end, or the rest become longer."""


class RunEnds(IgnoreRequest):
    """The run ends before the host's turn came."""


class SharedTurns:
    """The turns of one run's hosts."""

    def __init__(self, hosts: Hosts, lock_file: Path, run: str) -> None:
        self._hosts, self._run = hosts, run
        self._descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o666)
        self._mine: Counter[int] = Counter()
        self.on_hold: Callable[[str, float, str], None] = _ignore
        """Told host, seconds and reason when another run has learnt that a host wants to be left alone; may raise."""
        self.on_failure: Callable[[Exception], object] = _raise
        """Told when the hosts' file cannot be written."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of all turns."""
        os.close(self._descriptor)

    @asynccontextmanager
    async def turn(
        self, host: str, lane: str, delay: float, *, is_over: Callable[[], bool]
    ) -> AsyncIterator[None]:
        """Hold the turn of *host*, *delay* seconds after any run has asked it for something.

        Raises RunEnds soon after *is_over* says so, and what *on_hold* raises.
        """
        place = _place(host)
        while not self._take(place):
            await _nap(LOOK_EVERY_SECONDS, is_over)
        try:
            while (wait := self._wait(host, lane, delay)) > 0:
                await _nap(min(wait, LONGEST_NAP_SECONDS), is_over)
            self._note(host, lane)
            yield
        finally:
            self._let_go(place)

    def _wait(self, host: str, lane: str, delay: float) -> float:
        """Return the seconds that must pass because of what other runs asked *host*, or were told by it."""
        turn, now = self._hosts.turn(host, lane), utc_now()
        wait = 0.0
        if turn.asked_at is not None and turn.run != self._run and turn.asked_at <= now:
            wait = (turn.asked_at + timedelta(seconds=delay) - now).total_seconds()
        if turn.held_until is not None and turn.held_until > now:
            rest = (turn.held_until - now).total_seconds()
            self.on_hold(host, rest, turn.why)
            wait = max(wait, rest)
        return wait

    def _note(self, host: str, lane: str) -> None:
        try:
            self._hosts.take_turn(host, lane, self._run, utc_now())
        except ArchiveError as error:
            self.on_failure(error)
            raise

    def _take(self, place: int) -> bool:
        try:
            fcntl.lockf(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            return False
        self._mine[place] += 1
        return True

    def _let_go(self, place: int) -> None:
        self._mine[place] -= 1
        if not self._mine[place]:
            del self._mine[place]
            fcntl.lockf(self._descriptor, fcntl.LOCK_UN, 1, place)


def _place(host: str) -> int:
    return int.from_bytes(sha256(host.encode()).digest()[:7], "big")


async def _nap(seconds: float, is_over: Callable[[], bool]) -> None:
    if is_over():
        raise RunEnds("the run ends")
    await asyncio.sleep(seconds)


def _ignore(*_: object) -> None:
    """Stand where nobody listens."""


def _raise(error: Exception) -> None:
    raise error
