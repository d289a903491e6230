"""The index: one SQLite file that follows the WARC files. Everything here can be made again from them."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from archive.errors import ArchiveError, DiskFull
from archive.index import (
    availability,
    copies,
    fulltext,
    listings,
    party_lists,
    pictures,
    records,
    slices,
)
from archive.index.answers import Answers
from archive.index.connection import connect, delete, is_no_room, put_log_in_its_place
from archive.index.deadlines import Deadlines
from archive.index.readings import Outcome, add_reading
from archive.index.withholding import withhold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archive.model import Article, Listing, Record


class Index(Answers):
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
            self._connection.execute("pragma optimize")
            self.commit()
        self.compare_copies()

    def settle(self) -> None:
        """Bring in order what a run has left, at a price that goes by what it added and not by what there is.

        The full text is merged as far as it is due, the shares are made anew where the newest has grown, copies are compared.
        """
        with self._writing():
            fulltext.merge(self._connection)
            if slices.are_stale(self._connection):
                slices.make(self._connection)
            self._connection.execute(
                "pragma optimize"
            )  # by itself it would read first, and then find that another run has written
            self.commit()
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

    def regard(self, groups: Mapping[str, str]) -> None:
        """Let parties that people have put together count as one from here on: key → key (OperatorData.party_groups)."""
        party_lists.regard(self._connection, groups)

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
