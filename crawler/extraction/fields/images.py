"""The article's pictures: the lead first, captions said once, credits apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model import Image
from crawler.extraction.credits.page import split_caption
from crawler.extraction.credits.reading import read_credits
from crawler.extraction.fields.selected import selected, selected_text
from crawler.extraction.hints import hints_of
from crawler.extraction.requisites import absolute, srcset_urls
from crawler.extraction.text import fold, plain, squash
from crawler.extraction.tree import Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.extraction.document import Document

MAX_IMAGES = 60
MAX_CAPTION = 1_500
MAX_CREDIT = 120
_READS_AS_CREDIT = re.compile(
    r"^\W*(?:fotos?|photos?|photograph|bild|image|credit|source|quelle|fuente|fonte|crédit)\b\s*[:/]|©|[^\W\d_]/[^\W\d_]",
    re.IGNORECASE,
)
SMALL = 100
"""Pixels: what is narrower or lower is an icon."""
_LAZY = ("data-src", "data-original", "data-lazy-src", "data-url", "data-image", "data-hi-res-src")
_ICON = re.compile(
    r"(?:logo|icon|sprite|avatar|placeholder|spacer|pixel|blank|button|badge|emoji|gravatar|1x1|tracking|loading)\b",
    re.IGNORECASE,
)
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
    shown = _of_state(document) or _shown(document, region)
    named = _named(document)
    pictures = _lead_first(shown, named)
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
        credits_, archive, credit_raw = apart.credits or credits_, archive or apart.archive, picture.credit
    return Image(
        url=picture.url,
        caption=reading.caption if reading else None,
        caption_raw=raw or None,
        alt=picture.alt or None,
        credit_raw=credit_raw,
        archive=archive,
        credits=credits_,
    )


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


def _lead_first(shown: list[Picture], named: list[Picture]) -> list[Picture]:
    by_key = {_key(picture.url): picture for picture in reversed(shown)}
    lead = next((by_key[_key(picture.url)] for picture in named if _key(picture.url) in by_key), None)
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


def _key(url: str) -> str:
    """Return what is the same for all sizes of a picture: the file's name without sizes, else the path."""
    path = urlsplit(url).path
    name = path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    name = re.sub(
        r"[-_](?:\d{2,4}x\d{2,4}|\d{2,4}w|scaled|large|medium|small|w\d{2,4}|h\d{2,4})(?=$|[-_])", "", name
    )
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
                known.caption, known.credit, known.alt = (
                    known.caption or picture.caption,
                    known.credit or picture.credit,
                    known.alt or picture.alt,
                )
            if len(found) >= MAX_IMAGES:
                return list(found.values())
    return list(found.values())


def _picture(element: Element, base_url: str) -> Picture | None:
    url = _source(element, base_url)
    if url is None or _is_small(element) or _ICON.search(urlsplit(url).path.rsplit("/", 1)[-1]):
        return None
    figure = _figure(element)
    if _is_away(element, _AWAY, 6) if figure is None else _is_away(figure, _OTHERS, 2):
        return None
    alt = squash(element.get("alt"))[:MAX_CAPTION]
    caption, credit = _words(figure, element) if figure is not None else ("", "")
    return Picture(url, alt=alt, caption=caption[:MAX_CAPTION], credit=credit[:MAX_CAPTION])


def _source(element: Element, base_url: str) -> str | None:
    sized = [*srcset_urls(element.get("srcset") or element.get("data-srcset"))]
    parent = _holder(element)
    if parent is not None and parent.tag == "picture":
        for source in parent.iter("source"):
            sized += srcset_urls(source.get("srcset") or source.get("data-srcset"))
    plain_source = element.get("src")
    if (
        plain_source
        and not plain_source.startswith("data:")
        and not _ICON.search(plain_source.rsplit("/", 1)[-1])
    ):
        return absolute(plain_source, base_url)
    for name in _LAZY:
        if element.get(name):
            return absolute(element.get(name), base_url)
    best = max(sized, key=lambda entry: entry[1], default=None)
    return absolute(best[0], base_url) if best else None


def _is_small(element: Element) -> bool:
    for name in ("width", "height"):
        value = (element.get(name) or "").removesuffix("px")
        if value.isdigit() and int(value) < SMALL:
            return True
    return False


def _holder(element: Element) -> Element | None:
    """Return what holds the picture; libxml2 does not know that ``source`` is empty and nests the picture in it."""
    around = element.getparent()
    while around is not None and around.tag == "source":
        around = around.getparent()
    return around


def _is_away(element: Element, words: frozenset[str], levels: int) -> bool:
    around = _holder(element)
    for _ in range(levels):
        if around is None or not isinstance(around.tag, str):
            return False
        names = " ".join(filter(None, (around.get("class"), around.get("id"))))
        if words & hints_of(around.tag, names, around.get("role") or "", ""):
            return True
        around = around.getparent()
    return False


def _figure(element: Element) -> Element | None:
    """Return the box that holds the picture with its words: the figure, else a near box with a caption in it."""
    around = _holder(element)
    for _ in range(6):
        if around is None or around.tag in {"body", "article", "main"}:
            return None
        if around.tag == "figure":
            return around
        if around.tag in {"div", "dl", "td", "section", "li", "p", "table", "aside"} and _has_caption(around):
            return around
        around = around.getparent()
    return None


def _has_caption(element: Element) -> bool:
    if len(element.findall(".//img")) > 3:
        return False
    return any(
        _caption_hints(inner) for inner in element.iter("figcaption", "div", "p", "span", "small", "em", "dd")
    )


def _caption_hints(element: Element) -> frozenset[str]:
    if element.tag == "figcaption":
        return frozenset({"caption"})
    names = " ".join(filter(None, (element.get("class"), element.get("data-testid"))))
    return (
        (hints_of("div", names, "", element.get("itemprop") or "") & {"caption", "credit"})
        if names
        else frozenset()
    )


_CREDIT_NAMES = re.compile(
    r"credit|copyright|source|photographer|quelle|fotograf|rights|nachweis|byline|author|attribution|agency|crédit",
    re.IGNORECASE,
)


def _words(figure: Element, image: Element) -> tuple[str, str]:
    """Return (caption, credit) as printed in a figure; the credit only where an element of its own holds it."""
    credits_: list[Element] = []
    captions: list[Element] = []
    for inner in figure.iter():
        if not isinstance(inner.tag, str) or inner is figure:
            continue
        names = " ".join(filter(None, (inner.get("class"), inner.get("itemprop"), inner.get("data-testid"))))
        if inner.tag == "cite" or (names and _CREDIT_NAMES.search(names) and len(text_of(inner)) < 200):
            credits_.append(inner)
        elif _caption_hints(inner):
            captions.append(inner)
    del image
    apart = frozenset(credits_)
    outer = [
        element for element in captions if not any(around in captions for around in element.iterancestors())
    ]
    caption = squash(
        " ".join(
            dict.fromkeys(filter(None, (text_of(element, without=apart, apart=True) for element in outer)))
        )
    )
    if not caption and figure.tag == "figure":
        caption = text_of(figure, without=apart, apart=True)
    credit = squash(
        " ".join(
            dict.fromkeys(
                filter(
                    None,
                    (
                        text_of(element)
                        for element in credits_
                        if not any(around in apart for around in element.iterancestors())
                    ),
                )
            )
        )
    )
    if fold(credit) and fold(caption) == fold(credit):
        caption = ""
    return caption, credit or _rest_of(figure, frozenset(captions))


def _rest_of(figure: Element, captions: frozenset[Element]) -> str:
    """Return what a figure prints beside its caption, when that reads as a credit."""
    if not captions or figure.tag != "figure":
        return ""
    rest = text_of(figure, without=captions, apart=True)
    return rest if 3 < len(rest) <= MAX_CREDIT and _READS_AS_CREDIT.search(rest) else ""
