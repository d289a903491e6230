"""What feeds, sitemaps and fronts named, and when: what a crawl could have captured. Any order of reading gives the same."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from archive.index.identity import site_of
from archive.index.records import key_of
from archive.times import format_warc_date
from archive.urls import canonical

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Listing, Named, Record


def add_listing(connection: sqlite3.Connection, capture: int, record: Record, listing: Listing) -> None:
    """Add what the capture with the id *capture* named; the same again changes nothing."""
    at, source = format_warc_date(record.captured_at), record.target_uri or ""
    addresses: dict[str, int] = {}
    for named in listing.named:
        url, key, site = _place(named.url)
        if url not in addresses:
            addresses[url] = _address(connection, (url, key, site), at)
            channel = listing.channel if named.is_certain else f"{listing.channel}-probe"
            _sight(connection, addresses[url], (channel, at, source), named)
    if listing.channel == "front":
        _add_front(connection, capture, [(addresses[_place(named.url)[0]], named) for named in listing.named])


@lru_cache(maxsize=16_384)
def _place(url: str) -> tuple[str, str, str]:
    """Return an address's canonical form, its sortable form and its site; a feed names the same ones again and again."""
    plain = canonical(url)
    return plain, key_of(plain), site_of(plain)


def _address(connection: sqlite3.Connection, place: tuple[str, str, str], at: str) -> int:
    url, key, site = place
    row = connection.execute(
        "insert into addresses(urlkey, url, site, first_at) values (:key, :url, :site, :at) on conflict(urlkey) do update set"
        " url = min(url, excluded.url), site = min(site, excluded.site), first_at = min(first_at, excluded.first_at)"
        " returning id",
        {"key": key, "url": url, "site": site, "at": at},
    ).fetchone()
    return int(row[0])


def _sight(connection: sqlite3.Connection, address: int, seen: tuple[str, str, str], named: Named) -> None:
    channel, at, source = seen
    changed = format_warc_date(named.changed_at) if named.changed_at else None
    connection.execute(
        "insert into sightings values (:address, :channel, :at, :source, :at, :title, :changed)"
        " on conflict(address_id, channel) do update set"
        " first_source = case when (excluded.first_at, excluded.first_source) < (first_at, first_source)"
        "  then excluded.first_source else first_source end,"
        " title = case when excluded.title is null or (title is not null and (excluded.last_at, excluded.title) < (last_at, title))"
        "  then title else excluded.title end,"
        " first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at),"
        " changed_at = coalesce(max(changed_at, excluded.changed_at), changed_at, excluded.changed_at)",
        {"address": address, "channel": channel, "at": at, "source": source, "title": named.title, "changed": changed},
    )  # fmt: skip


def _add_front(connection: sqlite3.Connection, capture: int, links: list[tuple[int, Named]]) -> None:
    """Keep the order of a front's links; a front that shows the same again shares the list."""
    whole = "\n".join(f"{_place(named.url)[0]}\t{named.title or ''}" for _, named in links)
    content = blake2b(whole.encode("utf-8", "replace"), digest_size=16).hexdigest()
    row = connection.execute("select id from front_lists where content_hash = ?", (content,)).fetchone()
    if row is None:
        row = connection.execute(
            "insert into front_lists(content_hash) values (?) returning id", (content,)
        ).fetchone()
        connection.executemany(
            "insert into front_links values (?, ?, ?, ?)",
            [(row[0], position, address, named.title) for position, (address, named) in enumerate(links, 1)],
        )
    connection.execute("insert or ignore into fronts values (?, ?)", (capture, row[0]))
