"""The full-text row of an article: taken out before its text changes, put in afterwards."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.index import absences, tokens
from archive.index.fold import umlaut_spellings

if TYPE_CHECKING:
    import sqlite3

_COLUMNS = "headline, standfirst, body, captions, credits, variants, facets"


_MERGED, _MERGES = 500, 40
"""Pages of the full text that are merged in one step, and steps at most: 80 MB, some seconds."""


def merge(connection: sqlite3.Connection) -> None:
    """Merge what articles have been added in parts, so that fewer parts are asked; merging all into one costs a minute a million."""
    for _ in range(_MERGES):
        before = connection.total_changes
        connection.execute("insert into article_fts(article_fts, rank) values ('merge', ?)", (_MERGED,))
        if connection.total_changes - before < 2:  # as the manual of FTS5 tells the end
            return


def forget(connection: sqlite3.Connection, article_id: int) -> None:
    """Take the article out of the full text. Its rows must still say what was put in."""
    connection.execute(
        f"insert into article_fts(article_fts, rowid, {_COLUMNS}) select 'delete', id, {_COLUMNS} from article_search"
        " where id = ?",
        (article_id,),
    )
    connection.execute("delete from search_extras where article_id = ?", (article_id,))


def remember(connection: sqlite3.Connection, article_id: int) -> None:
    """Put the article as it stands now into the full text; it must not be in it."""
    connection.execute(
        "insert into search_extras(article_id, captions, credits, variants, facets) values (?, ?, ?, ?, ?)",
        (article_id, *_extras(connection, article_id)),
    )
    connection.execute(
        f"insert into article_fts(rowid, {_COLUMNS}) select id, {_COLUMNS} from article_search where id = ?",
        (article_id,),
    )


def refresh_facets(connection: sqlite3.Connection, article_id: int) -> None:
    """Put the article in anew, after something beside its text has changed, such as its being gone."""
    row = connection.execute(
        "select facets from search_extras where article_id = ?", (article_id,)
    ).fetchone()
    if row is not None and row[0] != _facets(connection, article_id):
        forget(connection, article_id)
        remember(connection, article_id)


def refresh(connection: sqlite3.Connection, article_id: int) -> None:
    """Put the article in anew where what it needs besides its text is no longer what was put in."""
    row = connection.execute(
        "select captions, credits, variants, facets from search_extras where article_id = ?", (article_id,)
    ).fetchone()
    if row is not None and tuple(row) != _extras(connection, article_id):
        forget(connection, article_id)
        remember(connection, article_id)


def _extras(connection: sqlite3.Connection, article_id: int) -> tuple[str, str, str, str]:
    text = connection.execute(
        "select t.id, t.byline, t.headline, t.standfirst, t.headline_variants, t.body from articles a"
        " join article_texts t on t.id = a.text_id where a.id = ?",
        (article_id,),
    ).fetchone()
    captions = _column(
        connection, "select caption_raw from article_images where text_id = ? order by position", text["id"]
    )
    credited = connection.execute(
        "select c.name, c.raw, p.code from credits c join parties p on p.id = c.party_id"
        " where c.text_id = ? order by c.number",
        (text["id"],),
    ).fetchall()
    words = dict.fromkeys(cell for row in credited for cell in row if cell)
    variants = [*json.loads(text["headline_variants"])]
    variants.append(
        umlaut_spellings(" ".join(filter(None, (text["headline"], text["standfirst"], text["body"], *words))))
    )
    return (
        "\n".join(captions),
        "\n".join(filter(None, (text["byline"], *words))),
        "\n".join(variants),
        _facets(connection, article_id),
    )


def _column(connection: sqlite3.Connection, query: str, value: int) -> list[str]:
    return [row[0] for row in connection.execute(query, (value,)) if row[0]]


def _facets(connection: sqlite3.Connection, article_id: int) -> str:
    row = connection.execute(
        "select a.id, a.text_id, a.site, a.section, a.language, a.page_type, a.published_on, a.first_captured_at,"
        " a.version_count, a.gone_at from articles a where a.id = ?",
        (article_id,),
    ).fetchone()
    agencies = connection.execute(
        "select distinct coalesce(p.code, p.name) as agency, c.image_position is not null as of_image from credits c"
        " join parties p on p.id = c.party_id where c.text_id = ? and p.kind = 'agency' and c.role <> 'cited'",
        (row["text_id"],),
    ).fetchall()
    changes = connection.execute(
        "select changed, 1 from versions where article_id = ? and changed <> '' union all"
        " select kind, 0 from edits where article_id = ? union all select kind, 0 from absences where article_id = ?",
        (article_id, article_id, article_id),
    ).fetchall()
    corrected = connection.execute(
        "select 1 from corrections where text_id = ? and kind <> 'update' limit 1", (row["text_id"],)
    ).fetchone()
    found = [
        *tokens.of_site(row["site"]),
        *tokens.of_day(row["published_on"] or row["first_captured_at"][:10]),
        tokens.token("type", row["page_type"]),
        *tokens.of_versions(row["version_count"]),
        *(tokens.token("agency", r["agency"]) for r in agencies if not r["of_image"]),
        *(tokens.token("photo", r["agency"]) for r in agencies if r["of_image"]),
        *(
            tokens.token("changed", name)
            for name in sorted({name for names, _ in changes for name in names.split()})
        ),
    ]
    if row["section"]:
        found.append(tokens.token("section", row["section"]))
    if row["language"]:
        found += tokens.of_language(row["language"])
    found += [tokens.token("is", state) for state, holds in (
        (absences.state(connection, article_id), True),
        ("missing", row["gone_at"] is not None),
        ("changed", any(is_edit for _, is_edit in changes)),
        ("corrected", corrected is not None),
    ) if holds and state]  # fmt: skip
    return " ".join(dict.fromkeys(found))
