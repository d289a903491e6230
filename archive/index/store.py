"""The index: one SQLite file that follows the WARC files. Everything here can be made again from them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from archive.errors import ArchiveError, DiskFull
from archive.index import (
    availability,
    captures,
    copies,
    credit_lists,
    fulltext,
    ledger,
    listings,
    party_lists,
    pictures,
    records,
    seen,
    slices,
    stored,
)
from archive.index import search as searching
from archive.index.connection import connect, delete, is_no_room, put_log_in_its_place
from archive.index.deadlines import Deadlines
from archive.index.readings import Outcome, add_reading
from archive.index.records import key_of
from archive.index.withholding import withhold
from archive.urls import canonical

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from archive.index.copies import Cluster
    from archive.index.credit_lists import CreditCount, CreditLine, CreditQuery
    from archive.index.found import Found
    from archive.index.ledger import Day, Missing
    from archive.index.party_lists import Party, Suggestion
    from archive.index.search import Hits, Search
    from archive.index.seen import Seen
    from archive.index.stored import Change, StoredArticle, StoredVersion
    from archive.model import Article, Listing, Record


class Index:
    """An open index. What is added is kept for good with *commit*; closing commits too."""

    def __init__(self, path: Path | str, *, read_only: bool = False) -> None:
        """Open the index at *path*; one that is missing is made, unless *read_only* (UnknownArchive then)."""
        self.path = Path(path)
        self._connection = connect(self.path, read_only=read_only)
        self._is_read_only = read_only
        self._deadlines = Deadlines(self._connection)
        self.withholds = False
        """Whether rules of access keep something from who reads."""
        self._failure: ArchiveError | None = None
        self._known_ids: dict[str, int] = {}
        self._stale: set[int] = set()
        """Texts that the full text does not know as they are now."""

    @classmethod
    def open(cls, path: Path | str, *, read_only: bool = False) -> Self:
        """Return the index at *path*."""
        return cls(path, read_only=read_only)

    @staticmethod
    def delete(path: Path | str) -> None:
        """Delete the index at *path* with its side files; nothing happens when there is none."""
        delete(Path(path))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Commit and close; after a failed write, go back to the last commit and close."""
        try:
            if self._failure is None:
                self.commit()
                if not self._is_read_only:
                    put_log_in_its_place(self._connection)
        finally:
            self._connection.close()

    def commit(self) -> None:
        """Keep what was added so far. Raises DiskFull when there is no room."""
        if self._failure is not None:
            raise self._failure
        if self._connection.in_transaction:
            with self._writing():
                pictures.refresh(self._connection, self._stale)
                self._stale.clear()
                self._connection.execute("commit")

    def optimize(self) -> None:
        """Merge the full text into one and refresh the query planner's figures; after all was made anew (see *settle*)."""
        with self._writing():
            self._connection.execute("insert into article_fts(article_fts) values ('optimize')")
            slices.make(self._connection)
            self.commit()
            self._connection.execute("pragma optimize")
        self.compare_copies()

    def settle(self) -> None:
        """Bring in order what a run has left, at a price that goes by what it added and not by what there is.

        The full text is merged as far as it is due, the shares are made anew where the newest has grown, copies are compared.
        """
        with self._writing():
            fulltext.merge(self._connection)
            if slices.are_stale(self._connection):
                slices.make(self._connection)
            self.commit()
            self._connection.execute("pragma optimize")
        self.compare_copies()

    def compare_copies(self) -> int:
        """Find which of the articles that came since ran the same copy as others; return how many were compared."""
        done = 0
        with self._writing():
            copies.forget_gone(self._connection)
            self.commit()
        while texts := copies.texts_waiting(self._connection):
            while texts:
                with self._writing():
                    done += copies.compare_some(self._connection, texts)
                    self.commit()
        return done

    def check_fulltext(self) -> None:
        """Return when the full text holds what the tables say; raises sqlite3.DatabaseError when not."""
        with self._writing():
            self._connection.execute(
                "insert into article_fts(article_fts, rank) values ('integrity-check', 1)"
            )
            self.commit()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Begin a transaction where there is none; after a failure nothing more is written.

        A failed write may have undone the rows before it. Positions are kept with the rows, so the last commit is
        whole; what lies behind it is read in from the WARC files when the index is opened for writing next time.
        """
        if self._failure is not None:
            raise self._failure
        try:
            if not self._connection.in_transaction:
                self._connection.execute("begin immediate")
            yield
        except sqlite3.OperationalError as error:
            self._failure = (DiskFull if is_no_room(error) else ArchiveError)(
                f"cannot write {self.path}: {error}"
            )
            raise self._failure from error

    def add_record(self, record: Record) -> None:
        """Add what *record* says; the same record may come again. Requests say nothing that is looked for."""
        if record.record_type == "request":
            return
        with self._writing():
            capture = records.add_record(self._connection, record, self._known_ids)
            if capture is not None:
                self._stale |= pictures.note_capture(self._connection, record)
                if record.redirect_to or (record.status or 200) >= 300:
                    availability.note_capture(self._connection, capture)

    def add_reading(
        self, record: Record, article: Article, *, identity: str | None = None, extractor: str = ""
    ) -> Outcome:
        """Add what *extractor* read of *record*, which must have been added; *identity* is its site profile's, if any.

        Whole or not at all: when it raises, the index is as it was before.
        """
        with self._writing():
            capture = records.capture_id(self._connection, record)
            if capture is None:
                raise ValueError(
                    f"{record.place.file}, offset {record.place.offset}: read before it was added"
                )
            self._connection.execute("savepoint reading")
            try:
                outcome = add_reading(
                    self._connection, capture, record, article, identity=identity, extractor=extractor
                )
            except sqlite3.OperationalError:
                raise  # the disk: *_writing* lets nothing more be written, and the transaction is undone
            except Exception:
                self._connection.execute("rollback to reading")
                self._connection.execute("release reading")
                raise
            self._connection.execute("release reading")
            return outcome

    def add_listing(self, record: Record, listing: Listing) -> None:
        """Add what the feed, sitemap or front in *record*, which must have been added, named."""
        with self._writing():
            capture = records.capture_id(self._connection, record)
            if capture is None:
                raise ValueError(
                    f"{record.place.file}, offset {record.place.offset}: read before it was added"
                )
            listings.add_listing(self._connection, capture, record, listing)

    def position(self, file: str) -> int:
        """Return up to which byte the WARC file *file* is indexed; 0 when it is not known."""
        row = self._connection.execute("select position from warc_files where name = ?", (file,)).fetchone()
        return int(row[0]) if row else 0

    def set_position(self, file: str, position: int) -> None:
        """Note that *file* is indexed up to *position* bytes; never backwards."""
        with self._writing():
            file_id = records.file_id(self._connection, file)
            self._connection.execute(
                "update warc_files set position = max(position, ?) where id = ?", (position, file_id)
            )

    def set_sealed(self, file: str, size: int, sha256: str) -> None:
        """Note the final size in bytes and the SHA-256 of *file*."""
        with self._writing():
            file_id = records.file_id(self._connection, file)
            self._connection.execute(
                "update warc_files set size = ?, sha256 = ? where id = ?", (size, sha256, file_id)
            )

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

    def regard(self, groups: Mapping[str, str]) -> None:
        """Let parties that people have put together count as one from here on: key → key (OperatorData.party_groups)."""
        party_lists.regard(self._connection, groups)

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

    def withhold(self, rules: Sequence[Mapping[str, Any]], reserved: Sequence[str] = ()) -> None:
        """See nothing, from now on, that *rules* of access withhold, nor what pages that reserved one of *reserved* showed.

        See *reading_room*, which is where this is called.
        """
        withhold(self._connection, rules, reserved)
        self.withholds = bool(rules or reserved)

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let what is asked inside take no longer than *seconds*. Raises QueryTooSlow."""
        with self._deadlines.within(seconds):
            yield

    def rows(self, query: str, values: Sequence[object] = ()) -> list[dict[str, Any]]:
        """Return the rows of an SQL *query* as dictionaries; for documents, tests and people who know SQL."""
        with closing(self._connection.execute(query, tuple(values))) as cursor:
            return [dict(row) for row in cursor.fetchall()]
