"""What a browser would load to show a page: style sheets, pictures, icons, fonts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.tree import Element

MAX_REQUISITES = 2_000
_URL = re.compile(
    r"url\(\s*(?:\"([^\"\n]{1,4000})\"|'([^'\n]{1,4000})'|([^\"'()\s]{1,4000}))\s*\)", re.IGNORECASE
)
_IMPORT = re.compile(r"@import\s+(?:\"([^\"\n]{1,4000})\"|'([^'\n]{1,4000})')", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LINK_RELATIONS = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "apple-touch-icon-precomposed", "mask-icon", "preload"}
)
_PRELOADED = frozenset({"style", "image", "font"})
_LAZY = (
    "data-src",
    "data-original",
    "data-lazy-src",
    "data-lazy",
    "data-url",
    "data-image",
    "data-original-src",
    "data-hi-res-src",
)
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "data-original-set")
_IMAGE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)(?:$|[?#])", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def absolute(url: str | None, base: str) -> str | None:
    """Return *url* as an absolute http(s) URL without fragment, or None when it is none."""
    if not url:
        return None
    url = url.strip().replace("\n", "").replace("\t", "")
    if (
        not url
        or url[0] == "#"
        or len(url) > 8_000
        or url[:11].lower().startswith(("data:", "javascript:", "mailto:", "tel:", "about:", "blob:"))
    ):
        return None
    try:
        is_absolute = url.startswith(("http://", "https://"))  # most are: joining is the dearest part
        joined = (url if is_absolute else urljoin(base, url)).partition("#")[0]
        parts = urlsplit(joined)
    except ValueError:
        return None
    if (
        parts.scheme not in {"http", "https"}
        or not parts.netloc
        or any(c in parts.netloc for c in ' <>"{}|\\^`')
    ):
        return None
    return joined.replace(" ", "%20")


def srcset_urls(value: str | None) -> list[tuple[str, float]]:
    """Return (URL, size) of the candidates in a ``srcset``; sizes are widths or densities as given, 0 when none.

    >>> srcset_urls("a.jpg 1x, b.jpg?w=1,2 640w")
    [('a.jpg', 1.0), ('b.jpg?w=1,2', 640.0)]
    """
    found: list[tuple[str, float]] = []
    wants_size = False
    for token in (value or "")[:50_000].split():
        rest = token
        if wants_size:
            size, comma, rest = token.partition(",")
            if re.fullmatch(r"\d{1,6}(?:\.\d{1,4})?[wxh]", size):
                found[-1] = (found[-1][0], float(size[:-1]))
            wants_size = not comma
        url = rest.lstrip(",")
        if url and not wants_size:
            found.append((url.rstrip(","), 0.0))
            wants_size = not url.endswith(",")
    return found


def css_requisites(css_text: str, base_url: str) -> tuple[str, ...]:
    """Return the absolute URLs that a style sheet loads (``url()`` and ``@import``), once each, in order."""
    text = _COMMENT.sub("", css_text[:5_000_000])
    matches = sorted([*_URL.finditer(text), *_IMPORT.finditer(text)], key=lambda match: match.start())
    urls = (next(group for group in match.groups() if group) for match in matches if any(match.groups()))
    return _unique(absolute(url, base_url) for url in urls)


def page_requisites(root: Element | None, base_url: str, *, scripts: bool = False) -> tuple[str, ...]:
    """Return the absolute URLs of a page's style sheets, pictures, icons and preloaded fonts, once each.

    *scripts* adds its scripts, for sites whose pages are bare without them.
    """
    if root is None:
        return ()
    return _unique(
        absolute(url, base_url)
        for element in root.iter()
        if isinstance(element.tag, str)
        for url in (*_of(element), *(_of_script(element) if scripts else ()))
    )


def _of(element: Element) -> Iterator[str]:
    tag = element.tag
    if tag == "link":
        yield from _of_link(element)
    elif tag in {"img", "source", "amp-img", "video", "input", "image", "audio"}:
        yield from _of_picture(element)
    elif tag == "style" and element.text:
        yield from _in_css(element.text)
    elif tag in {"body", "table", "td"} and element.get("background"):
        yield element.get("background") or ""
    style = element.get("style")
    if style and "url(" in style:
        yield from _in_css(style)
    background = element.get("data-bg") or element.get("data-background-image")
    if background and tag != "script" and _IMAGE_NAME.search(background):
        yield background


def _of_script(element: Element) -> Iterator[str]:
    is_preload = element.tag == "link" and {"preload", "modulepreload"} & set(
        (element.get("rel") or "").lower().split()
    )
    if element.tag == "script" and (source := element.get("src")):
        yield source
    elif is_preload and (element.get("as") or "script") == "script" and (target := element.get("href")):
        yield target


def _of_link(element: Element) -> Iterator[str]:
    relations = frozenset((element.get("rel") or "").lower().split())
    if not relations & _LINK_RELATIONS or (
        relations == {"preload"} and (element.get("as") or "") not in _PRELOADED
    ):
        return
    if href := element.get("href"):
        yield href
    for url, _ in srcset_urls(element.get("imagesrcset")):
        yield url


def _of_picture(element: Element) -> Iterator[str]:
    if element.tag == "input" and (element.get("type") or "").lower() != "image":
        return
    is_media = element.tag in {"video", "audio"} or (
        element.tag == "source" and (element.get("type") or "").startswith(("video", "audio"))
    )
    if poster := element.get("poster"):
        yield poster
    if is_media:
        return
    for name in ("src", "href", *_LAZY) if element.tag == "image" else ("src", *_LAZY):
        if value := element.get(name):
            yield value
    for name in ("srcset", *_LAZY_SETS):
        for url, _ in srcset_urls(element.get(name)):
            yield url


def _in_css(text: str) -> Iterator[str]:
    for match in _URL.finditer(text[:500_000]):
        yield next(group for group in match.groups() if group)


def _unique(urls: Iterable[str | None]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for url in urls:
        if url:
            found[url] = None
            if len(found) >= MAX_REQUISITES:
                break
    return tuple(found)
