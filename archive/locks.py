"""Who works in an archive: any number of runs side by side, each of sites of its own, or one verb that has it alone.

All locks are the system's (flock): it lets go when a process ends, however it ends. What stands in the files only tells
others who it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from time import monotonic, sleep
from typing import IO, TYPE_CHECKING

from archive.errors import ArchiveInUse, SiteInUse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_SIGNED = ".json"
_NAMED = 3
"""Runs, or sites, that an error names one by one."""
_TRIES, _PAUSE_SECONDS, _LOOK_EVERY_SECONDS = 10, 0.02, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A process that writes to an archive."""

    pid: int
    host: str
    """The machine's name."""
    purpose: str
    """The verb: crawl, reindex, repair."""
    run: str = ""
    """Id of the run; empty when it is none."""
    since: str
    """ISO, UTC."""
    sites: tuple[str, ...] = ()

    def __str__(self) -> str:
        doing = ", ".join(filter(None, (self.purpose, self.run and f"run {self.run}")))
        return f"process {self.pid} on {self.host}{f' ({doing})' if doing else ''}, since {self.since}"


class Locks:
    """The locks of one archive: the file ``lock``, and the folder ``locks`` with a file for each run under way."""

    def __init__(self, archive: Path) -> None:
        self._archive = archive
        self._file = archive / "lock"
        self._folder = archive / "locks"
        self._next = self._folder / "next"

    @property
    def hosts(self) -> Path:
        """Return the file whose bytes stand for hosts: who has the lock of one has the host's turn."""
        return self._folder / "hosts"

    @contextmanager
    def alone(self, purpose: str = "", *, wait_seconds: float = 0.0) -> Iterator[None]:
        """Hold the archive alone. Raises *ArchiveInUse*, naming who holds it, when anybody writes to it for longer than *wait_seconds*.

        Runs are let go on to their end meanwhile, but no other begins: they may follow each other without a pause.
        """
        me = _me(purpose)
        with self._file.open("a+", encoding="utf-8") as file:
            with self._announced(me) if wait_seconds else nullcontext():
                self._take_alone(file, monotonic() + wait_seconds)
            _sign(file, me)
            try:
                yield
            finally:
                file.truncate(0)

    def _take_alone(self, file: IO[str], until: float) -> None:
        for tried in count(1):
            if _take(file, fcntl.LOCK_EX):
                return
            is_held = bool(_read(file) or self.runs())
            if monotonic() >= until and (is_held or tried >= _TRIES):  # else somebody only looks who is here
                raise ArchiveInUse(f"{self._archive} is in use by {self._who(file)}")
            sleep(
                min(_LOOK_EVERY_SECONDS, max(_PAUSE_SECONDS, until - monotonic()))
                if is_held
                else _PAUSE_SECONDS
            )

    @contextmanager
    def _announced(self, me: Holder) -> Iterator[None]:
        """Let no run begin. Raises *ArchiveInUse* when another process waits like that."""
        self._folder.mkdir(exist_ok=True)
        with self._next.open("a+", encoding="utf-8") as file:
            if not _take(file, fcntl.LOCK_EX):
                raise ArchiveInUse(
                    f"{self._archive}: {_read(file) or 'another process'} waits to have it alone"
                )
            _sign(file, me)
            try:
                yield
            finally:
                file.truncate(0)

    @contextmanager
    def beside(self, purpose: str, *, run: str, sites: Sequence[str] = ()) -> Iterator[None]:
        """Hold *sites* for a run, beside runs of others.

        Raises *SiteInUse* at once when a run of one of *sites* is under way, *ArchiveInUse* when a process has the archive alone.
        """
        with self._file.open("a+", encoding="utf-8") as file:
            self._check_nobody_waits()
            if not _take(file, fcntl.LOCK_SH):
                raise ArchiveInUse(f"{self._archive} is in use by {self._who(file)}")
            with self._register(_me(purpose, run=run, sites=sites)):
                yield

    def _check_nobody_waits(self) -> None:
        with suppress(FileNotFoundError), self._next.open(encoding="utf-8") as file:
            if not _take(file, fcntl.LOCK_SH):
                raise ArchiveInUse(
                    f"{self._archive}: {_read(file) or 'another process'} waits to have it alone"
                )

    @contextmanager
    def _register(self, me: Holder) -> Iterator[None]:
        path = self._folder / (me.run + _SIGNED)
        with self._gate():
            for other in self._living(forget_dead=True):
                same = [site for site in me.sites if site in other.sites]
                if same:
                    raise SiteInUse(f"{_some(same)}: a run is under way: {other}")
            file = path.open("x", encoding="utf-8")
            fcntl.flock(file, fcntl.LOCK_EX)
            _sign(file, me)
        with file:
            try:
                yield
            finally:
                path.unlink(missing_ok=True)

    @contextmanager
    def ordering(self) -> Iterator[None]:
        """Hold what only one run at a time may do, such as putting in order what others left; waits for it."""
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "order").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def holders(self) -> list[Holder]:
        """Return who writes to the archive now: the verb that has it alone, or the runs under way."""
        with suppress(OSError), self._file.open(encoding="utf-8") as file:
            if not _take(file, fcntl.LOCK_SH):
                holder = _read(file)
                return [holder] if holder is not None else []
        return self.runs()

    def runs(self) -> list[Holder]:
        """Return the runs under way, the first begun first; this process's own among them."""
        return sorted(self._living(forget_dead=False), key=lambda holder: (holder.since, holder.run))

    @contextmanager
    def _gate(self) -> Iterator[None]:
        self._folder.mkdir(exist_ok=True)
        with (self._folder / "gate").open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _living(self, *, forget_dead: bool) -> list[Holder]:
        found = []
        for path in sorted(self._folder.glob(f"*{_SIGNED}")):
            with suppress(FileNotFoundError), path.open(encoding="utf-8") as file:
                if not _take(file, fcntl.LOCK_SH):
                    found.append(_read(file) or _unknown(path.stem))
                elif forget_dead:
                    path.unlink(missing_ok=True)
        return found

    def _who(self, file: IO[str]) -> str:
        holder = _read(file)
        if holder is not None:
            return str(holder)
        runs = self.runs()
        return _some([str(run) for run in runs]) if runs else "another process"


def _me(purpose: str, *, run: str = "", sites: Sequence[str] = ()) -> Holder:
    since = datetime.now(UTC).isoformat(timespec="seconds")
    return Holder(
        pid=os.getpid(), host=platform.node(), purpose=purpose, run=run, since=since, sites=tuple(sites)
    )


def _unknown(run: str) -> Holder:
    """Return who holds a file in which nothing stands yet."""
    return Holder(pid=0, host="this or another machine", purpose="crawl", run=run, since="just now")


def _take(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sign(file: IO[str], holder: Holder) -> None:
    file.truncate(0)
    json.dump(asdict(holder), file)
    file.flush()


def _read(file: IO[str]) -> Holder | None:
    """Return who signed *file*; None when nobody has, or not to the end: it is read between taking the lock and signing."""
    file.seek(0)
    try:
        signed = json.load(file)
        return Holder(**{**signed, "sites": tuple(signed["sites"])})
    except (ValueError, KeyError, TypeError):
        return None


def _some(words: Sequence[str]) -> str:
    rest = len(words) - _NAMED
    return "; ".join(words[:_NAMED]) + (f" and {rest} more" if rest > 0 else "")
