"""The one parse of a page, and the few questions everybody asks the tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from crawler.extraction.attributes import without_floods
from crawler.extraction.text import squash

if TYPE_CHECKING:
    from collections.abc import Iterator

Element = etree._Element  # noqa: SLF001  (the type lxml gives no public name)

MAX_TEXT = 60_000
SILENT = frozenset(
    {"script", "style", "noscript", "template", "svg", "iframe", "select", "textarea", "button"}
)
WANTED = ("a", "base", "h1", "link", "meta", "script", "time", "title")
"""Tags that several fields look for all over the page."""
_XML_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}\?>")
_BEFORE_MARK = re.compile(r" ([,;:.)!?])")
_CONTROL = bytes((*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)))


def parse_html(text: str) -> Element | None:
    """Return the root of the tree of *text*; None when there is not one element in it."""
    source = text.encode("utf-8", "replace").translate(None, _CONTROL)
    if _XML_DECLARATION.match(source):
        source = _XML_DECLARATION.sub(b"", source)
    if not source or source.isspace():
        return None
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(without_floods(source), parser)
    if root is not None:
        _end_head(root)
    return root


def _end_head(root: Element) -> None:
    """Let the head end where a browser ends it: before the first element that stands in no head (HTML, 13.2.6.4.4).

    The parser knows no elements of HTML 5, and leaves an ``article`` behind a ``meta`` in the head where the page has no body tag.
    """
    head = root[0] if len(root) and root[0].tag == "head" else None
    first = next((child for child in head if child.tag not in _OF_HEAD), None) if head is not None else None
    if first is None:
        return
    moved = [first, *first.itersiblings()]
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    for place, element in enumerate(moved):
        body.insert(place, element)


_OF_HEAD = frozenset(
    {
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "title",
        "noscript",
        "noframes",
        "style",
        "script",
        "template",
        "head",
        "object",
        "isindex",
    }
)


def parse_fragment(markup: str) -> Element | None:
    """Return the root of *markup*, a piece of HTML as it stands in JSON."""
    return parse_html(f"<html><body><div>{markup}</div></body></html>")


def by_tag(root: Element | None) -> dict[str, list[Element]]:
    """Return the elements of each of the tags WANTED, in order; every pass over a tree costs, so this is the only one."""
    found: dict[str, list[Element]] = {tag: [] for tag in WANTED}
    for element in root.iter(*WANTED) if root is not None else ():
        found[element.tag].append(element)
    return found


def elements_at(root: Element, path: etree.XPath) -> list[Element]:
    """Return the elements that a compiled *path* selects."""
    found = path(root)
    return [element for element in found if isinstance(element, Element)] if isinstance(found, list) else []


def tag_of(element: Element) -> str:
    """Return the element's tag in lower case; empty for what is no element."""
    return element.tag if isinstance(element.tag, str) else ""


def pieces(element: Element, *, without: frozenset[Element] = frozenset()) -> Iterator[str]:
    """Yield the visible pieces of text in *element*, in order, leaving out silent elements and *without*."""
    stack: list[tuple[Element, bool]] = [(element, False)]
    while stack:
        node, tail_only = stack.pop()
        if tail_only:
            if node.tail:
                yield node.tail
            continue
        if node is not element:
            stack.append((node, True))
        tag = node.tag
        if not isinstance(tag, str) or tag in SILENT or node in without:
            continue
        if tag in _BREAKS:
            yield " "
        if node.text:
            yield node.text
        if len(node):
            stack.extend((child, False) for child in reversed(node))


_BREAKS = frozenset(
    {"br", "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt", "tr"}
)


def text_of(
    element: Element | None, *, without: frozenset[Element] = frozenset(), apart: bool = False
) -> str:
    """Return the visible text of *element*, white space collapsed; at most MAX_TEXT characters of it.

    With *apart* a space stands between the texts of its elements: a line such as
    ``<b>Name</b><span>Job</span>`` is set apart by style only.
    """
    if element is None:
        return ""
    if len(element) == 0:  # most are asked for the words of a link
        is_silent = element.tag in SILENT or element in without or not isinstance(element.tag, str)
        text = "" if is_silent else squash(element.text)
        return _BEFORE_MARK.sub(r"\1", text) if apart else text
    parts: list[str] = []
    size = 0
    for piece in pieces(element, without=without):
        parts.append(piece)
        size += len(piece)
        if size > MAX_TEXT:
            break
    if apart:
        return _BEFORE_MARK.sub(r"\1", squash(" ".join(parts)))
    return squash("".join(parts))
