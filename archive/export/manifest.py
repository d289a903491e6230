"""What was taken away, so that it can be checked later: the query, when, how much, with what, and the digest of the bytes."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import metadata
from typing import TYPE_CHECKING, Any

from archive.times import format_warc_date

if TYPE_CHECKING:
    from pathlib import Path

    from archive.index.store import Index

_STATE = (
    "select (select count(*) from articles) as articles, (select count(*) from versions) as versions,"
    " (select count(*) from captures) as captures, (select max(captured_at) from captures) as last_captured_at"
)
_FILES = "select name, sha256, size from warc_files where sha256 is not null order by name"


class Digesting(io.TextIOBase):
    """A text file that keeps nothing but the SHA-256 and the number of the bytes that were written, as UTF-8."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, text: str) -> int:
        """Take *text* into the digest."""
        raw = text.encode("utf-8", "replace")
        self._hash.update(raw)
        self.size += len(raw)
        return len(text)

    @property
    def sha256(self) -> str:
        """Return the digest of what was written so far, hexadecimal."""
        return self._hash.hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One file that was written."""

    name: str
    format: str
    count: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What was taken away, of which archive."""

    query: str
    made_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    files: tuple[Written, ...]

    def values(self, index: Index) -> dict[str, Any]:
        """Return the manifest as what JSON can hold, with the state of the archive it was taken from."""
        [state] = index.rows(_STATE)
        return {
            "query": self.query,
            "made_at": format_warc_date(self.made_at),
            "software": f"Tearsheet/{metadata.version('tearsheet')}",
            "files": [
                {
                    "name": one.name,
                    "format": one.format,
                    "records": one.count,
                    "bytes": one.size,
                    "sha256": one.sha256,
                }
                for one in self.files
            ],
            "archive": {**state, "sealed_warc_files": index.rows(_FILES)},
        }


def digest_of_file(path: Path) -> tuple[int, str]:
    """Return size and SHA-256 of the file at *path*."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest
