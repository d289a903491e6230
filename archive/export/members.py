"""WARC records of the archive on their way into another file: byte for byte, one gzip member each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.times import format_warc_date
from archive.warc.compression import GZIP_MAGIC, compressor, decompressor
from archive.warc.headers import first, format_lines
from archive.warc.reader import iter_records

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from archive.errors import DamagedRecord
    from archive.export.subset import Subset
    from archive.model import Record
    from archive.warc.reader import OpenRecord
    from archive.warc.records import Pairs

_READ = 1 << 20
_LEVEL = 6
"""Of what has to be compressed anew, which is what others packed otherwise than one record to a gzip member."""
_GAPS = """
select (select p.offset + p.length from captures p where p.file_id = c.file_id and p.offset < c.offset
        order by p.offset desc limit 1) as starts,
       (select n.offset from captures n where n.file_id = c.file_id and n.offset > c.offset order by n.offset limit 1) as ends,
       i.record_id as warcinfo
from warc_files w join captures c on c.file_id = w.id left join warcinfos i on i.id = c.warcinfo_id
where w.name = ? and c.offset = ? and c.inner = ?
"""
"""What surrounds a capture: its request and metadata stand between the captures before and after it."""
_WARCINFOS = "select count(distinct c.warcinfo_id) as n from warc_files w join captures c on c.file_id = w.id where w.name = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A record, and the gzip member that holds it and nothing else."""

    record: Record
    """As it stands in the archive."""
    pieces: Iterator[bytes]
    """To be used before the next member is asked for."""


def iter_members(subset: Subset) -> Iterator[Member]:
    """Yield the records of *subset* in the order of files and offsets, each once.

    With the captures come the records that say they are concurrent to them (requests, metadata) where they stand
    beside them, and the warcinfo records of their files. Damaged records are left out, with a warning.
    *subset* must be one of articles.
    """
    emitted: set[str] = set()
    spots = subset.spots()
    for file in sorted(spots):
        for member in _chosen(subset, file, spots[file]):
            if member.record.record_type == "warcinfo":
                if member.record.record_id in emitted:
                    continue
                emitted.add(member.record.record_id)
            yield member


def files_of(subset: Subset) -> list[str]:
    """Return the names of the archive's WARC files, which is the order of time for our own."""
    return [row["name"] for row in subset.index.rows("select name from warc_files order by name")]


def is_plain(subset: Subset, file: str) -> bool:
    """Return whether the WARC file *file* can be shared as it is: one gzip member for each record, and finished."""
    if not file.endswith(".warc.gz") or subset.path_of(file).name != file:
        return False
    return not subset.index.rows(
        "select 1 from warc_files w join captures c on c.file_id = w.id where w.name = ? and c.length = 0 limit 1",
        (file,),
    )


def members_of(subset: Subset, file: str) -> Iterator[Member]:
    """Yield all records of the WARC file *file*, as far as it is indexed."""
    path = subset.path_of(file)
    with path.open("rb") as source:
        end = subset.index.position(file)
        for opened in iter_records(path, on_damage=_telling(subset)):
            if opened.record.place.offset >= end:
                return
            yield _member_of(opened, source)


def _chosen(subset: Subset, file: str, spots: Collection[tuple[int, int]]) -> Iterator[Member]:
    path = subset.path_of(file)
    stretches, warcinfos = _stretches(subset, file, spots)
    found: set[tuple[int, int]] = set()
    with path.open("rb") as source:
        for start, end in stretches:
            for opened in _wanted(path, (start, end), spots, warcinfos):
                found.add((opened.record.place.offset, opened.record.place.inner))
                yield _member_of(opened, source)
    for offset, _ in sorted(set(spots) - found):
        subset.warn(f"{file}, offset {offset}: left out, because it cannot be read; see `tearsheet verify`")


def _stretches(
    subset: Subset, file: str, spots: Collection[tuple[int, int]]
) -> tuple[list[tuple[int, int]], set[str]]:
    """Return the parts of *file* (start, end) to be read for the captures at *spots*, and the warcinfo records named.

    The head of the file, where its warcinfo record stands, is always among them; the whole file where that has several.
    """
    ends = subset.path_of(file).stat().st_size
    surroundings = [subset.index.rows(_GAPS, (file, *spot))[0] for spot in sorted(spots)]
    warcinfos = {row["warcinfo"] for row in surroundings if row["warcinfo"]}
    [several] = subset.index.rows(_WARCINFOS, (file,))
    if several["n"] > 1:
        return [(0, ends)], warcinfos
    [head] = subset.index.rows(
        "select min(c.offset) as ends from warc_files w join captures c on c.file_id = w.id where w.name = ?",
        (file,),
    )
    stretches = [(0, head["ends"])]
    for row in surroundings:
        start, end = row["starts"] or 0, row["ends"] if row["ends"] is not None else ends
        if start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches, warcinfos


def _wanted(
    path: Path,
    stretch: tuple[int, int],
    spots: Collection[tuple[int, int]],
    warcinfos: set[str],
) -> Iterator[OpenRecord]:
    """Yield, in file order, the captures at *spots* that stand in *stretch*, and what belongs to them."""
    start, end = stretch
    last: Record | None = None
    gap: list[OpenRecord] = []
    for opened in iter_records(path, start=start, on_damage=lambda _: None):
        record = opened.record
        if record.place.offset >= end:
            break
        if not record.is_capture:
            gap.append(opened)
            continue
        chosen = record if (record.place.offset, record.place.inner) in spots else None
        yield from (held for held in gap if _goes_along(held.record, (last, chosen), warcinfos))
        if chosen is not None:
            yield opened
        gap, last = [], chosen
    yield from (held for held in gap if _goes_along(held.record, (last,), warcinfos))


def _goes_along(record: Record, captures: Collection[Record | None], warcinfos: Collection[str]) -> bool:
    """Return whether *record* says that it belongs to one of *captures*, or one of these says so."""
    if record.record_type == "warcinfo":
        return record.record_id in warcinfos or not warcinfos
    return any(
        capture.record_id in (*record.concurrent_to, record.refers_to)
        or record.record_id in capture.concurrent_to
        for capture in captures
        if capture is not None
    )


def _member_of(opened: OpenRecord, source: BinaryIO) -> Member:
    record = opened.record
    stored_as = _stored_as(source, record.place.offset) if record.place.length else "otherwise"
    if stored_as == "member":
        pieces = _copied(source, record)
    elif stored_as == "plain":
        pieces = compressed(_copied(source, record))
    else:
        pieces = compressed(_made_anew(opened))
    return Member(record=record, pieces=pieces)


def _stored_as(source: BinaryIO, offset: int) -> str:
    source.seek(offset)
    beginning = source.read(1 << 9)
    if beginning[:5].upper() == b"WARC/":
        return "plain"
    if beginning.startswith(GZIP_MAGIC) and decompressor().decompress(beginning)[:5].upper() == b"WARC/":
        return "member"
    return "otherwise"


def _copied(source: BinaryIO, record: Record) -> Iterator[bytes]:
    source.seek(record.place.offset)
    left = record.place.length
    while left:
        piece = source.read(min(left, _READ))
        if not piece:
            raise EOFError(f"{record.place.file} ends inside a record")
        left -= len(piece)
        yield piece


def _made_anew(opened: OpenRecord) -> Iterator[bytes]:
    """Yield the record with the header fields that it has, or would have as WARC, and with its block as it is."""
    record = opened.record
    pairs = [(name, value) for name, value in opened.headers if name.lower() != "content-length"]
    if first(pairs, "WARC-Record-ID") is None:
        pairs.append(("WARC-Record-ID", f"<{record.record_id}>"))
    if first(pairs, "WARC-Date") is None:
        pairs.append(("WARC-Date", format_warc_date(record.captured_at)))
    yield from record_bytes(pairs, opened.block(), opened.length)


def record_bytes(pairs: Pairs, block: BinaryIO, length: int) -> Iterator[bytes]:
    """Yield a WARC record with the header fields *pairs* and the *length* bytes in *block*, in pieces."""
    yield b"WARC/1.1\r\n" + format_lines([*pairs, ("Content-Length", str(length))]) + b"\r\n"
    while piece := block.read(_READ):
        yield piece
    yield b"\r\n\r\n"


def compressed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield *pieces* as one gzip member."""
    made = compressor(_LEVEL)
    for piece in pieces:
        yield made.compress(piece)
    yield made.flush()


def _telling(subset: Subset) -> Callable[[DamagedRecord], None]:
    return lambda damage: subset.warn(f"{damage}: left out; see `tearsheet verify`")
