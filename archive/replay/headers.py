"""The headers of replayed captures: nothing runs, nothing is asked of anybody else."""

from __future__ import annotations

_NOWHERE = {
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-DNS-Prefetch-Control": "off",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Connection-Allowlist": "(response-origin);redirects=allow;webrtc=block",
    "Cache-Control": "no-cache",
}
_CONTENT = (
    "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; media-src 'self'; "
    "form-action 'none'; base-uri 'none'"
)

WINDOW = _NOWHERE | {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; frame-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of our own pages: the bar above a capture, lists of captures."""

DOCUMENT = _NOWHERE | {
    "Content-Security-Policy": (
        f"{_CONTENT}; frame-src 'self'; frame-ancestors 'self'; "
        "sandbox allow-top-navigation-by-user-activation"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of an archived page: inside its frame, in an origin of its own. It may lead the whole window on, when its reader clicks."""

PART = _NOWHERE | {
    "Content-Security-Policy": f"{_CONTENT}; frame-ancestors 'self'; sandbox",
    # A sandboxed page has no origin: its style sheets, fonts and pictures come from another by its lights; so does the desk.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
"""Of pictures, styles, fonts and raw captures; should one be opened by itself, nothing in it runs."""

PLAYER_POLICY = (
    "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:; connect-src 'self' data: blob:; object-src 'none'; "
    "base-uri 'self'; form-action 'self'"
)
"""Of archived pages in the player: what they ask for is answered by its service worker, out of the capture's file, or not at all."""

PLAYER = _NOWHERE | {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; connect-src 'self'; worker-src 'self'; "
        "form-action 'none'; base-uri 'none'"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of the page that holds the player; who may frame it is added."""

PLAYER_SCRIPT = _NOWHERE | {
    "Content-Security-Policy": "default-src 'none'; script-src 'self' 'unsafe-eval'; connect-src 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of the player's own scripts: its service worker can ask this origin only."""


def framing(origin: str) -> dict[str, str]:
    """Return the headers of our own pages, which may hold a frame of *origin* besides."""
    policy = WINDOW["Content-Security-Policy"].replace("frame-src 'self'", f"frame-src 'self' {origin}")
    allowed = _NOWHERE["Connection-Allowlist"].replace("(response-origin)", f'(response-origin "{origin}")')
    return WINDOW | {"Content-Security-Policy": policy, "Connection-Allowlist": allowed}


def framed_by(origin: str) -> dict[str, str]:
    """Return the headers of the page that holds the player, which may stand in a frame of *origin* only."""
    policy = f"{PLAYER['Content-Security-Policy']}; frame-ancestors 'self' {origin}"
    return PLAYER | {"Content-Security-Policy": policy}
