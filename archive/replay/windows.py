"""The replay's own pages: the bar above a capture with a strip of the others, all captures of an address, the start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from starlette.responses import HTMLResponse, Response

from archive.index.records import key_of
from archive.replay import headers
from archive.replay.addresses import DOCUMENT, FULL, RAW, WINDOW, path_to
from archive.replay.missing import missing_parts
from archive.times import parse_warc_date

if TYPE_CHECKING:
    from datetime import datetime

    from starlette.requests import Request

    from archive.index.store import Index
    from archive.model import Record

STATIC = Path(__file__).parent / "static"
_AROUND = 4
"""Captures in the strip on either side of the one that is shown."""
_LISTED = 2000
_ANY = "urlkey = ? and record_type in ('response', 'revisit', 'resource')"
_BEFORE = f"select captured_at, target_uri, status, payload_digest from captures where {_ANY} and captured_at < ? order by captured_at desc limit ?"
_AFTER = f"select captured_at, target_uri, status, payload_digest from captures where {_ANY} and captured_at >= ? order by captured_at limit ?"
_COUNT = (
    f"select count(*) as n, min(captured_at) as first, max(captured_at) as last from captures where {_ANY}"
)
_ALL = f"select captured_at, target_uri, status, mime, payload_digest, record_type from captures where {_ANY} order by captured_at desc limit ?"
_SITES = "select site, count(*) as n, max(last_captured_at) as last from articles group by site order by site limit 500"


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("archive.replay"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"path_to": path_to, "DOCUMENT": DOCUMENT, "RAW": RAW}
    return made


_ENVIRONMENT = _environment()


def page(template: str, request: Request, status: int = 200, *, frames: str = "", **values: Any) -> Response:
    """Return one of our own pages; it may hold *frames* of that origin besides its own."""
    body = _ENVIRONMENT.get_template(template).render(desk=request.app.state.desk_origin, **values)
    sent = headers.framing(frames) if frames else headers.WINDOW
    return HTMLResponse(body.encode("utf-8", "replace"), status_code=status, headers=sent)


def problem(request: Request, title: str, words: str, status: int) -> Response:
    """Return a page that says what went wrong."""
    return page("problem.html", request, status, title=title, words=words)


def window(index: Index, request: Request, record: Record, mode: str = WINDOW) -> Response:
    """Return the bar for *record* with the archived page in a frame below: inert, or in the player when *mode* is FULL."""
    url = record.target_uri or ""
    player = request.app.state.player
    frames = player.origin if mode == FULL else ""
    [span] = index.rows(_COUNT, (key_of(url),))
    missing = missing_parts(index, request.app.state.folder.warc, record)
    article = index.article_at(url)
    return page(
        "window.html",
        request,
        url=url,
        is_web=urlsplit(url).scheme in {"http", "https"},
        record=record,
        shown_at=_shown(record.captured_at),
        frames=frames,
        is_full=mode == FULL,
        frame=player.origin + path_to(url, record) if mode == FULL else path_to(url, record, DOCUMENT),
        full=path_to(url, record, FULL) if player.origin or player.missing else "",
        inert=path_to(url, record),
        raw=path_to(url, record, RAW),
        count=span["n"],
        strip=_strip(index, record),
        first=_link(url, span["first"]),
        last=_link(url, span["last"]),
        missing=missing,
        article_id=article.id if article else None,
    )


def player(url: str, stamp: str, source: str) -> str:
    """Return the page that holds the player, which shows *url* at *stamp* out of the WACZ file at *source*."""
    capture = {"url": url, "stamp": stamp, "source": source, "policy": headers.PLAYER_POLICY}
    return _ENVIRONMENT.get_template("player.html").render(capture=capture)


def _strip(index: Index, record: Record) -> list[dict[str, Any]]:
    """Return some captures before and after *record*, and it, oldest first."""
    url, moment = record.target_uri or "", f"{record.captured_at:%Y-%m-%dT%H:%M:%S.%fZ}"
    before = index.rows(_BEFORE, (key_of(url), moment, _AROUND))
    after = index.rows(_AFTER, (key_of(url), moment, _AROUND + 1))
    shown = []
    digest = None
    for row in [*reversed(before), *after]:
        at = parse_warc_date(row["captured_at"])
        shown.append(
            {
                "at": _shown(at),
                "path": path_to(row["target_uri"], at, WINDOW),
                "is_this": at == record.captured_at,
                "status": row["status"],
                "is_same": digest is not None and row["payload_digest"] == digest,
            }
        )
        digest = row["payload_digest"]
    return shown


def _link(url: str, captured_at: str | None) -> str:
    return path_to(url, parse_warc_date(captured_at)) if captured_at else ""


def captures(index: Index, request: Request, url: str) -> Response:
    """Return the list of all captures of *url*, newest first."""
    rows = index.rows(_ALL, (key_of(url), _LISTED))
    listed = [
        row | {"at": _shown(parse_warc_date(row["captured_at"])), "path": path_to(row["target_uri"], parse_warc_date(row["captured_at"]))}
        for row in rows
    ]  # fmt: skip
    [span] = index.rows(_COUNT, (key_of(url),))
    return page("captures.html", request, 200 if rows else 404, url=url, captures=listed, count=span["n"])


def home_values(index: Index) -> dict[str, Any]:
    """Return what the start page shows: the sites with articles."""
    sites = [row | {"last": _shown(parse_warc_date(row["last"]))} for row in index.rows(_SITES)]
    [counted] = index.rows("select count(*) as n from captures")
    newest = index.rows(
        "select a.url, t.headline, a.site, a.language, a.last_captured_at from articles a"
        " join article_texts t on t.id = a.text_id order by a.id desc limit 30"
    )
    listed = [row | {"path": path_to(row["url"], parse_warc_date(row["last_captured_at"]))} for row in newest]
    return {"sites": sites, "captures": counted["n"], "newest": listed}


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
