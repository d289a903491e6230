"""What a page says of its article in schema.org terms, whichever syntax carried it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crawler.extraction.jsonld import types_of
from crawler.extraction.text import plain, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ARTICLE_TYPES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle",
    "ReviewNewsArticle", "AskPublicNewsArticle", "SatiricalArticle", "AdvertiserContentArticle", "BlogPosting",
    "LiveBlogPosting", "Report", "Review", "CriticReview", "TechArticle", "ScholarlyArticle", "SocialMediaPosting",
    "DiscussionForumPosting", "Recipe", "HowTo", "Interview", "PodcastEpisode",
})  # fmt: skip
MEDIA_TYPES = frozenset({"ImageGallery", "MediaGallery", "VideoObject"})
"""Articles when they have what an article has: a headline and a date; else they stand beside one."""
LISTING_TYPES = frozenset(
    {"CollectionPage", "ItemList", "SearchResultsPage", "ProfilePage", "AboutPage", "ContactPage", "Blog"}
)
_NOT_NEWS = frozenset(
    {"Review", "Recipe", "HowTo", "SocialMediaPosting", "DiscussionForumPosting", "PodcastEpisode"}
)
MAX_NAMES = 40
MAX_BODY = 400_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredName:
    """A name given as author, creator, editor … of something."""

    name: str
    type: str = ""
    """Person, Organization … or empty."""
    job: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredImage:
    """A picture as the structured data describe it."""

    url: str
    caption: str = ""
    credit: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredArticle:
    """One article object; strings are plain text, empty where the page says nothing."""

    source: str
    """json-ld | microdata | state"""
    types: tuple[str, ...] = ()
    url: str = ""
    headline: str = ""
    alternative_headline: str = ""
    description: str = ""
    byline: str = ""
    """As printed; of state only."""
    authors: tuple[StructuredName, ...] = ()
    editors: tuple[StructuredName, ...] = ()
    contributors: tuple[StructuredName, ...] = ()
    publisher: str = ""
    date_published: str = ""
    date_modified: str = ""
    coverage_end: str = ""
    """Of a live blog: when it ends."""
    section: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    free: bool | None = None
    images: tuple[StructuredImage, ...] = ()
    body: str = ""
    """articleBody; line breaks kept, markup not read yet."""
    correction: str = ""
    updates: tuple[Mapping[str, Any], ...] = ()
    """liveBlogUpdate objects."""

    @property
    def is_news(self) -> bool:
        """Return whether one of the types is an article as newsrooms write it."""
        return any(name in ARTICLE_TYPES and name not in _NOT_NEWS for name in self.types)


def articles_in(items: Iterable[dict[str, Any]], source: str) -> tuple[StructuredArticle, ...]:
    """Return the article objects among *items*, those of news types first."""
    by_id = {str(item["@id"]): item for item in items if isinstance(item.get("@id"), str) and len(item) > 1}
    found = [_article(item, source, by_id) for item in items if _is_article(item)]
    found = [article for article in found if article.headline or article.body or article.date_published]
    return tuple(sorted(found, key=lambda article: not article.is_news))


def _article(item: dict[str, Any], source: str, by_id: Mapping[str, dict[str, Any]]) -> StructuredArticle:
    return StructuredArticle(
        source=source,
        types=types_of(item),
        url=_url(item.get("url")) or _url(item.get("mainEntityOfPage")),
        headline=_text(item.get("headline")) or _text(item.get("name")),
        alternative_headline=_text(item.get("alternativeHeadline")) or _text(item.get("alternateName")),
        description=_text(item.get("description")) or _text(item.get("abstract")),
        authors=_authors(item, by_id),
        editors=_names(item.get("editor"), by_id),
        contributors=_names(item.get("contributor"), by_id),
        publisher=next((name.name for name in _names(item.get("publisher"), by_id)), ""),
        date_published=_text(item.get("datePublished")) or _text(item.get("dateCreated")),
        date_modified=_text(item.get("dateModified")),
        coverage_end=_text(item.get("coverageEndTime")),
        section=_text(item.get("articleSection")),
        keywords=_keywords(item.get("keywords")),
        language=_language(item.get("inLanguage")),
        free=_free(item.get("isAccessibleForFree")),
        images=_images([item.get("image"), item.get("primaryImageOfPage"), item.get("thumbnailUrl")], by_id),
        body=_body(item),
        correction=_text(item.get("correction")),
        updates=tuple(update for update in _list(item.get("liveBlogUpdate")) if isinstance(update, dict)),
    )


def _authors(item: dict[str, Any], by_id: Mapping[str, dict[str, Any]]) -> tuple[StructuredName, ...]:
    """Return the authors, behind creators that name others where all authors are organisations."""
    authors = _names(item.get("author"), by_id)
    creators = _names(item.get("creator"), by_id)
    if not authors or not all("Organization" in author.type for author in authors):
        return authors or creators
    known = {author.name for author in authors}
    return (*(name for name in creators if name.name not in known), *authors)


def _is_article(item: dict[str, Any]) -> bool:
    types = types_of(item)
    if MEDIA_TYPES.intersection(types):
        return all(item.get(key) for key in ("headline", "datePublished"))
    return bool(ARTICLE_TYPES.intersection(types))


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    for entry in _list(value):
        if isinstance(entry, dict):
            entry = entry.get("@value") or entry.get("name") or entry.get("text")
        if isinstance(entry, (str, int, float)) and (text := plain(str(entry)[:20_000])):
            return text
    return ""


def _url(value: Any) -> str:
    for entry in _list(value):
        found = entry.get("@id") or entry.get("url") if isinstance(entry, dict) else entry
        if isinstance(found, str) and found.strip():
            return found.strip()
    return ""


def _names(value: Any, by_id: Mapping[str, dict[str, Any]]) -> tuple[StructuredName, ...]:
    names: dict[str, StructuredName] = {}
    for entry in _flat(value)[:MAX_NAMES]:
        if isinstance(entry, str):
            name = StructuredName(name=plain(entry[:500]))
        elif isinstance(entry, dict):
            known = by_id.get(str(entry.get("@id")), {}) if "name" not in entry else {}
            merged = {**known, **entry}
            given = " ".join(_text(merged.get(key)) for key in ("givenName", "familyName"))
            name = StructuredName(
                name=_text(merged.get("name")) or squash(given),
                type=next(iter(types_of(merged)), ""),
                job=_text(merged.get("jobTitle")),
            )
        else:
            continue
        if name.name and not name.name.startswith(("http://", "https://", "{")):
            names.setdefault(name.name, name)
    return tuple(names.values())


def _flat(value: Any) -> list[Any]:
    flat: list[Any] = []
    for entry in _list(value):
        if isinstance(entry, list):
            flat.extend(entry)
        elif isinstance(entry, dict) and isinstance(entry.get("name"), list):
            flat.extend({**entry, "name": name} for name in entry["name"])
        else:
            flat.append(entry)
    return flat


def _keywords(value: Any) -> tuple[str, ...]:
    words: list[str] = []
    for entry in _list(value):
        text = _text(entry)
        words.extend(text.split(",") if isinstance(value, str) else [text])
    return tuple(dict.fromkeys(word for word in map(squash, words) if word))


def _language(value: Any) -> str:
    for entry in _list(value):
        if isinstance(entry, dict):
            entry = entry.get("alternateName") or entry.get("name")
        if isinstance(entry, str) and entry.strip():
            return entry.strip()
    return ""


def _free(value: Any) -> bool | None:
    for entry in _list(value):
        if isinstance(entry, bool):
            return entry
        if isinstance(entry, str) and entry.strip().rsplit("/", 1)[-1].lower() in {"true", "false"}:
            return entry.strip().rsplit("/", 1)[-1].lower() == "true"
    return None


def _images(values: list[Any], by_id: Mapping[str, dict[str, Any]]) -> tuple[StructuredImage, ...]:
    found: dict[str, StructuredImage] = {}
    for entry in (inner for value in values for inner in _flat(value)[:50]):
        image = _image(entry, by_id)
        if image is not None:
            found.setdefault(image.url, image)
    return tuple(found.values())


def _image(entry: Any, by_id: Mapping[str, dict[str, Any]]) -> StructuredImage | None:
    if isinstance(entry, str):
        return StructuredImage(url=entry.strip()) if entry.strip() else None
    if not isinstance(entry, dict):
        return None
    merged = {**by_id.get(str(entry.get("@id")), {}), **entry}
    url = _url(merged.get("url")) or _url(merged.get("contentUrl"))
    if not url:
        return None
    credit = next(
        (
            _text(merged.get(key))
            for key in ("creditText", "author", "creator", "copyrightHolder")
            if merged.get(key)
        ),
        "",
    )
    return StructuredImage(
        url=url, caption=_text(merged.get("caption")) or _text(merged.get("description")), credit=credit
    )


def _body(item: dict[str, Any]) -> str:
    for key in ("articleBody", "reviewBody", "text"):
        for entry in _list(item.get(key)):
            if isinstance(entry, str) and entry.strip():
                return entry[:MAX_BODY]
    return ""
