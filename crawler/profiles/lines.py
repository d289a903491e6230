"""On which line of a TOML file a key stands: the library that reads it does not say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\"' -]+?)\s*=")


def line_of(text: str, path: Sequence[str | int]) -> int | None:
    r"""Return the number of the line on which the key at *path* stands, or the nearest one above it; None when none does.

    >>> line_of('domains = ["a"]\\n[[layout]]\\nname = "x"\\n[[layout]]\\nbody = "p"', ["layout", 1, "body"])
    5
    """
    lines = _places(text)
    wanted = tuple(path)
    while wanted:
        if wanted in lines:
            return lines[wanted]
        wanted = wanted[:-1]
    return None


def _places(text: str) -> dict[tuple[str | int, ...], int]:
    places: dict[tuple[str | int, ...], int] = {}
    times: Counter[str] = Counter()
    inside: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, named = _HEADER.match(line), _KEY.match(line)
        if header:
            name = header[2]
            inside = _parts(name)
            if header[1] == "[[":
                places.setdefault(inside, number)
                inside = (*inside, times[name])
                times[name] += 1
            places.setdefault(inside, number)
        elif named:
            places.setdefault((*inside, *_parts(named[1])), number)
    return places


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
