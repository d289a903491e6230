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
