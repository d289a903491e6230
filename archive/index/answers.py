"""What an open index answers: captures, articles, searches, credits, copies; nothing here writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.index import (
    captures,
    copies,
    credit_lists,
    ledger,
    party_lists,
    seen,
    stored,
)
from archive.index import search as searching
from archive.index.records import key_of
from archive.urls import canonical

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence
    from datetime import date, datetime

    from archive.index.copies import Cluster
    from archive.index.credit_lists import CreditCount, CreditLine, CreditQuery
    from archive.index.found import Found
    from archive.index.ledger import Day, Missing
    from archive.index.party_lists import Party, Suggestion
    from archive.index.search import Hits, Search
    from archive.index.seen import Seen
    from archive.index.stored import Change, StoredArticle, StoredVersion
    from archive.model import Record


class Answers:
    """The questions that an index answers, each by the module that knows how."""

    _connection: sqlite3.Connection

    # -- captures --------------------------------------------------------------------------------------------------

    def iter_captures(self) -> Iterator[Record]:
        """Yield all captures in the order of files and offsets."""
        return captures.iter_captures(self._connection)

    def captures_of(self, articles: Sequence[int] | None) -> Iterator[Record]:
        """Yield the captures that were read as *articles*, and the responses their revisits refer to; None: all captures."""
        if articles is None:
            return captures.iter_captures(self._connection)
        return captures.captures_of(self._connection, articles)

    def find_capture(self, record_id: str) -> Record | None:
        """Return the capture with this record id, or None."""
        return captures.find_capture(self._connection, record_id)

    def find_original_of(self, record: Record) -> Record | None:
        """Return the response that holds the payload which the revisit *record* refers to, or None."""
        return captures.find_original_of(self._connection, record)

    def places_read(self, file: str, start: int, stop: int) -> frozenset[tuple[int, int]]:
        """Return the places (offset, inner) of *file* from *start* to before *stop* whose pages have been read."""
        return captures.places_read(self._connection, file, start, stop)

    def unread_revisits(self, file: str, start: int) -> Iterator[Record]:
        """Yield the revisits of *file* from offset *start* on that have not been read."""
        return captures.unread_revisits(self._connection, file, start)

    def extractors(self) -> frozenset[str]:
        """Return the extractors that have read what is in the index; an empty one stands for those not noted."""
        rows = self._connection.execute("select distinct extractor from readings")
        return frozenset(extractor for [extractor] in rows)

    def closest(self, url: str, at: datetime | None = None) -> Record | None:
        """Return the capture of *url* that is closest to *at* (newest when None), errors last; or None."""
        return captures.closest(self._connection, url, at)

    def last_whole_capture(self, url: str, since: datetime) -> Record | None:
        """Return the newest capture of *url* since then that was answered 200 and came to its end; or None."""
        return captures.last_whole(self._connection, url, since)

    # -- what a crawl asks -----------------------------------------------------------------------------------------

    def article_seen(self, url: str) -> Seen | None:
        """Return what is known of the article at *url* and of the looks at it, or None."""
        return seen.article_seen(self._connection, url)

    def watched_articles(self, site: str, since: datetime) -> list[str]:
        """Return the addresses of *site*'s articles captured first after *since*, neither removed for certain nor moved."""
        return seen.watched_articles(self._connection, site, since)

    def outcomes(self, site: str, limit: int = 5000) -> list[tuple[str, bool]]:
        """Return the newest addresses of *site* at which pages were read, and whether each was an article."""
        return seen.outcomes(self._connection, site, limit)

    def looks_since(self, site: str, since: datetime) -> int:
        """Return how many times known articles of *site* were looked at again since then."""
        return seen.looks_since(self._connection, site, since)

    def last_captured_at(self, url: str) -> datetime | None:
        """Return when *url* was last captured without an error, or None."""
        return seen.last_captured_at(self._connection, url)

    def interrupted_since(self, sites: Sequence[str] = ()) -> datetime | None:
        """Return when the first of the newest runs of *sites* (of any) that were stopped early began, or None."""
        return seen.interrupted_since(self._connection, sites)

    def finished_runs(self) -> int:
        """Return how many runs have ended well."""
        return seen.finished_runs(self._connection)

    # -- articles --------------------------------------------------------------------------------------------------

    def article(self, article_id: int) -> StoredArticle | None:
        """Return the article with this id, or None."""
        return next(stored.articles(self._connection, [article_id]), None)

    def article_at(self, url: str) -> StoredArticle | None:
        """Return the article at *url*, any of its addresses; the one that was read there before one led to. Or None."""
        row = self._connection.execute(
            "select article_id from article_urls where urlkey = ?"
            " order by case relation when 'own' then 0 when 'canonical' then 1 when 'link' then 2 else 3 end, article_id",
            (key_of(canonical(url)),),
        ).fetchone()
        return self.article(row[0]) if row else None

    def versions(self, article_id: int) -> tuple[StoredVersion, ...]:
        """Return the versions of an article, oldest first."""
        return stored.versions(self._connection, article_id)

    def changes(self, article_id: int) -> tuple[Change, ...]:
        """Return what happened to an article: kinds of edits, removals and moves, in the order of time."""
        return stored.changes(self._connection, article_id)

    def iter_articles(self, ids: Sequence[int] | None = None) -> Iterator[StoredArticle]:
        """Yield the articles with *ids* in that order, or all, newest first."""
        if ids is None:
            ids = [row[0] for row in self._connection.execute("select id from articles order by id desc")]
        return stored.articles(self._connection, ids)

    def search(self, query: Search) -> Hits:
        """Return what *query* finds. Raises QueryError with the position of what cannot be read."""
        return searching.search(self._connection, query)

    def ids(self, text: str) -> list[int]:
        """Return the ids of all articles that the query *text* finds, newest first."""
        return searching.ids(self._connection, text)

    def found(self, text: str) -> Found:
        """Return what the query *text* finds as numbers: how much, and how it is spread; large ones are estimates, and say so."""
        return searching.found(self._connection, text)

    def facets(self, text: str, name: str, limit: int = 20) -> list[tuple[str, int]]:
        """Return the most frequent values of the facet *name* (see search.FACETS) in what *text* finds, with counts."""
        return list(self.found(text).facet(name, limit).counts)

    def ledger(
        self, site: str | None = None, *, since: date | None = None, until: date | None = None
    ) -> list[Day]:
        """Return the ledger of all sites, or one, for the days since then, newest first."""
        return ledger.days(self._connection, site, since=since, until=until)

    def missing(
        self, site: str | None = None, *, since: date | None = None, until: date | None = None
    ) -> list[Missing]:
        """Return the addresses that could be expected and were not captured as articles, with the reason."""
        return ledger.missing(self._connection, site, since=since, until=until)

    # -- credits ---------------------------------------------------------------------------------------------------

    def parties(
        self,
        *,
        name: str | None = None,
        kind: str | None = None,
        site: str | None = None,
        limit: int | None = None,
    ) -> list[Party]:
        """Return parties, most credited first. *regard* must have been called."""
        return party_lists.parties(self._connection, name=name, kind=kind, site=site, limit=limit)

    def party_suggestions(self, limit: int = 50) -> list[Suggestion]:
        """Return persons that may be one. *regard* must have been called."""
        return party_lists.suggestions(self._connection, limit)

    def credit_lines(
        self, query: CreditQuery, *, limit: int | None = None, offset: int = 0
    ) -> list[CreditLine]:
        """Return the credits that *query* asks for, newest article first. *regard* must have been called."""
        return credit_lists.credit_lines(self._connection, query, limit=limit, offset=offset)

    def credit_counts(
        self, query: CreditQuery, by: Sequence[str], *, limit: int | None = None
    ) -> list[CreditCount]:
        """Return the credits that *query* asks for, counted by the values *by*. *regard* must have been called."""
        return credit_lists.credit_counts(self._connection, query, by, limit=limit)

    def count_credits(self, query: CreditQuery) -> tuple[int, int]:
        """Return of how many articles, and how many, the credits are that *query* asks for. *regard* must have been called."""
        return credit_lists.count_credits(self._connection, query)

    def copies_waiting(self) -> int:
        """Return how many articles *compare_copies* has still to compare."""
        return copies.waiting(self._connection)

    def cluster(self, article_id: int) -> Cluster | None:
        """Return the articles that ran the same copy as this one; None when none did."""
        return copies.cluster_of(self._connection, article_id)

    def clusters(self, *, limit: int = 50, offset: int = 0) -> list[Cluster]:
        """Return copy that more than one outlet ran, the newest first."""
        return copies.clusters(self._connection, limit=limit, offset=offset)
