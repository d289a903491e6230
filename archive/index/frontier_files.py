"""The frontier's files: one for each run under way, and those that runs have left; who crawls a site next takes its part over.

A run's file is named after it, so nothing that runs write there is waited for by others. What hosts have said is shared
(hosts.py). A run that was killed or stopped leaves its file; it is taken over, whole or in part, under the lock that only
one beginning run holds.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from archive.errors import ArchiveError, DiskFull
from archive.index.connection import WAIT_SECONDS, delete, is_damaged, is_no_room
from archive.index.frontier import SCHEMA
from archive.index.hosts import FILE as HOSTS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

_ENDING = ".db"
_TABLES = ("requests", "wanted", "work")
_STATE = "case when state < 0 then state + 10 else state end"
"""Files of older versions mark so what belongs to sites that their last run did not crawl."""
_TAKE = f"""
insert into requests (fingerprint, site, slot, priority, state, request)
  select fingerprint, site, slot, priority, {_STATE}, request from old.requests where site in (select site from taken)
  order by id
  on conflict (fingerprint) do update set state = max(state, excluded.state),
    request = case when max(state, excluded.state) < 2 then coalesce(request, excluded.request) end;
insert or ignore into wanted select url, via, site from old.wanted where site in (select site from taken) order by rowid;
insert or ignore into work select site, began_at from old.work where site in (select site from taken);
"""


def take_over(folder: Path, run: str, sites: Sequence[str], *, under_way: Collection[str]) -> Path:
    """Return the file of *run* in *folder*, with what runs that are not *under_way* have left of *sites*.

    To be called under the lock of who begins. Killed half way through, it can be done again: what was taken is there
    before it is gone where it came from. A file that is damaged is taken away, as nothing but time is lost.
    """
    own = folder / (run + _ENDING)
    _adopt_older(folder)
    for path in _left(folder, {*under_way, run}):
        try:
            _take(own, path, sites)
        except sqlite3.DatabaseError as error:
            if is_no_room(error):
                raise DiskFull(f"cannot write {own}: {error}") from error
            if not is_damaged(error):
                raise ArchiveError(f"{path}: {error}") from error
            delete(path)
    return own


def waiting(folder: Path, sites: Sequence[str]) -> dict[str, list[str]]:
    """Return the addresses that wait in the frontier's files, by site, of *sites*; nothing is changed."""
    found: dict[str, list[str]] = {}
    for path in _left(folder, ()):
        try:
            for site, url in _waiting_in(path):
                if site in sites:
                    found.setdefault(site, []).append(url)
        except sqlite3.DatabaseError as error:
            if not is_damaged(error):
                raise ArchiveError(f"{path}: {error}") from error
    return found


def _waiting_in(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        if not _has_requests(connection):
            return []
        return connection.execute(
            "select site, json_extract(request, '$.url') from requests where request is not null"
            " union all select site, url from wanted"
        ).fetchall()


def _older(folder: Path) -> Path:
    """Return where versions before runs went side by side had all of it in one file."""
    return folder.with_name(folder.name + _ENDING)


def _adopt_older(folder: Path) -> None:
    """Let the one file of an older version be that of the hosts; what waits in it is taken over as from any other."""
    folder.mkdir(exist_ok=True)
    older, hosts = _older(folder), folder / HOSTS
    if older.exists() and not hosts.exists():
        _move(older, hosts)


def _move(path: Path, to: Path) -> None:
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)")
    path.replace(to)
    delete(path)  # side files that are left would be taken for those of another file of this name


def _left(folder: Path, but: Collection[str]) -> list[Path]:
    paths = [path for path in sorted(folder.glob(f"*{_ENDING}")) if path.stem not in but]
    older = _older(folder)
    return [*paths, older] if older.exists() else paths


def _has_requests(connection: sqlite3.Connection, schema: str = "main") -> bool:
    row = connection.execute(
        f"select 1 from {schema}.sqlite_master where type = 'table' and name = 'requests'"
    ).fetchone()
    return row is not None


def _take(own: Path, path: Path, sites: Sequence[str]) -> None:
    """Take what *path* has of *sites* into *own*; the file itself, when it has nothing else."""
    wanted = frozenset(sites)
    with closing(sqlite3.connect(path, timeout=WAIT_SECONDS)) as connection:
        there = _sites(connection) if _has_requests(connection) else frozenset()
    is_shared = path.name == HOSTS
    if there and there <= wanted and not own.exists() and not is_shared:
        _move(path, own)
        return
    if there & wanted:
        _copy(own, path, there & wanted)
    if there <= wanted and not is_shared:
        delete(path)


def _sites(connection: sqlite3.Connection) -> frozenset[str]:
    rows = connection.execute(" union ".join(f"select site from {table}" for table in _TABLES))
    return frozenset(site for (site,) in rows)


def _copy(own: Path, path: Path, sites: frozenset[str]) -> None:
    with closing(sqlite3.connect(own, isolation_level=None, timeout=WAIT_SECONDS)) as connection:
        connection.execute("pragma journal_mode = wal")
        connection.executescript(SCHEMA)
        connection.execute("attach ? as old", (str(path),))
        connection.execute("create temp table taken (site text primary key)")
        connection.executemany("insert into taken values (?)", ((site,) for site in sites))
        connection.execute("begin immediate")
        for statement in filter(str.strip, _TAKE.split(";")):
            connection.execute(statement)
        connection.execute("commit")
        connection.execute("pragma main.wal_checkpoint(truncate)")  # on the disk, before it is gone there
        connection.execute("begin immediate")
        for table in _TABLES:
            connection.execute(f"delete from old.{table} where site in (select site from taken)")
        connection.execute("commit")
