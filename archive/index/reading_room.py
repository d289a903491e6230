"""The one door through which people read the index: what is shown, exported or replayed was fetched through it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.index.store import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.folder import ArchiveFolder


@contextmanager
def reading_room(folder: ArchiveFolder, *, seconds: float | None = None) -> Iterator[Index]:
    """Yield the index of *folder* to read from, for no longer than *seconds*; UnknownArchive, QueryTooSlow."""
    with Index.open(folder.index, read_only=True) as index:
        if seconds is None:
            yield index
        else:
            with index.within(seconds):
                yield index
