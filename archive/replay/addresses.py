"""The replay's addresses: ``/20240301080000mp_/http://herald.example/`` is a time, a way of showing, and a URL."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote

from archive.times import format_timestamp

if TYPE_CHECKING:
    from archive.model import Record

WINDOW, DOCUMENT, RAW = "", "mp_", "id_"
"""With the bar above it; the archived page itself; as it was sent."""
FULL = "full_"
"""With the bar above it, and its scripts running in the player that the operator has installed."""
STYLE, PICTURE, OTHER = "cs_", "im_", "oe_"
_PATH = re.compile(
    r"/(?P<stamp>\d{0,17})(?P<mode>mp_|id_|cs_|im_|oe_|if_|js_|full_)?/(?P<url>[^/].*)", re.DOTALL
)
_UNSTAMPED = re.compile(r"/(?P<url>https?:/.*)", re.DOTALL | re.IGNORECASE)
_SAFE = "!$&'()*+,/:;=?@[]~"


@dataclass(frozen=True, slots=True)
class Address:
    """What a path asks for."""

    stamp: str
    """As typed; empty for the newest."""
    mode: str
    url: str

    @property
    def at(self) -> datetime | None:
        """Return the moment that *stamp* means, its missing digits filled up to the end of what it names."""
        return moment_of(self.stamp) if self.stamp else None


def parse(path: str, query: str) -> Address | None:
    """Return what the decoded *path* and the raw *query* ask for; None when it is no address of a capture.

    >>> parse("/20240301id_/http://herald.example/a", "b=1")
    Address(stamp='20240301', mode='id_', url='http://herald.example/a?b=1')
    """
    whole = f"{path}?{query}" if query else path
    if found := _UNSTAMPED.fullmatch(whole):
        return Address("", WINDOW, _mended(found["url"]))
    if (found := _PATH.fullmatch(whole)) is None:
        return None
    mode = {"if_": DOCUMENT, "js_": OTHER}.get(found["mode"] or "", found["mode"] or "")
    return Address(found["stamp"], mode, _mended(found["url"]))


def path_to(url: str, at: datetime | Record | None, mode: str = WINDOW) -> str:
    """Return the path of the capture of *url* at *at*."""
    moment = at if isinstance(at, datetime) or at is None else at.captured_at
    stamp = format_timestamp(moment) if moment else ""
    return f"/{stamp}{mode}/{quote(url, safe=_SAFE)}" if stamp or mode else f"/{quote(url, safe=_SAFE)}"


def moment_of(stamp: str) -> datetime | None:
    """Return the last second that *stamp*, 4 to 14 digits, names; None where it names none.

    >>> moment_of("2024")
    datetime.datetime(2024, 12, 31, 23, 59, 59, tzinfo=datetime.timezone.utc)
    """
    digits = stamp[:14]
    if len(digits) < 4:
        return None
    whole = len(digits) // 2 * 2
    try:
        parts = [int(digits[:4]), *(int(digits[n : n + 2]) for n in range(4, whole, 2))]
        year, month, day, hour, minute, second = [*parts, *[1, 1, 0, 0, 0][len(parts) - 1 :]]
        start = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        match len(parts):
            case 1:
                end = start.replace(year=start.year + 1)
            case 2:
                end = (start + timedelta(days=32)).replace(day=1)
            case count:
                end = start + timedelta(
                    days=count == 3, hours=count == 4, minutes=count == 5, seconds=count == 6
                )
    except (ValueError, OverflowError):
        return None
    return end - timedelta(seconds=1)


def _mended(url: str) -> str:
    """Return *url* with its scheme whole: web servers between make one slash of two."""
    found = re.match(r"(https?):/+", url, re.IGNORECASE)
    if found:
        return f"{found[1].lower()}://{url[found.end() :]}"
    return url if "://" in url else f"http://{url}"
