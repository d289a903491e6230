"""What a run still has to fetch, on disk as it is found: requests in three states, and requisites that are wanted.

This is work state, not archive: when it is deleted the next run starts from fronts, feeds and sitemaps again. It is
committed with each request that is settled, together with all that this request led to. So a killed process loses
neither: what was in flight is queued again.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from archive.errors import ArchiveError, DiskFull
from archive.index.connection import delete, is_no_room, open_learnt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

QUEUED, IN_FLIGHT, SETTLED = 0, 1, 2
REMEMBERED_FOR = timedelta(hours=1)
"""A run that goes on within this time fetches nothing again; a later one asks fronts and feeds for their news."""
SCHEMA = """
create table if not exists work (site text primary key, began_at text not null) strict;
create table if not exists requests (
  id integer primary key, fingerprint blob not null unique, site text not null, slot text not null,
  priority integer not null, state integer not null, request text
) strict;
create index if not exists queued on requests(slot, priority desc, id) where state = 0;
create index if not exists in_flight on requests(id) where state = 1;
create table if not exists wanted (url text primary key, via text not null, site text not null) strict;
"""


class Frontier:
    """The requests of one run, by slot (host and port), in a file of its own (frontier_files.py)."""

    def __init__(self, path: Path) -> None:
        """Open the file, made where it is missing; one that is damaged is begun anew, as nothing but time is lost."""
        self._path = path
        self._connection = open_learnt(path, SCHEMA, cache_kilobytes=16_000)
        self._is_finished = False
        self._wanted: dict[str, tuple[str, str]] = {}
        self._had: dict[str, None] = {}
        self.waiting: dict[str, int] = {}
        """Slot → how many requests are queued."""

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; what was not committed is forgotten. When all is done the file is taken away."""
        self._connection.close()
        if self._is_finished:
            delete(self._path)

    def begin(self, sites: Iterable[str], now: datetime) -> int:
        """Begin with *sites*, or go on; return how many requests and requisites an earlier run left waiting."""
        with self._writing():
            run = self._connection.execute
            # Spelt out: an index of some rows serves no question whose state is a parameter.
            run(f"update requests set state = {QUEUED} where state = {IN_FLIGHT}")
            old = (now - REMEMBERED_FOR).isoformat()
            forget = (
                "delete from requests where state = ? and site in (select site from work where began_at < ?)"
            )
            if run(
                "select 1 from work where began_at < ? limit 1", (old,)
            ).fetchone():  # else it looks at all in vain
                run(forget, (SETTLED, old))
            run("delete from work where began_at < ?", (old,))
            begun = ((site, now.isoformat()) for site in sites)
            self._connection.executemany("insert or ignore into work values (?, ?)", begun)
        rows = run(f"select slot, count(*) from requests where state = {QUEUED} group by slot")
        self.waiting = dict(rows.fetchall())
        wanted: int = run("select count(*) from wanted").fetchone()[0]
        return sum(self.waiting.values()) + wanted

    def counted(self, priorities: Sequence[int]) -> dict[str, int]:
        """Return site → how many requests of these *priorities* it has had in the crawl that goes on, asked for or not."""
        marks = ", ".join("?" * len(priorities))
        rows = self._connection.execute(
            f"select site, count(*) from requests where priority in ({marks}) group by site",
            tuple(priorities),
        )
        return dict(rows.fetchall())

    def finish(self) -> None:
        """Forget everything: all is done."""
        with self._writing():
            for table in ("requests", "wanted", "work"):
                self._connection.execute(f"delete from {table}")
        self.waiting.clear()
        self._wanted.clear()
        self._had.clear()
        self._is_finished = True

    def add(
        self, fingerprint: bytes, request: str, *, site: str, slot: str, priority: int, again: bool = False
    ) -> bool:
        """Queue *request*; return False when its like was queued before in this run and it is not to be asked *again*."""
        condition = (
            "nothing"
            if not again
            else "update set site = excluded.site, slot = excluded.slot,"
            " priority = excluded.priority, state = 0, request = excluded.request"
        )
        with self._writing(commit=False):
            added = self._connection.execute(
                "insert into requests (fingerprint, site, slot, priority, state, request) values (?, ?, ?, ?, 0, ?)"
                f" on conflict (fingerprint) do {condition}",
                (fingerprint, site, slot, priority, request),
            ).rowcount
        if added:
            self.waiting[slot] = self.waiting.get(slot, 0) + 1
        return bool(added)

    def take(self, slot: str) -> tuple[int, str]:
        """Return number and request of what is most urgent in *slot*, which must have something; it is in flight then."""
        with self._writing(commit=False):
            number, request = self._connection.execute(
                "select id, request from requests where slot = ? and state = 0 order by priority desc, id limit 1",
                (slot,),
            ).fetchone()
            self._connection.execute("update requests set state = 1 where id = ?", (number,))
        self._count_down(slot)
        return number, request

    def settle(self, number: int) -> None:
        """Note that all is done that a request in flight led to, unless it was queued again meanwhile."""
        with self._writing(commit=False):
            self._connection.execute(
                "update requests set state = 2, request = null where id = ? and state = 1", (number,)
            )

    def put_back(self, number: int, slot: str) -> None:
        """Queue again what was in flight and was not asked for."""
        with self._writing(commit=False):
            self._connection.execute("update requests set state = 0 where id = ?", (number,))
        self.waiting[slot] = self.waiting.get(slot, 0) + 1

    def want(self, url: str, *, via: str, site: str) -> None:
        """Note a requisite that is to be fetched; written with the next commit, before which nothing would be kept anyway."""
        self._had.pop(url, None)
        self._wanted.setdefault(url, (via, site))

    def had(self, url: str) -> None:
        """Note that nothing more is to be done about a requisite; most are had before they would be written."""
        self._wanted.pop(url, None)
        self._had[url] = None

    def wanted(self) -> list[tuple[str, str, str]]:
        """Return address, page and site of the requisites that earlier runs have left wanting."""
        return self._connection.execute("select url, via, site from wanted order by rowid").fetchall()

    def commit(self) -> None:
        """Keep what was said so far."""
        with self._writing():
            self._connection.executemany(
                "insert or ignore into wanted values (?, ?, ?)",
                [(url, via, site) for url, (via, site) in self._wanted.items()],
            )
            self._connection.executemany("delete from wanted where url = ?", [(url,) for url in self._had])
        self._wanted.clear()
        self._had.clear()

    def _count_down(self, slot: str) -> None:
        left = self.waiting[slot] - 1
        if left:
            self.waiting[slot] = left
        else:
            del self.waiting[slot]

    @contextmanager
    def _writing(self, *, commit: bool = True) -> Iterator[None]:
        try:
            if not self._connection.in_transaction:
                self._connection.execute("begin immediate")
            yield
            if commit:
                self._connection.execute("commit")
        except sqlite3.Error as error:
            words = f"cannot write {self._path}: {error}"
            raise (DiskFull if is_no_room(error) else ArchiveError)(words) from error
