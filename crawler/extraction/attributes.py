"""Tags with more attributes than any page has: libxml2 compares each with each, so they are cut before it sees them."""

from __future__ import annotations

import re

MAX_ATTRIBUTES = 500
_SHORTEST = 8192
"""Bytes without a ``>`` in which so many attributes can stand. Shorter tags cost milliseconds at most."""
_TAG = re.compile(rb"<[A-Za-z][^\s/>\"'=<]*")
_ATTRIBUTE = re.compile(rb"[\s/]+[^\s/>\"'=<]+(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'>]+))?")


def without_floods(source: bytes) -> bytes:
    """Return the HTML *source* with at most MAX_ATTRIBUTES attributes in a tag; costs next to nothing on real pages.

    >>> flooded = b"<p " + b" ".join(b"a%d=1" % n for n in range(3000)) + b">x"
    >>> without_floods(flooded)[-6:], len(without_floods(flooded)) < 4000, without_floods(b"<p a=1>") == b"<p a=1>"
    (b'9=1 >x', True, True)
    """
    kept: list[bytes] = []
    done = position = 0
    while position + _SHORTEST < len(source):
        # From mark to mark, backwards from as far as a short tag can reach: few looks even at large pages.
        last = source.rfind(b">", position, position + _SHORTEST)
        if last >= 0:
            position = last + 1
            continue
        end = source.find(b">", position)
        end = len(source) if end < 0 else end
        cut = None if _is_script(source, position) else _flood(source, position, end)
        if cut is not None:
            kept += (source[done:cut], b" ")
            done = end
        position = end + 1
    return b"".join((*kept, source[done:])) if kept else source


def _is_script(source: bytes, position: int) -> bool:
    """Return whether what begins at *position* is a script's text."""
    opened = source.rfind(b"<", 0, position)
    return opened >= 0 and source[opened : opened + 7].lower() == b"<script"


def _flood(source: bytes, start: int, end: int) -> int | None:
    """Return where the last attribute that is kept ends, of the tag between *start* and *end*; None when all are."""
    tag = _TAG.search(source, start, end)
    if tag is None:
        return None
    at = tag.end()
    for _ in range(MAX_ATTRIBUTES):
        attribute = _ATTRIBUTE.match(source, at, end)
        if attribute is None:
            return None
        at = attribute.end()
    return at
