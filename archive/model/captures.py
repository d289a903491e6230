"""What is captured: exchanges, records, pages, and what listings name. Standard library only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from typing import BinaryIO

    from archive.picture_words import PictureReading


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record stands: the bytes *offset* … *offset + length* of the WARC file called *file*."""

    file: str
    """Name of the WARC file inside the archive's ``warc`` folder, without ``.open``."""
    offset: int
    """Bytes from the start of the (compressed) file."""
    length: int
    """Bytes the record takes in the (compressed) file; 0 when it shares a gzip member with other records."""
    inner: int = 0
    """Bytes into the decompressed gzip member at *offset*; more than 0 only in files of others that pack several
    records into one member."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request and its raw response, as sent on the wire."""

    target_uri: str
    """The URL asked for, without fragment."""
    started_at: datetime
    """When the request was sent; aware UTC."""
    request: bytes
    """The request as sent, head and body."""
    response: BinaryIO
    """Seekable: everything received, interim 1xx heads first. Owned by who made the exchange."""
    response_start: int
    """Offset in *response* of the final (not 1xx) status line."""
    response_end: int
    """Offset in *response* behind the last byte that belongs to this exchange."""
    head_end: int | None
    """Offset in *response* behind the final head's empty line; None when no complete HTTP head came."""
    status: int | None
    http_version: str | None
    """``1.1`` or ``1.0``, as the status line says."""
    ip: str | None
    """The server's address; None through a proxy, where it is not known."""
    tls_version: str | None
    """As OpenSSL names it, e.g. ``TLSv1.3``; None without TLS."""
    cipher: str | None
    truncated: str | None
    """``length``, ``time``, ``disconnect`` or ``unspecified`` (WARC 1.1, 5.13) when the response was cut."""
    error: str | None = None
    """What went wrong, in words; None when nothing did."""
    elapsed_ms: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchNotes:
    """What the crawler knows about an exchange that is not on the wire; kept in its metadata record."""

    via: str | None = None
    """The URL on which this one was found."""
    discovery: str | None = None
    """How it was found: ``seed``, ``robots``, ``feed``, ``sitemap``, ``front``, ``link``, ``requisite``, ``redirect``, ``recheck``, ``url-list``."""
    robots: str | None = None
    """``allowed``, ``disallowed-but-fetched`` or ``not-checked``."""
    robots_record: str | None = None
    """Record id of the robots.txt capture that allowed it."""
    revalidates: str | None = None
    """Record id of the capture a conditional request asked about."""
    tdm_reservation: str | None = None
    """``1`` or ``0``: what the host's tdmrep.json said of the path; None when it said nothing."""
    tdmrep_record: str | None = None
    """Record id of the capture of that file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the index needs to know of one WARC record; the same whether just written or read back."""

    record_type: str
    """``response``, ``revisit``, ``request``, ``metadata``, ``warcinfo``, ``resource``, ``conversion`` …"""
    record_id: str
    """``<urn:uuid:…>`` without the angle brackets."""
    target_uri: str | None
    captured_at: datetime
    """WARC-Date; aware UTC."""
    place: Place
    content_type: str | None = None
    """Content-Type of the record's block."""
    status: int | None = None
    """HTTP status, of response and revisit records with an HTTP head."""
    mime: str | None = None
    """Media type of the payload in lower case, without parameters, as the server said."""
    payload_digest: str | None = None
    """As written in the record, e.g. ``sha1:…`` in base 32."""
    payload_length: int | None = None
    """Bytes of the payload as sent (still content-coded, chunk framing removed); None when unknown."""
    redirect_to: str | None = None
    """Absolute URL of the Location header of a 3xx."""
    profile: str | None = None
    """Of a revisit: ``identical-payload-digest`` or ``server-not-modified``."""
    refers_to: str | None = None
    """Record id of the capture a revisit refers to."""
    refers_to_uri: str | None = None
    refers_to_at: datetime | None = None
    truncated: str | None = None
    ip: str | None = None
    concurrent_to: tuple[str, ...] = ()
    warcinfo_id: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    """Of ``application/warc-fields`` blocks (warcinfo, metadata): name → value."""
    picture: PictureReading | None = None
    """What a captured picture says of itself."""

    @property
    def is_capture(self) -> bool:
        """Return whether something was captured here that can be looked up by URL and time."""
        return self.record_type in {"response", "revisit", "resource"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One address that a feed, a sitemap or a front page names."""

    url: str
    """Absolute, without fragment."""
    title: str | None = None
    changed_at: datetime | None = None
    """When it was published or changed, as the one who names it says; aware UTC."""
    is_certain: bool = True
    """False for a link that may be an article although its address does not look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one capture of a feed, a sitemap or a front page named, in its order."""

    channel: str
    """feed | sitemap | front"""
    named: tuple[Named, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A capture's payload and the head it came with: all that extraction sees."""

    url: str
    captured_at: datetime
    headers: tuple[tuple[str, str], ...]
    """HTTP header fields in the order sent, names as sent, values decoded as ISO 8859-1."""
    payload: bytes
    """Transfer and content coding undone, character coding not."""
    status: int = 200
    flaw: str | None = None
    """In words, what of the payload could not be decoded; None when all is well."""

    def header(self, name: str) -> str | None:
        """Return the first value of the header field *name* (any case), or None."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def media_type(self) -> str:
        """Return the media type in lower case without parameters; empty when the server gave none."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()
