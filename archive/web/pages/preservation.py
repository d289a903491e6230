"""Preservation: the WARC files, whether they are there as they were sealed, and what was done to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.index.operator_data import OperatorData
from archive.warc.files import OPEN
from archive.warc.manifest import read_manifest
from archive.web.screens import Asked, Screen, Shown

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FILES = (
    "select w.name, w.size, w.sha256, w.sealed_at, w.position,"
    " (select count(*) from captures c where c.file_id = w.id) as captures,"
    " (select captured_at from captures c where c.file_id = w.id order by c.offset, c.inner limit 1) as first,"
    " (select captured_at from captures c where c.file_id = w.id order by c.offset desc, c.inner desc limit 1) as last"
    " from warc_files w order by w.name"
)
"""First and last are those in the file's order, which is that of time in files of our own."""


def show(asked: Asked) -> Shown:
    """Answer ``/preservation``."""
    sealed = read_manifest(asked.folder.warc)
    files = [_file(row, asked.folder.warc, sealed) for row in asked.index.rows(_FILES)]
    events: list[dict[str, Any]] = []
    if asked.folder.operator.is_file():
        with OperatorData(asked.folder.operator, read_only=True) as decided:
            events = decided.events()
    totals = {
        "files": len(files),
        "bytes": sum(row["size"] or row["position"] or 0 for row in files),
        "captures": sum(row["captures"] for row in files),
    }
    return Shown(
        title="Preservation",
        data={"totals": totals, "files": files, "events": events},
        values={"files": files, "events": events, "totals": totals},
    )


def _file(row: dict[str, Any], folder: Path, sealed: Mapping[str, str]) -> dict[str, Any]:
    """Return *row* with the digest of the manifest, which is older than the index's, and with its state."""
    known = row | {"sha256": row["sha256"] or sealed.get(row["name"])}
    return known | {"state": _state(folder, known)}


def _state(folder: Path, row: dict[str, Any]) -> str:
    """Return in words whether a file is there; its bytes are read by ``tearsheet verify``, not for every page."""
    path = folder / row["name"]
    if path.is_file():
        size = path.stat().st_size
        if row["size"] is not None and size != row["size"]:
            return f"has {size:,} bytes, not the {row['size']:,} it was sealed with"
        return "there" if row["sha256"] else "there, not sealed"
    if (folder / f"{row['name']}{OPEN}").is_file():
        return "being written"
    return "there" if "/archive/" in row["name"] else "not there"


SCREENS = [
    Screen(path="/preservation", template="preservation.html", show=show, link="Preservation", place=80)
]
