"""The one door through which people read the index: what is shown, exported or replayed was fetched through it.

Here, and nowhere else, what people decided is put into force: rules of access, and which parties are one.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING

from archive.config import load
from archive.index.party_decisions import PartyDecisions
from archive.index.store import Index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.folder import ArchiveFolder


@contextmanager
def reading_room(
    folder: ArchiveFolder, *, seconds: float | None = None, is_staff: bool = False
) -> Iterator[Index]:
    """Yield the index of *folder* to read from, for no longer than *seconds*, without what may not be shown.

    Staff see what is restricted to them or reserved by its page, where tearsheet.toml honours that; what is taken down or under embargo nobody sees. Raises *UnknownArchive* and
    *QueryTooSlow*.
    """
    reserved = () if is_staff else _honoured(folder)
    with Index.open(folder.index, read_only=True) as index:
        if folder.operator.is_file():
            with PartyDecisions(folder.operator, read_only=True) as decided:
                rules, groups = decided.rules(), decided.party_groups()
            index.regard(groups)
            rules = [rule for rule in rules if not (is_staff and rule["effect"] == "restrict")]
            index.withhold(rules, reserved)
        else:
            index.regard({})
            index.withhold([], reserved)
        if seconds is None:
            yield index
        else:
            with index.within(seconds):
                yield index


def _honoured(folder: ArchiveFolder) -> tuple[str, ...]:
    """Return the reservations of pages that tearsheet.toml honours."""
    file = folder.config_file
    return _honoured_in(file, file.stat().st_mtime_ns) if file.is_file() else ()


@lru_cache(maxsize=8)
def _honoured_in(file: Path, _changed_at: int) -> tuple[str, ...]:
    access = load(file).access
    words = {"noarchive": access.honour_noarchive, "tdm-reservation": access.honour_tdm_reservation}
    return tuple(word for word, is_honoured in words.items() if is_honoured)
