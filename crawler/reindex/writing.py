"""Puts what is read into the index. One process writes; how many read, and in what order, makes no difference."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, DamagedRecord
from crawler.pipelines import STEPS, IndexArticle, IndexFront, ReadArticle
from crawler.reindex.reading import is_read, read_task
from crawler.reindex.tasks import Damaged, Found, Revisits, Segment, WasRead, segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from archive.model import Record
    from crawler.reindex.tasks import News, Task
    from crawler.reindex.workers import Workers
    from crawler.runs import Run

assert (ReadArticle, IndexFront, IndexArticle) == STEPS  # *reading* takes the first, this module the others

_UNDIVIDED = 1 << 62
_REVISITS = 32
"""Revisits in one task."""


class WronglyDivided(ArchiveError):  # noqa: N818
    """A file was divided where none of its records begins; read it in one piece."""


@dataclass(slots=True)
class Reread:
    """What re-reading has seen."""

    files: int = 0
    records: int = 0
    pages: int = 0
    damages: list[DamagedRecord] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """Pages that could not be read, by a fault of ours: where they stand, and why."""
    deaths: int = 0
    """Processes that died of a page, or were ended because it took too long."""


@dataclass(slots=True)
class _File:
    """How far one file has been read."""

    position: int
    """Up to here everything but revisits is in the index."""
    ends: dict[int, int] = field(default_factory=dict)
    """Start → stop of the segments that are done but do not begin at the position."""
    revisits: dict[str, int] = field(default_factory=dict)
    """Name as the index knows it → offset of the first revisit that has to be read."""

    def done(self, segment: Segment) -> None:
        self.ends[segment.start] = segment.stop
        while (stop := self.ends.pop(self.position, None)) is not None:
            self.position = stop


class Rereading:
    """Reads *paths*, all in one folder, into the index of *run*."""

    def __init__(
        self,
        run: Run,
        paths: Sequence[Path],
        *,
        workers: Workers | None = None,
        divide_by: int | None = None,
    ) -> None:
        """*workers* read; without them this process does. Files are read in pieces of *divide_by* bytes, if that is given."""
        self._run, self._paths, self._workers = run, paths, workers
        self._divide_by = divide_by or _UNDIVIDED
        self._index_front, self._index_article = IndexFront(run), IndexArticle(run)
        self._files: dict[Path, _File] = {}
        self.seen = Reread()
        self.bytes_read = 0

    def bytes_to_read(self) -> int:
        """Return how many bytes are not yet in the index."""
        return sum(max(0, path.stat().st_size - self._position(path)) for path in self._paths)

    def read(self, progress: Callable[[Rereading], None] | None = None) -> Reread:
        """Read everything; *progress* is called often. Raises WronglyDivided, and what keeps the index from being written."""
        with self._workers or nullcontext():
            read = self._workers.read if self._workers else _read_here
            for task, news in chain(read(self._segments()), read(self._revisits())):
                self._take(task, news)
                if progress is not None:
                    progress(self)
        self.seen.deaths = self._workers.deaths if self._workers else 0
        for path, file in self._files.items():
            self._run.positions.finished(_indexed_name(path), file.position)
        self._run.commit()
        return self.seen

    def _position(self, path: Path) -> int:
        return self._run.index.position(_indexed_name(path))

    def _segments(self) -> Iterator[Task]:
        for path in self._paths:
            self.seen.files += 1
            start = self._position(path)
            self._files[path] = _File(start)
            for piece in segments(path, start, size=self._divide_by):
                known = self._run.index.places_read(_indexed_name(path), piece.start, piece.stop)
                yield replace(piece, known=known)

    def _revisits(self) -> Iterator[Task]:
        """Yield the revisits that were met: all responses are in the index now."""
        for path, file in self._files.items():
            for name, start in file.revisits.items():
                unread = filter(is_read, self._run.index.unread_revisits(name, start))
                pairs = ((revisit, original) for revisit in unread if (original := self._original(revisit)))
                while some := tuple(islice(pairs, _REVISITS)):
                    yield Revisits(folder=path.parent, pairs=some)
            file.revisits.clear()

    def _original(self, revisit: Record) -> Record | None:
        return self._run.index.find_original_of(revisit)

    def _take(self, task: Task, news: News | None) -> None:
        match news:
            case None:
                self._done(task)
            case Found(record):
                if isinstance(task, Segment):
                    self._note(task, record)
            case WasRead():
                self._index(news)
            case Damaged(file, offset, reason):
                self.seen.damages.append(DamagedRecord(file, offset, reason))
            case _:
                raise WronglyDivided(f"{task}")

    def _note(self, segment: Segment, record: Record) -> None:
        self.seen.records += 1
        self.bytes_read += record.place.length
        self._run.note_record(record)
        if record.record_type == "revisit" and is_read(record):
            place, revisits = record.place, self._files[segment.path].revisits
            revisits[place.file] = min(place.offset, revisits.get(place.file, place.offset))

    def _index(self, read: WasRead) -> None:
        fault = read.fault
        if read.listing is not None:
            self._index_front.index(read.record, read.listing)
        if read.article is not None:
            self.seen.pages += 1
            _, not_indexed = self._index_article.index(read.record, read.article, read.identity)
            fault = fault or not_indexed
        if fault is not None:
            place = read.record.place
            self.seen.faults.append(f"{place.file}, offset {place.offset}: {read.record.target_uri}: {fault}")

    def _done(self, task: Task) -> None:
        """Let the file's position follow: to the end of what is done, but not behind a revisit that waits."""
        if not isinstance(task, Segment):
            return
        file, name = self._files[task.path], _indexed_name(task.path)
        file.done(task)
        self._run.positions.finished(name, min([file.position, *file.revisits.values()]))


def _read_here(tasks: Iterator[Task]) -> Iterator[tuple[Task, News | None]]:
    for task in tasks:
        for news in read_task(task):
            yield task, news
        yield task, None


def _indexed_name(path: Path) -> str:
    return path.name.removesuffix(".open")
