"""Is this page an article, and what kind? The reason is given in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from crawler.extraction.jsonld import types_of
from crawler.extraction.service_pages import (
    LISTS,
    WALL,
    begins_like_a_wall,
    service_by_address,
    service_by_name,
    service_by_type,
)
from crawler.extraction.structured import LISTING_TYPES
from crawler.extraction.teasers import MIN_TEASERS, count_teasers
from crawler.extraction.text import fold, script_weight

if TYPE_CHECKING:
    from crawler.extraction.document import Document
    from crawler.extraction.fields.body import Body
    from crawler.extraction.fields.headline import Headline

ARTICLE_TYPES = frozenset({"article", "live-blog", "gallery", "video", "brief", "paywall-stub"})
BRIEF = 500
LONG_FOR_A_LIST = 3 * BRIEF
"""A text that is longer stands for itself, whatever list its page's name or address promises."""
FEW, SENTENCE = 2, 40
"""A short text of more than FEW paragraphs of at least this weight is a short article, not a brief."""
THIN = 150
"""Characters of text below which a page is an article only if it says so."""
_ERROR = re.compile(
    r"\b(?:404|403|410|500|502|503)\b|not found|page (?:you (?:requested|are looking)|does(?:n't| not) exist)|nicht gefunden|introuvable|no encontrad[ao]|não encontrad[ao]|nie znalezion|access denied|just a moment|attention required|are you (?:a )?(?:human|robot)|captcha|service unavailable|too many requests|error occurred|bad gateway",
    re.IGNORECASE,
)
_SHELL_MARKS = re.compile(
    r"enable javascript|javascript (?:is )?(?:disabled|required)|__nuxt|__next|id=\"root\"|id=\"app\"|app-root",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageType:
    """What a page is."""

    name: str
    reason: str

    @property
    def is_article(self) -> bool:
        """Return whether pages of this type are articles."""
        return self.name in ARTICLE_TYPES


def read_page_type(
    document: Document, headline: Headline, body: Body, *, dated: bool, paywalled: bool | None
) -> PageType:
    """Return what the page is. Home pages, section fronts, shells and error pages are no articles."""
    size = sum(script_weight(text) for text in body.paragraphs)
    declared = _declared(document)
    believed = _is_news(document) or (declared and dated and size >= BRIEF)
    refusal = _refused(document, headline, size, believed=believed)
    if refusal:
        return refusal
    if service := _service(document, headline, size, declared=declared, dated=dated):
        return service
    if listing := _listing(document, headline, body, size, declared=declared, dated=dated):
        return listing
    if not headline.text and not (dated and size >= LONG_FOR_A_LIST):
        return PageType("other", "no headline")
    if size < THIN:
        return _thin(document, headline, size, declared=declared, dated=dated, paywalled=paywalled)
    if not declared and not dated and size < 2 * BRIEF:
        return PageType("other", "short text without a date, and not declared an article")
    return _article(document, headline, body, size, paywalled=paywalled)


def _refused(document: Document, headline: Headline, size: float, *, believed: bool) -> PageType | None:
    status = document.page.status
    if status >= 400:
        return PageType("error", f"HTTP status {status}")
    if document.json is not None:
        return PageType("other", "JSON that no site profile maps to an article")
    if document.root is None or (document.page.media_type and document.page.media_type not in _HTML):
        return PageType("other", "not HTML")
    if size < 2 * BRIEF and not believed:
        if headline.text and _ERROR.search(headline.text) and len(headline.text) < 80:
            return PageType("error", f"reads like an error page: {headline.text!r}")
        wall = begins_like_a_wall(document, headline.text)
        if wall is not None and len(wall) < 80:
            return PageType("error", f"reads like an error page or a wall: {wall!r}")
    shown = sum(len(block.text) for block in document.outline.blocks)
    if shown < THIN and size < THIN and document.state_article is None:
        if _SHELL_MARKS.search(document.text[:200_000]) or len(document.text) > 20 * max(shown, 1):
            return PageType("shell", "client-rendered shell: no text, and none in embedded data")
        return PageType("other", "next to no text")
    return None


_HTML = frozenset(
    {
        "text/html",
        "application/xhtml+xml",
        "text/plain",
        "application/octet-stream",
        "application/xml",
        "text/xml",
    }
)


def _service(
    document: Document, headline: Headline, size: float, *, declared: bool, dated: bool
) -> PageType | None:
    """Return what a page is that serves the site: by its name, its address, or what its data declare.

    A page that declares itself news is believed; blogging software calls every page an article, which is not enough.
    """
    if _is_news(document):
        return None
    stands_out = declared and dated and size >= BRIEF
    for kind, how in (
        (service_by_name(document, headline.text), "name"),
        (service_by_address(document.url), "address"),
    ):
        if kind is not None and (kind != LISTS or not (stands_out or size >= LONG_FOR_A_LIST)):
            return _named(kind, f"by its {how}")
    if not declared and (kind := service_by_type(document)):
        return _named(kind, "as its data say")
    if not declared and (document.meta.first("og:type") or "").lower() in _NO_ARTICLES:
        return PageType("other", "the page says that it is no article (og:type)")
    return None


def _named(kind: str, how: str) -> PageType:
    names = {LISTS: "listing", WALL: "error"}
    return PageType(names.get(kind, "other"), f"{kind.replace('-', ' ')}, {how}")


def _is_news(document: Document) -> bool:
    return any(article.is_news for article in document.structured)


_NO_ARTICLES = frozenset(
    {"product", "product.item", "product.group", "profile", "og:product", "place", "business.business"}
)


def _declared(document: Document) -> bool:
    """Return whether the page declares itself an article."""
    if any(article.is_news for article in document.structured):
        return True
    if (document.meta.first("og:type") or "").lower() in {"article", "news", "news.article", "newsarticle"}:
        return True
    return bool(document.meta.raw("article:published_time"))


def _listing(
    document: Document, headline: Headline, body: Body, size: float, *, declared: bool, dated: bool
) -> PageType | None:
    parts = urlsplit(document.url)
    if parts.path in {"", "/"} and not parts.query:
        return PageType("listing", "the site's home page")
    news = [article for article in document.structured if article.is_news]
    if not declared and any(LISTING_TYPES.intersection(types_of(item)) for item in document.json_ld):
        return PageType("listing", "declared a collection")
    if (
        len({fold(article.headline) for article in news}) > 3
        and size < 3 * BRIEF
        and "LiveBlogPosting" not in {name for article in news for name in article.types}
    ):
        return PageType("listing", f"{len(news)} articles, none of them in full")
    linked = sum(
        len(block.text)
        for block in document.outline.blocks
        if block.link_density > 0.5 and len(block.text) > 25
    )
    shown = body.container.share if body.container else 0.0
    stands_out = dated and size > BRIEF and shown > 0.6
    if not declared and not stands_out and linked > 3 * size and (size < 3 * BRIEF or shown < 0.5):
        return PageType("listing", "mostly linked lines")
    if (
        not declared
        and (teasers := count_teasers(document.outline, body.paragraphs, headline.text)) >= MIN_TEASERS
    ):
        return PageType("listing", f"the text is that of {teasers} teasers")
    if not declared and not dated and shown < 0.4 and linked > size:
        return PageType("listing", "no text of its own stands out")
    return None


def _thin(
    document: Document,
    headline: Headline,
    size: float,
    *,
    declared: bool,
    dated: bool,
    paywalled: bool | None,
) -> PageType:
    if paywalled and declared:
        return PageType("paywall-stub", "declared an article; only a stub is shown")
    kind = _media_kind(document, headline)
    if declared and kind and dated:
        return PageType(kind, f"declared an article whose content is a {kind}")
    if dated and size >= 60 and document.layout is not None and document.layout.page_type:
        return PageType(document.layout.page_type, "the site profile's layout")
    if dated and size >= 60 and declared:
        return PageType("brief", "a dated headline with a short text, declared an article")
    if dated and size >= 60 and sum(len(block.text) for block in document.outline.blocks) < 6 * size:
        return PageType("brief", "a dated headline with a short text that fills the page")
    return PageType("other", f"no text to speak of ({size:.0f} characters)")


_PICTURES = re.compile(
    r"^\W*(?:in pictures|in photos|photos?:|pictures:|photo gallery|bildergalerie|fotostrecke|fotogalerie|die bilder|en images|diaporama|"
    r"en imágenes|fotogalería|galería|fotogallery|le foto|as fotos|galeria|写真特集|フォト|화보|组图|組圖|גלריה)(?!\w*\.)",
    re.IGNORECASE,
)
"""Words with which headlines announce pictures."""


def _media_kind(document: Document, headline: Headline) -> str | None:
    types = {name for item in document.json_ld for name in types_of(item)}
    types |= {name for article in document.structured for name in article.types}
    kind = (document.meta.first("og:type") or "").lower()
    if "VideoObject" in types or kind.startswith("video"):
        return "video"
    if (
        types & {"ImageGallery", "MediaGallery"}
        or any(
            mark in urlsplit(document.url).path.lower()
            for mark in ("gallery", "galerie", "fotostrecke", "slideshow", "/photos/", "bildergalerie")
        )
        or _PICTURES.match(headline.text or "")
    ):
        return "gallery"
    return None


def _article(
    document: Document, headline: Headline, body: Body, size: float, *, paywalled: bool | None
) -> PageType:
    types = {name for article in document.structured for name in article.types}
    if "LiveBlogPosting" in types:
        return PageType("live-blog", "declared a live blog")
    if document.layout is not None and document.layout.page_type:
        return PageType(document.layout.page_type, "the site profile's layout")
    if paywalled and size < 2 * BRIEF:
        return PageType("paywall-stub", "subscribers only, and little text is shown")
    kind = _media_kind(document, headline)
    if kind == "gallery" or (kind and size < BRIEF):
        return PageType(kind, f"a headline, a text and a {kind}")
    if size < BRIEF and sum(script_weight(text) >= SENTENCE for text in body.paragraphs) <= FEW:
        return PageType("brief", "a headline and a short text")
    where = {"page": "", "json-ld": ", in JSON-LD", "state": ", in embedded data"}[body.source]
    return PageType("article", f"a headline and {size:.0f} characters of text{where}")
