"""Owns the WARC writer and its one thread, so that the reactor neither compresses nor waits for a disk."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from archive.errors import ArchiveError
from crawler.capture.disk import named

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from archive.model import Exchange, FetchNotes, Record
    from archive.warc.writer import WarcWriter

    _Job: TypeAlias = tuple[Callable[[WarcWriter], tuple[Record, ...]], asyncio.Future[tuple[Record, ...]]]

QUEUE_LENGTH = 64
"""Writes that may wait for the thread; who wants one more waits before queueing."""

GATHER_SECONDS = 0.002
"""How long writes are gathered before the thread is woken. To wake it for each took a tenth of a crawl's processor time."""


def _ignore(_: object) -> None:
    """Stand where nobody listens."""


def _as_written(_: Exchange, records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Stand where nobody reads in what is written."""
    return records


def _call_all(calls: list[Callable[[], None]]) -> None:
    for call in calls:
        call()


class Keeper:
    """Writes exchanges in the order they come; speaks to its listeners on the reactor's thread only.

    The reactor must be Twisted's asyncio reactor, Scrapy's default.
    """

    def __init__(self, open_writer: Callable[[], WarcWriter], *, sync_seconds: float) -> None:
        """Open the writer, in the thread that will use it; its errors come from here."""
        self.on_records: Callable[[tuple[Record, ...]], None] = _ignore
        """Called with the records of each write, in file order, before the write's caller goes on; a new file's warcinfo
        comes first."""
        self.on_failure: Callable[[Exception], None] = _ignore
        """Called when a write, a sync, the closing or ``on_records`` failed: nothing safe can follow."""
        self.read_in: Callable[[Exchange, tuple[Record, ...]], tuple[Record, ...]] = _as_written
        """Called in the writer's thread with what was written of an exchange; what it returns goes on in its place."""
        self._sync_seconds = sync_seconds
        self._sync_timer: asyncio.TimerHandle | None = None
        self._places = asyncio.Semaphore(QUEUE_LENGTH)
        self._waiting: list[_Job] = []
        self._flush_timer: asyncio.TimerHandle | None = None
        self._is_closed = False
        self._heard_warcinfo: Record | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="warc-writer")
        try:
            self._writer = self._thread.submit(open_writer).result()
        except Exception as error:
            self._thread.shutdown()
            raise named(error, "open the archive's WARC folder") from error

    async def keep(self, exchange: Exchange, notes: FetchNotes) -> tuple[Record, ...]:
        """Return the records written of *exchange*, once a killed process could not lose them any more.

        Raises what the writer raises: ``DiskFull``, another ``ArchiveError``, or a bug's own exception.
        """
        return await self.write(lambda writer: self.read_in(exchange, writer.write_exchange(exchange, notes)))

    async def write(self, job: Callable[[WarcWriter], tuple[Record, ...]]) -> tuple[Record, ...]:
        """Return the records that *job* wrote, in the writer's thread and in its turn.

        For records that are no exchange, such as metadata. Raises as ``keep()`` does. When the caller is
        cancelled the job is done all the same, and listeners hear of it.
        """
        if self._is_closed:
            raise ArchiveError("the run's WARC file is closed already")
        async with self._places:
            loop = asyncio.get_running_loop()
            written: asyncio.Future[tuple[Record, ...]] = loop.create_future()
            self._waiting.append((job, written))
            if self._flush_timer is None:
                self._flush_timer = loop.call_later(GATHER_SECONDS, self._flush)
            return await written

    def _flush(self) -> None:
        """Hand the thread what was gathered: to wake it, and to be woken by it, costs as much as a small write."""
        self._flush_timer = None
        jobs, self._waiting = self._waiting, []
        self._thread.submit(self._do, jobs, asyncio.get_running_loop())

    async def close(self) -> None:
        """Finish what is queued, then close the file; what fails is told to ``on_failure``. Twice is once."""
        if self._is_closed:
            return
        self._is_closed = True
        if self._flush_timer is not None:
            self._flush_timer.cancel()
            self._flush()
        for _ in range(
            QUEUE_LENGTH
        ):  # places are given in order: all of them are mine when all writes are done
            await self._places.acquire()
        if self._sync_timer is not None:
            self._sync_timer.cancel()
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self._writer.release)
        except Exception as error:  # noqa: BLE001  (the run is told)
            self.report(error)
        finally:
            self._thread.shutdown()

    def report(self, error: Exception) -> Exception:
        """Tell the failure listener of *error*, and return it under the name it has in ``archive.errors``."""
        known = named(error, "write the archive")
        self.on_failure(known)
        return known

    def _do(self, jobs: list[_Job], loop: asyncio.AbstractEventLoop) -> None:
        done: list[Callable[[], None]] = []
        for job, written in jobs:
            try:
                records = job(self._writer)
            except Exception as error:  # noqa: BLE001  (whatever it is, the caller gets it)
                done.append(partial(self._fail, error, written))
                continue
            heard = records
            if self._writer.warcinfo is not None and self._writer.warcinfo is not self._heard_warcinfo:
                self._heard_warcinfo = self._writer.warcinfo
                heard = (self._heard_warcinfo, *records)
            done.append(partial(self._succeed, records, heard, written))
        loop.call_soon_threadsafe(_call_all, done)

    def _succeed(
        self,
        records: tuple[Record, ...],
        heard: tuple[Record, ...],
        written: asyncio.Future[tuple[Record, ...]],
    ) -> None:
        if self._sync_timer is None and not self._is_closed:
            self._sync_timer = asyncio.get_running_loop().call_later(self._sync_seconds, self._sync)
        try:
            self.on_records(heard)
        except Exception as error:  # noqa: BLE001  (the caller gets it)
            self._fail(error, written)
            return
        if not written.done():
            written.set_result(records)

    def _fail(self, error: Exception, written: asyncio.Future[tuple[Record, ...]]) -> None:
        known = self.report(error)
        if not written.done():
            written.set_exception(known)

    def _sync(self) -> None:
        """Queue a sync; the next write after it starts the timer anew."""
        self._sync_timer = None
        loop = asyncio.get_running_loop()
        self._thread.submit(self._do_sync, loop)

    def _do_sync(self, loop: asyncio.AbstractEventLoop) -> None:
        try:
            self._writer.sync()
        except Exception as error:  # noqa: BLE001  (the run is told)
            loop.call_soon_threadsafe(self.report, error)
