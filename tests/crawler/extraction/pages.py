"""Small pages of our own writing for extraction tests."""

from datetime import UTC, datetime

from archive.model import Page
from crawler.extraction.document import Document
from crawler.profiles import SiteProfile

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
PARAGRAPHS = [
    f"Paragraph number {n} tells in a full sentence what the council of Lower Hamlet decided about the old bridge, and why."
    for n in range(1, 9)
]


def page(
    html: str | bytes,
    *,
    url: str = "https://news.example/2024/story.html",
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
) -> Page:
    payload = html.encode() if isinstance(html, str) else html
    return Page(url=url, captured_at=NOW, headers=(("Content-Type", kind),), payload=payload, status=status)


def document(
    html: str | bytes,
    *,
    url: str = "https://news.example/2024/story.html",
    kind: str = "text/html; charset=utf-8",
    status: int = 200,
    profile: SiteProfile | None = None,
) -> Document:
    return Document(page(html, url=url, kind=kind, status=status), profile)


def story(
    *,
    head: str = "",
    before: str = "",
    inside: str = "",
    after: str = "",
    headline: str = "Old bridge stays open",
) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f"<html lang=en><head><title>{headline} | The Hamlet Herald</title><meta property=og:site_name content='The Hamlet Herald'>{head}</head>"
        f"<body><nav><ul><li><a href=/>Home</a><li><a href=/news>News</a></ul></nav><article><h1>{headline}</h1>{before}"
        f"<div class=story>{text}{inside}</div>{after}</article><footer>© 2024 The Hamlet Herald</footer></body></html>"
    )
