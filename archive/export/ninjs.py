"""ninjs 3.1 (IPTC News in JSON): one array of news objects; for newsroom systems and agencies' tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TextIO

from archive.times import format_warc_date

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle
    from archive.model import Article, DatedValue, Image

_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def export(articles: Iterable[StoredArticle], out: TextIO) -> int:
    """Write *articles* to *out* as one JSON array, a news object per line; return how many."""
    count = 0
    out.write("[")
    for article in articles:
        out.write(",\n" if count else "\n")
        out.write(json.dumps(_object(article), ensure_ascii=False))
        count += 1
    out.write("\n]\n")
    return count


def _object(article: StoredArticle) -> dict[str, Any]:
    content = article.content
    values = {
        "uri": article.url,
        "standard": _STANDARD,
        "type": "text",
        "version": str(article.version_count),
        "firstCreated": _moment(content.date_published),
        "versionCreated": _moment(content.date_modified) or format_warc_date(article.last_captured_at),
        "pubStatus": "canceled" if article.gone_at else "usable",
        "copyrightNotice": content.copyright_notice,
        "language": content.language,
        "headlines": _said(
            [("main", content.headline), *(("alternative", text) for text in content.headline_variants)]
        ),
        "descriptions": _said(
            [("summary", content.standfirst), *(("correction", text) for text in content.corrections)]
        ),
        "bodies": _body(content),
        "by": content.byline,
        "located": ", ".join(content.dateline) or None,
        "infoSources": [
            _named(credit.name, literal=credit.agency, role=credit.role)
            for credit in content.credits
            if credit.kind == "agency"
        ],
        "people": [
            _named(credit.name, rel=credit.role) for credit in content.credits if credit.kind == "person"
        ],
        "genres": [{"name": content.genre}] if content.genre else None,
        "organisations": [_named(content.publisher, rel="publisher")] if content.publisher else None,
        "subjects": [
            *([{"name": content.section, "rel": "section"}] if content.section else []),
            *({"name": tag, "rel": "keyword"} for tag in content.tags),
        ],
        "associations": [_picture(image, number) for number, image in enumerate(content.images, start=1)],
        "altIds": [
            {"role": "tearsheet article", "value": str(article.id)},
            {"role": "tearsheet identity", "value": article.identity},
            {"role": "captured at", "value": format_warc_date(article.last_captured_at)},
        ],
    }
    return _filled(values)


def _picture(image: Image, number: int) -> dict[str, Any]:
    values = {
        "name": f"picture {number}",
        "uri": image.url,
        "type": "picture",
        "descriptions": _said([("caption", image.caption), ("alternative text", image.alt)]),
        "by": image.credit_raw,
        "infoSources": [
            _named(credit.name, literal=credit.agency, role=credit.role)
            for credit in image.credits
            if credit.kind == "agency"
        ],
        "renditions": [{"name": "original", "href": image.url}],
    }
    return _filled(values)


def _body(content: Article) -> list[dict[str, Any]]:
    text = "\n\n".join(content.body)
    if not text:
        return []
    return [
        {
            "role": "main",
            "contentType": "text/plain",
            "value": text,
            "charCount": len(text),
            "wordCount": len(text.split()),
        }
    ]


def _said(texts: Iterable[tuple[str, str | None]]) -> list[dict[str, str]]:
    return [{"role": role, "contentType": "text/plain", "value": text} for role, text in texts if text]


def _named(name: str, **more: str | None) -> dict[str, str]:
    return {"name": name} | {key: value for key, value in more.items() if value}


def _moment(date: DatedValue | None) -> str | None:
    """Return *date* if it is a date and time with an offset, as the standard wants them; a bare day is none."""
    value = date.value if date else ""
    return value if "T" in value and (value.endswith("Z") or value[-6:-5] in {"+", "-"}) else None


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, [], "")}
