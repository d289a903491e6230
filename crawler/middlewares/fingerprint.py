"""When two requests ask for the same thing: same method, same canonical URL."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha1
from typing import TYPE_CHECKING

from archive.urls import canonical

if TYPE_CHECKING:
    from scrapy import Request


class CanonicalFingerprinter:
    """Fingerprints requests by canonical URL, so that tracking parameters and fragments make no second fetch."""

    def fingerprint(self, request: Request) -> bytes:
        """Return 20 bytes that are equal for requests that ask for the same."""
        key = f"{request.method} {canonical(request.url)}".encode()
        return sha1(key + b"\n" + request.body, usedforsecurity=False).digest()


@lru_cache(maxsize=8192)
def canonical_digest(url: str) -> bytes:
    """Return 20 bytes that are equal for URLs with the same canonical form. Pages of one site share most requisites."""
    return sha1(canonical(url).encode(), usedforsecurity=False).digest()
