"""Articles on several pages: which page this is, and where the one before and the one behind it are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from archive.model import Part
from crawler.extraction.requisites import absolute
from crawler.extraction.tree import text_of

if TYPE_CHECKING:
    from crawler.extraction.document import Document

MAX_PARTS = 200
_KEYS = frozenset(
    {
        "page",
        "seite",
        "pagina",
        "página",
        "pag",
        "pg",
        "pageno",
        "pagenum",
        "pagenumber",
        "paged",
        "offset_page",
        "strona",
        "sida",
        "side",
    }
)
"""Names of the query's value that counts an article's pages; *p* is a post's number in too many systems."""
_PATH = re.compile(
    r"(?P<base>.+?)(?:/|[-_,])(?:page|seite|pagina|pag|p|strona|sida)[-_/=]?(?P<number>\d{1,3})(?P<end>\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?P<base>.+)/(?P<number>\d{1,2})/?$")
_COMMENTS = re.compile(r"comment-page|cpage|/comments?/", re.IGNORECASE)
_COUNTED = re.compile(
    r"^\W*(?:(?:page|seite|página|pagina|strona|sida|side|sivu|страница|第)\s*)?(\d{1,3})\s*(?:/|of|von|de|sur|di|z|av|van|из|页\s*/\s*共)\s*(\d{1,3})\W*$",
    re.IGNORECASE,
)


def read_part(document: Document) -> Part | None:
    """Return which page of the article this is; None where it stands on one page."""
    if document.root is None:
        return None
    own = document.canonical_url or document.url
    base, number = split_number(document.url)
    pages = _numbered_links(document, base, number)
    if not pages:
        return None
    if number == 1 and split_number(own)[1] > 1:
        number = split_number(own)[1]
    counted = _counted(document, number)
    before, behind = pages.get(number - 1), pages.get(number + 1)
    if before is None and behind is None:
        return None
    highest = max(*pages, number)
    return Part(number=number, of=counted or highest, previous_url=before, next_url=behind)


def split_number(url: str) -> tuple[str, int]:
    """Return *url* without the number of the page, and that number; 1 where it has none.

    >>> split_number("https://news.example/a-story?page=3")
    ('https://news.example/a-story', 3)
    >>> split_number("https://news.example/a-story/seite-2.html")
    ('https://news.example/a-story.html', 2)
    >>> split_number("https://news.example/2024/05/a-story/2/")
    ('https://news.example/2024/05/a-story', 2)
    """
    try:
        parts = urlsplit(url)
    except ValueError:  # no address
        return url, 1
    query = parse_qsl(parts.query, keep_blank_values=True)
    number = next((int(value) for key, value in query if _counts(key, value)), 0)
    rest = urlencode([(key, value) for key, value in query if not _counts(key, value)], errors="replace")
    path = parts.path
    if not number:
        match = _PATH.fullmatch(path) or _BARE.fullmatch(path)
        if match and 1 <= int(match["number"]) <= MAX_PARTS and len(match["base"].rsplit("/", 1)[-1]) > 4:
            number, path = int(match["number"]), match["base"] + (match.groupdict().get("end") or "")
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), rest, "")), number or 1


def _counts(key: str, value: str) -> bool:
    return key.lower() in _KEYS and value.isdigit() and 1 <= int(value) <= MAX_PARTS


def _numbered_links(document: Document, base: str, own: int) -> dict[int, str]:
    """Return the addresses of the article's pages by their numbers, as the page links to them."""
    name = urlsplit(base).path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if len(name) < 5 or document.root is None:
        return {}
    host = urlsplit(base).netloc
    found: dict[int, str] = {}
    for element in (*document.tagged("link"), *document.tagged("a")):
        href = element.get("href")
        if not href or (name not in href and href[0] != "?") or not _may_be_part(href, name, host, own):
            continue
        url = absolute(href, document.base_url)
        if url is None:
            continue
        linked, number = split_number(url)
        if linked == base and _leads_on(element, number):
            found.setdefault(number, url)
    return found if len(found) > 1 or (found and 1 not in found) or own - 1 in found else {}


def _may_be_part(href: str, name: str, host: str, own: int) -> bool:
    """Return whether *href* can be another page of the article: the same host, and a number behind the story's *name*.

    Looking costs less than resolving each of the many links to the story itself (to share it, to comment).
    """
    there = href.partition("//")[2]
    if (there and not there.startswith(host)) or "#" in href or _COMMENTS.search(href):
        return False
    return own > 1 or any(character.isdigit() for character in href.rpartition(name)[2])


def _leads_on(element: object, number: int) -> bool:
    """Return whether a link is one between pages: it says so, or its words are the number."""
    get = getattr(element, "get")  # noqa: B009 - elements of lxml have no public type
    if {"next", "prev", "previous"} & set((get("rel") or "").lower().split()):
        return True
    if getattr(element, "tag", "") != "a":
        return False
    words = text_of(element)  # type: ignore[arg-type]
    return len(words) <= 40 and (number > 1 or words.strip() == "1" or bool(_BACK.search(words)))


_BACK = re.compile(r"prev|zurück|précéd|anterior|preced|poprzedn|vorige|前|‹|«|<|←|1", re.IGNORECASE)


def _counted(document: Document, number: int) -> int | None:
    """Return how many pages there are as a line of the page says: *Page 2 of 5*."""
    for block in document.outline.blocks:
        if len(block.text) < 30 and (match := _COUNTED.match(block.text)):
            here, whole = int(match.group(1)), int(match.group(2))
            if here == number and number <= whole <= MAX_PARTS and whole > 1:
                return whole
    return None
