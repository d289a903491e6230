"""The ZIP file that a WACZ is (WACZ 1.1.1): entries with their hashes, and the list of them at the end."""

from __future__ import annotations

import hashlib
import json
import zipfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Self

from archive.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime
    from typing import BinaryIO

ENTRY_LIMIT = zipfile.ZIP64_LIMIT
"""Bytes (2 GiB less one) from which on Python writes an entry's size into a ZIP64 field of its local header.
ReplayWeb.page 2.5.3 does not read that field, and finds no page in such a file, though validators accept it."""
_READABLE = 0o644 << 16


class Entry:
    """One entry while it is written."""

    def __init__(self, opened: IO[bytes], path: str) -> None:
        self._opened, self._path = opened, path
        self._sha256 = hashlib.sha256()
        self.size = 0
        """Bytes so far."""

    def write(self, pieces: Iterable[bytes]) -> int:
        """Write *pieces*; return how many bytes they were. Raises UserError when the entry becomes too large."""
        before = self.size
        for piece in pieces:
            self.size += len(piece)
            if self.size > ENTRY_LIMIT:
                raise UserError(
                    f"{self._path}: a single record is too large for a WACZ file; export it as WARC"
                )
            self._sha256.update(piece)
            self._opened.write(piece)
        return self.size - before

    def resource(self) -> dict[str, object]:
        """Return what ``datapackage.json`` says of it."""
        return {
            "name": self._path.rpartition("/")[2],
            "path": self._path,
            "hash": f"sha256:{self._sha256.hexdigest()}",
            "bytes": self.size,
        }


class Container:
    """A WACZ file while it is written to a seekable file."""

    def __init__(self, out: BinaryIO, made_at: datetime) -> None:
        self._zip = zipfile.ZipFile(out, "w", allowZip64=True)
        self._made_at = made_at.timetuple()[:6]
        self._resources: list[dict[str, object]] = []

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the ZIP file, also one that will not be kept, before what it is written to is closed."""
        self._zip.close()

    @contextmanager
    def entry(self, path: str, *, deflated: bool = False) -> Iterator[Entry]:
        """Yield a new entry called *path*, stored unless *deflated*. One at a time."""
        info = zipfile.ZipInfo(path, self._made_at)
        info.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
        info.external_attr = _READABLE
        with self._zip.open(info, "w") as opened:
            entry = Entry(opened, path)
            yield entry
        self._resources.append(entry.resource())

    def finish(self, about: Mapping[str, object]) -> None:
        """Write ``datapackage.json`` with the properties *about*, its digest, and the ZIP file's directory."""
        package = {"profile": "data-package", "wacz_version": "1.1.1", **about, "resources": self._resources}
        written = json.dumps(package, ensure_ascii=False, indent=1).encode()
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(written).hexdigest()}"}
        for path, content in (
            ("datapackage.json", written),
            ("datapackage-digest.json", json.dumps(digest).encode()),
        ):
            with self.entry(path) as entry:
                entry.write([content])
        self._zip.close()
