"""Memento (RFC 7089): an address's captures as TimeMap, the one closest to a time through a TimeGate, and their headers."""

from __future__ import annotations

from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response

from archive.index.records import key_of
from archive.replay import headers
from archive.replay.addresses import DOCUMENT, path_to
from archive.times import parse_warc_date

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

    from archive.index.store import Index
    from archive.model import Record

_MOMENTS = (
    "select captured_at, target_uri from captures where urlkey = ? and record_type in ('response', 'revisit', 'resource')"
    " order by captured_at"
)


def origin_of(request: Request) -> str:
    """Return the replay's own origin, as it was called."""
    return f"{request.url.scheme}://{request.url.netloc}"


def moments(index: Index, url: str) -> list[tuple[datetime, str]]:
    """Return when *url* was captured, oldest first, and under which address."""
    return [
        (parse_warc_date(row["captured_at"]), row["target_uri"])
        for row in index.rows(_MOMENTS, (key_of(url),))
    ]


def add_headers(response: Response, request: Request, record: Record) -> None:
    """Say on *response* which capture of what it is."""
    url = record.target_uri or ""
    response.headers["Memento-Datetime"] = format_datetime(
        record.captured_at.replace(microsecond=0), usegmt=True
    )
    response.headers["Link"] = _links(origin_of(request), url)


def redirect(request: Request, path: str, url: str) -> Response:
    """Lead from a time that was asked for to the capture closest to it."""
    answer = RedirectResponse(path, status_code=302, headers=headers.WINDOW)
    answer.headers["Link"] = _links(origin_of(request), url)
    return answer


def timegate(index: Index, request: Request, url: str) -> Response:
    """Answer ``/timegate/URL`` with its ``Accept-Datetime``: 302 to the capture closest to that time."""
    wanted = request.headers.get("accept-datetime")
    at: datetime | None = None
    if wanted:
        try:
            at = parsedate_to_datetime(wanted)
        except ValueError:
            return PlainTextResponse("Accept-Datetime cannot be read.\n", 400, headers=headers.WINDOW)
    record = index.closest(url, at)
    if record is None:
        return PlainTextResponse("Not captured.\n", 404, headers=headers.WINDOW | {"Vary": "accept-datetime"})
    target = path_to(record.target_uri or url, record, DOCUMENT)
    answer = RedirectResponse(f"{origin_of(request)}{target}", status_code=302, headers=headers.WINDOW)
    answer.headers["Vary"] = "accept-datetime"
    answer.headers["Link"] = _links(origin_of(request), record.target_uri or url)
    return answer


def timemap_link(index: Index, request: Request, url: str) -> Response:
    """Answer ``/timemap/link/URL`` in the link format (RFC 6690)."""
    found = moments(index, url)
    if not found:
        return PlainTextResponse("Not captured.\n", 404, headers=headers.WINDOW)
    origin = origin_of(request)
    span = f'; from="{_date(found[0][0])}"; until="{_date(found[-1][0])}"'
    lines = [
        f'<{_angled(url)}>; rel="original"',
        f'<{origin}/timegate{path_to(url, None)}>; rel="timegate"',
        f'<{origin}/timemap/link{path_to(url, None)}>; rel="self"; type="application/link-format"{span}',
    ]
    for at, (moment, address) in enumerate(found):
        rel = " ".join(
            [*(["first"] if at == 0 else []), *(["last"] if at == len(found) - 1 else []), "memento"]
        )
        lines.append(
            f'<{origin}{path_to(address, moment, DOCUMENT)}>; rel="{rel}"; datetime="{_date(moment)}"'
        )
    return Response(
        ",\n".join(lines) + "\n",
        headers=headers.WINDOW | {"Content-Type": "application/link-format; charset=utf-8"},
    )


def timemap_json(index: Index, request: Request, url: str) -> Response:
    """Answer ``/timemap/json/URL``."""
    origin = origin_of(request)
    found = [
        {"datetime": f"{moment:%Y-%m-%dT%H:%M:%SZ}", "uri": f"{origin}{path_to(address, moment, DOCUMENT)}"}
        for moment, address in moments(index, url)
    ]
    values = {
        "original_uri": url,
        "timegate_uri": f"{origin}/timegate{path_to(url, None)}",
        "mementos": {"list": found},
    }
    return JSONResponse(values, 200 if found else 404, headers=headers.WINDOW)


def _links(origin: str, url: str) -> str:
    timemap = f"{origin}/timemap/link{path_to(url, None)}"
    links = (
        f'<{_angled(url)}>; rel="original"',
        f'<{origin}/timegate{path_to(url, None)}>; rel="timegate"',
        f'<{timemap}>; rel="timemap"; type="application/link-format"',
    )
    return ", ".join(links).encode("ascii", "backslashreplace").decode()


def _angled(url: str) -> str:
    return url.replace("<", "%3C").replace(">", "%3E").replace("\r", "").replace("\n", "")


def _date(moment: datetime) -> str:
    return format_datetime(moment.replace(microsecond=0), usegmt=True)
