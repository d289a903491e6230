"""What is new for a query, as an Atom feed: articles and new versions in the order in which they were captured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from starlette.responses import PlainTextResponse, Response

from archive.errors import ArchiveError
from archive.index.reading_room import reading_room
from archive.index.search import Search
from archive.web.people import is_staff
from archive.web.plain import plain
from archive.web.rendering import query_string

if TYPE_CHECKING:
    from starlette.requests import Request

    from archive.index.store import Index

_ENTRIES = 50
_NEWEST = 1000
"""Of the newest articles that a query finds, so many are looked at for what was captured last."""

_VERSIONS = (
    "select v.number, v.seen_from, v.changed, t.headline, t.standfirst from versions v"
    " join article_texts t on t.id = v.text_id where v.article_id = ?"
)


def feed(request: Request) -> Response:
    """Answer ``/feed?q=…``."""
    words = request.query_params.get("q", "").strip()
    try:
        with reading_room(request.app.state.folder, seconds=10, is_staff=is_staff(request)) as index:
            entries = _newest(index, words)
    except ArchiveError as error:
        return PlainTextResponse(f"{error}\n", status_code=400)
    origin = f"{request.url.scheme}://{request.url.netloc}"
    name = request.query_params.get("name", "") or words or "everything"
    body = _atom(origin, f"/feed?{query_string(q=words)}", name, entries)
    return Response(body.encode("utf-8", "replace"), media_type="application/atom+xml")


def _newest(index: Index, words: str) -> list[dict[str, Any]]:
    found = index.search(Search(text=words, limit=_NEWEST))
    entries = [
        {"id": hit.article_id, "url": hit.url, "by": hit.byline or ", ".join(hit.agencies) or hit.site, **row}
        for hit in found.hits
        for row in index.rows(_VERSIONS, (hit.article_id,))
    ]
    entries.sort(key=lambda entry: entry["seen_from"], reverse=True)
    return entries[:_ENTRIES]


def _atom(origin: str, path: str, name: str, entries: list[dict[str, Any]]) -> str:
    updated = entries[0]["seen_from"] if entries else "1970-01-01T00:00:00Z"
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<title>{_text(name)} — Tearsheet</title><id>{_text(origin + path)}</id><updated>{_text(updated)}</updated>",
        f'<link rel="self" href={quoteattr(origin + path)}/>',
    ]
    for entry in entries:
        change = f" (version {entry['number']}: {entry['changed']})" if entry["changed"] else ""
        here = f"{origin}/article/{entry['id']}?version={entry['number']}"
        parts.append(
            f"<entry><title>{_text(entry['headline'] or entry['url'])}{_text(change)}</title>"
            f"<id>{_text(entry['url'])}#version-{entry['number']}</id><updated>{_text(entry['seen_from'])}</updated>"
            f"<author><name>{_text(entry['by'])}</name></author><link href={quoteattr(here)}/>"
            f"<summary>{_text(entry['standfirst'])}</summary></entry>"
        )
    return "\n".join([*parts, "</feed>\n"])


def _text(value: object) -> str:
    return escape(plain(value))
