"""Microdata and RDFa of articles, brought into the shape of JSON-LD so that one reader serves all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from crawler.extraction.tree import Element, elements_at, text_of

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_ITEMS = 200
MAX_NESTING = 12
_KINDS = (
    (etree.XPath("descendant::*[@itemtype]"), "itemprop", "itemtype"),
    (etree.XPath("descendant::*[@typeof]"), "property", "typeof"),
)
_VALUE_ATTRIBUTES = {
    "meta": "content",
    "link": "href",
    "a": "href",
    "img": "src",
    "time": "datetime",
    "data": "value",
    "meter": "value",
    "source": "src",
    "video": "src",
    "audio": "src",
    "object": "data",
    "area": "href",
}
_TEXT_PROPERTIES = frozenset(
    {
        "author",
        "name",
        "headline",
        "alternativeheadline",
        "creator",
        "publisher",
        "articlesection",
        "keywords",
    }
)


def microdata_objects(
    root: Element | None, marks: Collection[str] = ("itemtype", "typeof")
) -> tuple[dict[str, Any], ...]:
    """Return the items of the page that have a type and are no property of another item, with their properties.

    Nested items are objects again; a property given several times is a list. Property names are kept as
    written. RDFa (``typeof``/``property`` with schema.org names) is read the same way. *marks* says which of the
    two to look for.
    """
    if root is None:
        return ()
    found: list[dict[str, Any]] = []
    for path, property_name, type_name in _KINDS:
        if type_name in marks:
            tops = [element for element in elements_at(root, path) if not element.get(property_name)]
            found += [_item(element, property_name, type_name) for element in tops[:MAX_ITEMS]]
    return tuple(found)


def _item(element: Element, property_name: str, type_name: str, depth: int = 0) -> dict[str, Any]:
    item: dict[str, Any] = {"@type": (element.get(type_name) or "").split()}
    stack = list(reversed(element))
    budget = 3_000
    while stack and budget:
        budget -= 1
        child = stack.pop()
        if not isinstance(child.tag, str):
            continue
        names = (child.get(property_name) or "").split()
        typed = child.get(type_name) is not None
        if names:
            nested = typed and depth < MAX_NESTING
            value = _item(child, property_name, type_name, depth + 1) if nested else _value(child, names)
            for name in names:
                _put(item, name.rsplit(":", 1)[-1], value)
        if not typed:
            stack.extend(reversed(child))
    if len(item) == 1 and element.get("content"):
        item["name"] = element.get("content")
    elif "name" not in item and "itemprop" in element.attrib:
        item["name"] = text_of(element)[:200]
    return item


def _value(element: Element, names: list[str]) -> str:
    content = element.get("content")
    if content is not None:
        return content
    attribute = _VALUE_ATTRIBUTES.get(str(element.tag))
    wants_text = any(name.lower() in _TEXT_PROPERTIES for name in names)
    if attribute and not (wants_text and element.tag in {"a", "link"}):
        value = element.get(attribute)
        if value:
            return value
    if any(name.lower() == "articlebody" for name in names):
        return ""
    return text_of(element)[:2000]


def _put(item: dict[str, Any], name: str, value: Any) -> None:
    if name in item:
        known = item[name]
        item[name] = [*known, value] if isinstance(known, list) else [known, value]
    else:
        item[name] = value
