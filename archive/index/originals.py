"""The index as memory of payloads: which response already holds one, over all runs."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from archive.index.records import key_of
from archive.times import parse_warc_date
from archive.warc.dedup import Original, OriginalsInMemory

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model import Record

_COLUMNS = "record_id, target_uri, captured_at, payload_digest"
_IS_WHOLE = "record_type = 'response' and status = 200 and truncated is null"
_LOOKED_AT = 200
"""Captures of one address, or of one payload, that are looked at. Unlike the addresses of a site, the captures of its
front page and of the one pixel that every page shows have no bound; a payload that is missed is stored once more."""
_OF_THIS_RUN = 20_000
"""Originals held in memory, about 23 MB: many more than are written between two commits of the index."""
_OF_URL = (
    f"select {_COLUMNS} from (select * from captures where urlkey = ? order by captured_at desc"
    f" limit {_LOOKED_AT}) where payload_digest = ? and target_uri = ? and {_IS_WHOLE} order by captured_at limit 1"
)
_OF_DIGEST = (
    f"select {_COLUMNS} from (select * from captures where payload_digest = ? and record_type <> 'revisit' order by captured_at"
    f" limit {_LOOKED_AT}) where {_IS_WHOLE} order by captured_at limit 1"
)


class IndexedOriginals:
    """Originals of this run, then those that the index file *path* knows. For one thread, the writer's."""

    def __init__(self, path: Path) -> None:
        self._run = OriginalsInMemory(_OF_THIS_RUN)
        self._index = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=30)

    def find(self, payload_digest: str, target_uri: str) -> Original | None:
        """Return a whole response with this payload, one of *target_uri* where there is a choice; or None."""
        return (
            self._run.find(payload_digest, target_uri)
            or self._read(_OF_URL, (key_of(target_uri), payload_digest, target_uri))
            or self._read(_OF_DIGEST, (payload_digest,))
        )

    def find_record(self, record_id: str) -> Original | None:
        """Return the response that holds what the capture *record_id* shows: itself, or a revisit's original."""
        return self._run.find_record(record_id) or self._read(
            f"select {_COLUMNS} from captures where record_type = 'response' and record_id = coalesce("
            " (select refers_to from captures where record_id = ? and record_type = 'revisit'), ?) limit 1",
            (record_id, record_id),
        )

    def remember(self, record: Record) -> None:
        """Take note of a response with a whole payload, or of a revisit, that was just written."""
        self._run.remember(record)

    def close(self) -> None:
        """Close the index; one that is left open keeps the log from being put in its place when the last writer closes."""
        self._index.close()

    def _read(self, query: str, values: tuple[str, ...]) -> Original | None:
        row = self._index.execute(query, values).fetchone()
        if row is None:
            return None
        return Original(
            record_id=row[0], target_uri=row[1], captured_at=parse_warc_date(row[2]), payload_digest=row[3]
        )
