"""Parties: the persons, agencies, staffs and outlets behind the names that are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.index.fold import fold

if TYPE_CHECKING:
    import sqlite3

    from archive.model import Credit

_NO_WORD = re.compile(r"[\W_]+")


def party_key(credit: Credit, site: str) -> str:
    """Return what tells the party of *credit* from all others.

    An agency is its code wherever it is named. A person, a staff or anything else is its name at one outlet: two
    people of one name at two papers stay two until somebody says otherwise.

    >>> from archive.model import Credit
    >>> person = Credit(name="Ána  Lópe-Z", kind="person", role="author", raw="By …", found_in="byline")
    >>> party_key(person, "a.example")
    'person:a.example:ana lope z'
    """
    if credit.kind == "agency":
        return f"agency:{credit.agency or plain_name(credit.name)}"
    return f"{credit.kind}:{site}:{plain_name(credit.name)}"


def party_id(connection: sqlite3.Connection, credit: Credit, site: str) -> int:
    """Return the id of the party that *credit* names, made when it is new; its spelling is kept.

    Of several spellings the last in the order of code points is the one to show: it does not matter then which was
    read first, and "Zoë Prado" comes behind "ZOE PRADO" and "Zoe Prado".
    """
    key = party_key(credit, site)
    row = connection.execute("select id, name from parties where key = ?", (key,)).fetchone()
    if row is None:
        is_agency = credit.kind == "agency"
        row = connection.execute(
            "insert into parties(key, kind, name, code, site) values (?, ?, ?, ?, ?) returning id, name",
            (
                key,
                credit.kind,
                credit.name,
                credit.agency if is_agency else None,
                None if is_agency else site,
            ),
        ).fetchone()
    elif credit.name > row["name"]:
        connection.execute("update parties set name = ? where id = ?", (credit.name, row["id"]))
    connection.execute("insert or ignore into party_names values (?, ?)", (row["id"], credit.name))
    return int(row["id"])


def forget_unused(connection: sqlite3.Connection, party_ids: list[int]) -> None:
    """Take out those of *party_ids*, and those spellings of them, that no credit holds any more."""
    for party in party_ids:
        connection.execute(
            "delete from party_names where party_id = ? and name not in (select name from credits where party_id = ?)",
            (party, party),
        )
        connection.execute(
            "update parties set name = coalesce((select max(name) from party_names where party_id = id), name)"
            " where id = ?",
            (party,),
        )
        connection.execute(
            "delete from parties where id = ? and not exists (select 1 from party_names where party_id = ?)",
            (party, party),
        )


def plain_name(name: str) -> str:
    """Return *name* for comparison, as keys hold it: folded letters, words separated by one blank."""
    return _NO_WORD.sub(" ", fold(name) or "").strip()
