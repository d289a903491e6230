"""Fills tables that a migration has added, from what an older index holds; a newer one fills them as it reads."""

from __future__ import annotations

import sqlite3
from itertools import pairwise

from archive.index import absences, fulltext, versions
from archive.index.content import changed_fields, content_hash, with_lead_image

_FIELDS_BEFORE = 10
"""Fields that made a version before the lead image did."""


def fill_changes(connection: sqlite3.Connection) -> None:
    """Let texts count their lead image, and tell the kinds of change of all versions and all removals."""
    factory, connection.row_factory = connection.row_factory, sqlite3.Row
    try:
        _count_lead_images(connection)
        for [article_id] in connection.execute("select id from articles").fetchall():
            _tell_edits(connection, article_id)
            absences.refresh(connection, article_id)
            fulltext.refresh_facets(connection, article_id)
    finally:
        connection.row_factory = factory


def fill_version_tokens(connection: sqlite3.Connection, *, least: int = 2) -> None:
    """Let articles of *least* versions and more be found by how many they are, in the full text alone."""
    factory, connection.row_factory = connection.row_factory, sqlite3.Row
    try:
        several = "select id from articles where version_count >= ?"
        for [article_id] in connection.execute(several, (least,)).fetchall():
            fulltext.refresh_facets(connection, article_id)
    finally:
        connection.row_factory = factory


def _count_lead_images(connection: sqlite3.Connection) -> None:
    rows = connection.execute(
        "select t.id, t.field_hashes, i.url from article_texts t left join article_images m on m.text_id = t.id"
        " and m.position = 0 left join images i on i.id = m.image_id"
    ).fetchall()
    for row in rows:
        if len(row["field_hashes"].split()) == _FIELDS_BEFORE:
            hashes = with_lead_image(row["field_hashes"], row["url"])
            connection.execute(
                "update article_texts set field_hashes = ?, content_hash = ? where id = ?",
                (hashes, content_hash(hashes), row["id"]),
            )


def _tell_edits(connection: sqlite3.Connection, article_id: int) -> None:
    rows = connection.execute(
        "select v.number, v.text_id, t.field_hashes from versions v join article_texts t on t.id = v.text_id"
        " where v.article_id = ? order by v.number",
        (article_id,),
    ).fetchall()
    for before, after in pairwise(rows):
        changed = changed_fields(before["field_hashes"], after["field_hashes"])
        connection.execute(
            "update versions set changed = ? where article_id = ? and number = ?",
            (" ".join(changed), article_id, after["number"]),
        )
        versions.add_edits(
            connection, article_id, after["number"], changed, (before["text_id"], after["text_id"])
        )
