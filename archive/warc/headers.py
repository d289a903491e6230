"""Header lines of WARC records and ``application/warc-fields`` blocks (WARC 1.1, 4), to pairs and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029\s]+")


def parse_lines(raw: bytes) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the (name, value) pairs of the header lines *raw*, in order, and what was wrong with them, in words.

    Never raises. Names are as written, values without blanks around; a line that begins with a blank goes
    on with the one before it; lines may end in LF alone. Text is UTF-8, or ISO 8859-1 where it is not that.
    """
    pairs: list[tuple[str, str]] = []
    flaws: list[str] = []
    for text in _lines(raw):
        if not text or text.isspace():
            continue
        if text[0] in " \t":
            if pairs:
                name, value = pairs[-1]
                pairs[-1] = (name, f"{value} {text.strip()}".strip())
            else:
                flaws.append("a continuation line stands first")
            continue
        name, colon, value = text.partition(":")
        if colon:
            pairs.append((name.strip(), value.strip()))
        else:
            flaws.append(f"no colon in the line {text[:60]!r}")
    return pairs, flaws


def format_lines(pairs: Iterable[tuple[str, str]]) -> bytes:
    """Return *pairs* as header lines, each ended by CRLF; values as *fit* makes them."""
    return b"".join(f"{name}: {fit(value)}\r\n".encode() for name, value in pairs)


def fit(value: str) -> str:
    """Return *value* as one line that reads back as itself: breaks and runs of blanks become one blank."""
    if value.isascii() and value.isprintable() and "  " not in value:  # nearly all are
        return value.strip()
    return _BREAKS.sub(" ", value.encode("utf-8", "replace").decode("utf-8")).strip()


def first(pairs: Iterable[tuple[str, str]], name: str) -> str | None:
    """Return the first value of *name* (any case) that is not empty, or None."""
    wanted = name.lower()
    return next((value for key, value in pairs if value and key.lower() == wanted), None)


def by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return, under each name in lower case, what *first* would return."""
    firsts: dict[str, str] = {}
    for name, value in pairs:
        if value:
            firsts.setdefault(name.lower(), value)
    return firsts


def every(pairs: Iterable[tuple[str, str]], name: str) -> tuple[str, ...]:
    """Return all values of *name* (any case), in order."""
    wanted = name.lower()
    return tuple(value for key, value in pairs if value and key.lower() == wanted)


def parse_fields(block: bytes) -> dict[str, str]:
    """Return the fields of an ``application/warc-fields`` block; values of a repeated name are joined by
    line feeds.
    """
    fields: dict[str, str] = {}
    for name, value in parse_lines(block)[0]:
        fields[name] = f"{fields[name]}\n{value}" if name in fields else value
    return fields


def _lines(raw: bytes) -> list[str]:
    try:
        return [line.rstrip("\r") for line in raw.decode("utf-8").split("\n")]
    except UnicodeDecodeError:  # one line in another encoding does not spoil the others
        return [_text(line.rstrip(b"\r")) for line in raw.split(b"\n")]


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("latin-1")
