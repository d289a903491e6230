"""The index's tables in a normal form, so that two indexes can be compared: natural keys instead of surrogate ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.index.store import Index

_CAPTURE = "(select w.name || '@' || c.offset || '+' || c.inner from captures c join warc_files w on w.id = c.file_id where c.id = {})"
_TEXT = "(select a.identity || '#' || t.content_hash from article_texts t join articles a on a.id = t.article_id where t.id = {})"
_ARTICLE = "(select identity from articles where id = {})"
_PARTY = "(select key from parties where id = {})"

_REPLACED = {
    ("captures", "file_id"): "(select name from warc_files where id = x.file_id)",
    ("captures", "warcinfo_id"): "(select record_id from warcinfos where id = x.warcinfo_id)",
    ("warcinfos", "run_id"): "(select name from runs where id = x.run_id)",
    ("dropped_revisits", "run_id"): "(select name from runs where id = x.run_id)",
    ("failed_fetches", "run_id"): "(select name from runs where id = x.run_id)",
    ("site_runs", "run_id"): "(select name from runs where id = x.run_id)",
    ("alerts", "run_id"): "(select name from runs where id = x.run_id)",
    ("sightings", "address_id"): "(select urlkey from addresses where id = x.address_id)",
    ("front_links", "address_id"): "(select urlkey from addresses where id = x.address_id)",
    ("front_links", "list_id"): "(select content_hash from front_lists where id = x.list_id)",
    ("fronts", "list_id"): "(select content_hash from front_lists where id = x.list_id)",
    ("article_images", "image_id"): "(select url from images where id = x.image_id)",
    **{(table, "article_id"): _ARTICLE.format("x.article_id")
       for table in ("article_texts", "versions", "readings", "article_urls", "search_extras",
                     "edits", "absences")},
    **{(table, "text_id"): _TEXT.format("x.text_id")
       for table in ("articles", "versions", "readings", "article_tags", "corrections", "article_images", "credits", "rights",
                     "attributions")},
    **{(table, column): _CAPTURE.format(f"x.{column}")
       for table, column in (("articles", "last_capture_id"), ("article_texts", "capture_id"), ("readings", "capture_id"),
                             ("versions", "first_capture_id"), ("versions", "last_capture_id"),
                             ("absences", "before_id"), ("absences", "capture_id"), ("absences", "confirmed_id"), ("fronts", "capture_id"))},
    **{(table, "party_id"): _PARTY.format("x.party_id") for table in ("credits", "party_names")},
}  # fmt: skip
_LEFT_OUT = {
    ("warc_files", "position"),
    ("warc_files", "size"),
    ("warc_files", "sha256"),
    ("warc_files", "sealed_at"),
}
"""Bookkeeping of when what was read, not what the files say."""
_NO_TABLES = (
    "sqlite_%",
    "article_fts%",
    "search_settings",
    "_sqlite_migrations",
    "text_sketches",
    "sketch_bands",
    "copies",
)
"""The last three are made from the others, in batches: see copies.py."""


def table_contents(index: Index) -> dict[str, list[dict[str, Any]]]:
    """Return every table's rows without surrogate ids, sorted; equal for two indexes of the same WARC files."""
    names = [
        row["name"] for row in index.rows("select name from sqlite_master where type = 'table' order by name")
    ]
    wanted = [name for name in names if not any(_fits(name, pattern) for pattern in _NO_TABLES)]
    return {name: _contents(index, name) for name in wanted}


def _contents(index: Index, table: str) -> list[dict[str, Any]]:
    columns = [row["name"] for row in index.rows("select name from pragma_table_info(?)", (table,))]
    selected = [
        f"{_REPLACED.get((table, column), 'x.' + column)} as {column}"
        for column in columns
        if column != "id" and (table, column) not in _LEFT_OUT
    ]
    rows = index.rows(f"select {', '.join(selected)} from {table} x")
    return sorted(rows, key=lambda row: [(value is not None, str(value)) for value in row.values()])


def _fits(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("%") else name == pattern
