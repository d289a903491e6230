"""An article of the index as plain values, for JSON. The names are those of ``tearsheet extract``, and stable."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from archive.index.texts import count_words
from archive.times import format_warc_date

if TYPE_CHECKING:
    from archive.index.copies import Cluster
    from archive.index.stored import Change, Provenance, StoredArticle, StoredVersion
    from archive.index.together import PageOfArticle
    from archive.model import Article, Credit, DatedValue, Image, TextBlock


def article_values(article: StoredArticle) -> dict[str, Any]:
    """Return the newest version of *article*, and what the index knows of the whole; times in UTC."""
    return {
        "id": article.id,
        **content_values(article.content),
        "url": article.url,
        "site": article.site,
        "identity": article.identity,
        "aliases": list(article.aliases),
        "version_count": article.version_count,
        "first_captured_at": format_warc_date(article.first_captured_at),
        "last_captured_at": format_warc_date(article.last_captured_at),
        "gone_at": format_warc_date(article.gone_at) if article.gone_at else None,
        "redirected_to": article.redirected_to,
    }


def content_values(content: Article) -> dict[str, Any]:
    """Return what a version says."""
    lead = content.images[0] if content.images else None
    return {
        "url": content.url,
        "page_type": content.page_type,
        "headline": content.headline,
        "headline_variants": list(content.headline_variants),
        "alternative_headlines": list(content.headline_variants),
        "standfirst": content.standfirst,
        "byline": content.byline,
        "byline_raw": content.byline_raw,
        "authors": list(content.authors),
        "staff": list(content.staff),
        "agencies": list(content.agencies),
        "credits": [_credit(credit) for credit in content.credits],
        "credit_lines": list(content.credit_lines),
        "contributors": [{"name": name, "role": role} for name, role in content.contributors],
        "image_credits": [
            {"name": credit.name, "kind": credit.kind, "agency": credit.agency}
            for credit in (lead.credits if lead else ())
        ],
        "dateline": [{"place": place} for place in content.dateline],
        "dateline_raw": content.dateline_raw,
        "date_published": content.date_published.value if content.date_published else None,
        "date_modified": content.date_modified.value if content.date_modified else None,
        "date_published_raw": content.date_published.raw if content.date_published else None,
        "date_published_found_in": content.date_published.found_in if content.date_published else None,
        "date_published_zone_from": content.date_published.zone_from if content.date_published else None,
        "date_published_confidence": content.date_published.confidence if content.date_published else None,
        "dates": {"published": _dated(content.date_published), "modified": _dated(content.date_modified)},
        "section": content.section,
        "kicker": content.kicker,
        "breadcrumbs": list(content.breadcrumbs),
        "genre": content.genre,
        "genre_reason": content.genre_reason,
        "tags": list(content.tags),
        "language": content.language,
        "language_confidence": content.language_confidence,
        "direction": content.direction,
        "publisher": content.publisher,
        "masthead": content.masthead,
        "paywalled": content.paywalled,
        "paywall_reason": content.paywall_reason,
        "rights": [
            {"kind": r.kind, "words": r.words, "image": r.image_position, "found_in": r.found_in}
            for r in content.rights
        ],
        "copyright_notice": content.copyright_notice,
        "corrections": list(content.corrections),
        "notices": [{"kind": notice.kind, "words": notice.words} for notice in content.notices],
        "attributions": [
            {"name": found.name, "agency": found.agency, "paragraph": found.paragraph, "text": found.text}
            for found in content.attributions
        ],
        "images": [_image(image) for image in content.images],
        "media": [dataclasses.asdict(one) for one in content.media],
        "alternates": [{"language": language, "url": url} for language, url in content.alternates],
        "body": "\n\n".join(content.body),
        "word_count": count_words("\n\n".join(content.body)),
        "blocks": [block_values(block) for block in content.blocks],
        "left_out": dict(content.left_out),
        "part": dataclasses.asdict(content.part) if content.part else None,
    }


def page_values(page: PageOfArticle) -> dict[str, Any]:
    """Return one page of an article on several pages; text and time of capture are null where it is not in the archive."""
    article = page.article
    return {
        "number": page.number,
        "url": page.url,
        "article": article.id if article else None,
        "captured_at": format_warc_date(article.last_captured_at) if article else None,
        "body": "\n\n".join(article.content.body) if article else None,
    }


def block_values(block: TextBlock) -> dict[str, Any]:
    """Return a block with its kind, its words and its links; level, entry and time only where it has them."""
    named = {"level": block.level, "entry": block.entry, "time": block.time}
    links = [
        {"url": link.url, "text": block.text[link.start : link.end], "start": link.start}
        for link in block.links
    ]
    values: dict[str, Any] = {"kind": block.kind, "text": block.text}
    values |= {name: value for name, value in named.items() if value is not None}
    return values | ({"links": links} if links else {})


def version_values(version: StoredVersion) -> dict[str, Any]:
    """Return when *version* was seen, what changed in it, and the WARC record it was first read from."""
    return {
        "number": version.number,
        "seen_from": format_warc_date(version.seen_from),
        "seen_until": format_warc_date(version.seen_until),
        "changed": list(version.changed),
        "provenance": provenance_values(version.provenance),
    }


def change_values(change: Change) -> dict[str, Any]:
    """Return what happened, and the record ids of the captures that prove it."""
    return dataclasses.asdict(change) | {"seen_at": format_warc_date(change.seen_at)}


def cluster_values(cluster: Cluster) -> dict[str, Any]:
    """Return who ran the same copy, the agency it comes from, and who does not name it."""
    return {
        "origin": cluster.origin,
        "outlets": list(cluster.sites),
        "copies": [
            dataclasses.asdict(copy) | {"drops_origin": cluster.drops_origin(copy)} for copy in cluster.copies
        ],
    }


def provenance_values(provenance: Provenance) -> dict[str, Any]:
    """Return where a capture stands and how it came about."""
    values = dataclasses.asdict(provenance)
    return values | {"captured_at": format_warc_date(provenance.captured_at)}


def _credit(credit: Credit) -> dict[str, Any]:
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


def _dated(date: DatedValue | None) -> dict[str, Any] | None:
    return dataclasses.asdict(date) if date else None


def _image(image: Image) -> dict[str, Any]:
    return {
        "url": image.url,
        "caption": image.caption,
        "caption_raw": image.caption_raw,
        "alt": image.alt,
        "credit_raw": image.credit_raw,
        "archive": image.archive,
        "credits": [_credit(credit) for credit in image.credits],
        "embedded": dataclasses.asdict(image.embedded) if image.embedded else None,
    }
