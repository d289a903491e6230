"""What a host answers to one request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One answer, before it is put on the wire."""

    status: int = 200
    content_type: str | None = "text/html; charset=utf-8"
    """None: the header is not sent."""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    framing: str = "length"
    """length | chunked | close: how the client learns where the body ends."""
    gzip: bool = True
    """Whether to compress for clients that accept it."""
    delay: float = 0.0
    """Seconds to wait before answering."""
    validators: bool = False
    """Whether to send ETag and Last-Modified and to answer conditional requests with 304."""

    @property
    def etag(self) -> str:
        """Return a strong entity tag made from the body (RFC 9110, 8.8.3)."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'


def redirect(location: str, status: int = 301) -> Response:
    """Return a redirect to *location*."""
    return Response(
        status=status,
        content_type="text/plain; charset=utf-8",
        body=b"Moved.\n",
        headers=(("Location", location),),
    )
