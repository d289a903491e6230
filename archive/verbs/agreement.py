"""Whether index and WARC files agree, in both directions: what is indexed is there, what is there is indexed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from archive.warc.reader import iter_records
from archive.warc.verify import ERROR, NOTE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Place, Record

MEND = "`tearsheet reindex --rebuild` makes the index anew"
CATCH_UP = "`tearsheet reindex` reads it in"


@dataclass(slots=True)
class Agreed:
    """What was compared."""

    captures: int = 0
    """Captures that stand where the index says, with the same record id."""
    behind: int = 0
    """Captures behind the position up to which their file is indexed."""


def compare(index: Index, files: Mapping[str, Path], agreed: Agreed) -> Iterator[Finding]:
    """Yield where *index* and the WARC *files* (name without ``.open`` → path) differ; count in *agreed*."""
    rest = dict(files)
    for name, captures in groupby(index.iter_captures(), key=lambda capture: capture.place.file):
        path = rest.pop(name, None)
        if path is None:
            yield _error(name, 0, None, "the index knows this file, the archive does not hold it")
        else:
            yield from _compare_file(index, name, path, captures, agreed)
    for name, path in rest.items():
        yield from _compare_file(index, name, path, (), agreed)


def _compare_file(
    index: Index, name: str, path: Path, captures: Iterable[Record], agreed: Agreed
) -> Iterator[Finding]:
    position = index.position(name)
    indexed = {_spot(capture.place): capture for capture in captures}
    behind = 0
    # Damage is verify_file's to tell; here it only hides records.
    for opened in iter_records(path, on_damage=lambda _damage: None):
        record = opened.record
        if not record.is_capture or record.target_uri is None:
            continue
        known = indexed.pop(_spot(record.place), None)
        if known is None and record.place.offset >= position:
            behind += 1
        elif known is None:
            yield _error(name, record.place.offset, record.target_uri, f"is not in the index; {MEND}")
        elif known.record_id != record.record_id:
            yield _error(
                name,
                record.place.offset,
                record.target_uri,
                f"is {record.record_id}, the index says {known.record_id}; {MEND}",
            )
        else:
            agreed.captures += 1
    for capture in indexed.values():
        yield _error(
            name,
            capture.place.offset,
            capture.target_uri,
            f"the index has the capture {capture.record_id} here, the file has not",
        )
    agreed.behind += behind
    if behind:
        words = f"{behind} captures from here on are not yet in the index; {CATCH_UP}"
        yield Finding(file=name, offset=position, target_uri=None, severity=NOTE, message=words)


def _spot(place: Place) -> tuple[int, int]:
    return place.offset, place.inner


def _error(file: str, offset: int, url: str | None, message: str) -> Finding:
    return Finding(file=file, offset=offset, target_uri=url, severity=ERROR, message=message)
