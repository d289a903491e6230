"""The same copy at several outlets: found as articles come in, kept, and shown with who credits which agency."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from archive.index.sketches import bands_of, overlap, runs_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

LEAST = 0.5
"""Share of the shorter text that must stand in the longer. Cut wire copy keeps all of it; the closest of all other pairs in
the corpora, two press releases with the same closing words, share 0.3."""
_BATCH = 200
_AT_ONCE_SECONDS = 0.3
"""For which other runs may have to wait before they can write."""
_MOST_IN_BUCKET = 200
"""Texts under one key that are compared, the newest: a phrase that a thousand pages carry is no sign of copy."""
_MOST_COMPARED = 24
"""Candidates that a text is compared with, those first that share most keys with it. Copy that five hundred outlets run is
compared with some of them, which hold together with the rest; with all it was 80 ms for each further one."""
_LARGEST = 500
"""Articles of one cluster that are followed."""
_WAITING = (
    "select a.text_id, t.body from articles a join article_texts t on t.id = a.text_id"
    " where a.text_id not in (select text_id from text_sketches) order by a.text_id limit ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One article of a cluster."""

    article_id: int
    site: str
    url: str
    headline: str | None
    language: str | None
    published_on: str | None
    published: str | None
    """Date and time as the page gives them."""
    byline: str | None
    agencies: tuple[str, ...]
    """Credited for the text."""
    words: int
    overlap: float
    """With the copy nearest to it: share of the shorter text that stands in the longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Articles that ran the same copy, the first published first."""

    copies: tuple[Copy, ...]
    origin: str | None
    """The agency that most of those who credit one credit; None when nobody does."""

    @property
    def sites(self) -> tuple[str, ...]:
        """Return the outlets, once each."""
        return tuple(dict.fromkeys(copy.site for copy in self.copies))

    def drops_origin(self, copy: Copy) -> bool:
        """Return whether *copy* does not name the agency that others credit."""
        return self.origin is not None and self.origin not in copy.agencies


def forget_gone(connection: sqlite3.Connection) -> None:
    """Forget texts that no article shows any more."""
    gone = connection.execute(
        "select s.text_id from text_sketches s where not exists (select 1 from articles a where a.text_id = s.text_id)"
    ).fetchall()
    for table, column in (
        ("text_sketches", "text_id"),
        ("sketch_bands", "text_id"),
        ("copies", "text_id"),
        ("copies", "other_text_id"),
    ):
        connection.executemany(f"delete from {table} where {column} = ?", gone)


def texts_waiting(connection: sqlite3.Connection) -> deque[tuple[int, str]]:
    """Return a batch of texts (id, body) that have not been compared yet: memory holds no more, whatever there is."""
    return deque((row[0], row[1]) for row in connection.execute(_WAITING, (_BATCH,)))


def compare_some(connection: sqlite3.Connection, texts: deque[tuple[int, str]]) -> int:
    """Compare the first of *texts*, and take them away, for a moment: so others who write wait no longer; return how many."""
    done, until = 0, monotonic() + _AT_ONCE_SECONDS
    while texts and monotonic() < until:
        text_id, body = texts.popleft()
        done += _add(connection, text_id, runs_of(body))
    return done


def waiting(connection: sqlite3.Connection) -> int:
    """Return how many articles have not been compared yet."""
    row = connection.execute(
        "select count(*) from articles where text_id not in (select text_id from text_sketches)"
    ).fetchone()
    return int(row[0])


def _add(connection: sqlite3.Connection, text_id: int, runs: frozenset[int]) -> bool:
    """Compare one text; return False when another process has done so meanwhile."""
    new = "insert or ignore into text_sketches values (?, ?)"
    if not connection.execute(new, (text_id, len(runs))).rowcount:
        return False
    if not runs:
        return True
    keys = bands_of(runs)
    candidates: Counter[int] = Counter()
    for band, key in enumerate(keys):
        candidates.update(
            row[0]
            for row in connection.execute(
                "select text_id from sketch_bands where band = ? and key = ? order by text_id desc limit ?",
                (band, key, _MOST_IN_BUCKET),
            )
        )
    connection.executemany(
        "insert or ignore into sketch_bands values (?, ?, ?)",
        ((band, key, text_id) for band, key in enumerate(keys)),
    )
    del candidates[text_id]
    nearest = sorted(candidates, key=lambda other: (-candidates[other], -other))[:_MOST_COMPARED]
    for other, body in _bodies(connection, nearest):
        shared = overlap(runs, runs_of(body))
        if shared >= LEAST:
            connection.executemany(
                "insert or replace into copies values (?, ?, ?)",
                ((text_id, other, shared), (other, text_id, shared)),
            )
    return True


def _bodies(connection: sqlite3.Connection, texts: Iterable[int]) -> Iterable[tuple[int, str]]:
    for text in sorted(texts):
        row = connection.execute("select id, body from article_texts where id = ?", (text,)).fetchone()
        if row is not None:
            yield row[0], row[1]


def cluster_of(connection: sqlite3.Connection, article_id: int) -> Cluster | None:
    """Return the cluster in which the article stands; None when its copy stands alone."""
    row = connection.execute("select text_id from articles where id = ?", (article_id,)).fetchone()
    if row is None or row[0] is None:
        return None
    nearest: dict[int, float] = {row[0]: 0.0}
    ahead = deque([row[0]])
    while ahead and len(nearest) < _LARGEST:
        text = ahead.popleft()
        for other, shared in connection.execute(
            "select c.other_text_id, c.overlap from copies c join articles a on a.text_id = c.other_text_id"
            " where c.text_id = ? order by c.overlap desc, c.other_text_id",
            (text,),
        ):
            if other not in nearest:
                nearest[other] = 0.0
                ahead.append(other)
            nearest[other], nearest[text] = max(nearest[other], shared), max(nearest[text], shared)
    return _cluster(connection, nearest) if len(nearest) > 1 else None


def clusters(connection: sqlite3.Connection, *, limit: int, offset: int = 0, sites: int = 2) -> list[Cluster]:
    """Return the clusters of at least *sites* outlets, those with the newest articles first."""
    found: list[Cluster] = []
    seen: set[int] = set()
    rows = connection.execute(
        "select a.id from articles a where exists (select 1 from copies c join articles b on b.text_id = c.other_text_id"
        " where c.text_id = a.text_id) order by a.id desc"
    )
    for (article,) in rows:
        if len(found) >= limit + offset:
            break
        cluster = None if article in seen else cluster_of(connection, article)
        if cluster is not None:
            seen.update(copy.article_id for copy in cluster.copies)
            if len(cluster.sites) >= sites:
                found.append(cluster)
    return found[offset:]


def _cluster(connection: sqlite3.Connection, nearest: dict[int, float]) -> Cluster:
    copies = sorted(
        (_copy(connection, text, shared) for text, shared in nearest.items()),
        key=lambda copy: (
            copy.published_on is None,
            copy.published_on or "",
            copy.published or "",
            copy.article_id,
        ),
    )
    credited: dict[str, int] = defaultdict(int)
    for copy in copies:
        for agency in copy.agencies:
            credited[agency] += 1
    origin = max(sorted(credited), key=lambda agency: credited[agency]) if credited else None
    return Cluster(copies=tuple(copies), origin=origin)


def _copy(connection: sqlite3.Connection, text: int, shared: float) -> Copy:
    row = connection.execute(
        "select a.id, a.site, a.url, a.language, a.published_on, t.headline, t.byline, t.date_published, t.word_count"
        " from articles a join article_texts t on t.id = a.text_id where a.text_id = ?",
        (text,),
    ).fetchone()
    agencies = connection.execute(
        "select distinct coalesce(p.code, p.name) from credits c join parties p on p.id = c.party_id"
        " where c.text_id = ? and p.kind = 'agency' and c.role <> 'cited' and c.image_position is null order by 1",
        (text,),
    )
    return Copy(
        article_id=row["id"],
        site=row["site"],
        url=row["url"],
        headline=row["headline"],
        language=row["language"],
        published_on=row["published_on"],
        published=row["date_published"],
        byline=row["byline"],
        agencies=tuple(agency for (agency,) in agencies),
        words=row["word_count"],
        overlap=shared,
    )
