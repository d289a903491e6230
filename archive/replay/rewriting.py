"""An archived page made inert: no scripts, every address led back into the archive, written anew from the tree.

Only elements and attributes that are known are written, and every ``<`` in a text is escaped; so what a browser makes of
the result is the tree that was checked here, whatever the page had in mind. What is unknown loses its tag and keeps its
words. The headers that go with it (headers.py) would stop what slipped through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lxml.html
from markupsafe import escape
from w3lib.encoding import html_to_unicode

from archive.replay.addresses import PICTURE, STYLE, WINDOW, path_to
from archive.replay.elements import (
    ADDRESSES,
    ATTRIBUTES,
    DROPPED,
    LAZY,
    SVG_ATTRIBUTES,
    SVG_ELEMENTS,
    UNWRAPPED,
    VOID,
)
from archive.replay.styles import rewrite_style
from archive.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model import Page

_DEEPEST = 400
"""Elements inside each other: browsers stop at 512."""


def rewrite_page(page: Page) -> str:
    """Return *page* as a document that does nothing but show itself, out of the archive."""
    return Rewriter(page.url, page.captured_at).document(text_of(page))


def text_of(page: Page) -> str:
    """Return the payload of *page* as text, read in the encoding that a browser would choose."""
    return html_to_unicode(page.header("content-type"), page.payload)[1]


class Rewriter:
    """Writes one page anew. *resources* then are the addresses of what it shows, without those it links to."""

    def __init__(self, url: str, at: datetime) -> None:
        self._url, self._at = url, at
        self._base = url
        self.resources: dict[str, str] = {}
        """Address → way of showing."""

    def document(self, text: str) -> str:
        """Return the page whose source is *text*."""
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        source = text.replace("\x00", "").encode("utf-8", "replace")
        try:
            root = lxml.html.document_fromstring(source, parser=parser)
        except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, ValueError):
            return f"<!DOCTYPE html><meta charset=utf-8><pre>{escape(text)}</pre>"
        self._base = self._declared_base(root)
        doctype = "<!DOCTYPE html>" if text.lstrip()[:9].lower() == "<!doctype" else ""
        return f"{doctype}{''.join(self._element(root, 0))}"

    def _declared_base(self, root: HtmlElement) -> str:
        for base in root.iter("base"):
            found = resolve(self._url, base.get("href") or "")
            if found and found.startswith(("http://", "https://")):
                return found
        return self._url

    def _element(self, element: HtmlElement, depth: int) -> Iterator[str]:
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag in DROPPED or depth > _DEEPEST or not tag:
            return
        if tag == "style":
            yield f"<style>{self._style(element.text or '')}</style>"
            return
        if tag == "link":
            yield from self._link(element)
            return
        known = tag in ATTRIBUTES or tag in SVG_ELEMENTS
        if known and tag not in UNWRAPPED:
            yield f"<{tag}{''.join(self._attributes(element, tag))}>"
        if tag == "head":
            yield '<meta charset="utf-8"><meta name="referrer" content="no-referrer">'
        if tag not in VOID:
            yield str(escape(element.text or ""))
            for child in element:
                yield from self._element(child, depth + 1)
                yield str(escape(child.tail or ""))
            if known and tag not in UNWRAPPED:
                yield f"</{tag}>"

    def _link(self, element: HtmlElement) -> Iterator[str]:
        relations = (element.get("rel") or "").lower().split()
        href = self._absolute(element.get("href"))
        if href is None or "stylesheet" not in relations or "alternate" in relations:
            return
        media = escape(element.get("media") or "all")
        # Loaded late by a script that does not run here: media="print" until it has come.
        shown = "all" if media == "print" and element.get("onload") else media
        yield f'<link rel="stylesheet" href="{escape(self._to(href, STYLE))}" media="{shown}">'

    def _attributes(self, element: HtmlElement, tag: str) -> Iterator[str]:
        allowed = ATTRIBUTES.get(tag, frozenset()) | (SVG_ATTRIBUTES if tag in SVG_ELEMENTS else frozenset())
        values = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        _show_what_is_lazy(tag, values)
        for name, value in values.items():
            if (tag, name) in ADDRESSES:
                yield from self._address(tag, name, value)
            elif name == "srcset" and tag in {"img", "source"}:
                yield f' srcset="{escape(self._srcset(value))}"'
            elif name == "style":
                yield f' style="{escape(self._style(value))}"'
            elif name in allowed and not _may_load(name, value):
                yield f' {name}="{escape(value)}"'
        if tag in {"a", "area"}:
            yield ' target="_top" rel="noreferrer"'
        if tag == "iframe":
            yield ' sandbox=""'

    def _address(self, tag: str, name: str, value: str) -> Iterator[str]:
        mode = ADDRESSES[tag, name]
        if name == "href" and value.startswith("#"):
            yield f' href="{escape(value)}"'
            return
        if mode == PICTURE and value.strip().lower().startswith("data:image/"):
            yield f' {name}="{escape(value.strip())}"'
            return
        target = self._absolute(value)
        if target is not None:
            yield f' {name}="{escape(self._to(target, mode))}"'

    def _srcset(self, value: str) -> str:
        members = (member.strip().split(None, 1) for member in _members(value))
        written = []
        for member in members:
            target = self._absolute(member[0]) if member else None
            if target is not None:
                written.append(" ".join([self._to(target, PICTURE), *member[1:]]))
        return ", ".join(written)

    def _style(self, text: str) -> str:
        return rewrite_style(text, self._styled)

    def _styled(self, url: str, mode: str) -> str | None:
        target = self._absolute(url)
        return self._to(target, mode) if target else None

    def _absolute(self, reference: str | None) -> str | None:
        target = resolve(self._base, (reference or "").strip())
        return target if target and target.lower().startswith(("http://", "https://")) else None

    def _to(self, target: str, mode: str) -> str:
        address, mark, fragment = target.partition("#")
        if mode != WINDOW:
            self.resources.setdefault(address, mode)
        return f"{path_to(address, self._at, mode)}{mark}{fragment}"


def _show_what_is_lazy(tag: str, values: dict[str, str]) -> None:
    """Put into place what a script would have: pictures that wait in ``data-src`` until they are scrolled to."""
    if tag not in {"img", "source", "iframe", "video"}:
        return
    for name, waiting in LAZY:
        found = next((values[key] for key in waiting if values.get(key, "").strip()), None)
        is_empty = not values.get(name, "").strip() or values[name].startswith(("data:", "about:"))
        if found is not None and is_empty:
            values[name] = found
    values.pop("loading", None)


def _members(srcset: str) -> Iterable[str]:
    """Return the members of a srcset: split at commas behind which a blank stands, or a descriptor before.

    >>> list(_members("a,b.png 1x,c.png 2x, d.png"))
    ['a,b.png 1x', 'c.png 2x', ' d.png']
    """
    begun: list[str] = []
    for piece in srcset.split(","):
        if begun and (piece[:1].isspace() or " " in begun[-1].strip()):
            yield ",".join(begun)
            begun = []
        begun.append(piece)
    if begun:
        yield ",".join(begun)


def _may_load(name: str, value: str) -> bool:
    """Return whether a plain attribute could make a browser ask for something, e.g. ``fill="url(http://…)"``."""
    return (
        "url(" in value.lower() and not value.lower().replace(" ", "").startswith("url(#") and name != "alt"
    )
