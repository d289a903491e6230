"""Search: what was found, how much of it, and how it is spread over time, outlets, agencies and people."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from archive.errors import QueryTooSlow
from archive.export.formats import find_formats
from archive.index.found import Total
from archive.index.search import Search
from archive.web.plain import plain
from archive.web.plot import Plot, plot_of
from archive.web.query_help import rows_of_help
from archive.web.screens import Asked, Screen, Shown

if TYPE_CHECKING:
    from archive.index.found import Facet, Found
    from archive.index.search import Hit

PER_PAGE = 20
SORTS = {"newest": "newest first", "oldest": "oldest first", "relevance": "best match first"}
FACET_VALUES = 8
FACET_SECONDS = 1.5
"""A facet that takes longer is left out, and the page says so."""
FACETS = {
    "site": ("Outlet", "site"),
    "agency": ("Agency of the text", "agency"),
    "person": ("Person", "by"),
    "section": ("Section", "section"),
    "language": ("Language", "lang"),
    "photo-agency": ("Agency of pictures", "photo"),
    "type": ("Kind of page", "type"),
}
"""What is counted beside the hits: its title, and the field of the query language that narrows to a value."""


def narrowed(query: str, field: str, value: str) -> str:
    """Return *query* with one filter more.

    >>> narrowed("storm OR flood", "section", "World News")
    '(storm OR flood) section:"World News"'
    """
    quoted = f'"{value}"' if not value.replace("-", "").replace(".", "").isalnum() else value
    whole = f"({query})" if " OR " in query else query
    return f"{whole} {field}:{quoted}".strip()


def show(asked: Asked) -> Shown:
    """Answer ``/search?q=…&sort=…&page=…``."""
    query, page = asked.text("q"), max(asked.number("page", 1, at_most=100_000), 1)
    sort = asked.text("sort") if asked.text("sort") in SORTS else "newest"
    found = asked.index.search(Search(text=query, sort=sort, limit=PER_PAGE, offset=(page - 1) * PER_PAGE))
    numbers = asked.index.found(query)
    facets = {name: _facet(asked, numbers, name) for name in FACETS} if found.total else {}
    plot = _plot(asked, numbers) if found.total else None
    first = (page - 1) * PER_PAGE + 1
    return Shown(
        title=f"{query} · Search" if query else "Search",
        data={
            "query": query,
            "sort": sort,
            "total": found.total,
            "total_is_estimated": found.is_estimated,
            "ranked": found.ranked,
            "offset": first - 1,
            "hits": [_values(hit) for hit in found.hits],
            "facets": {name: dict(facet.counts) if facet else None for name, facet in facets.items()},
            "estimated_facets": [name for name, facet in facets.items() if facet and facet.is_estimated],
            "over_time": dict(plot.counts) if plot else {},
        },
        values={
            "hits": found.hits,
            "total": found.total,
            "count": found.count,
            "ranked": found.ranked,
            "first": first,
            "page": page,
            "pages": -(-found.total // PER_PAGE),
            "sort": sort,
            "sorts": SORTS,
            "facets": _facets_to_show(query, facets),
            "plot": plot,
            "narrowed": narrowed,
            "help": rows_of_help(),
            "formats": find_formats(),
        },
    )


def _facet(asked: Asked, numbers: Found, name: str) -> Facet | None:
    """Return the values of a facet with their counts; None when they cannot be counted in time."""
    try:
        with asked.index.within(FACET_SECONDS):
            return numbers.facet(name, FACET_VALUES)
    except QueryTooSlow:
        return None


def _facets_to_show(query: str, facets: dict[str, Facet | None]) -> list[dict[str, Any]]:
    return [
        {
            "title": FACETS[name][0],
            "is_estimated": facet is not None and facet.is_estimated,
            "counts": None if facet is None else [
                {"value": value, "n": Total(n, facet.is_estimated), "query": narrowed(query, FACETS[name][1], value)}
                for value, n in facet.counts
            ],
        }
        for name, facet in facets.items()
        if facet is None or facet.counts
    ]  # fmt: skip


def _plot(asked: Asked, numbers: Found) -> Plot | None:
    try:
        with asked.index.within(FACET_SECONDS):
            return plot_of(lambda unit, limit: list(numbers.facet(unit, limit).counts))
    except QueryTooSlow:
        return None


def _values(hit: Hit) -> dict[str, Any]:
    values = {"id": hit.article_id, **dataclasses.asdict(hit)}
    del values["article_id"]
    values["snippet"] = plain(hit.snippet) if hit.snippet else None
    return values


SCREENS = [Screen(path="/search", template="search.html", show=show, link="Search", place=1)]
