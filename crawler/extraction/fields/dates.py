"""When the article was published and changed, with the page's words and the place they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree

from archive.model import DatedValue
from crawler.extraction.country_zones import zone_of_country
from crawler.extraction.fields.selected import selected
from crawler.extraction.text import squash
from crawler.extraction.tree import elements_at, text_of
from crawler.extraction.when import Moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from crawler.extraction.blocks import Block
    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "article.published", "article:published", "datepublished", "date_published", "publish-date", "publishdate", "published-date", "pubdate", "publication_date",
    "publicationdate", "article_date_original", "originalpublicationdate", "dc.date.issued", "dcterms.issued", "ptime", "publish_date",
    "displaydate", "rnews:datepublished", "itemprop:datepublished", "last-publish-date", "bt:pubdate", "cre-date", "article-publication-date", "og:pubdate", "article:published:time", "article:published",
)  # fmt: skip
WEAK_META = (
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "date",
    "created",
    "itemprop:datecreated",
    "og:release_date",
    "video:release_date",
)
"""Names that content systems also fill with the date of the file: what readers see near the headline comes first."""
MODIFIED_META = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article.updated", "datemodified", "date_modified", "lastmod", "last-modified", "dcterms.modified",
    "dc.date.modified", "itemprop:datemodified", "revised", "article:updated_time", "last_updated", "updated_time", "modified",
)  # fmt: skip
_DATES = etree.XPath("descendant::*[@itemprop='datePublished']")
_MODIFIED_WORDS = re.compile(
    r"updated?|modified|aktualisiert|stand|geändert|mis à jour|modifié|actualizad|atualizad|aggiornat|aktualizac|bijgewerkt|opdateret|oppdatert|uppdaterad|päivitetty|güncelle|обновлен|更新|수정|última",
    re.IGNORECASE,
)
_IN_URL = re.compile(
    r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[/_-]|$)|(?<!\d)(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d{2})-(\d{2})-(\d{2})(?!\d)|/(20\d{2})/(\d{2})(\d{2})/"
)
_DATE_SHAPE = re.compile(r"\d{4}|\d{1,2}[./-]\d{1,2}[./-]\d{2}")
NEAR_BEFORE, NEAR_AFTER = 12, 20
"""Blocks around the headline that may hold its date."""
MAX_TIMES = 60
NO_OFFSET = timedelta(0)
BEFORE_VALUE = 60
"""Characters before an attribute's value in which its name stands, whatever spaces are between."""
MAX_LINE = 200
MAX_LINES = 60
_AWAY = frozenset({"related", "comment", "promo", "ad", "footer", "caption", "fact", "cookie"})


_TRUST = {
    "profile": 0.98,
    "json-ld": 0.95,
    "microdata": 0.95,
    "meta": 0.92,
    "state": 0.9,
    "time": 0.9,
    "text": 0.85,
    "url": 0.7,
}
"""Confidence by where a date stands. On the corpora the places are right on the day in .93, .91, .89, -, .97, .93 of the pages
(json-ld, microdata, meta, -, time, text; people's truths, some of them wrong): near enough to each other that only the order is claimed."""
_NOT_ITS_OWN, _OTHERWISE = 0.6, 0.7
"""Factors: for a publication that is only known by its last change; where the address says another day."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A date the page gives, not yet chosen."""

    raw: str
    moment: Moment
    found_in: str
    zone_from: str | None = None

    def dated(self, confidence: float = 1.0) -> DatedValue:
        """Return the record that goes into the article."""
        return DatedValue(
            value=self.moment.iso,
            raw=self.raw,
            found_in=self.found_in,
            zone_from=self.zone_from,
            confidence=round(_TRUST.get(self.found_in, 0.9) * confidence, 3),
        )


def read_dates(document: Document, headline_at: int) -> tuple[DatedValue | None, DatedValue | None]:
    """Return (published, modified); the offset is the page's, else of the profile's zone, else of the country's one civil time.

    The time of the capture never stands in for either. ``zone_from`` and ``confidence`` say how sure each is.
    """
    published = _choose(_published(document, headline_at))
    modified = _choose(_modified(document))
    own = 1.0
    if published is None:
        published, modified, own = modified, None, _NOT_ITS_OWN
    if modified and published and (modified.moment.day < published.moment.day):
        modified = None
    if published and _address_says_otherwise(document, published):
        own *= _OTHERWISE
    return (published.dated(own) if published else None, modified.dated() if modified else None)


def _address_says_otherwise(document: Document, published: Candidate) -> bool:
    """Return whether a day in the address is more than one away from *published*: a night or a time zone may lie between."""
    said = candidate(document, _url_date(document.url), "url")
    return said is not None and abs((said.moment.day - published.moment.day).days) > 1


def date_candidates(document: Document, headline_at: int) -> tuple[list[Candidate], list[Candidate]]:
    """Return all dates that could be (published, modified), in the order in which they are believed; at most 40 each."""
    return list(islice(_published(document, headline_at), 40)), list(islice(_modified(document), 40))


def candidate(document: Document, raw: str | None, found_in: str) -> Candidate | None:
    """Return the date in *raw* read by the profile's order and zone, or None.

    What the page gives in UTC is told by the clock of the profile's or the country's zone: the same instant, and the day
    that readers saw. In Tokyo half of all mornings would be the day before.
    """
    raw = squash(raw)
    if not raw:
        return None
    profile, layout = document.profile, document.layout
    order = (
        (layout.date_order if layout else None)
        or (profile.date_order if profile else None)
        or _order_of(document)
    )
    moment = read_moment(raw, order=order, now=document.page.captured_at)
    if moment is None:
        return None
    if moment.clock is None:
        return Candidate(raw, moment, found_in)
    own_zone = profile.zone if profile else None
    zone = own_zone or zone_of_country(document.url)
    if moment.offset is not None:
        is_utc = zone is not None and moment.offset.utcoffset(None) == NO_OFFSET
        return Candidate(raw, moment.on_the_clock_of(zone) if zone and is_utc else moment, found_in, "page")
    if zone is None:
        return Candidate(raw, moment, found_in)
    return Candidate(raw, moment.in_zone(zone), found_in, "profile" if own_zone else "country")


def _order_of(document: Document) -> str | None:
    """Return the order usual where the page says it is from: month first in the United States and the Philippines."""
    locale = (
        (
            document.meta.first("og:locale")
            or (document.root.get("lang") if document.root is not None else None)
            or ""
        )
        .lower()
        .replace("_", "-")
    )
    return "mdy" if locale in {"en-us", "en-ph"} else None


def _choose(candidates: Iterable[Candidate]) -> Candidate | None:
    """Return the first candidate, or one of the same day that says more (a time, an offset)."""
    best: Candidate | None = None
    for found in candidates:
        if best is None or (_says(found) > _says(best) and _agrees(found.moment, best.moment)):
            best = found
        if _says(best) == 3:
            break
    return best


def _says(found: Candidate) -> int:
    """Return 0 for a day, 1 with a time, 2 with the offset that the country has then, 3 with one that the page or its profile gives."""
    return found.moment.precision + (found.zone_from in {"page", "profile"})


def _agrees(fuller: Moment, shorter: Moment) -> bool:
    if fuller.day != shorter.day:
        return False
    return shorter.clock is None or (fuller.clock is not None and fuller.clock.minute == shorter.clock.minute)


def _published(document: Document, headline_at: int) -> Iterator[Candidate]:
    raws: list[tuple[str | None, str]] = [
        (_machine_or_words(element), "profile") for element in selected(document, "published")
    ]
    raws += [(article.date_published, article.source) for article in document.structured if article.is_news]
    raws += [(raw, "meta") for name in PUBLISHED_META[:2] for raw in document.meta.raw(name)]
    raws += [
        (article.date_published, article.source) for article in document.structured if not article.is_news
    ]
    raws += [(raw, "meta") for name in PUBLISHED_META[2:] for raw in document.meta.raw(name)]
    raws += [
        (item.get("datePublished"), "json-ld")
        for item in document.json_ld
        if isinstance(item.get("datePublished"), str)
    ]
    yield from _read(document, raws)
    yield from _read(document, _properties(document))
    blocks = document.outline.blocks
    yield from _near_headline(document, blocks[headline_at : headline_at + NEAR_AFTER])
    yield from _read(document, [(raw, "meta") for name in WEAK_META for raw in document.meta.raw(name)])
    yield from _near_headline(document, blocks[max(0, headline_at - NEAR_BEFORE) : headline_at][::-1])
    yield from _read(document, [(_url_date(document.url), "url")])
    yield from _elsewhere(document, headline_at)


def _modified(document: Document) -> Iterator[Candidate]:
    raws: list[tuple[str | None, str]] = [
        (_machine_or_words(element), "profile") for element in selected(document, "modified")
    ]
    raws += [(article.date_modified, article.source) for article in document.structured]
    raws += [(raw, "meta") for name in MODIFIED_META for raw in document.meta.raw(name)]
    return _read(document, raws)


def _read(document: Document, raws: Iterable[tuple[str | None, str]]) -> Iterator[Candidate]:
    for raw, found_in in raws:
        found = candidate(document, raw, found_in)
        if found:
            yield found


def _machine_or_words(element: object) -> str:
    get = getattr(element, "get", lambda _: None)
    return get("datetime") or get("content") or text_of(element)  # type: ignore[arg-type]


def _properties(document: Document) -> Iterator[tuple[str | None, str]]:
    """Yield datePublished properties that stand outside any item."""
    if document.root is None or not _names_property(document.text):
        return
    for element in elements_at(document.root, _DATES):
        yield element.get("content") or element.get("datetime") or text_of(element)[:200], "microdata"


def _names_property(source: str) -> bool:
    """Return whether *source* may hold a datePublished property; looking costs less than asking the whole tree."""
    at = source.find("datePublished")
    while at >= 0:
        if "itemprop" in source[max(0, at - BEFORE_VALUE) : at]:
            return True
        at = source.find("datePublished", at + 1)
    return False


def _near_headline(document: Document, blocks: list[Block]) -> Iterator[Candidate]:
    """Yield the dates that readers see in *blocks*, nearest first: time elements, lines named dates, lines that are mostly date."""
    near = [block for block in blocks if not _is_away(block)]
    yield from _of_times(document, near, inside=True)
    for wanted in (_is_date_line, _is_mostly_date):
        for block in near:
            if len(block.text) < MAX_LINE and _DATE_SHAPE.search(block.text) and wanted(block):
                raw = _published_part(block.text)
                found = candidate(document, raw, "text")
                if found:
                    yield found


def _elsewhere(document: Document, headline_at: int) -> Iterator[Candidate]:
    """Yield dates that stand farther off: other time elements, then short dated lines behind the headline."""
    blocks = [
        block
        for block in document.outline.blocks
        if len(block.text) < MAX_LINE and _DATE_SHAPE.search(block.text)
    ]
    blocks.sort(key=lambda block: (_is_away(block), block.position < headline_at))
    yield from _of_times(document, document.outline.blocks, inside=False)
    for wanted in (_is_date_line, _is_mostly_date):
        for block in blocks[:MAX_LINES]:
            if wanted(block):
                found = candidate(document, _published_part(block.text), "text")
                if found:
                    yield found


def _is_away(block: Block) -> bool:
    return any(box.hints & _AWAY for box in block.box.ancestors()[:6])


def _is_mostly_date(block: Block) -> bool:
    """Return whether a line is a date with few words around it, not a sentence that mentions one."""
    digits = sum(c.isdigit() for c in block.text)
    return digits >= 0.12 * len(block.text) or len(block.text) < 40


def _of_times(document: Document, near: list[Block], *, inside: bool) -> Iterator[Candidate]:
    """Yield the dates of time elements in (or out of) the boxes of *near*, those of updates last."""
    times = document.tagged("time")[:MAX_TIMES]
    if not times:
        return
    distance = {
        box.element: rank
        for rank, block in reversed(list(enumerate(near)))
        for box in block.box.ancestors()[:2]
    }
    found: list[tuple[bool, int, Element]] = []
    for count, element in enumerate(times):
        rank = distance.get(element.getparent())
        own = rank is not None or element.get("pubdate") is not None
        if own is inside:
            names = f"{element.get('class')} {element.get('itemprop')}".lower()
            found.append(("modif" in names or "updat" in names, rank if rank is not None else count, element))
    for _, _, element in sorted(found, key=lambda entry: entry[:2]):
        read = candidate(document, element.get("datetime"), "time") or candidate(
            document, text_of(element), "time"
        )
        if read:
            yield read


def _is_date_line(block: Block) -> bool:
    hinted = any("date" in box.hints or "byline" in box.hints for box in block.box.ancestors()[:3])
    return hinted or bool(block.inline_hints & {"date", "byline"})


def _published_part(text: str) -> str:
    """Return *text* up to where it starts to speak of an update, when a date stands before that."""
    match = _MODIFIED_WORDS.search(text)
    if match and _DATE_SHAPE.search(text[: match.start()]):
        return text[: match.start()]
    return text


def _url_date(url: str) -> str | None:
    match = _IN_URL.search(url)
    if match is None:
        return None
    groups = [group for group in match.groups() if group]
    return "-".join(groups[:3])
