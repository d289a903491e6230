"""ninjs 3.1: only properties that the standard's schema has, of its types, and what the article says."""

import io
import json
from datetime import UTC, datetime

import pytest

from archive.export import ninjs
from archive.index.stored import StoredArticle
from tests.archive.verbs.conftest import AGENCY_ONLY, HARBOUR, JAPANESE, STAFFED

AT = datetime(2024, 3, 1, 8, tzinfo=UTC)
PROPERTIES = {
    "uri": str, "standard": dict, "type": str, "version": str, "firstCreated": str, "versionCreated": str, "pubStatus": str,
    "copyrightNotice": str, "language": str, "headlines": list, "descriptions": list, "bodies": list, "by": str,
    "located": str, "infoSources": list, "organisations": list, "subjects": list, "associations": list, "altIds": list,
    "renditions": list, "name": str, "people": list, "genres": list,
}  # fmt: skip
PARTS = {
    "headlines": {"role", "contentType", "value"},
    "descriptions": {"role", "contentType", "value"},
    "bodies": {"role", "contentType", "charCount", "wordCount", "value"},
    "infoSources": {"name", "role", "uri", "literal", "contactInfo"},
    "people": {"name", "rel", "uri", "literal", "contactInfo"},
    "genres": {"name", "uri", "literal"},
    "organisations": {"name", "rel", "uri", "literal", "symbols", "contactInfo"},
    "subjects": {"name", "rel", "uri", "literal", "creator", "relevance", "confidence"},
    "altIds": {"role", "value"},
    "renditions": {"name", "href", "contentType", "title", "width", "height"},
    "standard": {"name", "version", "schema"},
}
"""Of the standard's schema: additionalProperties is false in all of them."""


def stored(content, **more):
    return StoredArticle(
        id=7, identity="x", url=content.url, site="herald.example", content=content, version_count=2, first_captured_at=AT,
        last_captured_at=AT, **({"gone_at": None, "redirected_to": None, "aliases": ()} | more),
    )  # fmt: skip


def written(*articles):
    out = io.StringIO()
    assert ninjs.export(articles, out) == len(articles)
    return json.loads(out.getvalue())


def check(item):
    assert "uri" in item
    for name, value in item.items():
        assert isinstance(value, PROPERTIES[name]), name
        for part in (
            [value] if name == "standard" else value if isinstance(value, list) and name in PARTS else []
        ):
            assert set(part) <= PARTS[name], (name, part)
            assert all(text not in (None, "") for text in part.values())
    for association in item.get("associations", []):
        assert "name" in association
        check(association)


@pytest.mark.parametrize("content", [STAFFED, AGENCY_ONLY, JAPANESE])
def test_an_article_has_only_what_the_standard_knows(content):
    [item] = written(stored(content))
    check(item)


def test_what_the_article_says_is_there():
    [item, gone] = written(stored(STAFFED), stored(AGENCY_ONLY, gone_at=AT))
    assert item["uri"] == HARBOUR
    assert item["headlines"][0]["value"] == "Harbour wall holds"
    assert item["infoSources"] == [{"name": "Agence France-Presse", "literal": "AFP", "role": "contributor"}]
    assert {"name": "Mara van der Berg", "rel": "author"} in item["people"]
    assert item["firstCreated"] == "2024-03-01T07:30:00+01:00"
    assert item["associations"][0]["by"] == "Photo: Jo Reed/AP"
    assert "firstCreated" not in gone, "a day alone is no date-time"
    assert gone["pubStatus"] == "canceled"
