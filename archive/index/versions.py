"""Versions of an article: what it said, from when to when, in the order of its captures."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from archive.index.content import changed_fields
from archive.index.edits import Said, edits, plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


class Newest(NamedTuple):
    """An article's newest version."""

    number: int
    text_id: int
    content_hash: str
    seen_until: str
    """Time of its last capture, as the index writes times."""
    changed: str
    """Fields that differ from the version before; empty for the first, and where another extractor had read that one."""


def newest(connection: sqlite3.Connection, article_id: int) -> Newest:
    """Return the newest version of an article; every article in the index has one."""
    return Newest._make(
        connection.execute(
            "select v.number, v.text_id, t.content_hash, v.seen_until, v.changed from versions v"
            " join article_texts t on t.id = v.text_id where v.article_id = ? order by v.number desc limit 1",
            (article_id,),
        ).fetchone()
    )


def begin(connection: sqlite3.Connection, article_id: int, text_id: int, capture: int, at: str) -> None:
    """Insert the first version of an article that has none."""
    _insert_version(connection, article_id, 1, text_id, (capture, capture, at, at), None)


def extend(connection: sqlite3.Connection, article_id: int, number: int, capture: int, at: str) -> None:
    """Let the version *number* end with the capture *capture*, taken *at*."""
    connection.execute(
        "update versions set last_capture_id = ?, seen_until = ? where article_id = ? and number = ?",
        (capture, at, article_id, number),
    )


def chain(connection: sqlite3.Connection, article_id: int, text_id: int, capture: int, at: str) -> None:
    """Put the reading into the article's versions: at the end when it is the newest, else all are made anew."""
    last = connection.execute(
        "select v.number, v.text_id, v.seen_until, v.last_capture_id from versions v where v.article_id = ?"
        " order by v.number desc limit 1",
        (article_id,),
    ).fetchone()
    if last is not None and at <= last["seen_until"]:
        _rebuild(connection, article_id)
    elif last is not None and last["text_id"] == text_id:
        extend(connection, article_id, last["number"], capture, at)
    else:
        number = last["number"] + 1 if last is not None else 1
        before = (last["text_id"], last["last_capture_id"]) if last is not None else None
        _insert_version(connection, article_id, number, text_id, (capture, capture, at, at), before)


def _rebuild(connection: sqlite3.Connection, article_id: int) -> None:
    rows = connection.execute(
        "select r.text_id, r.capture_id, c.captured_at from readings r join captures c on c.id = r.capture_id"
        " join warc_files w on w.id = c.file_id where r.article_id = ? order by c.captured_at, w.name, c.offset, c.inner",
        (article_id,),
    ).fetchall()
    runs: list[list[sqlite3.Row]] = []
    for row in rows:
        if runs and runs[-1][-1]["text_id"] == row["text_id"]:
            runs[-1].append(row)
        else:
            runs.append([row])
    connection.execute("delete from edits where article_id = ?", (article_id,))
    connection.execute("delete from versions where article_id = ?", (article_id,))
    before: tuple[int, int] | None = None
    for number, run in enumerate(runs, 1):
        first, last = run[0], run[-1]
        seen = (first["capture_id"], last["capture_id"], first["captured_at"], last["captured_at"])
        _insert_version(connection, article_id, number, first["text_id"], seen, before)
        before = (first["text_id"], last["capture_id"])


def _insert_version(
    connection: sqlite3.Connection,
    article_id: int,
    number: int,
    text_id: int,
    seen: tuple[int, int, str, str],
    before: tuple[int, int] | None,
) -> None:
    """Insert a version; *before* are the text and the last capture of the one before it, by their ids."""
    changed: tuple[str, ...] = ()
    if before is not None and _extractor(connection, before[1]) == _extractor(connection, seen[0]):
        [old], [new] = (
            connection.execute("select field_hashes from article_texts where id = ?", (text,)).fetchone()
            for text in (before[0], text_id)
        )
        changed = changed_fields(old, new)
    connection.execute(
        "insert into versions values (?, ?, ?, ?, ?, ?, ?, ?)",
        (article_id, number, text_id, *seen, " ".join(changed)),
    )
    if before is not None and changed:
        add_edits(connection, article_id, number, changed, (before[0], text_id))


def add_edits(
    connection: sqlite3.Connection,
    article_id: int,
    number: int,
    changed: Sequence[str],
    texts: tuple[int, int],
) -> None:
    """Tell what kinds of change the version *number* is; *texts* are the one before and its own."""
    before, after = (_said(connection, text) for text in texts)
    connection.executemany(
        "insert into edits values (?, ?, ?, ?)",
        [(article_id, number, edit.kind, edit.detail) for edit in edits(changed, before, after)],
    )


def _said(connection: sqlite3.Connection, text_id: int) -> Said:
    row = connection.execute(
        "select standfirst, body, paywalled from article_texts where id = ?", (text_id,)
    ).fetchone()
    notices = connection.execute(
        "select notice from corrections where text_id = ? and kind <> 'update' order by position", (text_id,)
    ).fetchall()
    paragraphs = (plain(paragraph) for paragraph in row["body"].split("\n\n"))
    return Said(
        standfirst=plain(row["standfirst"]),
        body=tuple(paragraph for paragraph in paragraphs if paragraph),
        corrections=tuple(plain(notice) for [notice] in notices),
        paywalled=None if row["paywalled"] is None else bool(row["paywalled"]),
    )


def _extractor(connection: sqlite3.Connection, capture: int) -> str:
    """Return what read a capture: only what one extractor read can be compared, else its progress looks like an edit."""
    [extractor] = connection.execute(
        "select extractor from readings where capture_id = ?", (capture,)
    ).fetchone()
    return str(extractor)
