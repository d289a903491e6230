"""Which picture an address means: one name for all sizes, croppings and servers of it."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_DIMENSIONS = re.compile(
    r"(?:^|[-_.@,/])(?:[wh]_?\d{2,4}|\d{2,4}x\d{2,4}|\d{2,4}[wh]|\d(?:\.\d)?x|scaled|thumb(?:nail)?|small|medium|large|xl?arge|"
    r"original|master|full|crop(?:ped)?|square|landscape|portrait|\d{1,2}[x-]\d{1,2})(?=$|[-_.@,/])",
    re.IGNORECASE,
)
_ENDING = re.compile(r"(?:\.(?:jpe?g|png|webp|avif|gif|jxl|heic|tiff?|bmp))+$", re.IGNORECASE)
_ID = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?!(?:19|20)\d{6}[-_])\d{6,}|(?=\D*\d)[^\W_]{16,}",
    re.IGNORECASE,
)
"""What a name begins with when a system has given it; sizes and croppings follow."""
_INNER = re.compile(r"^https?://|^/[^/].*\.(?:jpe?g|png|webp|avif|gif)", re.IGNORECASE)


def picture_key(url: str | None) -> str | None:
    """Return the longest part of *url* that can name a picture, without sizes; None when none can.

    >>> picture_key("https://img.example/pictures/781x439/1234567.jpg")
    '1234567'
    >>> picture_key("https://a.example/2026/05/harbour-storm-1024x683.jpg?w=300")
    'harbour-storm'
    >>> picture_key("https://a.example/_next/image?url=%2Fpics%2Fharbour.jpg&w=640")
    'harbour'
    """
    if not url or url.startswith("data:"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = next((value for _, value in parse_qsl(parts.query) if _INNER.search(value)), parts.path)
    if "://" in path:
        path = path.rpartition("://")[2].partition("/")[2]
    *folders, name = [unquote(part) for part in path.partition("?")[0].split("/")]
    name = _ENDING.sub("", name)
    given = _ID.match(name)
    pieces = [given[0] if given else _DIMENSIONS.sub("", name).strip("-_.@, ")]
    pieces += [folder for folder in folders if _looks_like_id(folder)]
    return max(pieces, key=_weight).lower() or None


def _looks_like_id(folder: str) -> bool:
    """Return whether a folder's name is the picture's own: a long number or hash, as some servers have it."""
    return len(folder) >= 16 and _ID.fullmatch(folder) is not None


def _weight(piece: str) -> int:
    return len(piece) if re.search(r"\w", piece) else 0
