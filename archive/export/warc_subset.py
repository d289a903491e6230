"""WARC: the captures themselves, byte for byte, with all that is needed to show them; for any WARC tool.

One file, one gzip member for each record, in the order of the archive's files.
"""

from __future__ import annotations

import io
import json
import uuid
from typing import TYPE_CHECKING

from archive.export.members import compressed, files_of, is_plain, iter_members, members_of, record_bytes
from archive.times import format_warc_date
from archive.warc.drafts import digest_of
from archive.warc.headers import fit, format_lines
from archive.warc.records import WARC_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from archive.export.members import Member
    from archive.export.subset import Subset

NAME = "warc"
_CONFORMS_TO = "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_READ = 1 << 20
_SUBSETS = uuid.UUID("b6f0b7a6-58c5-5a3e-9d3c-3d4b1f0a7c52")
"""Name space of the ids of our warcinfo records; drawn once, never to change."""


def export(subset: Subset, out: BinaryIO) -> int:
    """Write the records of *subset* to *out* behind a warcinfo record that says what they are; return how many captures.

    The archive as a whole is copied file by file. The same subset at the same time gives the same bytes.
    """
    out.write(b"".join(head_member(subset, subset.file_name)))
    if subset.articles is not None:
        return _write(iter_members(subset), out)
    return sum(_write_file(subset, file, out) for file in files_of(subset))


def head_member(subset: Subset, name: str) -> Iterable[bytes]:
    """Yield the gzip member with the warcinfo record that stands at the head of a subset's file called *name*."""
    fields = format_lines(head_fields(subset))
    date = format_warc_date(subset.made_at)
    record_id = uuid.uuid5(_SUBSETS, json.dumps([date, fields.decode(), name]))
    pairs = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", f"<urn:uuid:{record_id}>"),
        ("WARC-Date", date),
        ("WARC-Filename", fit(name)),
        ("WARC-Block-Digest", digest_of([fields])),
        ("Content-Type", WARC_FIELDS),
    ]
    yield from compressed(record_bytes(pairs, io.BytesIO(fields), len(fields)))


def head_fields(subset: Subset) -> list[tuple[str, str]]:
    """Return name and value of what is said of *subset* as a whole."""
    found = subset.articles
    about = [("query", subset.query), ("articles", str(len(found)))] if found is not None else []
    return [
        ("software", subset.software),
        ("format", "WARC File Format 1.1"),
        ("conformsTo", _CONFORMS_TO),
        ("description", describe(subset)),
        *about,
    ]


def describe(subset: Subset) -> str:
    """Return in words what *subset* is."""
    if subset.articles is None:
        return "All records of a Tearsheet archive."
    count = len(subset.articles)
    return (
        f"Subset of a Tearsheet archive: all captures of the {count:,} article{'' if count == 1 else 's'} found by a query,"
        " what was captured to show them, and the robots.txt files that allowed it."
    )


def _write(members: Iterable[Member], out: BinaryIO) -> int:
    count = 0
    for member in members:
        count += member.record.is_capture
        out.writelines(member.pieces)
    return count


def _write_file(subset: Subset, file: str, out: BinaryIO) -> int:
    if not is_plain(subset, file):
        return _write(members_of(subset, file), out)
    with subset.path_of(file).open("rb") as source:
        while piece := source.read(_READ):
            out.write(piece)
    [counted] = subset.index.rows(
        "select count(*) as n from warc_files w join captures c on c.file_id = w.id where w.name = ?", (file,)
    )
    return int(counted["n"])
