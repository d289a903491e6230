"""The article that a client-rendered page carries in its scripts' state, read by the usual names of its keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from crawler.extraction.embedded import TEXT_KEYS, block_text, reads_like_text
from crawler.extraction.structured import (
    ARTICLE_TYPES,
    MAX_BODY,
    StructuredArticle,
    StructuredImage,
    StructuredName,
)
from crawler.extraction.text import plain, script_weight, squash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from crawler.extraction.blocks import Outline

EMPTY = 200
"""Weight (see *script_weight*) of text below which a page shows no article."""
FRAME = 1500
"""Weight of text, head and foot included, from which a page is no shell."""
DATED, UNDATED = 60, 400
"""Weight of text from which an object with a headline is an article, with and without a date."""
PEERS = 3
"""Objects with as much text in one list: that is a front, and none of them is the page's article."""
MAX_VALUES = 60_000
MAX_CHAIN = 5
"""How many objects around the text may be the one that has its headline."""
_HEADLINE = "headline title hed heading articletitle headlinetext name"
_STANDFIRST = "lead standfirst dek deck subtitle subheadline subheading subhead leadtext intro summary excerpt abstract description"
_BYLINE = "byline bylinetext authorline authortext"
_AUTHORS = "authors author creators creator writers writer journalists bylines byline"
_PUBLISHED = (
    "publishedat published publishedon publishdate publisheddate datepublished publicationdate firstpublishedat firstpublished "
    "firstpublishdate publishtime publishedtime pubdate publicationtime date createdat created displaydate"
)
_MODIFIED = "updatedat updated updatedate updateddate lastupdated modifiedat modified datemodified modifieddate lastmodified lastmodifieddate"
_SECTION = "section primarysection sectionname category primarycategory categoryname channel rubric department sections categories"
_TAGS = "tags keywords topics"
_IMAGES = "leadimage mainimage heroimage featuredimage coverimage image images photos gallery"
_LANGUAGE = "locale lang language languagecode inlanguage"
_URL = "canonicalurl canonical weburl permalink url link shareurl path"
_FREE = "isaccessibleforfree isfree"
_PAID = (
    "ispremium ispaid ispaywalled premium paid paywalled haspaywall islocked subscriberonly issubscriberonly"
)
_TYPE = "type contenttype articletype typename"
_CORRECTION = "correction corrections"
_NAME = "name title fullname displayname label text rendered default"
_NOT_TEXT = frozenset({
    "comments", "related", "relatedarticles", "recommended", "recommendations", "mostread", "links", "images", "photos", "gallery", "tags",
    "keywords", "topics", "authors", "sections", "categories", "breadcrumbs", "navigation", "menu", "newsletters", "promos", "description",
})  # fmt: skip
_FRAME = frozenset({"nav", "footer", "header", "cookie", "hidden"})
_KINDS = (("live", "LiveBlogPosting"), ("gallery", "ImageGallery"), ("slideshow", "ImageGallery"), ("video", "VideoObject"))  # fmt: skip


@dataclass(slots=True)
class Candidate:
    """An object with a headline and a text."""

    item: Mapping[str, Any]
    text: str
    weight: float
    siblings: int
    """Identity of the list the object stands in; 0 when it stands in none."""


def shows_no_text(outline: Outline) -> bool:
    """Return whether the page shows next to nothing outside its head, foot and menus, and little in all."""
    inside = whole = 0.0
    for block in outline.blocks:
        weight = block.weight * (1 - block.link_density)
        whole += weight
        if _FRAME.isdisjoint(block.box.within):
            inside += weight
        if inside >= EMPTY or whole >= FRAME:
            return False
    return True


def find_state_article(states: Iterable[tuple[str, Any]], url: str) -> StructuredArticle | None:
    """Return the article of the page at *url* in the JSON *states*: the object with the longest running text.

    An object that names the page's own address comes first. None where no object has both a headline and a
    text, and where several objects of one list have as much: a front.
    """
    found = [candidate for _, state in states for candidate in _candidates(state)]
    own = [candidate for candidate in found if _names_page(candidate.item, url)]
    best = max(own or found, key=lambda candidate: candidate.weight, default=None)
    if best is None:
        return None
    alike = [c for c in found if c.siblings == best.siblings and 3 * c.weight > best.weight]
    if not own and best.siblings and len(alike) >= PEERS:
        return None
    return _article(best)


def _candidates(state: Any) -> list[Candidate]:
    references = _references(state)
    stack: list[tuple[Any, tuple[Mapping[str, Any], ...], int]] = [(state, (), 0)]
    lists: dict[int, int] = {}
    found: dict[int, Candidate] = {}
    for _ in range(MAX_VALUES):
        if not stack:
            break
        value, chain, siblings = stack.pop()
        if isinstance(value, list):
            stack.extend((inner, chain, id(value)) for inner in value if isinstance(inner, (dict, list)))
        elif isinstance(value, dict):
            lists[id(value)] = siblings
            chain = (*chain, value)[-MAX_CHAIN:]
            stack.extend((inner, chain, 0) for inner in value.values() if isinstance(inner, (dict, list)))
            text = _text(value)
            item = _titled(chain) if text else None
            if item is not None:
                weight = script_weight(text)
                values = _Values(item, references)
                known = found.get(id(item))
                if weight >= (DATED if values.words(_PUBLISHED) else UNDATED) and (
                    known is None or weight > known.weight
                ):
                    found[id(item)] = Candidate(values.by_name, text, weight, lists.get(id(item), 0))
    return list(found.values())


def _titled(chain: Sequence[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """Return the innermost object of *chain* with a headline, rather one that also has a date or an author."""
    titled = [item for item in reversed(chain) if len(_Values(item).words(_HEADLINE)) > 1]
    known = (item for item in titled if _Values(item).any(f"{_PUBLISHED} {_AUTHORS}"))
    return next(known, titled[0] if titled else None)


def _text(item: Mapping[str, Any]) -> str:
    """Return the longest running text right under *item*: one string, or the paragraphs of a list of blocks."""
    best, best_weight = "", 0.0
    for key, value in item.items():
        if _folded(key) in _NOT_TEXT:
            continue
        text = ""
        if (
            isinstance(value, str)
            and key in TEXT_KEYS
            and script_weight(value) > 20
            and reads_like_text(value)
        ):
            text = value[:MAX_BODY]
        elif isinstance(value, list):
            text = _of_list(value)
        if text and (weight := script_weight(text)) > best_weight:
            best, best_weight = text, weight
    return best


def _of_list(blocks: list[Any]) -> str:
    texts = [_of_block(block) for block in blocks[:2000]]
    texts = [text for text in texts if text]
    weight = sum(map(script_weight, texts))
    return "\n\n".join(texts)[:MAX_BODY] if weight > 30 * len(texts) else ""


def _of_block(block: Any) -> str:
    if isinstance(block, str):
        return (
            plain(block[:20_000]) if script_weight(block) > 20 and not block.startswith(("http", "/")) else ""
        )
    if not isinstance(block, dict):
        return ""
    names = {_folded(key) for key in block}
    is_teaser = names & {"title", "headline"} and names & {"url", "href", "link", "slug", "path", "permalink"}
    return "" if is_teaser else block_text(block)


def _references(state: Any) -> dict[str, Any]:
    """Return the objects of a normalised cache (Apollo and its like) by the keys others refer to them with."""
    found: dict[str, Any] = {}
    level = [state]
    for _ in range(4):
        inner: list[Any] = []
        for value in level[:50]:
            if isinstance(value, dict):
                found.update(
                    {
                        key: item
                        for key, item in value.items()
                        if isinstance(item, dict) and "__typename" in item
                    }
                )
                inner.extend(value.values())
        level = [value for value in inner if isinstance(value, dict) and "__typename" not in value]
    return found


def _folded(key: str) -> str:
    return re.sub(r"[-_]|\(.*", "", key).lower()


class _Values:
    """An object's values by their folded names, references followed."""

    def __init__(self, item: Mapping[str, Any], references: Mapping[str, Any] | None = None) -> None:
        self._references = references or {}
        self.by_name: dict[str, Any] = {}
        for key, value in item.items():
            self.by_name.setdefault(_folded(key), self._followed(value))

    def _followed(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._followed(inner) for inner in value[:100]]
        if isinstance(value, dict) and isinstance(value.get("__ref"), str):
            return self._references.get(value["__ref"], value)
        return value

    def any(self, names: str) -> bool:
        return any(self.by_name.get(name) for name in names.split())

    def words(self, names: str) -> str:
        return next((text for name in names.split() if (text := _words(self.by_name.get(name)))), "")


def _words(value: Any) -> str:
    """Return the words of a string, of a number, of an object that has a name, or of the first of a list."""
    if isinstance(value, (list, tuple)):
        return next((text for text in map(_words, value[:5]) if text), "")
    if isinstance(value, dict):
        return _Values(value).words(_NAME) if len(value) < 200 else ""
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return plain(str(value)[:20_000])
    return ""


def _names_page(item: Mapping[str, Any], url: str) -> bool:
    path = urlsplit(url).path.rstrip("/")
    last = path.rsplit("/", 1)[-1]
    for name in _URL.split():
        given = item.get(name)
        if isinstance(given, str) and path and urlsplit(given).path.rstrip("/") == path:
            return True
    return any(
        isinstance(item.get(name), (str, int))
        and len(last) > 3
        and str(item[name]) in {last, last.rsplit("-", 1)[-1]}
        for name in ("slug", "id", "articleid")
    )


def _article(candidate: Candidate) -> StructuredArticle:
    values = _Values(candidate.item)
    names = _people(values)
    return StructuredArticle(
        source="state",
        types=_types(values),
        url=values.words(_URL) if values.words(_URL).startswith(("http", "/")) else "",
        headline=values.words(_HEADLINE),
        description=values.words(_STANDFIRST),
        byline=next((text for name in _BYLINE.split() if (text := _line(candidate.item.get(name)))), ""),
        authors=tuple(StructuredName(name=name) for name in names),
        date_published=values.words(_PUBLISHED),
        date_modified=values.words(_MODIFIED),
        section=values.words(_SECTION),
        keywords=_listed(candidate.item, _TAGS),
        language=values.words(_LANGUAGE),
        free=_free(candidate.item),
        images=tuple(_images(candidate.item)),
        body=candidate.text,
        correction=values.words(_CORRECTION),
    )


def _line(value: Any) -> str:
    return plain(value[:2_000]) if isinstance(value, str) else ""


def _people(values: _Values) -> list[str]:
    """Return the authors' names: of strings, of objects with a name or with the parts of one."""
    for key in _AUTHORS.split():
        value = values.by_name.get(key)
        found = [_person(entry) for entry in (value if isinstance(value, list) else [value])]
        if any(found):
            return list(dict.fromkeys(name for name in found if name and not name.startswith("http")))
    return []


def _person(entry: Any) -> str:
    if not isinstance(entry, dict):
        return _words(entry)
    values = _Values(entry)
    inner = next(
        (entry[key] for key in ("author", "person", "node") if isinstance(entry.get(key), dict)), None
    )
    parts = squash(f"{values.words('firstname givenname')} {values.words('lastname familyname')}")
    return values.words("name fullname displayname title") or parts or (_person(inner) if inner else "")


def _types(values: _Values) -> tuple[str, ...]:
    named = values.words(_TYPE)
    if named in ARTICLE_TYPES:
        return (named,)
    said = named.lower()
    return ("NewsArticle", *(kind for word, kind in _KINDS if word in said))


def _listed(item: Mapping[str, Any], names: str) -> tuple[str, ...]:
    for name in names.split():
        value = item.get(name)
        entries = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
        found = [text for text in map(_words, entries[:60]) if text]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _free(item: Mapping[str, Any]) -> bool | None:
    flags = [item[name] for name in _FREE.split() if isinstance(item.get(name), bool)]
    flags += [not item[name] for name in _PAID.split() if isinstance(item.get(name), bool)]
    return all(flags) if flags else None


def _images(item: Mapping[str, Any]) -> Iterator[StructuredImage]:
    seen: set[str] = set()
    for name in _IMAGES.split():
        value = item.get(name)
        for entry in (value if isinstance(value, list) else [value])[:60]:
            image = _image(entry)
            if image is not None and image.url not in seen:
                seen.add(image.url)
                yield image


def _image(entry: Any) -> StructuredImage | None:
    if isinstance(entry, str):
        return StructuredImage(url=entry) if entry.startswith(("http", "/")) else None
    if not isinstance(entry, dict):
        return None
    values = _Values(entry)
    url = values.words("url src href source imageurl originalurl")
    if not url.startswith(("http", "/")):
        return None
    return StructuredImage(
        url=url,
        caption=values.words("caption captiontext title description"),
        credit=values.words("credit credits credittext byline photographer copyright"),
        alt=values.words("alt alttext"),
    )
