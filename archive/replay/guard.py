"""Which headers an archived answer may carry to the browser, so that nothing it says reaches beyond the archive.

pywb rewrites what it understands and sends a Content-Security-Policy with documents it rewrote. Left open are
frames, workers and raw captures (no policy at all), WebSockets (its policy allows them), headers that load, report or
redirect elsewhere, and links that leave. These rules close that: see README.md, "Nothing leaves".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable

_OWN = "'self' data: blob:"
_LIVE = (
    f"default-src {_OWN} 'unsafe-inline' 'unsafe-eval'; object-src {_OWN}; base-uri 'self'; form-action 'self'; "
    "sandbox allow-scripts allow-same-origin allow-forms allow-modals allow-downloads"
)
"""Of rewritten pages: scripts run, everything comes from the archive. The sandbox keeps scripts from opening
windows and from taking the whole tab elsewhere; ``frame-src`` (by default-src) keeps frames here."""
_INERT = (
    f"default-src {_OWN}; style-src {_OWN} 'unsafe-inline'; script-src 'none'; form-action 'none'; sandbox"
)
"""Of everything pywb did not rewrite as a page: nothing runs, should it be opened by itself."""
_NOWHERE_ELSE = "(response-origin);redirects=allow;webrtc=block"
"""Connection-Allowlist (WICG; Chromium 152 and newer): also stops WebRTC and connecting ahead of a navigation.
Redirects may be allowed because *_inside* keeps each of them in the archive."""
INJECTED = """\
for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection"]) delete window[name];
for (const action of ["click", "submit"]) addEventListener(action, event => {
  const asked = event.target.closest ? event.target.closest("a[target], area[target], form[target]") : null;
  if (asked) asked.target = "_self";
}, true);
"""
"""A script that pywb puts at the head of each page. WebRTC is taken away, because no policy stops it in all browsers;
links that ask for a new window or for the whole tab, which the sandbox forbids, open where they are."""
START_PAGE = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'"

_ARCHIVED = re.compile(r"/[^/]+/\d*(?P<mode>[a-z]{2,4}_)/(?P<url>.+)", re.DOTALL)
"""A replay path with one of pywb's modes. Without a mode a path is pywb's own: its bar, its calendar, its scripts."""
_PAGES = {"mp_", "if_", "fr_"}
_WORKERS = {"wkr_", "wkrf_"}

_DROPPED = {
    # loads, reports or leads elsewhere
    "content-security-policy",
    "content-security-policy-report-only",
    "nel",
    "report-to",
    "reporting-endpoints",
    "refresh",
    "speculation-rules",
    "sourcemap",
    "x-sourcemap",
    # changes the browser's dealings with this origin beyond the answer
    "alt-svc",
    "clear-site-data",
    "expect-ct",
    "proxy-authenticate",
    "public-key-pins",
    "service-worker-allowed",
    "set-cookie",
    "strict-transport-security",
    "www-authenticate",
    # of the connection, not of the answer
    "connection",
    "keep-alive",
    "trailer",
    "transfer-encoding",
    "upgrade",
}
_DOCUMENTS = {"document", "iframe", "frame", "embed", "object"}
_RUNNABLE = ("html", "xml", "svg", "pdf")


def guarded(
    headers: Iterable[tuple[str, str]], *, path: str, origin: str, destination: str = ""
) -> list[tuple[str, str]]:
    """Return pywb's response *headers* made safe for a browser.

    *path* is the path asked for, *origin* the replay's own (``http://127.0.0.1:8080``), *destination* the request's
    ``Sec-Fetch-Dest``. A capture that is opened as a page without being replayed as one becomes plain text: its source.
    """
    asked = _ARCHIVED.fullmatch(path)
    as_document = destination in _DOCUMENTS
    inert = asked is not None and not _may_run(asked["mode"], as_document=as_document)
    safe = [("Content-Security-Policy", _INERT if inert else _LIVE)]
    safe.append(
        ("Referrer-Policy", "same-origin")
    )  # pywb needs it to place what scripts ask for without a prefix
    safe.append(("X-DNS-Prefetch-Control", "off"))
    safe.append(("Connection-Allowlist", _NOWHERE_ELSE))
    if inert and as_document:
        safe.append(("X-Content-Type-Options", "nosniff"))
    for name, value in _kept(headers):
        match name.lower():
            case "location":
                safe.append((name, _inside(value, asked, origin)))
            case "content-type" if inert and as_document:
                safe.append((name, _as_source(value)))
            case _:
                safe.append((name, value))
    return safe


def _may_run(mode: str, *, as_document: bool) -> bool:
    return mode in _PAGES or (mode in _WORKERS and not as_document)


def _kept(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the headers that may pass. Of several Link headers only the last is pywb's (its mementos)."""
    kept = [(name, value) for name, value in headers if name.lower() not in _DROPPED]
    links = [header for header in kept if header[0].lower() == "link"]
    return [header for header in kept if header[0].lower() != "link"] + links[-1:]


def _as_source(content_type: str) -> str:
    media_type, semicolon, parameters = content_type.partition(";")
    if not any(kind in media_type.lower() for kind in _RUNNABLE):
        return content_type
    return f"text/plain{semicolon}{parameters}"


def _inside(location: str, asked: re.Match[str] | None, origin: str) -> str:
    """Return where a redirect to *location* leads inside the archive; a raw capture still says the live address."""
    if location.startswith(f"{origin}/"):
        return location
    if asked is not None and asked["mode"] not in _PAGES:
        return asked[0][: asked.start("url")] + urljoin(asked["url"], location)
    if location.startswith("/") and not location.startswith(("//", "/\\")):
        return location
    return asked[0][: asked.start("url")] + location if asked is not None else "/"
