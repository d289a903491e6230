"""The desk's web application: every screen as page and as JSON, read-only, within a time limit, under strict headers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from archive.errors import ArchiveError, QueryTooSlow, UserError
from archive.index.reading_room import reading_room
from archive.web.actions import as_action
from archive.web.downloads import download, manifest
from archive.web.feed import feed
from archive.web.guard import Guard
from archive.web.people import is_staff
from archive.web.rendering import STATIC, render
from archive.web.screens import Asked, NotHere, Screen, Shown, find_screens

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from archive.folder import ArchiveFolder
    from archive.web.people import People

SECONDS = 10.0
"""How long the index may be asked for one page."""


def desk_app(
    folder: ArchiveFolder, *, replay_origin: str, hosts: frozenset[str] | None, people: People
) -> Guard:
    """Return the desk of *folder*, whose captures are replayed at *replay_origin*, for *people*.

    *hosts* are the names under which it may be called (None: any): others are names that somebody made point here.
    """
    routes: list[Route | Mount] = [
        Route("/", lambda _: RedirectResponse("/search"), name="home"),
        Route("/robots.txt", lambda _: PlainTextResponse("User-agent: *\nDisallow: /\n")),
        Route("/download", download, name="download"),
        Route("/download/manifest", manifest),
        Route("/feed", feed),
        Mount("/static", StaticFiles(directory=STATIC), name="static"),
    ]
    for screen in find_screens():
        routes.append(Route(screen.path + ".json", _as_json(screen)))
        routes.append(Route(screen.path, _as_page(screen), methods=["GET"]))
        if screen.act is not None:
            routes.append(Route(screen.path, as_action(screen), methods=["POST"]))
    app = Starlette(routes=routes, exception_handlers={404: _nothing_here, 405: _nothing_here})
    app.state.folder, app.state.replay_origin, app.state.people = folder, replay_origin, people
    return Guard(app, images_from=replay_origin, hosts=hosts)


def answer(screen: Screen, request: Request) -> Shown:
    """Return what *screen* shows for *request*; errors that have a name raise UserError."""
    state = request.app.state
    with reading_room(state.folder, seconds=SECONDS, is_staff=is_staff(request)) as index:
        return screen.show(
            Asked(
                index=index,
                folder=state.folder,
                path=request.path_params,
                parameters=request.query_params,
                replay_origin=state.replay_origin,
                is_staff=is_staff(request),
            )
        )


def _as_page(screen: Screen) -> Callable[[Request], Response]:
    def page(request: Request) -> Response:
        try:
            shown = answer(screen, request)
        except ArchiveError as error:
            return _error_page(request, error)
        body = render(screen.template, request, title=shown.title, data=shown.data, **shown.values)
        return HTMLResponse(body, status_code=shown.status)

    return page


def _as_json(screen: Screen) -> Callable[[Request], Response]:
    def values(request: Request) -> Response:
        try:
            shown = answer(screen, request)
        except ArchiveError as error:
            return _json({"error": str(error)}, status_of(error))
        return _json(shown.data, shown.status)

    return values


def status_of(error: ArchiveError) -> int:
    """Return the HTTP status that says what *error* says."""
    match error:
        case NotHere():
            return 404
        case QueryTooSlow():
            return 503
        case UserError():
            return 400
        case _:
            return 500


def _json(value: object, status: int) -> Response:
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    return Response(text.encode("utf-8", "replace"), status_code=status, media_type="application/json")


def _error_page(request: Request, error: ArchiveError) -> Response:
    body = render("error.html", request, title="That did not work", data=None, message=str(error))
    return HTMLResponse(body, status_code=status_of(error))


def _nothing_here(request: Request, _: Exception) -> Response:
    return _error_page(request, NotHere("there is no such page here"))
