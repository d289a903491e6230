"""Articles out of a site's JSON, by the mapping in its profile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.model import Article
from crawler.extraction.credits.page import find_attributions, merge_credits, split_opening, split_tail
from crawler.extraction.credits.reading import read_credits
from crawler.extraction.embedded import paragraphs_of
from crawler.extraction.fields.byline import clean_byline
from crawler.extraction.fields.dates import candidate
from crawler.extraction.fields.images import image_from
from crawler.extraction.fields.language import DECLARED, direction_of, read_language
from crawler.extraction.fields.publisher import outlet_names
from crawler.extraction.requisites import absolute
from crawler.extraction.text import plain, squash

if TYPE_CHECKING:
    from archive.model import Image
    from crawler.extraction.document import Document
    from crawler.profiles import Api

MAX_MARKUP = 2_000_000


def article_from_json(document: Document) -> Article:
    """Return the article in a JSON page, read by the profile's ``[api]``; no article without such a mapping."""
    api = document.profile.api if document.profile else None
    if document.page.status >= 400:
        return _nothing(document, "error", f"HTTP status {document.page.status}")
    if api is None or not api.url.search(document.url) or not isinstance(document.json, dict):
        return _nothing(document, "other", "JSON that no site profile maps to an article")
    values = {name: value_at(document.json, path) for name, path in api.fields.items()}
    if api.missing_date and values.get("published") == api.missing_date:
        return _nothing(document, "error", f"the date {api.missing_date} means that there is no such article")
    if not values.get("headline") or not values.get("body"):
        return _nothing(document, "other", "JSON without a headline and a text")
    return _article(document, api, values)


def value_at(value: Any, path: str) -> Any:
    """Return what stands at *path* (keys and list positions joined by dots), or None.

    >>> value_at({"image": [{"src": "a.jpg"}]}, "image.0.src")
    'a.jpg'
    """
    for key in path.split("."):
        if isinstance(value, dict):
            value = value.get(key)
        elif isinstance(value, list) and key.isdigit() and int(key) < len(value):
            value = value[int(key)]
        else:
            return None
    return value


def _nothing(document: Document, page_type: str, reason: str) -> Article:
    return Article(url=document.url, is_article=False, page_type=page_type, reason=reason)


def _words(value: Any) -> str | None:
    return plain(str(value)) or None if isinstance(value, (str, int, float)) else None


def _article(document: Document, api: Api, values: dict[str, Any]) -> Article:
    profile = document.profile
    paragraphs = paragraphs_of(str(values["body"])[:MAX_MARKUP])
    spoken = read_language(document, " ".join(paragraphs[:20]))
    given = _words(values.get("language"))
    language = given or spoken.tag
    outlets = outlet_names(document)
    byline = squash(_words(values.get("byline"))) or None
    visible = read_credits(byline, "byline", language=language, outlets=outlets).credits if byline else ()
    opening = split_opening(paragraphs[0] if paragraphs else "", language=language, outlets=outlets)
    tail = split_tail(paragraphs, language=language, outlets=outlets)
    published = candidate(document, _words(values.get("published")), "json-ld")
    modified = candidate(document, _words(values.get("modified")), "json-ld")
    size = sum(map(len, paragraphs))
    return Article(
        url=document.url,
        is_article=True,
        page_type="article" if size >= 500 else "brief",
        reason=f"the site's JSON with a headline and {size} characters of text",
        canonical_url=_public_url(api, values),
        headline=_words(values["headline"]),
        standfirst=_words(values.get("standfirst")),
        byline_raw=byline,
        byline=clean_byline(byline),
        credits=merge_credits(visible, (), opening.credits, tail.credits),
        credit_lines=tail.credit_lines,
        attributions=find_attributions(tail.body, language=language),
        dateline_raw=opening.dateline_raw,
        dateline=opening.places,
        date_published=published.dated() if published else None,
        date_modified=modified.dated() if modified else None,
        section=_words(values.get("section")),
        tags=tuple(filter(None, map(_words, values["tags"]))) if isinstance(values.get("tags"), list) else (),
        language=language,
        language_confidence=DECLARED if given else spoken.confidence,
        direction=direction_of(language),
        publisher=profile.publisher if profile else None,
        images=_images(document, values, language, outlets),
        body=tail.body,
    )


def _public_url(api: Api, values: dict[str, Any]) -> str | None:
    if not api.public_url:
        return None
    try:
        return api.public_url.format(
            **{name: value for name, value in values.items() if isinstance(value, (str, int))}
        )
    except (KeyError, IndexError, ValueError):
        return None


def _images(
    document: Document, values: dict[str, Any], language: str | None, outlets: tuple[str, ...]
) -> tuple[Image, ...]:
    url = absolute(_words(values.get("image")), document.url)
    if url is None:
        return ()
    caption, credit = _words(values.get("caption")) or "", _words(values.get("credit")) or ""
    return (image_from(url=url, alt="", caption=caption, credit=credit, language=language, outlets=outlets),)
