"""What another reading of the same captures says otherwise: two indexes of the same WARC files, held side by side."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NO_FIELDS = frozenset(
    {"id", "article_id", "capture_id", "content_hash", "field_hashes", "word_count", "direction"}
)
"""Columns of article_texts that are no fields, or follow from one."""
_LISTS = {
    "credits": "select json_array(name, role, raw, found_in, image_position) as v from {db}credits where text_id = {text} order by number",
    "images": "select json_array(i.url, m.caption, m.credit_raw, m.archive) as v from {db}article_images m"
    " join {db}images i on i.id = m.image_id where m.text_id = {text} order by m.position",
    "rights": "select json_array(kind, words, image_position) as v from {db}rights where text_id = {text} order by number",
    "tags": "select tag as v from {db}article_tags where text_id = {text} order by position",
    "corrections": "select json_array(kind, notice) as v from {db}corrections where text_id = {text} order by position",
    "attributions": "select json_array(name, agency, paragraph) as v from {db}attributions where text_id = {text} order by number",
}
"""Of the tables beside it, by the name of the field."""
_PAIRS = """
create temp table pairs as
  select o.article_id as old_article, n.article_id as new_article, o.text_id as old_text, n.text_id as new_text,
         o.date_modified is not n.date_modified as modified, nc.target_uri as url
  from readings n join captures nc on nc.id = n.capture_id join warc_files nw on nw.id = nc.file_id
  join old.warc_files ow on ow.name = nw.name
  join old.captures oc on oc.file_id = ow.id and oc.offset = nc.offset and oc.inner = nc.inner
  join old.readings o on o.capture_id = oc.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is read otherwise now."""

    what: str
    """A field; or ``became an article``, ``no article any more``, ``another article``."""
    articles: int
    example: str
    """The address of one of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two readings of the captures that both indexes know."""

    captures: int
    articles: int
    """Those that both have read as articles."""
    changed: int
    """Articles of which anything is read otherwise."""
    changes: tuple[Change, ...]
    """Most frequent first."""


def compare_readings(old: Path, new: Path) -> Comparison:
    """Return what the index at *new* reads otherwise than the one at *old*; nothing is written. Raises sqlite3.Error."""
    with closing(sqlite3.connect(f"{new.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("attach database ? as old", (f"{old.absolute().as_uri()}?mode=ro",))
        connection.execute("pragma temp_store = file")
        connection.execute(_PAIRS)
        connection.execute("create index temp.by_text on pairs(old_text, new_text)")
        return _compare(connection)


def _compare(connection: sqlite3.Connection) -> Comparison:
    connection.execute("create temp table changed(what text, article integer, url text)")
    note = "insert into changed select distinct {what}, {article}, url from ({rows})"
    both = "old_text is not null and new_text is not null"
    for what, article, condition in (
        ("'became an article'", "new_article", "old_text is null and new_text is not null"),
        ("'no article any more'", "-old_article", "old_text is not null and new_text is null"),
        ("'date_modified'", "new_article", f"{both} and modified"),
        ("'another article'", "new_article", f"{both} and {_identity('old.', 'old_article')} <> {_identity('', 'new_article')}"),
    ):  # fmt: skip
        rows = f"select *, min(url) from pairs where {condition} group by {article.lstrip('-')}"
        connection.execute(note.format(what=what, article=article, rows=rows))
    texts = (
        f"select old_text, new_text, new_article, min(url) as url from pairs where {both} group by 1, 2, 3"
    )
    connection.execute(f"create temp table texts as {texts}")
    for column in _columns_of_both(connection):
        connection.execute(
            f"insert into changed select '{column}', x.new_article, x.url from texts x join old.article_texts o"
            f" on o.id = x.old_text join main.article_texts n on n.id = x.new_text where o.{column} is not n.{column}"
        )
    for name, query in _LISTS.items():
        if not _can_be_asked(connection, query.format(db="old.", text="0")):
            continue
        old, new = (
            f"(select json_group_array(v) from ({query.format(db=db, text=text)}))"
            for db, text in (("old.", "x.old_text"), ("main.", "x.new_text"))
        )
        connection.execute(
            f"insert into changed select '{name}', x.new_article, x.url from texts x where {old} is not {new}"
        )
    return _summed(connection, both)


def _columns_of_both(connection: sqlite3.Connection) -> list[str]:
    """Return the fields of article_texts that both indexes have: the old one may have been made by an older Tearsheet."""
    old, new = (
        [
            name
            for [name] in connection.execute("select name from pragma_table_info('article_texts', ?)", (db,))
        ]
        for db in ("old", "main")
    )
    return [name for name in new if name in old and name not in _NO_FIELDS]


def _can_be_asked(connection: sqlite3.Connection, query: str) -> bool:
    """Return whether the old index has the tables and columns of *query*."""
    try:
        connection.execute(f"explain {query}")
    except sqlite3.OperationalError:
        return False
    return True


def _identity(database: str, article: str) -> str:
    return f"(select identity from {database or 'main.'}articles where id = {article})"


def _summed(connection: sqlite3.Connection, both: str) -> Comparison:
    [captures, articles] = connection.execute(
        f"select count(*), count(distinct case when {both} then new_article end) from pairs"
    ).fetchone()
    [changed] = connection.execute("select count(distinct article) from changed").fetchone()
    rows = connection.execute(
        "select what, count(distinct article), min(url) from changed group by what order by 2 desc, what"
    )
    return Comparison(
        captures=captures,
        articles=articles,
        changed=changed,
        changes=tuple(Change(what=what, articles=count, example=url) for what, count, url in rows),
    )
