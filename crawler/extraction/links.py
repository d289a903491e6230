"""Links of a page, each with the region of the page it stands in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.extraction.requisites import absolute
from crawler.extraction.text import squash
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.tree import Element

MAX_LINKS = 5_000
MAX_TEXT = 300
_REGION_TAGS = {"nav": "nav", "footer": "footer", "main": "main", "article": "main"}
_REGION_ROLES = {
    "navigation": "nav",
    "contentinfo": "footer",
    "main": "main",
    "article": "main",
    "menu": "nav",
    "menubar": "nav",
}
_REGION_WORDS = {"nav": "nav", "navbar": "nav", "menu": "nav", "navigation": "nav", "mainnav": "nav", "topnav": "nav",
                 "footer": "footer", "pagefooter": "footer", "main": "main", "content": "main", "article": "main"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A hyperlink of a page."""

    url: str
    """Absolute, without fragment."""
    text: str
    """The anchor's words, else its title or the alt text of its picture; at most 300 characters."""
    rel: tuple[str, ...]
    """Relations in lower case, e.g. ``nofollow``."""
    region: str
    """nav | main | footer | other"""
    is_worded: bool = True
    """Whether the words are the anchor's own, and not its title or a picture's alt text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that a page announces."""

    url: str
    title: str
    media_type: str


def page_links(root: Element | None, base_url: str) -> tuple[Link, ...]:
    """Return the page's links to http(s) URLs in order; the same URL may come again with other words."""
    if root is None:
        return ()
    regions: dict[Element, str] = {}
    found: dict[tuple[str, str, str], Link] = {}
    for anchor in root.iter("a", "area"):
        url = absolute(anchor.get("href"), base_url)
        if url is None:
            continue
        own = squash(anchor.text) if len(anchor) == 0 else text_of(anchor)
        text = (own or _other_words(anchor))[:MAX_TEXT]
        region = _region(anchor, regions)
        rel = tuple((anchor.get("rel") or "").lower().split())
        found.setdefault(
            (url, text, region), Link(url=url, text=text, rel=rel, region=region, is_worded=bool(own))
        )
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def _other_words(anchor: Element) -> str:
    """Return what stands for an anchor without words."""
    text = squash(anchor.get("title") or anchor.get("aria-label"))
    if not text:
        picture = anchor.find(".//img")
        text = squash(picture.get("alt")) if picture is not None else ""
    return text


def _region(element: Element, known: dict[Element, str]) -> str:
    """Return the region of the nearest ancestor that has one; what is learnt is kept in *known*."""
    trail: list[Element] = []
    region = "other"
    current: Element | None = element.getparent()
    while current is not None:
        if current in known:
            region = known[current]
            break
        trail.append(current)
        own = _own_region(current)
        if own:
            region = own
            break
        current = current.getparent()
    for step in trail:
        known[step] = region
    return region


def _own_region(element: Element) -> str | None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag in _REGION_TAGS:
        return _REGION_TAGS[tag]
    if tag not in {"div", "section", "ul", "header", "aside", "td", "form"}:
        return None
    role = element.get("role")
    if role in _REGION_ROLES:
        return _REGION_ROLES[role]
    if tag == "aside":
        return "other"
    for name in ((element.get("id") or "") + " " + (element.get("class") or "")).lower().split()[:6]:
        if region := _REGION_WORDS.get(name.replace("-", "").replace("_", "")):
            return region
    return None


def page_feeds(links: Iterable[Element], base_url: str) -> tuple[Feed, ...]:
    """Return the RSS and Atom feeds named in ``link rel=alternate``, in order, once each."""
    found: dict[str, Feed] = {}
    for link in links:
        media_type = (link.get("type") or "").lower()
        if "alternate" not in (link.get("rel") or "").lower().split() or not media_type.endswith(
            ("rss+xml", "atom+xml", "feed+json", "rdf+xml")
        ):
            continue
        url = absolute(link.get("href"), base_url)
        if url:
            found.setdefault(url, Feed(url=url, title=squash(link.get("title")), media_type=media_type))
    return tuple(found.values())
