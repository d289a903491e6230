"""Finding articles: newest first or most relevant first, with honest counts, snippets and facets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.index.asking import execute, source
from archive.index.found import FACETS, Found, Total
from archive.index.party_lists import namesakes_in
from archive.index.query import parse
from archive.index.slices import Slice
from archive.index.snippets import snippet

if TYPE_CHECKING:
    import sqlite3

    from archive.index.query import Condition
    from archive.index.snippets import Sought

__all__ = ["FACETS", "MOST_RANKED", "Hit", "Hits", "Search", "found", "ids", "search"]
MOST_RANKED = 20_000
"""Hits that are put in the order of relevance: each costs some microseconds, and nobody waits for a million of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """A question to the index."""

    text: str = ""
    """In the query language (QUERY.md); empty for everything."""
    sort: str = "newest"
    """``newest``, ``oldest`` or ``relevance``"""
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
    is_estimated: bool = False
    """Whether *total* is told from a sample: so it is of large results of large archives."""
    ranked: int | None = None
    """By relevance only so many, the newest, were ordered; None: all of them."""
    hits: tuple[Hit, ...]

    @property
    def count(self) -> Total:
        """Return *total* with whether it is an estimate; as text it says so."""
        return Total(self.total, self.is_estimated)


def search(connection: sqlite3.Connection, query: Search) -> Hits:
    """Return what *query* finds. Raises QueryError with the position of what cannot be read."""
    condition = parse(query.text, namesakes_in(connection))
    found_ = Found(connection, condition)
    total = found_.total
    by_rank = query.sort == "relevance" and bool(condition.words)
    id_ = "article_fts.rowid" if condition.match else "a.id"
    direction = "asc" if query.sort == "oldest" else "desc"
    order = f"article_fts.rank, {id_} desc" if by_rank else f"{id_} {direction}"
    within = _newest(connection, condition) if by_rank and total.n > MOST_RANKED else None
    near = None if within is not None or query.sort != "newest" else _near_the_end(found_, query)
    rows = _rows(connection, query, order, source(condition, within or near, texts=True))
    if near is not None and len(rows) < query.limit:
        rows = _rows(connection, query, order, source(condition, texts=True))
    return Hits(
        total=total.n,
        is_estimated=total.is_estimated,
        ranked=MOST_RANKED if within is not None else None,
        hits=tuple(_hit(connection, row, condition.words) for row in rows),
    )


def _rows(
    connection: sqlite3.Connection, query: Search, order: str, wanted: tuple[str, tuple[object, ...]]
) -> list[sqlite3.Row]:
    text, values = wanted
    rows: list[sqlite3.Row] = execute(
        connection,
        "select a.id, a.url, a.site, t.headline, a.published_on, a.language, t.byline, a.version_count,"
        " (select json_group_array(agency) from (select distinct coalesce(p.code, p.name) as agency from credits c"
        "  join parties p on p.id = c.party_id where c.text_id = a.text_id and p.kind = 'agency' and c.role <> 'cited'"
        "  and c.image_position is null)) "
        f"{text} order by {order} limit ? offset ?",
        (*values, query.limit, query.offset),
    ).fetchall()
    return rows


def _near_the_end(found_: Found, query: Search) -> Slice | None:
    """Return the newest ids in which a page of the newest hits should stand; None where all have to be looked through.

    What is told from a sample is dense; the full text then need not begin at its first article to find the last.
    """
    total = found_.total
    shares = found_.shares if total.is_estimated else []
    wanted = 4 * (query.offset + query.limit) * len(shares) // max(1, total.n) + 2
    return Slice(shares[-wanted].first, shares[-1].end) if wanted < len(shares) else None


def found(connection: sqlite3.Connection, text: str) -> Found:
    """Return what *text* finds, as numbers."""
    return Found(connection, parse(text, namesakes_in(connection)))


def ids(connection: sqlite3.Connection, text: str) -> list[int]:
    """Return the ids of all articles that *text* finds, newest first."""
    wanted, values = source(parse(text, namesakes_in(connection)))
    return [row[0] for row in execute(connection, f"select a.id {wanted} order by a.id desc", values)]


def _newest(connection: sqlite3.Connection, condition: Condition) -> Slice:
    """Return the ids among which what fits best is looked for: those of the newest MOST_RANKED hits."""
    text, values = source(condition)
    row = execute(
        connection,
        f"select article_fts.rowid {text} order by article_fts.rowid desc limit 1 offset ?",
        (*values, MOST_RANKED - 1),
    ).fetchone()
    return Slice(row[0] if row else -(2**62), 2**62)


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
