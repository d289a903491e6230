"""The one door through which people read the index: what is shown, exported or replayed was fetched through it.

Here, and nowhere else, what people decided is put into force: rules of access, and which parties are one.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.index.party_decisions import PartyDecisions
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
            with PartyDecisions(folder.operator, read_only=True) as decided:
                rules, groups = decided.rules(), decided.party_groups()
            index.regard(groups)
            index.withhold([rule for rule in rules if not (is_staff and rule["effect"] == "restrict")])
        else:
            index.regard({})
        if seconds is None:
            yield index
        else:
            with index.within(seconds):
                yield index
