"""Videos and sound of an article, and the page's twins in other languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from archive.model import Medium
from crawler.extraction.jsonld import types_of
from crawler.extraction.requisites import absolute
from crawler.extraction.text import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element

MAX_MEDIA = 20
MAX_ALTERNATES = 60
_PLAYER = re.compile(
    r"/embed/|/player|/video|youtube|vimeo|dailymotion|soundcloud|podcast|/audio", re.IGNORECASE
)
_SOUND = re.compile(r"soundcloud|podcast|/audio|spotify", re.IGNORECASE)


def read_media(document: Document, region: Iterable[Element]) -> tuple[Medium, ...]:
    """Return the videos and sounds that the page's data name, then those in the article's *region*; once each."""
    found: dict[str, Medium] = {}
    for medium in (*_declared(document), *_shown(document, region)):
        if len(found) < MAX_MEDIA:
            found.setdefault(medium.url, medium)
    return tuple(found.values())


def read_alternates(document: Document) -> tuple[tuple[str, str], ...]:
    """Return (language, absolute URL) of the page's twins in other languages (link rel=alternate hreflang)."""
    found: dict[tuple[str, str], None] = {}
    for link in document.tagged("link"):
        language = link.get("hreflang")
        if language and "alternate" in (link.get("rel") or "").lower().split():
            url = absolute(link.get("href"), document.base_url)
            if url and url != document.url and len(found) < MAX_ALTERNATES:
                found[language.strip(), url] = None
    return tuple(found)


def _declared(document: Document) -> Iterator[Medium]:
    for item in document.json_ld:
        for kind, name in (("video", "VideoObject"), ("audio", "AudioObject")):
            if name in types_of(item):
                yield from _of_object(document, kind, item)
        for key, kind in (("video", "video"), ("audio", "audio")):
            held = item.get(key)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict):
                    yield from _of_object(document, kind, one)


def _of_object(document: Document, kind: str, item: dict[str, Any]) -> Iterator[Medium]:
    for key in ("contentUrl", "embedUrl", "url"):
        value = item.get(key)
        url = absolute(value, document.base_url) if isinstance(value, str) else None
        if url:
            title = item.get("name")
            yield Medium(
                kind=kind,
                url=url,
                title=(plain(title)[:300] or None) if isinstance(title, str) else None,
                found_in="json-ld",
            )
            return


def _shown(document: Document, region: Iterable[Element]) -> Iterator[Medium]:
    for box in region:
        for element in box.iter("video", "audio", "iframe", "amp-video", "amp-youtube"):
            source = element.get("src") or element.get("data-src")
            if not source and element.tag in {"video", "audio"}:
                source = next((one.get("src") for one in element.iter("source") if one.get("src")), None)
            url = absolute(source, document.base_url)
            if not url:
                continue
            title = element.get("title")
            if element.tag != "iframe":
                yield Medium(
                    kind="audio" if element.tag == "audio" else "video",
                    url=url,
                    title=title,
                    found_in="element",
                )
            elif _PLAYER.search(url):
                yield Medium(
                    kind="audio" if _SOUND.search(url) else "video", url=url, title=title, found_in="player"
                )
