"""Forms that change the operator's data: sent from our own pages, by staff, and from nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from archive.errors import ArchiveError
from archive.web.people import is_staff
from archive.web.rendering import render
from archive.web.screens import Screen, Told

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request

_LONGEST = 64 << 10
"""Bytes of a form."""


def as_action(screen: Screen) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that does what a form of *screen* asks for, and leads back to a page."""

    async def action(request: Request) -> Response:
        if not _is_from_here(request):
            return _refused(request, "this was not sent from a page of this desk", 403)
        if not is_staff(request):
            return _refused(request, "only staff may decide this", 403)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LONGEST:
                return _refused(request, "that is too long", 413)
        form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=100))
        who = request.app.state.people.name(request.headers)
        told = Told(folder=request.app.state.folder, form=form, path=request.path_params, who=who)
        try:
            target = await run_in_threadpool(screen.act or _nothing, told)
        except ArchiveError as error:
            return _refused(request, str(error), 400)
        return RedirectResponse(target, status_code=303)

    return action


def _nothing(_: Told) -> str:
    return "/"


def _is_from_here(request: Request) -> bool:
    """Return whether the browser says that one of our own pages sent this: no other site's page can say so."""
    origin = request.headers.get("origin")
    return origin == f"{request.url.scheme}://{request.headers.get('host', '')}"


def _refused(request: Request, words: str, status: int) -> Response:
    return HTMLResponse(
        render("error.html", request, title="That was not done", data=None, message=words), status
    )
