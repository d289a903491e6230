"""The tags in a page's head: OpenGraph, Twitter, Dublin Core, parsely, sailthru and plain meta."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.extraction.text import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.extraction.tree import Element

MAX_META = 600
MAX_CONTENT = 10_000


class Meta:
    """All meta tags of a page by lower-case name; values in the order of the page."""

    def __init__(self, elements: Sequence[Element]) -> None:
        self._values: dict[str, list[str]] = {}
        for element in elements[: MAX_META + 1]:
            self._add(element)

    def _add(self, element: Element) -> None:
        content = element.get("content") or element.get("value")
        if not content:
            return
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(attribute)
            if name:
                key = name.strip().lower() if attribute != "itemprop" else "itemprop:" + name.strip().lower()
                self._values.setdefault(key, []).append(content[:MAX_CONTENT])

    def raw(self, name: str) -> list[str]:
        """Return all values of the tag *name* as they stand; empty when there is none."""
        return self._values.get(name, [])

    def all(self, *names: str) -> list[str]:
        """Return the plain values of all tags called one of *names*, in the order of the names, once each."""
        found = (plain(value) for name in names for value in self._values.get(name, ()))
        return list(dict.fromkeys(value for value in found if value))

    def first(self, *names: str) -> str | None:
        """Return the first plain value of *names* in that order, or None."""
        return next(iter(self.all(*names)), None)
