"""Opens the index's SQLite file: schema up to date, letters folded for search, settings for one writer and many readers."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sqlite_utils import Database

from archive.errors import ArchiveError, DiskFull, UnknownArchive
from archive.index.fold import FOLD_VERSION, fold
from archive.index.migrations import migrations

if TYPE_CHECKING:
    from pathlib import Path

CACHE_KILOBYTES = 64_000
WAIT_SECONDS = 30.0
LOG_PAGES = 8_000
"""Pages (32 MB) of the write-ahead log before they are put in their place: pages that change again and again are put there once."""


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection to the index at *path*, made or migrated first unless *read_only*.

    Raises UnknownArchive when there is nothing to read, or what is there is no index; DiskFull when there is no room.
    """
    if read_only and not path.is_file():
        raise UnknownArchive(f"{path} is not there; `tearsheet reindex` makes it from the WARC files")
    try:
        connection = _open(path, read_only=read_only)
        if read_only:
            _check_schema(connection, path)
        else:
            _prepare(connection)
    except sqlite3.DatabaseError as error:
        if is_no_room(error):
            raise DiskFull(f"cannot write {path}: {error}") from error
        raise UnknownArchive(
            f"{path} cannot be read as an index ({error}); move it away and run `tearsheet reindex`"
        ) from error
    return connection


def open_learnt(path: Path, schema: str, *, cache_kilobytes: int = 2_000) -> sqlite3.Connection:
    """Return a connection to a file of what can be learnt again, made where it is missing; one that is damaged is begun anew.

    Raises DiskFull when there is no room, ArchiveError when it cannot be opened otherwise.
    """
    try:
        return _open_learnt(path, schema, cache_kilobytes)
    except sqlite3.DatabaseError as error:
        if is_no_room(error):
            raise DiskFull(f"cannot write {path}: {error}") from error
        if not is_damaged(error):
            raise ArchiveError(f"{path}: {error}") from error
        delete(path)
        return _open_learnt(path, schema, cache_kilobytes)


def _open_learnt(path: Path, schema: str, cache_kilobytes: int) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, timeout=WAIT_SECONDS)
    try:
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma cache_size = -{cache_kilobytes}")
        connection.executescript(schema)
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def replace(path: Path, by: Path) -> None:
    """Let the index at *path* be what the one at *by* is, in one transaction, and take that away.

    Neither may be open for writing; who reads at *path* meanwhile sees the one or the other, whole. Renaming would pull the
    file from under them, as their side files go by its name. Raises DiskFull when there is no room.
    """
    with closing(sqlite3.connect(by)) as source:
        source.execute("pragma wal_checkpoint(truncate)")
        if path.exists():
            try:
                with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as target:
                    source.backup(target)
                    target.execute("pragma wal_checkpoint(truncate)")
            except sqlite3.DatabaseError as error:
                if is_no_room(error):
                    raise DiskFull(f"cannot write {path}: {error}") from error
                if not is_damaged(error):
                    raise
                delete(path)
    if not path.exists():
        delete(path)  # a log that was left of a deleted index would be taken for the new one's, and break it
        by.replace(path)
    delete(by)


def delete(path: Path) -> None:
    """Delete the index at *path* with its side files; nothing happens when there is none."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def put_log_in_its_place(connection: sqlite3.Connection) -> None:
    """Write what the log of a connection that is about to close holds into the database, as far as nobody reads what was before.

    SQLite does so itself when the last connection closes; while others read, the file alone would be old without this. Without room
    on the disk, or while another run does the same, the log stays beside the file: nothing of it is lost.
    """
    connection.execute("pragma busy_timeout = 0")
    try:
        connection.execute("pragma wal_checkpoint(truncate)")
    except sqlite3.OperationalError as error:
        if not (
            is_no_room(error) or error.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
        ):
            raise


def is_no_room(error: sqlite3.Error) -> bool:
    """Return whether *error* says that the disk is full or refuses a write."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


def is_damaged(error: sqlite3.Error) -> bool:
    """Return whether *error* says that the file is no database, or no longer."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}


def _open(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=WAIT_SECONDS
    )
    connection.row_factory = sqlite3.Row
    connection.create_function("fold", 1, fold, deterministic=True)
    connection.execute(f"pragma cache_size = -{CACHE_KILOBYTES}")
    connection.execute("pragma foreign_keys = on")
    connection.execute("select count(*) from sqlite_master").fetchone()
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    migrations.apply(Database(connection))
    connection.row_factory = sqlite3.Row
    _refold(connection)
    connection.execute(f"pragma wal_autocheckpoint = {LOG_PAGES}")
    connection.execute(
        "pragma temp_store = memory"
    )  # what a savepoint needs to go back; after the steps that sort whole tables


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Return when all migrations have been applied to what is to be read; raise UnknownArchive when not."""
    pending = migrations.pending(Database(connection))
    connection.row_factory = sqlite3.Row
    if pending:
        raise UnknownArchive(
            f"{path} is no index of this version of Tearsheet; `tearsheet reindex` makes it from the WARC files"
        )


def has_to_be_migrated(path: Path) -> bool:
    """Return whether to open the index at *path* for writing would change its schema, or read its full text anew."""
    if not path.is_file():
        return False
    with closing(_open(path, read_only=True)) as connection:
        if migrations.pending(Database(connection)):
            return True
        made_with = connection.execute("select value from search_settings where name = 'fold'").fetchone()
        return made_with is None or made_with[0] != FOLD_VERSION


def _refold(connection: sqlite3.Connection) -> None:
    """Rebuild the full text when letters are folded otherwise than when it was made."""
    made_with = connection.execute("select value from search_settings where name = 'fold'").fetchone()
    if made_with is None or made_with[0] != FOLD_VERSION:
        connection.execute("begin immediate")
        connection.execute("insert into article_fts(article_fts) values ('rebuild')")
        connection.execute("insert or replace into search_settings values ('fold', ?)", (FOLD_VERSION,))
        connection.execute("commit")
