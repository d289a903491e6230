"""Keeps the crawl out of the operator's own network: no private, loopback or link-local address unless allowed."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler
    from twisted.internet.defer import Deferred


class PrivateAddress(IgnoreRequest):
    """The URL points into a private network."""


class PrivateAddressMiddleware:
    """Refuses URLs whose host is a private address, also after a redirect; names are checked when they are resolved."""

    def __init__(self, *, allowed: bool) -> None:
        self._allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build from the setting TEARSHEET_ALLOW_PRIVATE."""
        return cls(allowed=crawler.settings.getbool("TEARSHEET_ALLOW_PRIVATE"))

    def process_request(self, request: Request) -> None:
        """Raise PrivateAddress for a literal private address or a local name."""
        if self._allowed:
            return
        host = urlsplit(request.url).hostname or ""
        if is_private(host) or host == "localhost" or host.endswith(".localhost"):
            raise PrivateAddress(f"{host} is a private address (politeness.allow_private_addresses is off)")


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing names that lead to private addresses unless TEARSHEET_ALLOW_PRIVATE is set."""

    allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        """Build from Scrapy's DNS settings and TEARSHEET_ALLOW_PRIVATE."""
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("TEARSHEET_ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  (Twisted's name)
        """Return the address of *name*; fails with DNSLookupError when it is private and that is not allowed."""
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if not self.allow_private and is_private(address):
            raise DNSLookupError(
                f"{name} leads to the private address {address} (politeness.allow_private_addresses is off)"
            )
        return address


def is_private(host: str) -> bool:
    """Return whether *host* is a literal address that is not reachable from the whole Internet.

    >>> is_private("127.0.0.2"), is_private("169.254.169.254"), is_private("8.8.8.8"), is_private("a.example")
    (True, True, False, False)
    """
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return not address.is_global
