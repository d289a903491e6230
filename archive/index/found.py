"""What a query finds, as numbers: how much, and how it is spread. Exact where that is quick, else estimated and said so."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archive.index import slices
from archive.index.asking import execute, fulltext_source, source
from archive.index.periods import spread_over_time

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from archive.index.query import Condition

MOST_EXACT = 20_000
"""Hits up to which everything is counted one by one. Above, numbers are estimated from a sample."""
MOST_LISTED = 10_000
"""Hits up to which facets look at every one: each has several credits."""
_SAMPLE = 6_000
"""Hits of a sample, at least: a value that one in ten has is told within 4 % (standard error)."""
_FEWEST_SLICES = 64
_MIX = 2_654_435_761
"""An odd number without pattern (Knuth): ids are seconds, and most papers publish on the full minute."""


@dataclass(frozen=True, slots=True)
class Total:
    """How many there are."""

    n: int
    is_estimated: bool = False

    def __str__(self) -> str:
        """Return it for people: an estimate by its first two digits.

        >>> print(Total(123_456), Total(123_456, is_estimated=True))
        123,456 about 120,000
        """
        return f"about {rounded(self.n):,}" if self.is_estimated else f"{self.n:,}"


@dataclass(frozen=True, slots=True)
class Facet:
    """How often each value occurs, the most frequent first."""

    counts: tuple[tuple[str, int], ...]
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Sample:
    """Some articles that stand for many."""

    articles: tuple[int, ...]
    """Their ids."""
    factor: float
    """For how many each stands."""

    @property
    def ids(self) -> str:
        """Return the ids as JSON, for ``json_each(?)``."""
        return "[" + ",".join(map(str, self.articles)) + "]"


FACETS = (
    "site", "section", "language", "type", "day", "month", "year", "agency", "photo-agency", "person", "staff",
)  # fmt: skip
"""Names of what can be counted."""
_OF_ARTICLE = {"site": 1, "section": 2, "language": 3, "type": 4}
_DATES = {"day": 10, "month": 7, "year": 4}
_ARTICLES = "select a.text_id, a.site, a.section, a.language, a.page_type, a.published_on, a.id"
_CREDITS = (
    "select distinct c.text_id, p.kind, case p.kind when 'agency' then coalesce(p.code, p.name) else p.name end,"
    " c.image_position is not null, c.role = 'cited' from json_each(?) j cross join credits c on c.text_id = j.value"
    " cross join parties p on p.id = c.party_id where p.kind in ('agency', 'person', 'staff')"
)


def rounded(n: int) -> int:
    """Return *n* with two digits that say something.

    >>> rounded(123_456), rounded(87)
    (120000, 87)
    """
    return round(n, 2 - len(str(n))) if n > 99 else n


class Found:
    """The articles that a condition holds for, asked as little as the questions need."""

    def __init__(self, connection: sqlite3.Connection, condition: Condition) -> None:
        self._connection = connection
        self._condition = condition

    @cached_property
    def total(self) -> Total:
        """Return how many there are: exact up to MOST_EXACT, and always where the archive is small.

        Beginnings of words are counted at one asking: at each for a share, the full text would gather all of them again.
        """
        if self._condition.match is None:
            return Total(self._count())
        known = self._count(limit=MOST_EXACT + 1)
        if known <= MOST_EXACT:
            return Total(known)
        if not self.shares or self._condition.has_beginnings:
            return Total(self._count())
        return self._estimated(known)

    def facet(self, name: str, limit: int) -> Facet:
        """Return the *limit* most frequent values of the facet *name* (see FACETS)."""
        if name in _DATES and self._is_sampled and not self._condition.has_beginnings:
            spread = spread_over_time(self._connection, self._condition, name, is_all=self._is_everything)
            if spread is not None:
                return Facet(_most(Counter(spread), limit), is_estimated=not self._is_everything)
        counts = Counter(self._values(name))
        if not self._is_sampled:
            return Facet(_most(counts, limit))
        factor = self.total.n / max(1, len(self._articles))
        return Facet(
            tuple((value, round(n * factor)) for value, n in _most(counts, limit)), is_estimated=True
        )

    def _values(self, name: str) -> Iterator[str]:
        """Yield the values of the facet *name*, once for each article that has it."""
        if name in _DATES:
            days = (str(row[5]) for row in self._articles if row[5])
            return (day[: _DATES[name]] for day in days if len(day) >= _DATES[name])
        if name in _OF_ARTICLE:
            column = _OF_ARTICLE[name]
            return (str(row[column]) for row in self._articles if row[column] is not None)
        return self._credited(name)

    def sample(self) -> Sample | None:
        """Return articles that stand for all of them, evenly over time; None where all can be looked at."""
        if not self._is_sampled:
            return None
        return Sample(
            articles=tuple(int(str(row[6])) for row in self._articles),
            factor=self.total.n / max(1, len(self._articles)),
        )

    @property
    def _is_everything(self) -> bool:
        return self._condition.match is None

    @cached_property
    def shares(self) -> list[slices.Slice]:
        """Return the equal shares of all articles, oldest first; none where the archive is small."""
        return slices.all_slices(self._connection)

    @property
    def _is_sampled(self) -> bool:
        return self.total.n > MOST_LISTED and bool(self.shares)

    def _count(self, *, limit: int = -1, within: slices.Slice | None = None) -> int:
        text, values = fulltext_source(self._condition, within)
        counted = (
            f"select count(*) from (select 1 {text} limit ?)" if limit >= 0 else f"select count(*) {text}"
        )
        [n] = execute(self._connection, counted, (*values, limit) if limit >= 0 else values).fetchone()
        return int(n)

    def _estimated(self, at_least: int) -> Total:
        """Return the total as counting in some slices tells it; exact when that took all of them."""
        *older, newest = self.shares
        seen, hits = 0, 0
        for one in slices.spread(older):
            hits += self._count(within=one)
            seen += 1
            if hits >= _SAMPLE and seen >= _FEWEST_SLICES:
                break
        n = round(hits * len(older) / max(1, seen)) + self._count(within=newest)
        return Total(max(n, at_least), is_estimated=seen < len(older))

    @cached_property
    def _articles(self) -> list[tuple[object, ...]]:
        """Return text id and values of all that was found, or of a sample that lies evenly over time."""
        if not self._is_sampled:
            text, values = source(self._condition)
            return _tuples(execute(self._connection, f"{_ARTICLES} {text}", values))
        if not self.total.is_estimated and self._condition.match is not None:
            return self._every_so_many()
        rows: list[tuple[object, ...]] = []
        for seen, one in enumerate(slices.spread(self.shares), 1):
            text, values = source(self._condition, one)
            rows += _tuples(execute(self._connection, f"{_ARTICLES} {text}", values))
            if len(rows) >= _SAMPLE and seen >= _FEWEST_SLICES // 8:
                break
        return rows

    def _every_so_many(self) -> list[tuple[object, ...]]:
        """Return values of one in so many hits, told by ids that are mixed up: the full text tells ids faster than articles."""
        text, values = fulltext_source(self._condition)
        chosen = f"select rowid {text} and abs(rowid * {_MIX}) / 65536 % ? = 0"
        share = -(-self.total.n // _SAMPLE)
        row_ids = [row[0] for row in execute(self._connection, chosen, (*values, share))]
        wanted = "[" + ",".join(map(str, row_ids)) + "]"
        return _tuples(
            self._connection.execute(
                f"{_ARTICLES} from json_each(?) j cross join articles a on a.id = j.value", (wanted,)
            )
        )

    @cached_property
    def _credits(self) -> list[tuple[object, ...]]:
        texts = "[" + ",".join(str(row[0]) for row in self._articles) + "]"
        return _tuples(self._connection.execute(_CREDITS, (texts,)))

    def _credited(self, name: str) -> Iterator[str]:
        """Yield the names of those credited as the facet *name* says, once for each article."""
        kind, of_picture = ("agency", name == "photo-agency") if name.endswith("agency") else (name, False)
        found = {
            (row[0], str(row[2]))
            for row in self._credits
            if row[1] == kind
            and (kind == "staff" or bool(row[3]) == of_picture)
            and not (name == "agency" and row[4])
        }
        return (value for _, value in found)


def _tuples(rows: Iterable[sqlite3.Row]) -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows]


def _most(counts: Counter[str], limit: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])
