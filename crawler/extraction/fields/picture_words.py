"""The words that belong to a picture: in its figure, in its attributes, or in the lines beside it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from crawler.extraction.credits.photo import is_photo_credit
from crawler.extraction.hints import hints_of
from crawler.extraction.text import fold, squash
from crawler.extraction.tree import SILENT, Element, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_CREDIT = 120
"""Characters of a line that is a credit without being named one."""
MAX_NAMED = 200
"""Characters of a credit in an element that is named so."""
MIN_CAPTION = 25
"""Characters: a shorter line behind a picture is a label."""
MAX_LINE = 300
"""Characters: a longer line behind a picture is text."""
_READS_AS_CREDIT = re.compile(
    r"^\W*(?:fotos?|photos?|photograph|bild|image|credit|source|quelle|fuente|fonte|crédit)\b\s*[:/]|©|[^\W\d_]/[^\W\d_]",
    re.IGNORECASE,
)
_SAYS_CREDIT = re.compile(
    r"^\W*(?:(?:fotos?|photos?|photograph|bild|image|picture|illustration|credit|kuva|imagen|crédit|crédito|zdjęcie|fot|фото)\b\.?(?:s? credit)?\s*(?:[:©]|by\b)|©|\(c\)|📷)",
    re.IGNORECASE,
)
"""Beginnings of lines that nothing but a credit has."""
_ENDS_IN_CREDIT = re.compile(
    r"(?:[.!?…\"”»)|,]|\s[–—-])\s*(?:(?:fotos?|photos?|bild|image|picture|credit|imagen|crédit|zdjęcie|фото)\s*[:©]|©)",
    re.IGNORECASE,
)
"""A caption with its credit behind it."""
_CREDIT_NAMES = re.compile(
    r"credit|copyright|source|photographer|quelle|fotograf|rights|nachweis|byline|author|attribution|agency|crédit",
    re.IGNORECASE,
)
_OF_PICTURES = re.compile(
    r"(?:photo|image|img|pic|picture|foto|bild|media|figure|caption).{0,20}(?:credit|copyright|source|author|quelle|rights|nachweis)|photographer|fotograf|caption.?text",
    re.IGNORECASE,
)
"""Names that only a picture's words have, also far from a figure."""
_ABOUT_ARTICLE = re.compile(r"byline|author|attribution", re.IGNORECASE)
"""Names that speak of a picture inside figures only."""
_CONTROL = re.compile(r"(?<![^\s_-])(?:btn|button|toggle)(?![^\s_-])")
_OF_ARTICLE = re.compile(
    r"^\W*(?:by|von|por|par|di|door)\s|\d{1,2}:\d{2}|\b\d{1,2}\.\d{1,2}\.\d{2,4}", re.IGNORECASE
)
"""A byline, or a line with a date."""
_CREDIT_DATA = (
    "data-copyright",
    "data-credit",
    "data-credits",
    "data-image-credit",
    "data-photographer",
    "data-photo-credit",
    "data-source",
)
_ADDRESS = re.compile(r"^(?:https?:|//|/|data:|\{)|^\S+\.(?:jpe?g|png|webp|gif)", re.IGNORECASE)
_FIGURES = frozenset({"figure", "figcaption"})
_HEADINGS = frozenset({"h1", "h2", "h3", "article", "main", "header", "footer", "nav", "aside"})
_FIGURE_LIKE = frozenset({"div", "dl", "td", "section", "li", "p", "table", "aside"})
_PICTURES = frozenset({"img", "amp-img", "video", "iframe"})
_STEPS, _LINES, _LEVELS = 60, 4, 10
"""How far behind a picture its words are looked for: elements, lines, boxes outwards."""
_BLOCKS = frozenset(
    {"div", "p", "ul", "ol", "section", "figcaption", "figure", "h1", "h2", "h3", "h4", "table", "dl"}
)
_DEEP = 30
"""Boxes around an element that are looked at: hostile nesting costs nothing."""
MAX_SIZES = 12
"""Elements that show one picture in several sizes."""
_NOT_BESIDE = frozenset({"byline", "date", "related", "promo", "bio", "nav", "comment", "share", "ad"})


def holder_of(element: Element) -> Element | None:
    """Return what holds the picture; libxml2 does not know that ``source`` is empty and nests the picture in it."""
    around = element.getparent()
    while around is not None and around.tag == "source":
        around = around.getparent()
    return around


def figure_of(element: Element) -> Element | None:
    """Return the box that holds the picture with its words: the figure, else a near box with a caption in it."""
    around = holder_of(element)
    alone = True
    for _ in range(6):
        if around is None or around.tag in {"body", "article", "main"}:
            return None
        if around.tag == "figure":
            return around
        alone = alone and _holds_one_picture(around)
        if alone and around.tag in _FIGURE_LIKE and _has_caption(around):
            return around if next(around.iter("h1"), None) is None else None
        around = around.getparent()
    return None


def words_in_figure(figure: Element) -> tuple[str, str]:
    """Return (caption, credit) as printed in a figure; the credit only where an element of its own holds it."""
    in_figure = figure.tag in _FIGURES or any(
        around.tag == "figure" for around in islice(figure.iterancestors(), _DEEP)
    )
    credits_: list[Element] = []
    captions: list[Element] = []
    for inner in figure.iter():
        if not isinstance(inner.tag, str) or inner is figure:
            continue
        names = " ".join(filter(None, (inner.get("class"), inner.get("itemprop"), inner.get("data-testid"))))
        if inner.tag == "cite" or (
            names and _names_credit(names, in_figure=in_figure) and len(text_of(inner)) < MAX_NAMED
        ):
            credits_.append(inner)
        elif _caption_hints(inner):
            captions.append(inner)
    if credits_ and not in_figure:
        beside_first = credits_[0].getparent()
        credits_ = [element for element in credits_ if element.getparent() is beside_first]
    apart = frozenset(credits_)
    outer = [
        element for element in captions if not any(around in captions for around in element.iterancestors())
    ]
    caption = _joined(text_of(element, without=apart, apart=True) for element in outer)
    if not caption and (figure.tag in _FIGURES or _caption_hints(figure)):
        caption = text_of(figure, without=apart, apart=True)
    credit = _joined(
        text_of(element)
        for element in credits_
        if not any(around in apart for around in element.iterancestors())
    )
    if fold(credit) and fold(caption) == fold(credit):
        caption = ""
    return caption, credit or _rest_of(figure, frozenset(captions))


def words_beside(image: Element) -> tuple[str, str]:
    """Return (caption, credit) out of the lines right behind a picture, and a credit right before it; else empty strings.

    Behind it count a box named caption or credit, a line that begins as credits do ("Foto: …", "© …"), and a short
    line that names nothing but an agency (and who worked for it).
    """
    before = image.getprevious()
    if before is not None and before.tag in {"span", "p", "small", "div", "em"}:
        text = text_of(before)
        if len(text) <= MAX_CREDIT and _SAYS_CREDIT.match(text):
            return "", text
    caption = ""
    for line, box in _lines_behind(image):
        if box is not None:
            found = words_in_figure(box)
            return found if any(found) else _of_line(box)
        if _SAYS_CREDIT.match(line) or is_photo_credit(line):
            return (caption, line) if len(line) <= MAX_CREDIT else ("", "")
        if _ENDS_IN_CREDIT.search(line):
            return line, ""
        caption = caption or line
    return "", ""


def credit_in_attributes(image: Element) -> str:
    """Return the credit that an attribute of the picture gives (``data-copyright`` …); empty when none does."""
    for name in _CREDIT_DATA:
        value = squash(image.get(name))
        if 1 < len(value) <= MAX_CREDIT and not _ADDRESS.match(value):
            return value
    return ""


def _joined(texts: Iterator[str]) -> str:
    return squash(" ".join(dict.fromkeys(filter(None, texts))))


def _of_line(box: Element) -> tuple[str, str]:
    text = text_of(box)
    is_credit = len(text) <= MAX_NAMED and _CREDIT_NAMES.search(box.get("class") or "")
    if is_credit:
        return "", text
    return (text if len(text) >= MIN_CAPTION and not _OF_ARTICLE.search(text) else ""), ""


def _names_credit(names: str, *, in_figure: bool) -> bool:
    return _CREDIT_NAMES.search(names) is not None and (
        in_figure or _OF_PICTURES.search(names) is not None or not _ABOUT_ARTICLE.search(names)
    )


def _holds_one_picture(element: Element) -> bool:
    """Return whether *element* holds one picture, in whatever sizes."""
    first = ""
    for number, image in enumerate(element.iter("img"), 1):
        name = _file_of(image)
        if number > MAX_SIZES or (first and name and name != first):
            return False
        first = first or name
    return True


def _has_caption(element: Element) -> bool:
    return any(
        _caption_hints(inner) for inner in element.iter("figcaption", "div", "p", "span", "small", "em", "dd")
    )


def _file_of(image: Element) -> str:
    source = image.get("src") or ""
    return "" if source.startswith("data:") else source.partition("?")[0].rpartition("/")[2]


def _caption_hints(element: Element) -> frozenset[str]:
    if element.tag == "figcaption":
        return frozenset({"caption"})
    names = element.get("class") or ""
    if test_name := element.get("data-testid"):
        names = f"{names} {test_name}".strip()
    return _caption_hints_of(names, element.get("itemprop") or "") if names else frozenset()


@lru_cache(maxsize=10_000)
def _caption_hints_of(names: str, prop: str) -> frozenset[str]:
    if _CONTROL.search(names):
        return frozenset()
    return hints_of("div", names, "", prop) & {"caption", "credit"}


def _lines_behind(image: Element) -> Iterator[tuple[str, Element | None]]:
    """Yield the lines behind a picture in order, with the box when it is named caption or credit.

    Ends at the next picture, at a heading, and at a line too long for a caption.
    """
    lines = 0
    skip: Element | None = None
    for steps, element in enumerate(_elements_behind(image)):
        if skip is not None and skip in islice(element.iterancestors(), _DEEP):
            continue
        if steps > _STEPS or lines > _LINES or _ends_words(element):
            return
        if _is_named(element):
            yield "", element
            return
        if element.tag in SILENT or element.tag == "a" or _CONTROL.search(element.get("class") or ""):
            skip = element
        elif _is_line(element):
            skip = element
            text = text_of(element)
            if len(text) > MAX_LINE:
                return
            lines += 1
            yield text, None


def _is_line(element: Element) -> bool:
    """Return whether *element* holds text itself and no blocks."""
    has_text = squash(element.text) or any(squash(child.tail) for child in element)
    return bool(has_text) and not any(child.tag in _BLOCKS for child in element)


def _ends_words(element: Element) -> bool:
    """Return whether what begins here cannot belong to the picture before it."""
    if element.tag in _PICTURES or element.tag in _HEADINGS or element.tag == "time":
        return True
    if squash(element.text) and any(child.tag in _BLOCKS for child in element):
        return True
    names = " ".join(filter(None, (element.get("class"), element.get("id"))))
    hints = hints_of(element.tag, names, "", element.get("itemprop") or "")
    return bool(hints & _NOT_BESIDE) and not _is_named(element)


def _is_named(element: Element) -> bool:
    """Return whether *element* is named caption or credit and holds words only."""
    names = " ".join(filter(None, (element.get("class"), element.get("id"))))
    named = _caption_hints(element) or (names and _OF_PICTURES.search(names) and not _CONTROL.search(names))
    return bool(named) and next(element.iter("img"), None) is None and bool(text_of(element))


def _elements_behind(image: Element) -> Iterator[Element]:
    around: Element | None = image
    for _ in range(_LEVELS):
        if around is None or around.tag in {"body", "article", "main"}:
            return
        for sibling in around.itersiblings():
            for element in sibling.iter():
                if isinstance(element.tag, str):
                    yield element
        around = around.getparent()


def _rest_of(figure: Element, captions: frozenset[Element]) -> str:
    """Return what a figure prints beside its caption, when that reads as a credit."""
    if not captions or figure.tag != "figure":
        return ""
    rest = text_of(figure, without=captions, apart=True)
    return rest if 3 < len(rest) <= MAX_CREDIT and _READS_AS_CREDIT.search(rest) else ""
