"""Records both directions of one attempt on one connection and makes an ``Exchange`` of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from time import monotonic
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from archive.http import HEAD_LIMIT, head_end, parse_head
from archive.model import Exchange
from archive.times import utc_now
from crawler.capture.disk import named

if TYPE_CHECKING:
    from typing import BinaryIO

SPOOL_AT = 1 << 20
"""Bytes of a response kept in memory; more goes to a nameless file."""

_FIRST_LOOK = 1 << 16


class HeadPlace(NamedTuple):
    """Where the final response's head stands in the bytes received."""

    start: int
    end: int | None = None
    status: int | None = None
    version: str | None = None


class Tape:
    """What one attempt put on, and took off, one connection."""

    def __init__(self, target_uri: str, ip: str | None, spool_folder: str | None = None) -> None:
        self.target_uri, self.ip = target_uri, ip
        self.tls_version: str | None = None
        self.cipher: str | None = None
        self.failure: Exception | None = None
        """Why the bytes could not be spooled; the exchange is then not whole and must not be archived."""
        self.received = 0
        self._started_at, self.started = utc_now(), monotonic()
        self._sent = bytearray()
        self._spool: IO[bytes] = tempfile.SpooledTemporaryFile(SPOOL_AT, dir=spool_folder)  # noqa: SIM115
        self._is_open = True
        self._is_complete = self._is_lost = self._is_broken = self._is_given_up = False

    def send(self, block: bytes) -> None:
        """Note bytes of the request."""
        self._sent += block

    def receive(self, block: bytes) -> None:
        """Note bytes of the response; those after its end, or after ``exchange()``, are ignored."""
        if not self._is_open or self._is_complete or self.failure is not None:
            return
        try:
            self._spool.write(block)
        except OSError as error:
            self.failure = named(error, "keep a response aside")
            return
        self.received += len(block)

    def end(self, surplus: int) -> None:
        """Note that the message is over, *surplus* bytes before the last one received."""
        self.received -= surplus
        self._is_complete = True

    def lose(self, *, cleanly: bool) -> None:
        """Note that the connection went away, *cleanly* when it was closed as TCP and TLS want it.

        A body that ends with the connection is whole only then (RFC 9112, 8 and 9.8).
        """
        self._is_lost, self._is_broken = True, not cleanly

    def give_up(self) -> None:
        """Note that we closed the connection because what came cannot be parsed."""
        self._is_given_up = True

    @property
    def is_blank(self) -> bool:
        """Return whether nothing was sent and nothing received."""
        return not self._sent and not self.received

    def exchange(self, cut: str | None = None, error: str | None = None) -> Exchange:
        """Return the exchange and stop recording.

        *cut* says why we ended the download (``time``, ``length``), *error* what Scrapy made of it, in words.
        """
        self._is_open = False
        head = find_head(self._beginning())
        return Exchange(
            target_uri=self.target_uri,
            started_at=self._started_at,
            request=bytes(self._sent),
            response=cast("BinaryIO", self._spool),
            response_start=head.start,
            response_end=self.received,
            head_end=head.end,
            status=head.status,
            http_version=head.version,
            ip=self.ip,
            tls_version=self.tls_version,
            cipher=self.cipher,
            truncated=self._truncated(cut),
            error=error,
            elapsed_ms=round((monotonic() - self.started) * 1000),
        )

    def close(self) -> None:
        """Free the bytes."""
        self._is_open = False
        self._spool.close()

    def _truncated(self, cut: str | None) -> str | None:
        ended_by_loss = self._is_lost and (cut is not None or self._is_broken)
        if self._is_complete and not ended_by_loss:
            return None
        return cut or ("unspecified" if self._is_given_up else "disconnect")

    def _beginning(self) -> bytes:
        self._spool.seek(0)
        block = self._spool.read(min(_FIRST_LOOK, self.received))
        if find_head(block).end is None:
            block += self._spool.read(max(0, min(HEAD_LIMIT, self.received) - len(block)))
        return block


def find_head(block: bytes) -> HeadPlace:
    r"""Return the place of the first head that is not interim (RFC 9110, 15.2); end is None if there is none.

    >>> find_head(b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody")
    HeadPlace(start=28, end=47, status=200, version='1.1')
    >>> find_head(b"ICY 200 OK\r\n\r\n")
    HeadPlace(start=0, end=None, status=None, version=None)
    """
    start = 0
    while (end := head_end(block, start)) is not None:
        head = parse_head(block[start:end])
        if head.status is None:
            break
        if not 100 <= head.status < 200 or head.status == 101:  # 101 is HTTP's last word on its connection
            return HeadPlace(start, end, head.status, head.version)
        start = end
    return HeadPlace(start)


@dataclass(slots=True, kw_only=True)
class Recording:
    """The tapes of one download: Twisted may need a second connection when a kept one turns out stale."""

    target_uri: str
    is_proxied: bool = False
    is_body_wanted: bool = True
    """Whether Scrapy shall get the body too; if not, it never stands in memory. The seam says so of bodies that the
    appetite does not want."""
    heap_limit: int = 0
    """Bytes of a body that may stand in memory; 0 for any number."""
    spool_folder: str | None = None
    tapes: list[Tape] = field(default_factory=list)

    def begin(self, peer: str | None) -> Tape:
        """Return a new tape of a connection to *peer*, which is the server only if there is no proxy."""
        self.tapes.append(Tape(self.target_uri, None if self.is_proxied else peer, self.spool_folder))
        return self.tapes[-1]

    def attempts(self) -> list[Tape]:
        """Return the tapes worth keeping, in order.

        A stale connection answers nothing, and Twisted asks again on a new one: that is no exchange.
        """
        return [
            tape for tape in self.tapes if tape.received or (tape is self.tapes[-1] and not tape.is_blank)
        ]

    @property
    def is_large(self) -> bool:
        """Return whether a response stands in a file."""
        return any(tape.received > SPOOL_AT for tape in self.tapes)

    def close(self) -> None:
        """Free the bytes of all tapes. For a large response this takes as long as writing some of it."""
        for tape in self.tapes:
            tape.close()
