"""Answers only to the names a server has: a name of somebody else's that points here is no way in (DNS rebinding)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


def is_for(host: str, hosts: frozenset[str] | None) -> bool:
    """Return whether *host*, as the browser says it, is one of *hosts*; None means any."""
    if hosts is None:
        return True
    try:
        return (urlsplit(f"//{host}").hostname or "") in hosts
    except ValueError:
        return False


def for_hosts(app: ASGIApp, hosts: frozenset[str] | None, *, worker: str = "") -> ASGIApp:
    """Return *app*, answering only those who call it by one of *hosts*, and no service workers but the one at path *worker*."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        asked = Headers(scope=scope)
        if not is_for(asked.get("host", ""), hosts):
            await PlainTextResponse("This is an archive; it goes by another name.\n", 421)(
                scope, receive, send
            )
        elif "service-worker" in asked and scope["path"] != worker:
            # One that an archived page installs would stay in the browser and answer for other captures.
            await PlainTextResponse("Archived service workers are not replayed.\n", 403)(scope, receive, send)
        else:
            await app(scope, receive, send)

    return guarded
