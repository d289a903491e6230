"""Undoes the flattening in which Nuxt 3 and SvelteKit write their state (the ``devalue`` format)."""

from __future__ import annotations

from typing import Any

MAX_DEPTH = 100
_WRAPPERS = frozenset(
    {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError"}
)
"""What Nuxt puts around values; the value is what is inside."""
_PLAIN = frozenset({"Date", "BigInt", "RegExp", "URL"})


def is_flat(value: Any) -> bool:
    """Return whether *value* is a flattened state: a list whose first entry refers to others by their position."""
    if not isinstance(value, list) or len(value) < 2:
        return False
    first = value[0]
    if isinstance(first, dict):
        return bool(first) and all(isinstance(index, int) for index in first.values())
    return isinstance(first, list) and len(first) == 2 and first[0] in _WRAPPERS


def unflatten(values: list[Any]) -> Any:
    """Return the value that *values* stand for; None for what is missing, broken or nested too deep.

    >>> unflatten([{"story": 1}, {"title": 2, "tags": 3}, "Rain", [2]])
    {'story': {'title': 'Rain', 'tags': ['Rain']}}
    """
    return _Reviver(values).revive(0, 0)


class _Reviver:
    def __init__(self, values: list[Any]) -> None:
        self._values = values
        self._known: dict[int, Any] = {}

    def revive(self, index: Any, depth: int) -> Any:
        """Return the value at *index*; negative numbers mean undefined, NaN and the like."""
        if not isinstance(index, int) or not 0 <= index < len(self._values) or depth > MAX_DEPTH:
            return None
        if index not in self._known:
            self._known[index] = None
            self._known[index] = self._value(self._values[index], index, depth + 1)
        return self._known[index]

    def _value(self, value: Any, index: int, depth: int) -> Any:
        if isinstance(value, dict):
            made: dict[str, Any] = {}
            self._known[index] = made
            made.update({key: self.revive(inner, depth) for key, inner in value.items()})
            return made
        if isinstance(value, list):
            return self._list(value, depth)
        return value

    def _list(self, value: list[Any], depth: int) -> Any:
        kind = value[0] if value and isinstance(value[0], str) else ""
        if kind in _WRAPPERS:
            return self.revive(value[1], depth) if len(value) > 1 else None
        if kind in _PLAIN:
            return value[1] if len(value) > 1 else None
        if kind in {"Map", "null"}:
            pairs = zip(value[1::2], value[2::2], strict=False)
            return {
                str(self.revive(key, depth) if kind == "Map" else key): self.revive(inner, depth)
                for key, inner in pairs
            }
        return [self.revive(inner, depth) for inner in (value[1:] if kind else value)]
