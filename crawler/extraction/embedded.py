"""Text that stands in embedded JSON only, as on client-rendered pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from crawler.extraction.blocks import outline
from crawler.extraction.text import collapse, plain, script_weight, squash
from crawler.extraction.tree import parse_fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.tree import Element

MAX_VALUES = 60_000
MAX_MARKUP = 1_000_000
_MARKUP = re.compile(r"<(?:p|br|div|h[2-4]|ul)\b", re.IGNORECASE)
TEXT_KEYS = (
    "articleBody",
    "body",
    "content",
    "text",
    "html",
    "bodyHtml",
    "bodyText",
    "contentHtml",
    "value",
    "copy",
    "paragraph",
    "data",
    "markup",
    "richText",
    "description",
)
"""Keys under which content systems keep an article's text, or a paragraph of it."""
_ENOUGH = 400


def paragraphs_of(markup: str) -> tuple[str, ...]:
    """Return the paragraphs of *markup*: HTML by its blocks, plain text by its line breaks."""
    if _MARKUP.search(markup):
        blocks = outline(parse_fragment(markup)).blocks
        return tuple(block.text for block in blocks)
    lines = (
        plain(line) if "<" in line or "&" in line else collapse(line)
        for line in re.split(r"\n\s*\n|\r\n|\n", markup)
    )
    return tuple(line for line in lines if line)


def find_text(states: Iterable[tuple[str, Any]]) -> tuple[str, ...]:
    """Return the paragraphs of the longest running text inside JSON *states*; empty when none is long enough.

    Two shapes are known: one string with the whole text (HTML or lines), and a list of blocks each holding
    its paragraph under one of the usual keys.
    """
    best: tuple[str, ...] = ()
    best_size: float = _ENOUGH
    for _, state in states:
        for candidate in _candidates(state):
            size = sum(map(script_weight, candidate))
            if size > best_size:
                best, best_size = candidate, size
    return best


def find_markup(root: Element | None) -> tuple[str, ...]:
    """Return the paragraphs of the longest piece of HTML that the page keeps in a template or for readers without scripts."""
    if root is None:
        return ()
    holders = [
        element
        for element in root.iter("script", "template", "noscript")
        if element.tag != "script" or "template" in (element.get("type") or "")
    ]
    sources = [
        element.text or ""
        if element.tag == "script"
        else "".join(str(etree.tostring(child, encoding="unicode")) for child in element)
        for element in holders
    ]
    longest = max(sources, key=len, default="")
    if len(longest) < _ENOUGH:
        return ()
    paragraphs = paragraphs_of(longest[:MAX_MARKUP])
    return tuple(text for text in paragraphs if len(text) > 25)


def _candidates(state: Any) -> Iterator[tuple[str, ...]]:
    queue: list[Any] = [state]
    seen = 0
    while queue and seen < MAX_VALUES:
        current = queue.pop()
        seen += 1
        if isinstance(current, dict):
            for key, value in current.items():
                if isinstance(value, str) and key in TEXT_KEYS and script_weight(value) > _ENOUGH:
                    if reads_like_text(value):
                        yield paragraphs_of(value)
                elif isinstance(value, (dict, list)):
                    queue.append(value)
        elif isinstance(current, list):
            texts = tuple(text for text in map(block_text, current[:2000]) if text)
            if len(texts) >= 3 and sum(map(script_weight, texts)) > 40 * len(texts):
                yield texts
            queue.extend(item for item in current if isinstance(item, (dict, list)))


def reads_like_text(value: str) -> bool:
    """Return whether a string is prose rather than code, an address or an identifier."""
    sample = value[:3000]
    spaces = sample.count(" ")
    code = sum(sample.count(mark) for mark in "{};=")
    return (spaces > len(sample) / 25 or not sample.isascii()) and code < len(sample) / 40


def block_text(item: Any) -> str:
    """Return the text of one block of an editor's list, e.g. ``{"type": "paragraph", "content": [{"text": …}]}``."""
    if not isinstance(item, dict):
        return ""
    kind = str(
        item.get("type")
        or item.get("__typename")
        or item.get("_type")
        or item.get("name")
        or item.get("kind")
        or ""
    ).lower()
    if kind and not any(
        word in kind for word in ("para", "text", "p", "head", "quote", "html", "list", "block", "body")
    ):
        return ""
    if any(
        word in kind
        for word in (
            "image",
            "photo",
            "picture",
            "promo",
            "newsletter",
            "related",
            "video",
            "caption",
            "embed",
            "link",
            "author",
            "person",
            "topic",
        )
    ):
        return ""
    parts: list[str] = []
    _collect(item, parts, 0)
    return squash(" ".join(dict.fromkeys(parts)))[:5000]


def _collect(value: Any, parts: list[str], depth: int) -> None:
    if depth > 6 or len(parts) > 200:
        return
    if isinstance(value, dict):
        for key in ("text", "content", "value", "html", "children", "data", "body", "paragraph", "copy"):
            if key in value:
                inner = value[key]
                if isinstance(inner, str):
                    if " " in inner or script_weight(inner) > 20 or depth > 0:
                        parts.append(plain(inner))
                else:
                    _collect(inner, parts, depth + 1)
    elif isinstance(value, list):
        for inner in value[:300]:
            _collect(inner, parts, depth + 1)
