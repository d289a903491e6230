"""What every answer of the desk carries, whatever screen made it: nothing runs, nothing is fetched from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

from archive.replay.hosts import is_for

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' {images}; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Guard:
    """Puts the headers on all answers of *app*, and answers no one who calls it by a name that is not its own."""

    def __init__(self, app: ASGIApp, *, images_from: str, hosts: frozenset[str] | None) -> None:
        self._app = app
        self._hosts = hosts
        self._headers = {
            "Content-Security-Policy": _POLICY.format(images=images_from),
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "X-Frame-Options": "DENY",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
            await send(message)

        app: ASGIApp = self._app
        if not is_for(Headers(scope=scope).get("host", ""), self._hosts):
            app = PlainTextResponse("This is an archive; it goes by another name.\n", status_code=421)
        await app(scope, receive, send_guarded)
