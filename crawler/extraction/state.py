"""State that client-rendered pages carry in scripts: ``__NEXT_DATA__``, Nuxt, Apollo, ``window.… = {…}``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from crawler.extraction.devalue import is_flat, unflatten

if TYPE_CHECKING:
    from crawler.extraction.tree import Element

MAX_SCRIPT = 5_000_000
MAX_STATES = 20
_ASSIGNMENT = re.compile(
    r"(?:window\.|self\.|var\s+|let\s+|const\s+)?([A-Za-z_$][\w$.]{0,80}(?:\[[\"'][\w-]{1,60}[\"']\])?)\s*=\s*(?=[{\[]|JSON\.parse\()"
)
_PARSE = re.compile(r"JSON\.parse\((?:decodeURIComponent\()?")
_JSON_TYPES = ("application/json", "application/vnd", "text/json", "application/x-json")


def embedded_state(root: Element | None) -> tuple[tuple[str, Any], ...]:
    """Return (name, value) of every JSON value that the page's scripts assign or hold, biggest scripts included.

    Only strict JSON is read: JavaScript that is not JSON (functions, ``void 0``) is skipped, because it
    would have to be run.
    """
    if root is None:
        return ()
    found: list[tuple[str, Any]] = []
    for script in root.iter("script"):
        text = script.text
        kind = (script.get("type") or "").lower()
        if not text or len(text) > MAX_SCRIPT or len(text) < 200 or "ld+json" in kind:
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
    return tuple(found[:MAX_STATES])


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
