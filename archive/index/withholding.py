"""Rules of access, in the one place where they are enforced: what is withheld is not in the tables that readers see.

On the reader's connection every table that could tell of a withheld article or capture is covered by a temporary view of
its name which leaves it out; so search, pages, export, JSON, CDX, Memento and replay cannot show what they cannot see,
and a table made tomorrow is covered by its column names. Without rules nothing is covered and nothing costs anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.index.patterns import pattern_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

_HIDDEN_BY = {
    "article_id": "withheld_articles",
    "text_id": "withheld_texts",
    "other_text_id": "withheld_texts",
    "capture_id": "withheld_captures",
    "first_capture_id": "withheld_captures",
    "last_capture_id": None,
    "before_id": "withheld_captures",
    "confirmed_id": "withheld_captures",
    "urlkey": "withheld_keys",
    "record_id": "withheld_records",
    "address_id": "withheld_addresses",
}
"""Column → the temporary table of what may not stand in it. The last capture of an article may be withheld while the
article is not: its older captures speak for it."""
_OWN_ID = {
    "articles": "withheld_articles",
    "article_texts": "withheld_texts",
    "captures": "withheld_captures",
}
_IN_PICTURE = (
    "(found_in <> 'iptc' or exists (select 1 from article_images m join picture_words w on w.payload = m.payload"
    " where m.text_id = x.text_id and m.position = x.image_position))"
)
_SEEN_WITH = {
    "credits": _IN_PICTURE,
    "rights": _IN_PICTURE,
    "picture_words": "(exists (select 1 from captures c where c.payload_digest = payload and c.record_type <> 'revisit')"
    " or exists (select 1 from captures c where c.record_id = payload))",
}
"""Tables with rows that are seen only while one capture is of the picture that they tell of."""
_RESERVED_BY_SITE = """
insert or ignore into withheld_captures
select r.capture_id from main.fetch_notes n join main.captures c on c.record_id = n.record_id
join main.readings r on r.capture_id = c.id
where n.tdm_reservation = '1' and coalesce(r.reservations, '') not like '% tdm-unreserved %'
"""
_NEVER = ("sqlite_", "_sqlite_", "article_fts")
_TABLES = """
create temp table withheld_captures (id integer primary key) strict;
create temp table withheld_articles (id integer primary key) strict;
create temp table withheld_texts (id integer primary key) strict;
create temp table withheld_keys (id text primary key) strict;
create temp table withheld_records (id text primary key) strict;
create temp table withheld_addresses (id integer primary key) strict;
"""


def withhold(
    connection: sqlite3.Connection, rules: Iterable[Mapping[str, Any]], reserved: Iterable[str] = ()
) -> None:
    """Let *connection* see nothing that *rules* (see OperatorData.rules) withhold, nor captures of pages that reserved one of
    *reserved*, e.g. noarchive.
    """
    rules, reserved = list(rules), list(reserved)
    if not rules and not reserved:
        return
    connection.executescript(_TABLES)
    for word in reserved:
        connection.execute(
            "insert or ignore into withheld_captures select capture_id from main.readings"
            " where reservations is not null and reservations like ?",
            (f"% {word} %",),
        )
    if "tdm-reservation" in reserved:
        connection.execute(_RESERVED_BY_SITE)
    for rule in rules:
        _note_captures(connection, rule)
    _note_articles(connection)
    _cover(connection)


def _note_captures(connection: sqlite3.Connection, rule: Mapping[str, Any]) -> None:
    """Note what one rule means: captures at its addresses, and the whole article when it names no span of time."""
    where, values = pattern_of(rule["pattern"]).condition("urlkey")
    span = [
        ("substr(captured_at, 1, 19) >= ?", rule["captured_from"]),
        ("substr(captured_at, 1, 19) <= ?", rule["captured_until"]),
    ]
    in_span = "".join(f" and {condition}" for condition, value in span if value)
    times = [value[:19] for _, value in span if value]
    connection.execute(
        f"insert or ignore into withheld_captures select id from main.captures where {where}{in_span}",
        (*values, *times),
    )
    if times:
        return
    connection.execute(
        f"insert or ignore into withheld_keys select distinct urlkey from main.captures where {where}", values
    )
    connection.execute(
        f"insert or ignore into withheld_articles select article_id from main.article_urls where {where}",
        values,
    )
    connection.execute(
        "insert or ignore into withheld_captures select capture_id from main.readings"
        " where article_id in (select id from withheld_articles)"
    )
    connection.execute(
        "insert or ignore into withheld_keys select urlkey from main.article_urls where article_id in (select id from withheld_articles)"
    )


def _note_articles(connection: sqlite3.Connection) -> None:
    """Note the texts that only withheld captures showed, and the articles whose newest text is one of them."""
    connection.execute(
        "insert or ignore into withheld_texts select distinct text_id from main.readings where text_id is not null"
        " and capture_id in (select id from withheld_captures) and text_id not in"
        " (select text_id from main.readings where text_id is not null and capture_id not in (select id from withheld_captures)"
        "  and article_id in (select article_id from main.readings where capture_id in (select id from withheld_captures)))"
    )
    connection.execute(
        "insert or ignore into withheld_texts select id from main.article_texts where article_id in (select id from withheld_articles)"
    )
    connection.execute(
        "insert or ignore into withheld_articles select id from main.articles where text_id in (select id from withheld_texts)"
    )
    connection.execute(
        "insert or ignore into withheld_records select record_id from main.captures where id in (select id from withheld_captures)"
    )
    connection.execute(
        "insert or ignore into withheld_addresses select id from main.addresses where urlkey in (select id from withheld_keys)"
    )


def _cover(connection: sqlite3.Connection) -> None:
    made = connection.execute(
        "select type, name, sql from main.sqlite_master where type in ('table', 'view')"
    ).fetchall()
    for kind, name, _ in made:
        if kind != "table" or name.startswith(_NEVER):
            continue
        columns = [row[1] for row in connection.execute(f"pragma main.table_info({name})")]
        conditions = [
            f"({column} is null or {column} not in (select id from temp.{_HIDDEN_BY[column]}))"
            for column in columns
            if _HIDDEN_BY.get(column)
        ]
        if name in _OWN_ID:
            conditions.append(f"id not in (select id from temp.{_OWN_ID[name]})")
        if name in _SEEN_WITH:
            conditions.append(_SEEN_WITH[name])
        if conditions:
            connection.execute(
                f"create temp view {name} as select * from main.{name} x where {' and '.join(conditions)}"
            )
    texts = [row[1] for row in connection.execute("pragma main.table_info(article_fts)")]
    # Also the hidden columns: MATCH, rank and rowid work through such a view as they do on the table.
    connection.execute(
        f"create temp view article_fts as select rowid, article_fts, rank, {', '.join(texts)} from main.article_fts"
        " where rowid not in (select id from temp.withheld_articles)"
    )
    for kind, name, sql in made:
        if kind == "view" and name != "article_search":
            connection.execute(
                sql.replace("create view", "create temp view", 1).replace(
                    "CREATE VIEW", "create temp view", 1
                )
            )
