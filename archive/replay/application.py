"""Tearsheet's own replay as a web application: captures out of the WARC files by the index, inert, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from archive.errors import ArchiveError, DamagedRecord, QueryTooSlow
from archive.index.reading_room import reading_room
from archive.replay import addresses, headers, memento, windows
from archive.replay.cdx_server import answer_cdx
from archive.replay.content import content_of
from archive.replay.hosts import for_hosts
from archive.replay.player import Player

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from starlette.requests import Request
    from starlette.types import ASGIApp

    from archive.folder import ArchiveFolder
    from archive.index.store import Index
    from archive.model import Record
    from archive.replay.addresses import Address

SECONDS = 10.0
"""How long the index may be asked for one answer."""
_FRAMED = {"mp_", "id_", "im_", "cs_", "oe_"}


def replay_app(
    folder: ArchiveFolder,
    *,
    desk_origin: str = "",
    hosts: frozenset[str] | None = None,
    is_staff: Callable[[Request], bool] = lambda _: False,
    player: Player | None = None,
) -> ASGIApp:
    """Return the replay of *folder*. *desk_origin* is where the desk is, if there is one; *hosts* as for the desk.

    *player* shows captures with their scripts; None where nobody may ask for that.
    """
    routes = [
        Route("/", _home),
        Route("/robots.txt", lambda _: PlainTextResponse("User-agent: *\nDisallow: /\n")),
        Route("/captures", _captures_of),
        Route("/cdx", _cdx),
        Mount("/-", StaticFiles(directory=windows.STATIC)),
        Route("/{rest:path}", _capture),
    ]
    app = Starlette(routes=routes)
    app.state.folder, app.state.desk_origin, app.state.is_staff = folder, desk_origin, is_staff
    app.state.player = player or Player()
    return for_hosts(app, hosts)


def _room(request: Request) -> AbstractContextManager[Index]:
    state = request.app.state
    return reading_room(state.folder, seconds=SECONDS, is_staff=state.is_staff(request))


def _home(request: Request) -> Response:
    with _room(request) as index:
        return windows.page("home.html", request, **windows.home_values(index))


def _captures_of(request: Request) -> Response:
    url = request.query_params.get("url", "").strip()
    return RedirectResponse(f"/*{addresses.path_to(url, None)}" if url else "/", headers=headers.WINDOW)


def _cdx(request: Request) -> Response:
    with _room(request) as index:
        return answer_cdx(index, request.query_params)


def _capture(request: Request) -> Response:
    path, query = request.url.path, request.url.query
    path = request.scope["path"] or path
    try:
        with _room(request) as index:
            return _answer(index, request, path, query)
    except DamagedRecord as error:
        return windows.problem(request, "This capture cannot be read", str(error), 502)
    except QueryTooSlow as error:
        return windows.problem(request, "That took too long", str(error), 503)
    except ArchiveError as error:
        return windows.problem(request, "That did not work", str(error), 400)


def _answer(index: Index, request: Request, path: str, query: str) -> Response:
    for prefix, answer in (
        ("/timemap/link/", memento.timemap_link),
        ("/timemap/json/", memento.timemap_json),
        ("/timegate/", memento.timegate),
    ):
        if path.startswith(prefix):
            asked = addresses.parse(f"/{path.removeprefix(prefix)}", query) or addresses.parse(
                f"/mp_/{path.removeprefix(prefix)}", query
            )
            return answer(index, request, asked.url) if asked else _not_found(request, "")
    if path.startswith("/*/"):
        asked = addresses.parse(f"/mp_{path.removeprefix('/*')}", query)
        return windows.captures(index, request, asked.url) if asked else _not_found(request, "")
    asked = addresses.parse(path, query)
    if asked is None:
        return _not_found(request, "")
    if "accept-datetime" in request.headers and not asked.stamp:
        return memento.timegate(index, request, asked.url)
    record = index.closest(asked.url, asked.at)
    return _not_found(request, asked.url, asked) if record is None else _show(index, request, asked, record)


def _show(index: Index, request: Request, asked: Address, record: Record) -> Response:
    url = record.target_uri or asked.url
    exact = addresses.path_to(url, record, asked.mode)
    is_main = asked.mode in {addresses.WINDOW, addresses.DOCUMENT, addresses.RAW, addresses.FULL}
    if is_main and addresses.path_to(url, asked.at, asked.mode) != exact:
        return memento.redirect(request, exact, url)
    if record.redirect_to and asked.mode != addresses.RAW:
        onward = addresses.path_to(record.redirect_to, record, asked.mode)
        return RedirectResponse(onward, headers=headers.DOCUMENT if is_main else headers.PART)
    if asked.mode == addresses.FULL and not request.app.state.player.origin:
        return windows.problem(
            request,
            "Scripts are not run here",
            request.app.state.player.missing or "There is no player.",
            501,
        )
    if asked.mode in {addresses.WINDOW, addresses.FULL}:
        response = windows.window(index, request, record, asked.mode)
    else:
        response = content_of(index, request.app.state.folder.warc, record, asked.mode)
    memento.add_headers(response, request, record)
    return response


def _not_found(request: Request, url: str, asked: Address | None = None) -> Response:
    if asked is not None and asked.mode in _FRAMED - {"mp_", "id_"}:
        return PlainTextResponse("Not captured.\n", status_code=404, headers=headers.PART)
    words = f"{url} was not captured, or may not be shown." if url else "This is no address of a capture."
    return windows.problem(request, "Not in the archive", words, 404)
