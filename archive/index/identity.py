"""Which article a page shows: identity, site, and which addresses belong to it."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.urls import canonical

if TYPE_CHECKING:
    from archive.model import Article


def site_of(url: str) -> str:
    """Return the host name of *url* in lower case without ``www.``; empty when it has none.

    >>> site_of("https://www.News.example.org/a")
    'news.example.org'
    """
    try:
        host = urlsplit(canonical(url)).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def domains(site: str) -> tuple[str, ...]:
    """Return *site* and the domains above it that have at least two labels; an IP address has none above.

    >>> domains("m.news.example.org")
    ('m.news.example.org', 'news.example.org', 'example.org')
    """
    if _is_address(site):
        return (site,)
    labels = site.split(".")
    return tuple(".".join(labels[start:]) for start in range(max(1, len(labels) - 1)))


def identity_of(article: Article, identity: str | None = None) -> str:
    """Return what tells *article* from all others: *identity* (of the site's profile), else its canonical address.

    The address is the one that the page declares as canonical if it belongs to the same publisher and is no front
    page, else the page's own; written as archive.urls.canonical writes it, without scheme and ``www.``, so that a
    site's move to https makes no new articles.
    """
    if identity:
        return identity
    declared = declared_url(article)
    return _without_scheme(canonical(declared or article.url))


def declared_url(article: Article) -> str | None:
    """Return the canonical URL that *article* declares, unless it points elsewhere or to a front page.

    Later pages of an article on several pages often declare the first one's: what they say is no change of it.
    """
    if article.part is not None and article.part.number > 1:
        return None
    return article.canonical_url if is_own_address(article.url, article.canonical_url) else None


def shown_url(article: Article) -> str:
    """Return the address under which *article* is shown and its outlet is known: the declared one, else its own."""
    return declared_url(article) or article.url


def is_own_address(own: str, other: str | None) -> bool:
    """Return whether *other* can be an address of the article at *own*: same publisher, and not its front page.

    Front pages are left out because some systems declare them as canonical on every page.
    """
    if not other:
        return False
    return _publisher(site_of(own)) == _publisher(site_of(other)) and (
        "/" in _without_scheme(canonical(other)).rstrip("/") or "?" in other
    )


def _without_scheme(url: str) -> str:
    return url.partition("://")[2].removeprefix("www.") or url


def _publisher(site: str) -> str:
    """Return the domain a publisher registered, by rule of thumb: two labels, three under e.g. co.uk."""
    labels = site.split(".")
    if _is_address(site) or len(labels) < 3:
        return site
    second_level = len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if second_level else -2 :])


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
