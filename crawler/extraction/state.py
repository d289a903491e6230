"""State that client-rendered pages carry in scripts: ``__NEXT_DATA__``, Nuxt, Apollo, ``window.… = {…}``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from crawler.extraction.devalue import is_flat, unflatten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.tree import Element

MAX_SCRIPT = 5_000_000
MAX_STATES = 20
MIN_STATE = 200
"""Characters of JSON below which there is no article in it."""
_HOLDERS = frozenset(
    {
        "data-react-props",
        "data-props",
        "data-page",
        "data-initial-state",
        "data-state",
        "data-json",
        "data-component-props",
        "data-params",
        "props",
    }
)
_ASSIGNMENT = re.compile(
    r"(?:window\.|self\.|var\s+|let\s+|const\s+)?([A-Za-z_$][\w$.]{0,80}(?:\[[\"'][\w-]{1,60}[\"']\])?)\s*=\s*(?=[{\[]|JSON\.parse\()"
)
_PARSE = re.compile(r"JSON\.parse\((?:decodeURIComponent\()?")
_JSON_TYPES = ("application/json", "application/vnd", "text/json", "application/x-json")


def embedded_state(root: Element | None, scripts: Iterable[Element]) -> tuple[tuple[str, Any], ...]:
    """Return (name, value) of every JSON value that the page's scripts assign or hold, biggest scripts included.

    Only strict JSON is read: JavaScript that is not JSON (functions, ``void 0``) is skipped, because it
    would have to be run.
    """
    if root is None:
        return ()
    found: list[tuple[str, Any]] = []
    for script in scripts:
        text = script.text
        kind = (script.get("type") or "").lower()
        if not text or len(text) > MAX_SCRIPT or len(text) < MIN_STATE or "ld+json" in kind:
            continue
        if kind.startswith(_JSON_TYPES):
            value = _read(text.strip())
            if is_flat(value):
                value = unflatten(value)
            if value is not None:
                found.append((script.get("id") or script.get("data-name") or "json", value))
        elif not kind or "javascript" in kind:
            found.extend(_assigned(text))
        if len(found) >= MAX_STATES:
            break
    return tuple((found + _in_attributes(root))[:MAX_STATES])


def _in_attributes(root: Element) -> list[tuple[str, Any]]:
    """Return the JSON objects that components keep in an attribute of theirs (``data-react-props``, ``data-page`` …)."""
    found: list[tuple[str, Any]] = []
    for element in root.iter("div", "section", "main", "article", "astro-island"):
        for name in element.keys():  # noqa: SIM118 - an element's children are not its keys
            value = element.get(name) or ""
            if (
                name in _HOLDERS
                and MIN_STATE <= len(value) <= MAX_SCRIPT
                and value.lstrip()[:1] in {"{", "["}
            ):
                read = _read(value)
                if read is not None:
                    found.append((str(name), read))
        if len(found) >= MAX_STATES:
            break
    return found


def _assigned(text: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    position = 0
    for _ in range(MAX_STATES):
        match = _ASSIGNMENT.search(text, position)
        if match is None:
            break
        position = match.end()
        parse = _PARSE.match(text, position)
        try:
            value, end = json.JSONDecoder(strict=False).raw_decode(text, parse.end() if parse else position)
        except (ValueError, RecursionError):
            continue
        position = max(position, end)
        if parse and isinstance(value, str):
            value = _read(value)
        if isinstance(value, (dict, list)) and value:
            found.append((match.group(1), value))
    return found


def _read(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
