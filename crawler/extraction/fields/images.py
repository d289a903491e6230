"""The article's pictures: the lead first, captions said once, credits apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model import Image
from crawler.extraction.credits.page import split_caption
from crawler.extraction.credits.reading import read_credits
from crawler.extraction.fields.picture_words import (
    credit_in_attributes,
    figure_of,
    holder_of,
    words_beside,
    words_in_figure,
)
from crawler.extraction.fields.selected import selected, selected_text
from crawler.extraction.hints import hints_of
from crawler.extraction.requisites import absolute, srcset_urls
from crawler.extraction.text import plain, squash

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element

MAX_IMAGES = 60
MAX_OTHERS = 6
MAX_CAPTION = 1_500
SMALL = 100
"""Pixels: what is narrower or lower is an icon."""
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-image", "data-hi-res-src")
_LAZY_NAME = re.compile(r"data-(?:[a-z]+-)?src(?:-[a-z]+)?$")
_ICON = re.compile(
    r"(?:logo|icon|sprite|leer|empty|transparent|dummy|avatar|placeholder|spacer|pixel|blank|button|badge|emoji|gravatar|1x1|tracking|loading)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<!\d)\d{7,12}(?!\d)|(?<![0-9a-f])[0-9a-f]{24,40}(?![0-9a-f])")
"""What numbers a picture in its address, whatever its size and name."""
_SIZE = re.compile(r"[-_](?:\d{2,4}x\d{2,4}|\d{2,4}w|scaled|large|medium|small|w\d{2,4}|h\d{2,4})(?=$|[-_])")
_COUNTER = re.compile(r"[_-]\d{1,2}$")
_BRACKETED = re.compile(r"^[(\[（]([^()\[\]（）]+)[)\]）]$")
_PICTURE_BOX = re.compile(r"(?:image|photo|picture|media|article)[\w-]{0,3}widget", re.IGNORECASE)
"""Boxes of the article's own that content management systems call widgets."""
_AWAY = frozenset(
    {
        "related",
        "promo",
        "ad",
        "nav",
        "footer",
        "comment",
        "share",
        "bio",
        "side",
        "byline",
        "cookie",
        "hidden",
    }
)
_OTHERS = frozenset({"related", "bio", "byline", "nav", "footer", "comment"})
"""Hints of boxes whose figures belong to somebody or something else."""


@dataclass(slots=True)
class Picture:
    """A picture as found, before its words are read."""

    url: str
    alt: str = ""
    others: tuple[str, ...] = ()
    """Further words that may name its maker: titles, captions where the page shows it again."""
    caption: str = ""
    credit: str = ""
    order: int = 0


def read_images(
    document: Document, region: Iterable[Element], *, language: str | None, outlets: tuple[str, ...]
) -> tuple[Image, ...]:
    """Return the article's pictures, the lead first, once each.

    *region* are the elements that hold the article (header and body). The lead is the picture that OpenGraph
    or the structured data name, with the words that stand beside it on the page where the page shows it.
    """
    named = _named(document)
    shown = _of_state(document) or _shown(document, region)
    pictures = _lead_first(shown, named, _shown_above(document, shown, named))
    return tuple(_image(picture, language, outlets) for picture in pictures[:MAX_IMAGES])


def _of_state(document: Document) -> list[Picture]:
    """Return the pictures that a client-rendered page would show."""
    images = document.state_article.images if document.state_article else ()
    return [
        Picture(url, alt=image.alt, caption=image.caption, credit=image.credit, order=order)
        for order, image in enumerate(images)
        if (url := absolute(image.url, document.base_url))
    ]


def image_from(
    *, url: str, alt: str, caption: str, credit: str, language: str | None, outlets: tuple[str, ...]
) -> Image:
    """Return the picture with its caption cleaned and its credits read."""
    return _image(Picture(url, alt=alt, caption=caption, credit=credit), language, outlets)


def _image(picture: Picture, language: str | None, outlets: tuple[str, ...]) -> Image:
    raw = picture.caption or picture.alt
    reading = split_caption(raw, language=language, outlets=outlets) if raw else None
    credits_ = reading.credits if reading else ()
    archive = reading.archive if reading else False
    credit_raw = reading.credit_raw if reading else None
    if picture.credit:
        apart = read_credits(picture.credit, "image_credit", language=language, outlets=outlets)
        credits_, archive, credit_raw = (
            apart.credits or credits_,
            archive or apart.archive,
            _unbracketed(picture.credit),
        )
    for words in (picture.alt, *picture.others):
        if not credits_ and words and words != raw:
            other = split_caption(words, language=language, outlets=outlets)
            credits_, credit_raw = other.credits, other.credit_raw or credit_raw
    return Image(
        url=picture.url,
        caption=reading.caption if reading else None,
        caption_raw=raw or None,
        alt=picture.alt or None,
        credit_raw=credit_raw,
        archive=archive,
        credits=credits_,
    )


def _unbracketed(credit: str) -> str:
    """Return *credit* without the brackets around the whole of it."""
    match = _BRACKETED.match(credit)
    return match.group(1) if match else credit


def _named(document: Document) -> list[Picture]:
    """Return the pictures that the profile, structured data and OpenGraph name, in this order."""
    found = [
        Picture(url, alt=squash(element.get("alt")))
        for element in selected(document, "image")
        if (url := _source(element, document.base_url))
    ]
    if found:
        found[0].caption = selected_text(document, "caption") or ""
    for article in document.structured:
        for image in article.images:
            url = absolute(image.url, document.base_url)
            if url:
                found.append(Picture(url, alt=image.alt, caption=image.caption, credit=image.credit))
    alts = document.meta.all("og:image:alt", "twitter:image:alt")
    for order, raw in enumerate(
        document.meta.raw("og:image") + document.meta.raw("og:image:url") + document.meta.raw("twitter:image")
    ):
        url = absolute(plain(raw), document.base_url)
        if url and not _ICON.search(urlsplit(url).path):
            found.append(Picture(url, alt=alts[0] if alts and order == 0 else ""))
    return found


def _shown_above(document: Document, shown: list[Picture], named: list[Picture]) -> Picture | None:
    """Return the picture that the page's data name where the page shows it above the article's boxes, or None."""
    if document.root is None or not named or document.state_article is not None:
        return None
    if _match(shown, named) is not None:
        return None
    keys = {_uncounted(_key(picture.url)) for picture in named}
    for element in document.root.iter("img", "amp-img"):
        url = _source(element, document.base_url)
        if url is None:
            continue
        if shown and _key(url) == _key(shown[0].url):
            return None
        if _uncounted(_key(url)) in keys:
            found = _picture(element, document.base_url, is_lead=True)
            if found is not None:
                return found
    return None


def _uncounted(key: str) -> str:
    """Return *key* without the counter that uploading the same file again gives it."""
    return _COUNTER.sub("", key) if len(key) > 10 else key


def _match(shown: list[Picture], named: list[Picture]) -> Picture | None:
    """Return the picture shown that is one of those named: by the file's name, else by the number of the picture."""
    by_key = {_key(picture.url): picture for picture in reversed(shown)}
    found = next((by_key[_key(picture.url)] for picture in named if _key(picture.url) in by_key), None)
    if found is not None:
        return found
    by_number = {
        number: picture
        for picture in reversed(shown)
        for number in _NUMBER.findall(urlsplit(picture.url).path)
    }
    numbers = (number for picture in named for number in _NUMBER.findall(urlsplit(picture.url).path))
    return next((by_number[number] for number in numbers if number in by_number), None)


def _lead_first(shown: list[Picture], named: list[Picture], above: Picture | None) -> list[Picture]:
    lead = above or _match(shown, named)
    if lead is None and shown and named and shown[0].order <= 1:
        lead = shown[0]
    if lead is None and named:
        lead = named[0]
    if lead is None:
        return shown
    for picture in named:
        if _key(picture.url) == _key(lead.url):
            lead.caption = lead.caption or picture.caption
            lead.credit = lead.credit or picture.credit
            lead.alt = lead.alt or picture.alt
    return [lead, *(picture for picture in shown if picture is not lead)]


@lru_cache(maxsize=2_000)
def _key(url: str) -> str:
    """Return what is the same for all sizes of a picture: the file's name without sizes, else the path."""
    path = urlsplit(url).path
    name = _SIZE.sub("", path.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    name = name.partition("=")[0]
    return name.lower() if len(name) > 5 else f"{path.rsplit('/', 1)[0]}/{name}".lower()


def _shown(document: Document, region: Iterable[Element]) -> list[Picture]:
    found: dict[str, Picture] = {}
    for holder in region:
        for element in holder.iter("img", "amp-img"):
            picture = _picture(element, document.base_url)
            if picture is None:
                continue
            known = found.get(_key(picture.url))
            if known is None:
                picture.order = len(found)
                found[_key(picture.url)] = picture
            else:
                known.others += (picture.caption, *picture.others) if len(known.others) < MAX_OTHERS else ()
                known.caption, known.credit, known.alt = (
                    known.caption or picture.caption,
                    known.credit or picture.credit,
                    known.alt or picture.alt,
                )
            if len(found) >= MAX_IMAGES:
                return list(found.values())
    return list(found.values())


def _picture(element: Element, base_url: str, *, is_lead: bool = False) -> Picture | None:
    if _is_small(element):
        return None
    url = _source(element, base_url)
    if url is None or _ICON.search(urlsplit(url).path.rsplit("/", 1)[-1]):
        return None
    figure = figure_of(element)
    away = _is_away(element, _AWAY, 6) if figure is None else _is_away(figure, _OTHERS, 2)
    if away and not is_lead:
        return None
    alt = squash(element.get("alt"))[:MAX_CAPTION]
    caption, credit = words_in_figure(figure) if figure is not None else ("", "")
    credit = credit or credit_in_attributes(element)
    if not credit and (figure is None or not caption):
        beside = words_beside(element if figure is None else figure)
        caption, credit = caption or beside[0], beside[1]
    return Picture(
        url,
        alt=alt,
        others=(squash(element.get("title"))[:MAX_CAPTION],),
        caption=caption[:MAX_CAPTION],
        credit=credit[:MAX_CAPTION],
    )


def _source(element: Element, base_url: str) -> str | None:
    plain_source = element.get("src")
    if (
        plain_source
        and not plain_source.startswith("data:")
        and not _ICON.search(plain_source.rsplit("/", 1)[-1])
    ):
        return absolute(plain_source, base_url)
    for name in (*_LAZY, *(str(name) for name in element.attrib if _LAZY_NAME.match(str(name)))):
        if element.get(name):
            return absolute(element.get(name), base_url)
    best = max(_sized(element), key=lambda entry: entry[1], default=None)
    return absolute(best[0], base_url) if best else None


def _sized(element: Element) -> list[tuple[str, float]]:
    """Return (URL, size) of all that the picture and the element around it offer in several sizes."""
    sized = srcset_urls(element.get("srcset") or element.get("data-srcset"))
    parent = holder_of(element)
    if parent is not None and parent.tag == "picture":
        for source in parent.iter("source"):
            sized += srcset_urls(source.get("srcset") or source.get("data-srcset"))
    return sized


def _is_small(element: Element) -> bool:
    for name in ("width", "height"):
        value = (element.get(name) or "").removesuffix("px")
        if value.isdigit() and int(value) < SMALL:
            return True
    return False


def _is_away(element: Element, words: frozenset[str], levels: int) -> bool:
    around = holder_of(element)
    for _ in range(levels):
        if around is None or not isinstance(around.tag, str):
            return False
        names = " ".join(filter(None, (around.get("class"), around.get("id"))))
        hints = words & hints_of(around.tag, names, around.get("role") or "", "")
        if hints and not (hints == {"side"} and _PICTURE_BOX.search(names)):
            return True
        around = around.getparent()
    return False
