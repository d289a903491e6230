"""Versions of an article: when each was seen, what changed word by word, what its headline was, whether it was disclosed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.comparison import compare_fields, compare_paragraphs, compare_words, disclosure
from archive.export.values import change_values, version_values
from archive.web.pages.article import chosen_version, find_article
from archive.web.screens import Asked, NotHere, Screen, Shown

if TYPE_CHECKING:
    from archive.comparison import Piece
    from archive.index.stored import StoredVersion


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
    comparison = compare_fields(before.content, after.content) if first < last else ()
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
                {"field": part.name, "pieces": [[p.fate, p.text] for p in part.pieces]} for part in comparison
            ],
        },
        values={
            "article": article,
            "versions": versions,
            "kinds": kinds,
            "disclosure": {
                number: disclosure(change.kind for change in found) for number, found in kinds.items()
            },
            "events": [change for change in changes if change.version is None],
            "before": before,
            "after": after,
            "comparison": comparison,
            "paragraphs": compare_paragraphs(before.content.body, after.content.body) if first < last else (),
            "headlines": _headlines(versions),
        },
    )


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
