"""A paper that publishes by its own habits for a month, and what befalls it: for the alerts in bench_month.py."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from crawler.newsroom.responses import Response

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.newsroom.server import Newsroom

WORKDAY, WEEKEND, ON_FRONT = 8, 2, 30
SILENT_FROM = 25.0
TEXT = (
    "The harbour office said that the wall had held through the night and that nobody in the town was hurt. "
    * 7
)


@dataclass(frozen=True)
class Trouble:
    """What befalls the paper, from day to day, and the alert that must be raised once and end once."""

    kind: str
    subject: str
    first: float
    last: float


TROUBLES = (
    Trouble("fields", "date", 10.1, 12.4),
    Trouble("walls", "", 13.5, 15.0),
    Trouble("yield", "articles", 16.6, 18.2),
    Trouble("yield", "front", 19.3, 21.0),
    Trouble("unreachable", "", 22.3, 23.9),
    Trouble("yield", "new", SILENT_FROM, 31.0),
)


class Gazette:
    """Serves front and articles in the place of one of the newsroom's outlets; *day* is set from outside."""

    def __init__(self, newsroom: Newsroom, start: datetime, days: float) -> None:
        self.day, self._start = 0.0, start
        self.home = newsroom.sites[1]
        self._published: list[tuple[float, str]] = []
        for day in range(-4, int(min(days, SILENT_FROM)) + 1):
            count = WEEKEND if (start + timedelta(days=day)).weekday() >= 5 else WORKDAY
            for number in range(count):
                at = day + (6 + 14 * number / count) / 24
                if at < SILENT_FROM:
                    self._published.append((at, f"/story/{day + 10:02}{number}-what-the-harbour-office-said"))
        robots = Response(content_type="text/plain", body=b"User-agent: *\nDisallow:\n")
        newsroom.override(f"{self.home}robots.txt", lambda: self._or_down(lambda: robots))
        newsroom.override(self.home, lambda: self._or_down(self._front))
        for at, path in self._published:
            newsroom.override(
                self.home.rstrip("/") + path,
                lambda at=at, path=path: self._or_down(lambda: self._page(at, path)),
            )

    def _has(self, kind: str, subject: str = "") -> bool:
        return any(
            (one.kind, one.subject) == (kind, subject) and one.first <= self.day < one.last
            for one in TROUBLES
        )

    def _or_down(self, answer: Callable[[], Response]) -> Response:
        return Response(status=503) if self._has("unreachable") else answer()

    def _front(self) -> Response:
        newest = [path for at, path in self._published if at <= self.day][-ON_FRONT:]
        links = "".join(
            f"<li><a href='{path}'>What the harbour office said: {path[7:10]}</a>" for path in newest
        )
        return _html(
            f"<title>Gazette</title><h1>Gazette</h1><ul>{'' if self._has('yield', 'front') else links}</ul>"
        )

    def _page(self, at: float, path: str) -> Response:
        if self._has("walls"):
            return _html("<title>Just a moment...</title><h1>Just a moment...</h1><p>Are you a human?</p>")
        if self._has("yield", "articles"):
            return _html("<title>Gazette</title><div id=root></div><p>Please enable JavaScript.</p>")
        moment = self._start + timedelta(days=at)
        date = (
            ""
            if self._has("fields", "date")
            else f"<time datetime='{moment.isoformat()}'>{moment:%d %B %Y}</time>"
        )
        name = path[7:10]
        return _html(
            f"<title>Statement {name} of the office | Gazette</title><meta property='og:type' content='article'><article>"
            f"<h1>Statement {name} of the office</h1><p class='byline'>By Mara Ellison</p>{date}<p>{name}. {TEXT}</p></article>"
        )


def _html(body: str) -> Response:
    return Response(body=f"<!doctype html><html lang=en><body>{body}</body></html>".encode())


def expected(moments: list[float], troubles: tuple[Trouble, ...] = TROUBLES) -> list[tuple[str, str, str]]:
    """Return kind, subject and event of the alerts that runs at these *moments* (days) should raise and end."""
    found = []
    for one in troubles:
        if any(one.first <= moment < one.last for moment in moments):
            found.append((one.kind, one.subject, "raised"))
            if any(moment >= one.last for moment in moments):
                found.append((one.kind, one.subject, "ended"))
    return sorted(found)
