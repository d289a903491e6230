"""Equal shares of all articles, in the order of time: what large results are sampled by instead of being gone through.

A share is a span of ids, and ids follow time, so that the full text can be asked within one without touching the rest.
The spans are made anew after a run (Index.optimize); what came since lies in the newest, which is always asked.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

FEWEST_ARTICLES = 50_000
"""Below, all can be counted while one waits."""
_SLICES = 2048
_MOST = 2**62
_GROWN = 4
"""Times the size of another share up to which the newest, which is looked at for every estimate, may grow."""


class Slice(NamedTuple):
    """A share of the articles: those with ids from *first* to before *end*."""

    first: int
    end: int


def make(connection: sqlite3.Connection, *, fewest: int = FEWEST_ARTICLES) -> None:
    """Write down where the shares begin; none where there are fewer articles than *fewest*."""
    [articles] = connection.execute("select count(*) from articles").fetchone()
    connection.execute("delete from id_slices")
    if articles < fewest:
        return
    connection.execute(
        "insert into id_slices select id from (select id, row_number() over (order by id) as n from articles)"
        " where n % ? = 1",
        (max(2, articles // _SLICES),),
    )


def are_stale(connection: sqlite3.Connection, *, fewest: int = FEWEST_ARTICLES) -> bool:
    """Return whether the newest share has grown to several, or there are none where there should be."""
    [last, shares] = connection.execute("select max(first_id), count(*) from id_slices").fetchone()
    if last is None:
        [articles] = connection.execute("select count(*) from articles").fetchone()
        return bool(articles >= fewest)
    [articles] = connection.execute("select count(*) from articles where id < ?", (last,)).fetchone()
    [newest] = connection.execute("select count(*) from articles where id >= ?", (last,)).fetchone()
    return bool(newest > _GROWN * articles / max(1, shares - 1))


def all_slices(connection: sqlite3.Connection) -> list[Slice]:
    """Return the shares, oldest first; the last one is open. None where the archive is small."""
    starts = [row[0] for row in connection.execute("select first_id from id_slices order by first_id")]
    if not starts:
        return []
    starts[0] = -_MOST
    return list(map(Slice._make, pairwise([*starts, _MOST])))


def spread(slices: list[Slice]) -> Iterator[Slice]:
    """Yield *slices* so that the first so many of them always lie evenly over all: every 1024th, then those between.

    >>> [one.first for one in spread([Slice(n, n + 1) for n in range(6)])]
    [0, 4, 2, 1, 5, 3]
    """
    bits = (len(slices) - 1).bit_length()
    for number in range(1 << bits):
        turned = int(format(number, f"0{bits}b")[::-1], 2) if bits else 0
        if turned < len(slices):
            yield slices[turned]
