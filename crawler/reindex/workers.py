"""Processes that read tasks. A page of which one dies, or that takes for ever, is named; the others go on."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import wait
from time import monotonic
from typing import TYPE_CHECKING

from crawler.pipelines import not_read
from crawler.reindex.reading import read_task
from crawler.reindex.tasks import Damaged, Found, Segment, WasRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from multiprocessing.connection import Connection
    from types import TracebackType
    from typing import Self

    from archive.model import Record
    from crawler.reindex.tasks import News, Task

    Reader = Callable[[Task], Iterator[News]]
    """What a process does with a task."""

SECONDS_A_PAGE = 120.0
"""No page of the corpora takes more than a third of a second; one that takes this long would take for ever."""
_TRIES = 2
"""A process may die of something else than its page: memory that others took, somebody's *kill*."""
_AT_ONCE = 64
"""Records that are told of together when no page is among them."""


@dataclass(slots=True, eq=False)
class _Worker:
    process: multiprocessing.process.BaseProcess
    connection: Connection
    task: Task | None = None
    page: Record | None = None
    """The page that is being read."""
    since: float = 0.0
    told: tuple[int, int] | None = None
    """Place of the last record that was told of."""
    late: bool = False


@dataclass(slots=True)
class Workers:
    """Up to *jobs* processes; use it as a context manager, which ends them."""

    jobs: int
    reader: Reader = read_task
    seconds_a_page: float = SECONDS_A_PAGE
    deaths: int = 0
    """How many processes died or were ended because a page took too long."""
    _workers: list[_Worker] = field(default_factory=list)
    _again: deque[Task] = field(default_factory=deque)
    _tries: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.connection.close()
            if kind is not None:
                worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def read(self, tasks: Iterator[Task]) -> Iterator[tuple[Task, News | None]]:
        """Yield (task, what was found) in the order it comes, and (task, None) when a task is done.

        *tasks* is asked for the next one when a process is idle; no more is held than the processes' pipes hold.
        """
        self._give(tasks)
        while busy := {worker.connection: worker for worker in self._workers if worker.task is not None}:
            for ready in wait(list(busy), timeout=1.0):
                yield from self._hear(busy[ready])  # type: ignore[index]  # what was waited for
            self._end_the_late()
            self._give(tasks)

    def _give(self, tasks: Iterator[Task]) -> None:
        """Hand a task to every process that has none; begin processes while there are tasks for them."""
        while True:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None and len(self._workers) >= self.jobs:
                return
            task = self._again.popleft() if self._again else next(tasks, None)
            if task is None:
                return
            worker = idle or self._begin()
            worker.task, worker.told, worker.page = task, None, None
            with suppress(OSError):  # it died in idleness: its silence is heard
                worker.connection.send(task)

    def _begin(self) -> _Worker:
        context = multiprocessing.get_context(
            "forkserver"
        )  # of one that has loaded the extractor, and nothing else
        context.set_forkserver_preload(["crawler.reindex.reading"])
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.reader), daemon=True)
        process.start()
        theirs.close()
        self._workers.append(worker := _Worker(process, ours))
        return worker

    def _hear(self, worker: _Worker) -> Iterator[tuple[Task, News | None]]:
        task = worker.task
        assert task is not None
        try:
            said: list[News] | None = worker.connection.recv()
        except (EOFError, OSError):
            yield from ((task, news) for news in self._bury(worker, task))
            return
        if said is None:
            worker.task = worker.page = None
            yield task, None
            return
        for news in said:
            if isinstance(news, Found):
                worker.told = _place(news.record)
                worker.page, worker.since = (news.record if news.is_page else None), monotonic()
                if isinstance(task, Segment) and task.begin_at == worker.told:
                    continue  # told of before its process died
            elif isinstance(news, WasRead):
                worker.page = None
            yield task, news

    def _end_the_late(self) -> None:
        for worker in self._workers:
            is_late = worker.page is not None and monotonic() - worker.since > self.seconds_a_page
            if is_late and not worker.connection.poll():
                worker.late = True
                worker.process.kill()

    def _bury(self, worker: _Worker, task: Task) -> Iterator[News]:
        """Yield what there is to say of a process's death; what it has left of *task* is put back."""
        worker.process.join()
        worker.connection.close()
        self._workers.remove(worker)
        self.deaths += 1
        if worker.late:
            reason = f"reading it took more than {self.seconds_a_page:.0f} seconds"
        else:
            reason = f"the process that read it died ({_how(worker.process.exitcode)})"
        place = worker.told or (getattr(task, "start", 0), 0)
        file = worker.page.place.file if worker.page else str(getattr(task, "path", ""))
        tries = self._tries[(file, *place)] = self._tries.get((file, *place), 0) + 1
        if tries < _TRIES and not worker.late:
            self._again.append(_from(task, worker.told, left_out=None))
        elif worker.page is not None:
            yield WasRead(worker.page, not_read(worker.page.target_uri or "", reason), fault=reason)
            self._again.append(_from(task, worker.told, left_out=worker.told))
        else:
            yield Damaged(file.rpartition("/")[2], place[0], f"given up behind this place: {reason}")


def _from(task: Task, place: tuple[int, int] | None, *, left_out: tuple[int, int] | None) -> Task:
    """Return *task* from the record at *place* on, which was told of; its page is not read when it is *left_out*."""
    if place is None:
        return task
    if isinstance(task, Segment):
        return replace(task, begin_at=place, leave_out=left_out)
    at = next(n for n, (revisit, _) in enumerate(task.pairs) if _place(revisit) == place)
    return replace(task, pairs=task.pairs[at + (left_out is not None) :])


def _place(record: Record) -> tuple[int, int]:
    return record.place.offset, record.place.inner


def _how(code: int | None) -> str:
    """Return how a process ended, by its exit code, in words."""
    if code is not None and code < 0:
        with suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _work(connection: Connection, reader: Reader) -> None:
    """Read the tasks that come through *connection* until it is closed; the process's whole life."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all of us; who began us ends us
    with suppress(EOFError, OSError):  # nobody listens any more
        while True:
            said: list[News] = []
            for news in reader(connection.recv()):
                said.append(news)
                if len(said) >= _AT_ONCE or (isinstance(news, Found) and news.is_page):
                    connection.send(said)
                    said = []
            connection.send(said)
            connection.send(None)
