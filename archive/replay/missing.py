"""Which parts of a replayed page the archive does not have: a reader should know before trusting the picture."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import DamagedRecord
from archive.index.records import key_of
from archive.replay.captured import read_capture
from archive.replay.rewriting import Rewriter, text_of

if TYPE_CHECKING:
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Record

_LARGEST = 4 << 20
_MOST = 2000
_HELD = "select distinct urlkey from captures where urlkey in (select value from json_each(?)) and coalesce(status, 200) < 400"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a page shows besides its text."""

    named: int
    missing: tuple[str, ...]
    """Addresses of pictures, styles and frames that were not captured."""


def missing_parts(index: Index, warc_folder: Path, record: Record) -> Parts | None:
    """Return the parts of the page *record*, and which of them are not in the archive; None when it is no page."""
    try:
        captured = read_capture(index, warc_folder, record)
    except DamagedRecord:
        return None
    page = captured.page
    if page.media_type not in {"text/html", "application/xhtml+xml"} or len(page.payload) > _LARGEST:
        return None
    rewriter = Rewriter(page.url, page.captured_at)
    rewriter.document(text_of(page))
    keys = {url: key_of(url) for url in list(rewriter.resources)[:_MOST]}
    held = {row["urlkey"] for row in index.rows(_HELD, (json.dumps(list(keys.values())),))}
    missing = tuple(url for url, key in keys.items() if key not in held)
    return Parts(named=len(keys), missing=missing)
