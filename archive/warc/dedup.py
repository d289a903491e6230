"""Finding the capture that already holds a payload, so that it need not be written twice."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

    from archive.model import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """A response record that holds a whole payload."""

    record_id: str
    target_uri: str
    captured_at: datetime
    payload_digest: str | None


class Originals(Protocol):
    """Where the writer looks for originals; the index is one, *OriginalsInMemory* another."""

    def find(self, payload_digest: str, target_uri: str) -> Original | None:
        """Return a response with this payload, one of *target_uri* where there is a choice; or None."""

    def find_record(self, record_id: str) -> Original | None:
        """Return the response that holds what the capture *record_id* shows: itself, or a revisit's original."""

    def remember(self, record: Record) -> None:
        """Take note of a response with a whole payload, or of a revisit, that was just written."""

    def close(self) -> None:
        """Give back what it holds open; in the thread that made it."""


class OriginalsInMemory:
    """Originals of this process, the latest *limit* of them."""

    def __init__(self, limit: int = 100_000) -> None:
        self._limit = limit
        self._by_digest: OrderedDict[str, Original] = OrderedDict()
        self._by_url: OrderedDict[tuple[str, str], Original] = OrderedDict()
        self._by_id: OrderedDict[str, Original] = OrderedDict()

    def find(self, payload_digest: str, target_uri: str) -> Original | None:
        """Return a response with this payload, one of *target_uri* where there is a choice; or None."""
        return self._by_url.get((payload_digest, target_uri)) or self._by_digest.get(payload_digest)

    def find_record(self, record_id: str) -> Original | None:
        """Return the response that holds what the capture *record_id* shows; or None."""
        return self._by_id.get(record_id)

    def remember(self, record: Record) -> None:
        """Take note of a response with a whole payload, or of a revisit, that was just written."""
        if record.record_type == "revisit":
            original = self._by_id.get(record.refers_to or "")
        else:
            original = Original(
                record_id=record.record_id,
                target_uri=record.target_uri or "",
                captured_at=record.captured_at,
                payload_digest=record.payload_digest,
            )
            if record.payload_digest:
                self._by_digest.setdefault(record.payload_digest, original)
                self._by_url.setdefault((record.payload_digest, original.target_uri), original)
        if original is not None:
            self._by_id[record.record_id] = original
        for table in (self._by_digest, self._by_url, self._by_id):
            if len(table) > self._limit:
                table.popitem(last=False)

    def close(self) -> None:
        """Nothing is held open."""
