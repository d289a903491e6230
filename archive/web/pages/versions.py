"""Versions of an article: when each was seen, what changed word by word, what its headline was, whether it was disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.export.values import change_values, version_values
from archive.web.pages.article import chosen_version, find_article
from archive.web.screens import Asked, NotHere, Screen, Shown
from archive.web.words import compare_paragraphs, compare_words

if TYPE_CHECKING:
    from archive.index.stored import StoredVersion
    from archive.model import Article
    from archive.web.words import Piece

_CORRECTED = {"silent-correction": "silent", "disclosed-correction": "disclosed"}


def show(asked: Asked) -> Shown:
    """Answer ``/article/7/versions?from=1&to=2``; without numbers the last two are compared."""
    article = find_article(asked)
    versions = asked.index.versions(article.id)
    changes = asked.index.changes(article.id)
    if not versions:
        raise NotHere("no version of this article may be shown")
    numbers = [version.number for version in versions]
    last = asked.number("to", numbers[-1])
    first = asked.number("from", max((n for n in numbers if n < last), default=last))
    before, after = chosen_version(versions, first), chosen_version(versions, last)
    if first > last:
        raise NotHere("the version to compare from must be the older one")
    comparison = compare(before.content, after.content) if first < last else []
    kinds = {v.number: [change for change in changes if change.version == v.number] for v in versions}
    return Shown(
        title=f"Versions of {after.content.headline or article.url}",
        data={
            "id": article.id,
            "url": article.url,
            "versions": [
                {
                    **version_values(version),
                    "headline": version.content.headline,
                    "changes": [change_values(change) for change in kinds[version.number]],
                }
                for version in versions
            ],
            "events": [change_values(change) for change in changes if change.version is None],
            "from": first,
            "to": last,
            "comparison": [
                {"field": part["name"], "pieces": [[p.fate, p.text] for p in part["pieces"]]}
                for part in comparison
            ],
        },
        values={
            "article": article,
            "versions": versions,
            "kinds": kinds,
            "disclosure": {number: _disclosure(found) for number, found in kinds.items()},
            "events": [change for change in changes if change.version is None],
            "before": before,
            "after": after,
            "comparison": comparison,
            "paragraphs": compare_paragraphs(before.content.body, after.content.body) if first < last else (),
            "headlines": _headlines(versions),
        },
    )


def compare(before: Article, after: Article) -> list[dict[str, Any]]:
    """Return the fields beside the body that differ, each as one text."""
    fields = (
        ("Headline", before.headline, after.headline),
        ("Standfirst", before.standfirst, after.standfirst),
        ("Byline", before.byline, after.byline),
        ("Dateline", before.dateline_raw, after.dateline_raw),
        ("Published", _value(before), _value(after)),
        ("Credits", _credits(before), _credits(after)),
        ("Corrections", "\n".join(before.corrections), "\n".join(after.corrections)),
        ("Captions", _captions(before), _captions(after)),
        ("Text", "\n\n".join(before.body), "\n\n".join(after.body)),
    )
    return [
        {"name": name, "pieces": compare_words(old or "", new or "")} for name, old, new in fields if (old or "") != (new or "")
    ]  # fmt: skip


def _value(content: Article) -> str:
    return content.date_published.value if content.date_published else ""


def _credits(content: Article) -> str:
    return "; ".join(f"{credit.name} ({credit.role})" for credit in content.credits)


def _captions(content: Article) -> str:
    return "\n".join(image.caption_raw or image.caption or "" for image in content.images)


def _disclosure(changes: list[Any]) -> str:
    return next((_CORRECTED[change.kind] for change in changes if change.kind in _CORRECTED), "")


def _headlines(versions: tuple[StoredVersion, ...]) -> list[tuple[StoredVersion, tuple[Piece, ...] | None]]:
    """Return the versions whose headline differs from the one before, compared with it."""
    found: list[tuple[StoredVersion, tuple[Piece, ...] | None]] = []
    for version in versions:
        headline = version.content.headline or ""
        if not found:
            found.append((version, None))
        elif (previous := found[-1][0].content.headline or "") != headline:
            found.append((version, compare_words(previous, headline)))
    return found


SCREENS = [Screen(path="/article/{id:int}/versions", template="versions.html", show=show)]
