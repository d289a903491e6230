"""All fields of a page put together: the way from a document to an article."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.model import Article, Credit
from crawler.extraction.api import article_from_json
from crawler.extraction.credits.agencies import agency_table
from crawler.extraction.credits.page import find_attributions, merge_credits, split_tail
from crawler.extraction.credits.reading import read_credits
from crawler.extraction.credits.rights import rights_of
from crawler.extraction.fields.body import Body, find_text_container, read_blocks, read_body
from crawler.extraction.fields.byline import Byline, clean_byline, read_byline, without_date
from crawler.extraction.fields.canonical import read_canonical, read_other_urls
from crawler.extraction.fields.copyright_notice import read_copyright
from crawler.extraction.fields.corrections import read_notices
from crawler.extraction.fields.coverage import read_coverage_end
from crawler.extraction.fields.dates import read_dates
from crawler.extraction.fields.genre import read_genre
from crawler.extraction.fields.headline import Headline, read_headline
from crawler.extraction.fields.images import read_images
from crawler.extraction.fields.kicker import read_kicker
from crawler.extraction.fields.language import direction_of, read_language
from crawler.extraction.fields.media import read_alternates, read_media
from crawler.extraction.fields.opening import read_opening
from crawler.extraction.fields.paywalled import read_paywalled
from crawler.extraction.fields.publisher import outlet_names, read_masthead, read_publisher
from crawler.extraction.fields.reservations import read_reservations
from crawler.extraction.fields.section import breadcrumb, read_section
from crawler.extraction.fields.standfirst import read_standfirst
from crawler.extraction.fields.tags import read_tags
from crawler.extraction.page_type import read_page_type
from crawler.extraction.text import fold
from crawler.extraction.typed_blocks import count_left_out
from crawler.extraction.wellformed import well_formed

if TYPE_CHECKING:
    from crawler.extraction.document import Document
    from crawler.extraction.tree import Element


def extract_article(document: Document) -> Article:
    """Return what the page says as an article; ``is_article`` and ``reason`` tell whether it is one.

    Pure: the same document gives the same article. Never fails on bad input; what cannot be read is absent. Every
    text in it can be written as UTF-8.
    """
    article = article_from_json(document) if document.json is not None else _article_from_page(document)
    return well_formed(replace(article, rights=rights_of(article)))


def _article_from_page(document: Document) -> Article:
    headline = read_headline(document)
    container = find_text_container(document, headline)
    standfirst = read_standfirst(document, headline, container)
    byline = read_byline(document, headline)
    body = read_body(document, headline, standfirst, container, (byline.raw,) if byline.raw else ())
    spoken = read_language(document, " ".join(body.paragraphs[:20]))
    language = spoken.tag
    outlets = outlet_names(document)
    opening = read_opening(document, headline, body, language=language, outlets=outlets)
    tail = split_tail(body.paragraphs, language=language, outlets=outlets)
    published, modified = read_dates(document, headline.position)
    paywalled, paywall_reason = read_paywalled(document)
    kind = read_page_type(document, headline, body, dated=published is not None, paywalled=paywalled)
    if kind.name in {"shell", "error"}:
        return Article(
            url=document.url,
            is_article=False,
            page_type=kind.name,
            reason=kind.reason,
            language=language,
            language_confidence=spoken.confidence,
            publisher=read_publisher(document),
            masthead=read_masthead(document),
        )
    canonical = read_canonical(document)
    region = _region(document, headline, body)
    section, kicker = read_section(document, headline.text), read_kicker(document, headline)
    genre, genre_reason = read_genre(
        document, kind.name, section=section, kicker=kicker, headline=headline.text
    )
    return Article(
        url=document.url,
        is_article=kind.is_article,
        page_type=kind.name,
        reason=kind.reason,
        canonical_url=canonical,
        headline=headline.text,
        headline_variants=headline.variants,
        standfirst=standfirst.text,
        byline_raw=byline.raw,
        byline=clean_byline(byline.raw),
        credits=_credits(byline, (opening.credits, tail.credits), language, outlets),
        credit_lines=tail.credit_lines,
        attributions=find_attributions(tail.body, language=language),
        dateline_raw=opening.dateline_raw,
        dateline=opening.places,
        date_published=published,
        date_modified=modified,
        section=section,
        tags=read_tags(document),
        language=language,
        language_confidence=spoken.confidence,
        direction=direction_of(language),
        publisher=read_publisher(document),
        masthead=read_masthead(document),
        images=read_images(document, region, language=language, outlets=outlets),
        body=tail.body,
        blocks=read_blocks(document, body, tail.body),
        left_out=count_left_out(body.kept),
        part=document.part,
        notices=read_notices(document, tail.body),
        paywalled=paywalled,
        paywall_reason=paywall_reason,
        copyright_notice=read_copyright(document),
        links=read_other_urls(document, canonical),
        kicker=kicker,
        breadcrumbs=tuple(breadcrumb(document, headline.text)),
        genre=genre,
        genre_reason=genre_reason,
        media=read_media(document, region),
        alternates=read_alternates(document),
        reservations=read_reservations(document),
        covered_until=read_coverage_end(document),
    )


def _credits(
    byline: Byline, inside: tuple[tuple[Credit, ...], ...], language: str | None, outlets: tuple[str, ...]
) -> tuple[Credit, ...]:
    visible = (
        read_credits(without_date(byline.raw), "byline", language=language, outlets=outlets).credits
        if byline.raw
        else ()
    )
    structured: list[Credit] = []
    sources = {source for _, source in byline.structured}
    first = "json-ld" if "json-ld" in sources else "microdata" if "microdata" in sources else "meta"
    for name, source in byline.structured:
        if source == first:
            structured.extend(read_credits(name, source, language=language, outlets=outlets).credits)
    beside = _beside(visible, structured)
    found = _with_others(merge_credits(visible, beside, *inside), beside)
    if any(credit.role == "author" for credit in found):
        return found
    named = frozenset(fold(credit.name) for credit in found)
    return (*(_of_pen_names(byline, outlets, named) or _of_outlet(byline, outlets)), *found)


def _with_others(found: tuple[Credit, ...], beside: tuple[Credit, ...]) -> tuple[Credit, ...]:
    """Return *found* with the persons of *beside* that it lacks, behind the bylines: pages cut long bylines short."""
    known = {(fold(credit.name), credit.role) for credit in found}
    edited = {fold(credit.name) for credit in found if credit.role in {"editor", "translator"}}
    others = [
        c
        for c in beside
        if c.kind == "person" and (fold(c.name), c.role) not in known and fold(c.name) not in edited
    ]
    if not others:
        return found
    first = [credit for credit in found if credit.found_in == "byline"]
    ordered = (*first, *others, *(credit for credit in found if credit.found_in != "byline"))
    return tuple(replace(credit, position=position) for position, credit in enumerate(ordered))


def _of_pen_names(byline: Byline, outlets: tuple[str, ...], named: frozenset[str]) -> tuple[Credit, ...]:
    """Return the authors of one word, such as *Robert*, where the page names nobody else; none of *named* (folded)."""
    known = {fold(name) for name in outlets} | named
    return tuple(
        Credit(name=name, kind="person", role="author", raw=name, found_in=source)
        for name, source in dict(byline.pen_names).items()
        if fold(name) not in known and agency_table().whole(name) is None
    )


def _of_outlet(byline: Byline, outlets: tuple[str, ...]) -> tuple[Credit, ...]:
    """Return the outlet itself as author where the page's data name nobody else."""
    known = {fold(name) for name in outlets}
    for name, source in byline.structured:
        if source != "meta" and fold(name) in known:
            return (Credit(name=name, kind="outlet", role="author", raw=name, found_in=source),)
    return ()


def _beside(visible: tuple[Credit, ...], structured: list[Credit]) -> tuple[Credit, ...]:
    """Return what the page's data add to the visible byline: all when it says nobody; more persons, and agencies, when it names some of them."""
    shown = {fold(credit.name) for credit in visible if credit.kind == "person"}
    if not any(credit.kind in {"person", "staff", "agency"} for credit in visible):
        return tuple(structured)
    persons = {fold(credit.name) for credit in structured if credit.kind == "person"}
    if not shown or not shown <= persons:
        return ()
    return tuple(credit for credit in structured if credit.kind in {"person", "agency"})


def _region(document: Document, headline: Headline, body: Body) -> list[Element]:
    """Return the elements that hold headline and text: the smallest boxes around both, else around the text."""
    if body.container is None or document.root is None:
        return [document.root] if document.root is not None else []
    blocks = document.outline.blocks
    boxes = body.container.boxes
    if headline.position and headline.position < len(blocks):
        around_text = boxes[0].ancestors()
        for box in blocks[headline.position].box.ancestors():
            if box in around_text and box.element is not None:
                return [box.element]
    return [box.element for box in boxes if box.element is not None]
