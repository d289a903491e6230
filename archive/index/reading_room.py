"""The one door through which people read the index: what is shown, exported or replayed was fetched through it.

Here, and nowhere else, the rules of access are put into force.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.index.operator_data import OperatorData
from archive.index.store import Index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.folder import ArchiveFolder


@contextmanager
def reading_room(
    folder: ArchiveFolder, *, seconds: float | None = None, is_staff: bool = False
) -> Iterator[Index]:
    """Yield the index of *folder* to read from, for no longer than *seconds*, without what may not be shown.

    Staff see what is restricted to them; what is taken down or under embargo nobody sees. Raises *UnknownArchive* and
    *QueryTooSlow*.
    """
    with Index.open(folder.index, read_only=True) as index:
        if folder.operator.is_file():
            with OperatorData(folder.operator, read_only=True) as decided:
                rules = decided.rules()
            index.withhold([rule for rule in rules if not (is_staff and rule["effect"] == "restrict")])
        if seconds is None:
            yield index
        else:
            with index.within(seconds):
                yield index
