"""Pages as nobody should write them, made from a page's real parts: for tests with hypothesis and for fuzzing."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import strategies as st

from archive.model import Page

CAPTURED = datetime(2026, 11, 1, 8, tzinfo=UTC)
WORDS = (
    "Storm reaches the harbour", "By Ana Prado", "LISBON (AFP) —", "Reuters contributed to this report.", "Foto: Jan Kok/dpa",
    "Correction: an earlier version named the wrong pier.", "404", "Page not found", "2026-02-31T25:61:61+99:99", "31/02/2026",
    "令和8年11月1日", "۱۴۰۵/۰۸/۱۰", "١ نوفمبر ٢٠٢٦", "0000-00-00", "9999-12-31T23:59:59Z", "-1", "1e400", "NaN", "\u202eabc\u202c", "\ufeff",
    "\ud800", "\udfff", "\x00", "\x0b\x1b[2J", "a" * 3000, "ö" * 500, "🜂" * 200, "&#0;&#xD800;&#x110000;&#99999999999;", "]]>", "-->",
    "<!--", "</script>", "<![CDATA[", "&lt;p&gt;", "%00%ff", "javascript:void(0)", "data:text/html,x", "http://[", "//", "?", "#",
    "http://a.example:99999999/", "https://www.herald.example/2026/storm", "../../../..", "\n\n\n", "\u2028", "\u00ad\u200b\u200d",
)  # fmt: skip
TYPES = ("NewsArticle", "LiveBlogPosting", "Person", "Organization", "ImageObject", "VideoObject", "WebPage", "BreadcrumbList",
         "CollectionPage", "Product", "Nothing")  # fmt: skip
KEYS = (
    "@type", "@id", "@graph", "@context", "headline", "alternativeHeadline", "description", "articleBody", "author", "creator", "name",
    "datePublished", "dateModified", "dateCreated", "image", "url", "contentUrl", "caption", "creditText", "publisher", "logo",
    "mainEntityOfPage", "isAccessibleForFree", "hasPart", "cssSelector", "keywords", "articleSection", "inLanguage", "liveBlogUpdate",
    "itemListElement", "position", "item", "sameAs", "contributor", "copyrightHolder", "thumbnailUrl", "video", "editor",
)  # fmt: skip
TAGS = (
    "p", "div", "article", "section", "main", "h1", "h2", "h3", "span", "a", "ul", "li", "ol", "blockquote", "figure", "figcaption",
    "img", "picture", "source", "table", "tr", "td", "time", "address", "header", "footer", "aside", "nav", "form", "input", "button",
    "script", "style", "noscript", "template", "svg", "math", "iframe", "video", "br", "hr", "pre", "title", "meta", "link", "base",
    "amp-img", "body", "html", "head", "frameset", "plaintext", "select", "option", "dl", "dt", "dd", "b", "em", "x-y:z", "details",
)  # fmt: skip
ATTRIBUTES = (
    "class", "id", "itemprop", "itemtype", "itemscope", "property", "content", "name", "rel", "href", "src", "srcset", "data-src", "alt",
    "datetime", "lang", "dir", "style", "hidden", "aria-label", "title", "typeof", "vocab", "http-equiv", "charset", "type", "role",
)  # fmt: skip
VALUES = (
    "articleBody", "article", "headline", "byline author", "entry-content", "caption credit", "og:title", "og:type", "og:image", "author",
    "article:published_time", "canonical", "amphtml", "alternate", "datePublished", "http://schema.org/NewsArticle", "content-type",
    "text/html; charset=utf-16", "application/ld+json", "__NEXT_DATA__", "display:none", "paywall", "rtl", "zh-Hant", "refresh",
)  # fmt: skip
CHARSETS = ("", "utf-8", "utf-16", "utf-16le", "utf-7", "utf-32", "latin-1", "windows-1251", "shift_jis", "euc-kr", "gb18030", "big5",
            "iso-2022-jp", "x-user-defined", "nonsense", "rot13", "base64", "idna", "\x00")  # fmt: skip

words = st.one_of(
    st.sampled_from(WORDS),
    st.text(max_size=30),
    st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, categories=None), max_size=12),
)
sentences = st.lists(words, max_size=4).map(" ".join)
scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    sentences,
    st.sampled_from(TYPES),
    st.sampled_from(VALUES),
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=8),
    max_leaves=20,
)


def _written(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@st.composite
def structured_data(draw: st.DrawFn) -> str:
    """Return a script with JSON in it: whole, cut, doubled, commented, or a state of some framework."""
    text = _written(draw(values))
    if draw(st.booleans()):
        article = draw(st.dictionaries(st.sampled_from(KEYS), values, max_size=10))
        text = _written({"@context": "https://schema.org", "@type": draw(st.sampled_from(TYPES))} | article)
    damage = draw(st.integers(0, 7))
    if damage == 1:
        text = text[: draw(st.integers(0, len(text)))]
    elif damage == 2:
        text = f"/* {text} */ <!-- {text} //--> ;"
    elif damage == 3:
        text = text.replace("}", ',"headline":"again","headline":1,}', 2)
    elif damage == 4:
        text = "[" * draw(st.integers(0, 3000)) + text
    elif damage == 5:
        text = text.replace('"', "'").replace(":", "=")
    kinds = (
        'type="application/ld+json"',
        'id="__NEXT_DATA__" type="application/json"',
        "",
        'type="text/x-template"',
    )
    opening = ("", "window.__STATE__ = ", "window.__NUXT__=(function(a){return ", "self.__next_f.push([1,")
    return f"<script {draw(st.sampled_from(kinds))}>{draw(st.sampled_from(opening))}{text}</script>"


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    """Return an element, perhaps never closed, perhaps closed as another."""
    tag = draw(st.sampled_from(TAGS))
    attributes = "".join(
        f" {name}={quote}{value}{quote}"
        for name, value, quote in draw(
            st.lists(
                st.tuples(
                    st.sampled_from(ATTRIBUTES),
                    st.sampled_from(VALUES) | sentences,
                    st.sampled_from(("'", '"', "")),
                ),
                max_size=4,
            )
        )
    )
    inside = draw(sentences)
    if depth < 4:
        inside += "".join(draw(st.lists(elements(depth + 1) | sentences, max_size=3)))
    closed = draw(st.sampled_from((f"</{tag}>", f"</{tag}>", f"</{tag}>", "", "</div>", "</", "/>")))
    return f"<{tag}{attributes}>" * draw(st.sampled_from((1, 1, 1, 1, 2, 300))) + inside + closed


@st.composite
def sound_parts(draw: st.DrawFn) -> str:
    """Return what makes a page an article, so that all its fields are read."""
    paragraph = "<p>The harbour was closed for the night, and nobody was hurt when the wall gave way. {}</p>"
    head = "<meta property=og:type content=article><meta property=article:published_time content='{}'>"
    return (
        head.format(draw(st.sampled_from(("2026-11-01T07:00:00+01:00", "0001-01-01", "31.11.2026", ""))))
        + f"<article><h1>{draw(sentences)}</h1><p class=byline>{draw(sentences)}</p>"
        + "".join(paragraph.format(draw(sentences)) for _ in range(draw(st.integers(0, 5))))
        + f"<figure><img src='{draw(words)}' alt='{draw(words)}'><figcaption>{draw(sentences)}</figcaption></figure></article>"
    )


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Return a captured page."""
    parts = draw(st.lists(st.one_of(structured_data(), elements(), sound_parts(), sentences), max_size=6))
    text = draw(
        st.sampled_from(("<!doctype html>", "<?xml version='1.0' encoding='{}'?>", "", "\ufeff"))
    ) + "".join(parts)
    charset = draw(st.sampled_from(CHARSETS))
    try:
        payload = text.encode(
            draw(st.sampled_from(("utf-8", "utf-16", "latin-1", charset or "utf-8"))), "surrogatepass"
        )
    except (LookupError, ValueError, TypeError, AttributeError):
        payload = text.encode("utf-8", "surrogatepass")
    if draw(st.booleans()):
        payload = payload[: draw(st.integers(0, len(payload)))] + draw(st.binary(max_size=8))
    kind = draw(
        st.sampled_from(
            (
                "text/html",
                "text/html",
                "text/html",
                "application/xhtml+xml",
                "text/plain",
                "",
                "application/json",
            )
        )
    )
    headers = (("Content-Type", kind + (f"; charset={charset}" if charset else "")),)
    url = "https://www.herald.example/" + draw(
        st.sampled_from(("", "2026/storm", "a?b=c", "%00", "é/中", "gallery/1"))
    )
    return Page(url=url, captured_at=CAPTURED, headers=headers, payload=payload)
