"""An article as the JSON that people and programs outside read; the names are stable."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from archive.export.values import block_values
from archive.index.texts import count_words

if TYPE_CHECKING:
    from archive.model import Article, Credit, Image


def as_json(article: Article, *, identifier: str | None = None) -> dict[str, Any]:
    """Return the article as a JSON object; *identifier* becomes ``id`` when given. Absent values are null."""
    values: dict[str, Any] = {"id": identifier} if identifier is not None else {}
    lead = article.images[0] if article.images else None
    values.update(
        url=article.url,
        canonical_url=article.canonical_url,
        is_article=article.is_article,
        page_type=article.page_type,
        reason=article.reason,
        headline=article.headline,
        alternative_headlines=list(article.headline_variants),
        kicker=article.kicker,
        standfirst=article.standfirst,
        byline=article.byline,
        authors=list(article.authors),
        staff=list(article.staff),
        agencies=list(article.agencies),
        credits=[credit_as_json(credit) for credit in article.credits],
        contributors=[{"name": name, "role": role} for name, role in article.contributors],
        image_credits=[_short(credit) for credit in lead.credits] if lead else [],
        dateline=[{"place": place} for place in article.dateline],
        date_published=article.date_published.value if article.date_published else None,
        date_modified=article.date_modified.value if article.date_modified else None,
        date_published_raw=article.date_published.raw if article.date_published else None,
        date_published_found_in=article.date_published.found_in if article.date_published else None,
        date_published_zone_from=article.date_published.zone_from if article.date_published else None,
        date_published_confidence=article.date_published.confidence if article.date_published else None,
        section=article.section,
        breadcrumbs=list(article.breadcrumbs),
        genre=article.genre,
        genre_reason=article.genre_reason,
        tags=list(article.tags),
        language=article.language,
        language_confidence=article.language_confidence,
        publisher=article.publisher,
        masthead=article.masthead,
        paywalled=article.paywalled,
        paywall_reason=article.paywall_reason,
        rights=[
            {"kind": found.kind, "words": found.words, "image": found.image_position}
            for found in article.rights
        ],
        corrections=list(article.corrections),
        notices=[{"kind": notice.kind, "words": notice.words} for notice in article.notices],
        attributions=[
            {"name": found.name, "agency": found.agency, "paragraph": found.paragraph, "text": found.text}
            for found in article.attributions
        ],
        images=[_image(image) for image in article.images],
        media=[
            {"kind": one.kind, "url": one.url, "title": one.title, "found_in": one.found_in}
            for one in article.media
        ],
        alternates=[{"language": language, "url": url} for language, url in article.alternates],
        word_count=count_words("\n\n".join(article.body)),
        body="\n\n".join(article.body),
        blocks=[block_values(block) for block in article.blocks],
        left_out=dict(article.left_out),
        part=dataclasses.asdict(article.part) if article.part else None,
    )
    return values


def credit_as_json(credit: Credit) -> dict[str, Any]:
    """Return one credit as a JSON object."""
    return {
        "name": credit.name,
        "kind": credit.kind,
        "role": credit.role,
        "agency": credit.agency,
        "raw": credit.raw,
        "found_in": credit.found_in,
        "position": credit.position,
        "confidence": credit.confidence,
    }


def _short(credit: Credit) -> dict[str, Any]:
    return {"name": credit.name, "kind": credit.kind, "agency": credit.agency}


def _image(image: Image) -> dict[str, Any]:
    return {
        "url": image.url,
        "caption": image.caption,
        "caption_raw": image.caption_raw,
        "alt": image.alt,
        "credit_raw": image.credit_raw,
        "archive": image.archive,
        "credits": [credit_as_json(credit) for credit in image.credits],
    }
