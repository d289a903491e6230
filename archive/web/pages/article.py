"""One article: its text to read, who is credited in which words, its pictures, the record that proves it, how to cite it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from archive.export.formats import find_formats
from archive.export.values import article_values, page_values, version_values
from archive.index.together import pages_together
from archive.times import format_warc_date
from archive.web.screens import Asked, NotHere, Screen, Shown

if TYPE_CHECKING:
    from archive.index.stored import StoredArticle, StoredVersion

CITED_AS = ("bibtex", "ris", "csl-json")


def find_article(asked: Asked) -> StoredArticle:
    """Return the article that the address names. Raises *NotHere*."""
    found = asked.index.article(asked.path["id"])
    if found is None:
        raise NotHere("there is no such article here; its number may have changed with its date")
    return found


def chosen_version(versions: tuple[StoredVersion, ...], number: int) -> StoredVersion:
    """Return the version *number*, the newest for 0. Raises *NotHere*."""
    if number == 0 and versions:
        return versions[-1]
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise NotHere(f"this article has no version {number} that may be shown")
    return found


def show(asked: Asked) -> Shown:
    """Answer ``/article/7`` and ``/article/7?version=1``."""
    article = find_article(asked)
    versions = asked.index.versions(article.id)
    version = chosen_version(versions, asked.number("version", 0))
    content = version.content
    pages = pages_together(asked.index, article)
    return Shown(
        title=content.headline or article.url,
        data={
            **article_values(article),
            "version": version.number,
            "versions": [version_values(one) for one in versions],
            "pages": [page_values(page) for page in pages],
        },
        values={
            "article": article,
            "content": content,
            "version": version,
            "versions": versions,
            "changes": asked.index.changes(article.id),
            "people": _people(content.credits),
            "footnote": footnote(article, version),
            "cited_as": {name: _cited(article, name) for name in CITED_AS},
            "ways": _provenance(version),
            "cluster": asked.index.cluster(article.id),
            "pages": pages,
            "together": bool(pages and asked.number("together", 0)),
        },
    )


def _people(credits_: Any) -> list[dict[str, Any]]:
    """Return credits with the address that finds the party's other work."""
    rows = []
    for credit in credits_:
        value = credit.agency or credit.name
        field = "agency" if credit.kind == "agency" and credit.agency else "by"
        rows.append(
            {"credit": credit, "query": f"{field}:{value}" if value.isalnum() else f'{field}:"{value}"'}
        )
    return rows


def footnote(article: StoredArticle, version: StoredVersion) -> str:
    """Return a citation that can be checked: who, what, where, when, which capture, and the digest of its bytes."""
    content = version.content
    who = ", ".join(content.authors or content.staff or content.agencies)
    published = content.date_published.value[:10] if content.date_published else "no date"
    digest = version.provenance.payload_digest
    parts = [
        f"{who}, " if who else "",
        f"“{content.headline or article.url}”, {content.publisher or article.site}, {published}. {article.url} ",
        f"[archived {format_warc_date(version.provenance.captured_at)[:19]}Z",
        f"; {digest}]" if digest else "]",
    ]
    return "".join(parts)


def _cited(article: StoredArticle, name: str) -> str:
    out = io.StringIO()
    find_formats()[name].export([article], out)
    return out.getvalue().strip()


def _provenance(version: StoredVersion) -> list[tuple[str, str]]:
    """Return what proves *version*: pairs of name and value, those without value left out."""
    proof = version.provenance
    rows = [
        ("Captured", f"{proof.captured_at:%Y-%m-%d %H:%M:%S} UTC, status {proof.status}"),
        ("Address captured", proof.target_uri),
        ("WARC file", proof.file),
        ("Offset and length", f"{proof.offset:,} and {proof.length:,} bytes"),
        ("Payload digest", proof.payload_digest),
        ("Record", proof.record_id),
        ("Run", proof.run),
        ("Found by", proof.discovery),
        ("Found on", proof.via),
        (
            "robots.txt",
            f"{proof.robots} (record {proof.robots_record})" if proof.robots_record else proof.robots,
        ),
    ]
    return [(name, value) for name, value in rows if value]


SCREENS = [Screen(path="/article/{id:int}", template="article.html", show=show)]
