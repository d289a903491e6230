"""Finding articles: newest first or most relevant first, with honest counts, snippets and facets."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from archive.errors import QueryError
from archive.index.party_lists import namesakes_in
from archive.index.query import Condition, parse
from archive.index.snippets import Sought, snippet


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A question to the index."""

    text: str = ""
    """In the query language (QUERY.md); empty for everything."""
    sort: str = "newest"
    """``newest`` or ``relevance``"""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that was found."""

    article_id: int
    url: str
    site: str
    headline: str | None
    published_on: str | None
    language: str | None
    byline: str | None
    agencies: tuple[str, ...]
    version_count: int
    snippet: str | None
    """Words around what was found, which stands between snippets.MARK_ON and MARK_OFF. None where the query has no words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """What a search found."""

    total: int
    """All there are, not only those shown."""
    hits: tuple[Hit, ...]


def search(connection: sqlite3.Connection, query: Search) -> Hits:
    """Return what *query* finds. Raises QueryError with the position of what cannot be read."""
    condition = parse(query.text, namesakes_in(connection))
    source, values = _source(condition)
    [total] = _execute(connection, *_count(condition)).fetchone()
    rank = "article_fts.rowid desc" if condition.match else "a.id desc"
    if query.sort == "relevance" and condition.words:
        rank = f"article_fts.rank, {rank}"
    rows = _execute(
        connection,
        f"select a.id, a.url, a.site, t.headline, a.published_on, a.language, t.byline, a.version_count,"
        " (select json_group_array(agency) from (select distinct coalesce(p.code, p.name) as agency from credits c"
        "  join parties p on p.id = c.party_id where c.text_id = a.text_id and p.kind = 'agency' and c.role <> 'cited'"
        "  and c.image_position is null)) "
        f"{source} order by {rank} limit ? offset ?",
        (*values, query.limit, query.offset),
    )
    return Hits(total=total, hits=tuple(_hit(connection, row, condition.words) for row in rows.fetchall()))


def ids(connection: sqlite3.Connection, text: str) -> list[int]:
    """Return the ids of all articles that *text* finds, newest first."""
    source, values = _source(parse(text, namesakes_in(connection)))
    return [row[0] for row in _execute(connection, f"select a.id {source} order by a.id desc", values)]


_FACETS = {
    "site": "a.site",
    "section": "a.section",
    "language": "a.language",
    "type": "a.page_type",
    "day": "a.published_on",
    "month": "substr(a.published_on, 1, 7)",
    "year": "substr(a.published_on, 1, 4)",
}
_CREDITED = {
    "agency": (
        "coalesce(p.code, p.name)",
        "p.kind = 'agency' and c.role <> 'cited' and c.image_position is null",
    ),
    "photo-agency": ("coalesce(p.code, p.name)", "p.kind = 'agency' and c.image_position is not null"),
    "person": ("p.name", "p.kind = 'person' and c.image_position is null"),
    "staff": ("p.name", "p.kind = 'staff'"),
}
FACETS = (*_FACETS, *_CREDITED)
"""Names of what can be counted."""


def facets(connection: sqlite3.Connection, text: str, name: str, limit: int) -> list[tuple[str, int]]:
    """Return the *limit* most frequent values of the facet *name* among what *text* finds, each with its exact count."""
    source, values = _source(parse(text, namesakes_in(connection)))
    if name in _FACETS:
        counted = (
            f"select {_FACETS[name]} as value, count(*) as n {source} group by 1 having value is not null"
        )
    else:
        value, condition = _CREDITED[name]
        counted = (
            f"select {value} as value, count(distinct c.text_id) as n from credits c join parties p on p.id = c.party_id"
            f" where {condition} and c.text_id in (select a.text_id {source}) group by 1"
        )
    rows = _execute(connection, f"{counted} order by n desc, value limit ?", (*values, limit))
    return [(row[0], row[1]) for row in rows]


def _count(condition: Condition) -> tuple[str, tuple[object, ...]]:
    """Return the query that counts; without conditions on articles the full text alone knows."""
    if condition.match is not None and not condition.wheres:
        return "select count(*) from article_fts where article_fts match ?", (condition.match,)
    source, values = _source(condition)
    return f"select count(*) {source}", values


def _source(condition: Condition) -> tuple[str, tuple[object, ...]]:
    wheres: list[str] = ["1"]
    values: list[object] = []
    joined = "from articles a join article_texts t on t.id = a.text_id"
    if condition.match is not None:
        joined = (
            "from article_fts cross join articles a on a.id = article_fts.rowid"
            " cross join article_texts t on t.id = a.text_id"
        )
        wheres.append("article_fts match ?")
        values.append(condition.match)
    for where, where_values in condition.wheres:
        wheres.append(where)
        values.extend(where_values)
    return f"{joined} where {' and '.join(wheres)}", tuple(values)


def _execute(connection: sqlite3.Connection, query: str, values: tuple[object, ...]) -> sqlite3.Cursor:
    try:
        return connection.execute(query, values)
    except sqlite3.OperationalError as error:
        if "fts5" in str(error):
            raise QueryError(f"the query cannot be read ({error})", 0) from error
        raise


def _hit(connection: sqlite3.Connection, row: sqlite3.Row, words: tuple[Sought, ...]) -> Hit:
    return Hit(
        article_id=row[0],
        url=row[1],
        site=row[2],
        headline=row[3],
        published_on=row[4],
        language=row[5],
        byline=row[6],
        version_count=row[7],
        snippet=_snippet(connection, row[0], words) if words else None,
        agencies=tuple(sorted(json.loads(row[8]))),
    )


def _snippet(connection: sqlite3.Connection, article_id: int, words: tuple[Sought, ...]) -> str | None:
    texts = connection.execute(
        "select t.body, t.standfirst, x.captions, x.credits, t.headline, x.variants from articles a"
        " join article_texts t on t.id = a.text_id join search_extras x on x.article_id = a.id where a.id = ?",
        (article_id,),
    ).fetchone()
    return snippet(zip(texts.keys(), texts, strict=True), words)
