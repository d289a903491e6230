"""What captured pictures say of themselves, and the articles whose pictures they are. The order of captures makes no difference.

An article's picture is joined to the capture of its address that is closest in time to the page's. What that file says
becomes part of the picture's credits and of the words about rights, behind those of the page, which are not said twice.
"""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING, Any

from archive.index import fulltext
from archive.index.identity import site_of
from archive.index.parties import forget_unused, party_id, plain_name
from archive.index.records import key_of
from archive.model import Credit
from archive.picture_words import PictureWords
from archive.times import parse_warc_date

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from archive.model import Record

MOST_REDIRECTS = 5
_FIRST_NUMBER = 10_000
"""Of what the first picture says of itself, among a text's credits; behind all that a page can print, in any order of captures."""
_MOST_KEYS = 200
"""Addresses that lead to one picture, or hold the same one, whose articles are looked at when it is captured."""
_WORDS = ("credit", "source", "rights", "headline", "caption", "instructions", "usage_terms", "licence", "created", "digital_source")  # fmt: skip
_AGAIN = "record_type = 'revisit' and mime >= 'image/' and mime < 'image0'"
_NEAR = (
    "select coalesce(c.payload_digest, c.record_id) as payload, c.redirect_key, c.captured_at from captures c"
    " join warc_files f on f.id = c.file_id where c.urlkey = ? and c.captured_at {} ?"
    " and (coalesce(c.status, 200) = 200 or c.redirect_key is not null)"
    " order by c.captured_at {}, f.name, c.offset, c.inner limit 1"
)
_BEFORE, _AFTER = _NEAR.format("<=", "desc"), _NEAR.format(">", "asc")
"""The captures next to a time, found without going through all of an address."""


def note_capture(connection: sqlite3.Connection, record: Record) -> set[int]:
    """Keep what the picture in *record*, a capture that is in the index, says; join it to the articles that show it.

    Returns the ids of the texts that say something else now: *refresh* has to be told of them before the commit. An
    article is put into the full text once then, however many pictures came for it.
    """
    if record.picture is not None:
        _add_words(connection, record)
    elif not _may_matter(connection, record):
        return set()
    shown = _shown_in(connection, record).items()
    return {text_id for text_id, positions in shown if _join(connection, text_id, positions)}


def refresh(connection: sqlite3.Connection, texts: Iterable[int]) -> None:
    """Let the full text say what the pictures of *texts* say, where these are the newest of their articles."""
    for text_id in sorted(texts):
        for [article_id] in connection.execute(
            "select id from articles where text_id = ?", (text_id,)
        ).fetchall():
            fulltext.refresh(connection, article_id)


def join(connection: sqlite3.Connection, text_id: int) -> None:
    """Join the pictures of a text that was just put in, and is not in the full text yet, to what they say of themselves."""
    if _is_empty(connection):
        return
    rows = connection.execute("select position from article_images where text_id = ?", (text_id,)).fetchall()
    _join(connection, text_id, {position for [position] in rows})


def read_words(row: Mapping[str, Any] | sqlite3.Row) -> PictureWords:
    """Return a row of picture_words as the words it was made of."""
    single = {name: str(row[name] or "") for name in _WORDS}
    return PictureWords(creators=tuple(json.loads(row["creators"])), **single)


def _may_matter(connection: sqlite3.Connection, record: Record) -> bool:
    """Return whether a capture without words of its own can change what a picture says: by taking another's place."""
    if record.redirect_to is None and record.mime is not None and not record.mime.startswith("image/"):
        return False
    return not _is_empty(connection)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("select 1 from picture_words limit 1").fetchone() is None


def _add_words(connection: sqlite3.Connection, record: Record) -> None:
    picture = record.picture
    assert picture is not None
    values: dict[str, object] = {name: getattr(picture.words, name) or None for name in _WORDS}
    values["payload"] = _payload(record)
    values["creators"] = _json(picture.words.creators)
    values["credits"] = _json([dataclasses.asdict(credit) for credit in picture.credits])
    values["rights_words"] = _json([[right.kind, right.words] for right in picture.rights])
    connection.execute(
        f"insert or ignore into picture_words({', '.join(values)}) values ({', '.join(f':{name}' for name in values)})",
        values,
    )


def _payload(record: Record) -> str:
    return record.payload_digest or record.record_id


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# -- which articles ------------------------------------------------------------------------------------------------------


def _shown_in(connection: sqlite3.Connection, record: Record) -> dict[int, set[int]]:
    """Return the texts that show what *record* captured, and where, as far as they may have to be joined otherwise for it."""
    says = None
    if record.redirect_to is None:
        held = connection.execute("select 1 from picture_words where payload = ?", (_payload(record),))
        says = _payload(record) if held.fetchone() else None
    other = "1" if record.redirect_to is not None else "m.payload is not ?"
    values = () if record.redirect_to is not None else (says,)
    found: dict[int, set[int]] = {}
    for key in _keys(connection, record):
        for text_id, position in connection.execute(
            "select m.text_id, m.position from images i join article_images m on m.image_id = i.id"
            f" where i.urlkey = ? and {other}",
            (key, *values),
        ).fetchall():
            found.setdefault(text_id, set()).add(position)
    return dict(sorted(found.items()))


def _keys(connection: sqlite3.Connection, record: Record) -> Iterable[str]:
    """Return the addresses at which *record*'s picture is had: its own, those of revisits to it, and what leads there."""
    waiting = [key_of(record.target_uri or "")]
    if record.picture is not None and record.payload_digest is not None:
        again = connection.execute(
            f"select distinct urlkey from captures where payload_digest = ? and {_AGAIN} limit ?",
            (record.payload_digest, _MOST_KEYS),
        )
        waiting += [key for [key] in again]
    found = dict.fromkeys(waiting)
    while waiting and len(found) < _MOST_KEYS:
        key = waiting.pop()
        leading = connection.execute(
            "select distinct urlkey from captures where redirect_key = ? limit ?", (key, _MOST_KEYS)
        )
        new = [source for [source] in leading if source not in found]
        found.update(dict.fromkeys(new))
        waiting += new
    return found


# -- what they say -------------------------------------------------------------------------------------------------------


def _join(connection: sqlite3.Connection, text_id: int, positions: set[int]) -> bool:
    """Join the pictures at *positions* of a text to what they say of themselves now; return whether that changed anything."""
    rows = connection.execute(
        "select m.position, m.payload, i.urlkey, c.captured_at, t.url from article_images m join images i on i.id = m.image_id"
        " join article_texts t on t.id = m.text_id join captures c on c.id = t.capture_id where m.text_id = ?",
        (text_id,),
    ).fetchall()
    changed = False
    for row in rows:
        if row["position"] in positions:
            payload = _closest(connection, row["urlkey"], row["captured_at"])
            if payload != row["payload"]:
                _clear(connection, text_id, row["position"])
                _write(connection, text_id, row["position"], payload, site_of(row["url"]))
                changed = True
    return changed


def _closest(connection: sqlite3.Connection, urlkey: str, at: str) -> str | None:
    """Return the payload that the address led to closest to *at*, when it says something."""
    for _ in range(MOST_REDIRECTS + 1):
        row = _nearest(connection, urlkey, at)
        if row is None:
            return None
        if row["redirect_key"] is None:
            held = connection.execute("select 1 from picture_words where payload = ?", (row["payload"],))
            return str(row["payload"]) if held.fetchone() else None
        urlkey = row["redirect_key"]
    return None


def _nearest(connection: sqlite3.Connection, urlkey: str, at: str) -> sqlite3.Row | None:
    """Return the good capture or redirect of an address that is closest to *at*, the earlier of two that are as close."""
    found = [connection.execute(way, (urlkey, at)).fetchone() for way in (_BEFORE, _AFTER)]
    moment = parse_warc_date(at)
    rows = [row for row in found if row is not None]
    return min(rows, key=lambda row: abs(parse_warc_date(row["captured_at"]) - moment), default=None)


def _clear(connection: sqlite3.Connection, text_id: int, position: int) -> None:
    """Take out what a picture said of itself."""
    credited = "from credits where text_id = ? and image_position = ? and found_in = 'iptc'"
    place = (text_id, position)
    parties = [row[0] for row in connection.execute(f"select distinct party_id {credited}", place)]
    connection.execute(f"delete {credited}", place)
    connection.execute(
        "delete from rights where text_id = ? and image_position = ? and found_in = 'iptc'", place
    )
    forget_unused(connection, parties)


def _write(
    connection: sqlite3.Connection, text_id: int, position: int, payload: str | None, site: str
) -> None:
    """Put what the picture at *position* says behind what the page says of it; nothing for none that says anything."""
    connection.execute(
        "update article_images set payload = ? where text_id = ? and position = ?",
        (payload, text_id, position),
    )
    if payload is not None:
        row = connection.execute(
            "select credits, rights_words from picture_words where payload = ?", (payload,)
        ).fetchone()
        _add_credits(connection, text_id, position, site, json.loads(row["credits"]))
        _add_rights(connection, text_id, position, json.loads(row["rights_words"]))


def _add_credits(
    connection: sqlite3.Connection, text_id: int, position: int, site: str, said: list[dict[str, Any]]
) -> None:
    printed = connection.execute(
        "select c.name, c.role, p.code from credits c join parties p on p.id = c.party_id"
        " where c.text_id = ? and c.image_position = ?",
        (text_id, position),
    ).fetchall()
    known = {(row["code"] or plain_name(row["name"]), row["role"]) for row in printed}
    number = _FIRST_NUMBER * (position + 1)
    for credit in _new(known, (Credit(**values) for values in said)):
        connection.execute(
            "insert into credits(text_id, number, image_position, party_id, name, role, raw, found_in, position, confidence)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                text_id, number, position, party_id(connection, credit, site), credit.name, credit.role, credit.raw,
                credit.found_in, credit.position, credit.confidence,
            ),
        )  # fmt: skip
        number += 1


def _new(known: set[tuple[str, str]], said: Iterator[Credit]) -> Iterator[Credit]:
    """Yield of what a picture says whom the page does not credit in the same role already.

    Whoever made or supplied it is not named again as its owner: the notice stands among the words about rights.
    """
    parties = {party for party, _ in known}
    for credit in said:
        party = credit.agency or plain_name(credit.name)
        if (party, credit.role) not in known and not (credit.role == "copyright" and party in parties):
            known.add((party, credit.role))
            parties.add(party)
            yield credit


def _add_rights(connection: sqlite3.Connection, text_id: int, position: int, said: list[list[str]]) -> None:
    number = _FIRST_NUMBER * (position + 1)
    for kind, words in said:
        printed = connection.execute(
            "select 1 from rights where text_id = ? and image_position = ? and kind = ? and words = ?",
            (text_id, position, kind, words),
        ).fetchone()
        if printed is None:
            connection.execute(
                "insert into rights(text_id, number, image_position, kind, words, found_in)"
                " values (?, ?, ?, ?, ?, 'iptc')",
                (text_id, number, position, kind, words),
            )
            number += 1
