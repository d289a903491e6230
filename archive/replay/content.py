"""What stands in a capture, as an answer: a page made inert, a style sheet led home, a picture, or the bytes as sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from archive.replay import headers
from archive.replay.addresses import DOCUMENT, RAW, STYLE, path_to
from archive.replay.captured import read_capture
from archive.replay.rewriting import rewrite_page, text_of
from archive.replay.styles import rewrite_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from archive.index.store import Index
    from archive.model import Record
    from archive.replay.captured import Captured

_PAGES = {"text/html", "application/xhtml+xml", ""}
_SHOWN = (
    "image/",
    "font/",
    "audio/",
    "video/",
    "application/font",
    "application/x-font",
    "application/vnd.ms-fontobject",
)
_HEADS_KEPT = ("content-language", "last-modified", "date")


def content_of(index: Index, warc_folder: Path, record: Record, mode: str) -> Response:
    """Return the answer for the capture *record*, shown as *mode*. Raises *DamagedRecord*."""
    captured = read_capture(index, warc_folder, record)
    status = captured.page.status
    if mode == RAW:
        return _raw(captured)
    kind = captured.page.media_type
    if mode == DOCUMENT:
        if kind in _PAGES:
            body = rewrite_page(captured.page).encode("utf-8", "replace")
            return _answer(body, "text/html; charset=utf-8", status, headers.DOCUMENT)
        if not kind.startswith(_SHOWN):
            return _answer(captured.page.payload, "text/plain; charset=utf-8", status, headers.PART)
    if mode == STYLE or kind == "text/css":
        return _sheet(captured)
    shown = kind if kind.startswith(_SHOWN) else "application/octet-stream"
    return _answer(captured.page.payload, shown, status, headers.PART)


def _sheet(captured: Captured) -> Response:
    """Return a style sheet; what does not call itself one is none (a page's words are no styles)."""
    page = captured.page
    if page.media_type not in {"text/css", "", "text/plain"}:
        return _answer(b"", "text/css; charset=utf-8", 404, headers.PART)
    written = rewrite_sheet(text_of(page), page.url, lambda url, mode: path_to(url, page.captured_at, mode))
    return _answer(written.encode("utf-8", "replace"), "text/css; charset=utf-8", page.status, headers.PART)


def _raw(captured: Captured) -> Response:
    """Return the payload as it was sent. A browser that is led here shows its source, and runs nothing."""
    kind = captured.page.media_type
    inert = kind if kind.startswith(_SHOWN) and "svg" not in kind else "text/plain"
    answer = _answer(captured.page.payload, inert, captured.page.status, headers.PART)
    for name, value in captured.page.headers:
        if name.lower() not in {"set-cookie", "set-cookie2"}:
            answer.headers.append(f"x-archive-orig-{name.lower()}", value)
    return answer


def _answer(body: bytes, media_type: str, status: int, carried: dict[str, str]) -> Response:
    # Statuses that have no body, or that a browser would act upon, would hide what was captured.
    shown = status if status == 200 or (400 <= status < 600 and status not in {401, 407}) else 200
    return Response(body, status_code=shown, headers=carried | {"Content-Type": media_type})
