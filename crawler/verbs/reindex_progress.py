"""How far re-reading is: a bar on a terminal, else a line now and then; both to standard error."""

from __future__ import annotations

import sys
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from archive.verbs.console import Console
    from crawler.reindex.writing import Rereading

_SECONDS_ON_TERMINAL, _SECONDS_IN_LOG = 0.2, 15.0


class Progress:
    """Call it with what is being read, as often as you like; use it as a context manager."""

    def __init__(self, console: Console, to_read: int) -> None:
        """*to_read* is the number of bytes in all."""
        self._console, self._to_read = console, to_read
        self._started = self._told = monotonic()
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._on_terminal = sys.stderr.isatty() and console.verbosity > 0
        self._every = _SECONDS_ON_TERMINAL if self._on_terminal else _SECONDS_IN_LOG

    def __enter__(self) -> Self:
        if self._on_terminal:
            self._begin_bar()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, rereading: Rereading) -> None:
        """Show how far *rereading* is, if that was not shown a moment ago."""
        now = monotonic()
        if now - self._told < self._every:
            return
        self._told = now
        line = self._line(rereading, now)
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=rereading.bytes_read, description=line)
        else:
            self._console.say(f"{rereading.bytes_read / max(1, self._to_read):4.0%}  {line}")

    def _line(self, rereading: Rereading, now: float) -> str:
        pages = rereading.seen.pages
        return f"{pages:,} pages, {pages / (now - self._started):,.0f} a second"

    def _begin_bar(self) -> None:
        # Imported here: rich takes a tenth of a second, which pipes should not pay.
        from rich import console, progress  # noqa: PLC0415

        columns = (
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TextColumn("{task.description}"),
            progress.TimeRemainingColumn(),
        )
        self._bar = progress.Progress(*columns, console=console.Console(stderr=True), transient=True)
        self._task = self._bar.add_task("", total=self._to_read)
        self._bar.start()
