"""JSON-LD as publishers write it: graphs, lists, comments around it, broken strings and commas."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.tree import Element

MAX_SCRIPT = 2_000_000
MAX_OBJECTS = 2_000
MAX_DEPTH = 60
_WRAPPERS = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)
_COMMENT_LINE = re.compile(r"^\s*//[^\n]*$", re.MULTILINE)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r'(["}\]])(\s+")(?=[@\w]+"\s*:)')
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])')
_CONTROL = re.compile(r"[\x00-\x1f]+")
_INNER_QUOTE = re.compile(r'(?<![\[{:,\s\\])"(?!\s*[,:}\]])|(?<=[\w.!?]\s)"(?=\w)')


def read_json(text: str) -> Any:
    """Return the value that *text* holds, mended where it is broken in a usual way; None when it cannot be read."""
    text = _WRAPPERS.sub("", text[:MAX_SCRIPT].strip()).strip().rstrip(";")
    if not text or text[0] not in "{[":
        return None
    for mend in (_as_is, _spaced, _commas, _unescaped, _quotes):
        try:
            return json.loads(mend(text), strict=False)
        except ValueError:
            continue
        except RecursionError:
            return None
    return _leading_value(text)


def _as_is(text: str) -> str:
    return text


def _spaced(text: str) -> str:
    return _BAD_ESCAPE.sub(r"\\\\", _CONTROL.sub(" ", _COMMENT_LINE.sub("", text)))


def _commas(text: str) -> str:
    return _MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", _spaced(text)))


def _unescaped(text: str) -> str:
    return _commas(html.unescape(text)) if "&quot;" in text[:2000] else _commas(text)


def _quotes(text: str) -> str:
    return _INNER_QUOTE.sub(r"\"", _commas(text)) if len(text) < 100_000 else text


def _leading_value(text: str) -> Any:
    """Return the first complete value when more stands behind it (two objects in one script)."""
    try:
        return json.JSONDecoder(strict=False).raw_decode(_commas(text))[0]
    except (ValueError, RecursionError):
        return None


def json_ld_objects(scripts: Iterable[Element]) -> tuple[dict[str, Any], ...]:
    """Return every typed object of the page's JSON-LD scripts, outer ones first, graphs and lists unrolled."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        if "ld+json" in (script.get("type") or "").lower() and script.text:
            found.extend(_typed(read_json(script.text)))
            if len(found) > MAX_OBJECTS:
                break
    return tuple(found[:MAX_OBJECTS])


def _typed(value: Any) -> Iterator[dict[str, Any]]:
    queue: list[tuple[Any, int]] = [(value, 0)]
    seen = 0
    while queue and seen < MAX_OBJECTS:
        current, depth = queue.pop(0)
        seen += 1
        if depth > MAX_DEPTH:
            continue
        if isinstance(current, list):
            queue.extend((item, depth + 1) for item in current[:500])
        elif isinstance(current, dict):
            if "@type" in current:
                yield current
            inner = (
                current.get(key)
                for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement", "item")
            )
            queue.extend((item, depth + 1) for item in inner if isinstance(item, (dict, list)))


def types_of(item: dict[str, Any]) -> tuple[str, ...]:
    """Return the object's types without ``http://schema.org/``."""
    value = item.get("@type")
    names = value if isinstance(value, list) else [value]
    return tuple(str(name).rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] for name in names if name)
