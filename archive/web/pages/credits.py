"""Credits explorer: which agency supplied how much to which outlet in which year, who wrote how much, and one party's work."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from archive.errors import UserError
from archive.index.found import rounded
from archive.index.party_decisions import PartyDecisions
from archive.index.party_lists import SHOWN
from archive.web.screens import Asked, NotHere, Screen, Shown, Told

if TYPE_CHECKING:
    from archive.index.party_decisions import PartyDecision

_CREDITED = (
    f" from credits c join articles a on a.text_id = c.text_id join parties p on p.id = {SHOWN.format('c.party_id')}"
    " where p.kind = ? and c.role <> 'cited' and (c.image_position is not null) = ?"
)
_MATRIX = {
    "outlet": "a.site",
    "year": "coalesce(substr(a.published_on, 1, 4), 'no date')",
    "role": "c.role",
}
"""What the columns may be, and the SQL for it."""
_KINDS = {"agency": "Agencies", "person": "People", "staff": "Staff", "outlet": "Outlets"}
_OF_SAMPLE = " and a.id in (select value from json_each(?))"
_ROWS, _COLUMNS = 60, 12
_NAMES = (
    "select distinct name from party_names where party_id in (select value from json_each(?)) order by name"
)
_YEARS = (
    "select coalesce(substr(a.published_on, 1, 4), 'no date') as year, c.role, count(distinct a.id) as n from credits c"
    " join articles a on a.text_id = c.text_id where c.party_id in (select value from json_each(?)){}"
    " group by 1, 2 order by 1 desc, 3 desc"
)
_SAME_NAME = (
    "select key, name, site from parties where name = ? and kind = ? and id not in (select value from json_each(?))"
    " order by site limit 50"
)
_MOST_LOOKED_AT = 20_000
"""Credits of a party up to which all are looked at; of more, years are told from a sample."""
_MANY = "select count(*) as n from (select 1 from credits where party_id in (select value from json_each(?)) limit ?)"
_WORKS = (
    "select distinct a.id, a.site, a.published_on, a.language, t.headline, c.role, c.raw, c.found_in, c.image_position is not null as of_picture"
    " from credits c join articles a on a.text_id = c.text_id join article_texts t on t.id = a.text_id"
    " where c.party_id in (select value from json_each(?)) order by a.id desc limit 100"
)
_NEWEST_WORKS = _WORKS.replace("from credits c join articles a on", "from articles a cross join credits c on")
"""For a party that is credited so often that going through articles from the newest finds a hundred soon."""


def show(asked: Asked) -> Shown:
    """Answer ``/credits?kind=agency&by=outlet&of=text&site=…``."""
    kind = asked.text("kind") if asked.text("kind") in _KINDS else "agency"
    by = asked.text("by") if asked.text("by") in _MATRIX else "outlet"
    of_pictures = asked.text("of") == "pictures"
    site = asked.text("site")
    sample = asked.index.found(f'site:"{site}"' if site and '"' not in site else "").sample()
    only = (" and a.site = ?" if site else "") + (_OF_SAMPLE if sample else "")
    rows = asked.index.rows(
        f"select p.key, coalesce(p.code, p.name) as party, p.site as home, {_MATRIX[by]} as column_name,"
        f" count(distinct a.id) as n{_CREDITED}{only} group by p.id, 4",
        (kind, int(of_pictures), *([site] if site else []), *([sample.ids] if sample else [])),
    )
    if sample:
        rows = [row | {"n": rounded(round(row["n"] * sample.factor))} for row in rows]
    table = _table(rows, newest_first=by == "year")
    if sample:
        table["parties"] = [party | {"total": rounded(party["total"])} for party in table["parties"]]
    return Shown(
        title="Credits",
        data={"kind": kind, "by": by, "of": "pictures" if of_pictures else "text", "site": site,
              "sampled_articles": len(sample.articles) if sample else None, **table},
        values={
            "sampled": len(sample.articles) if sample else None,
            "kind": kind,
            "by": by,
            "of_pictures": of_pictures,
            "site": site,
            "table": table,
            "kinds": _KINDS,
            "ways": list(_MATRIX),
            "field": "photo" if of_pictures else "agency",
        },
    )  # fmt: skip


def _table(rows: list[dict[str, Any]], *, newest_first: bool) -> dict[str, Any]:
    """Return parties × columns, the largest first, cut where a page ends; how much was cut is said."""
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    names: dict[str, dict[str, Any]] = {}
    totals: dict[str, int] = defaultdict(int)
    for row in rows:
        counts[row["key"]][row["column_name"]] = row["n"]
        names[row["key"]] = {"party": row["party"], "home": row["home"]}
        totals[row["column_name"]] += row["n"]
    columns = sorted(totals, reverse=True) if newest_first else sorted(totals, key=lambda name: -totals[name])
    parties = sorted(counts, key=lambda key: (-sum(counts[key].values()), names[key]["party"]))
    shown = [
        {"key": key, **names[key], "total": sum(counts[key].values()), "counts": counts[key]}
        for key in parties[:_ROWS]
    ]
    return {
        "columns": columns[:_COLUMNS],
        "parties": shown,
        "parties_left_out": max(0, len(parties) - _ROWS),
        "columns_left_out": max(0, len(columns) - _COLUMNS),
    }


def show_party(asked: Asked) -> Shown:
    """Answer ``/party?key=…``: all that one person, agency or staff is credited for."""
    found = asked.index.rows("select * from parties where key = ?", (asked.text("key"),))
    if not found:
        raise NotHere("nobody of that name is credited here")
    [party] = found
    members = _members(asked, party["id"])
    ids = json.dumps([member["id"] for member in members])
    is_many = asked.index.rows(_MANY, (ids, _MOST_LOOKED_AT + 1))[0]["n"] > _MOST_LOOKED_AT
    works = asked.index.rows(_NEWEST_WORKS if is_many else _WORKS, (ids,))
    if not works:
        raise NotHere("nobody of that name is credited here")
    names = [row["name"] for row in asked.index.rows(_NAMES, (ids,))]
    query = _query_for(party, of_one=len(members) == 1)
    years, is_estimated = _years(asked, ids, query, is_many=is_many)
    same = asked.index.rows(_SAME_NAME, (party["name"], party["kind"], ids))
    return Shown(
        title=party["name"],
        data={
            "party": party,
            "members": members,
            "names": names,
            "years": years,
            "years_are_estimated": is_estimated,
            "works": works,
            "same_name": same,
        },
        values={
            "party": party,
            "names": names,
            "years": years,
            "works": works,
            "same": same,
            "members": members,
            "decisions": _decisions(asked, {member["key"] for member in members}),
            "is_staff": asked.is_staff,
            "query": query,
            "is_estimated": is_estimated,
        },
    )


def _query_for(party: dict[str, Any], *, of_one: bool) -> str:
    """Return the query that finds what *party* is credited for."""
    value = party["code"] or party["name"]
    field = "agency" if party["code"] else "by"
    return f'{field}:"{value}"' + (f" site:{party['site']}" if party["site"] and of_one else "")


def _years(asked: Asked, ids: str, query: str, *, is_many: bool) -> tuple[list[dict[str, Any]], bool]:
    """Return articles by year and role, and whether they are told from a sample."""
    sample = (
        asked.index.found(f"{query} OR {query.replace('agency:', 'photo:', 1)}").sample() if is_many else None
    )
    if sample is None:
        return asked.index.rows(_YEARS.format(""), (ids,)), False
    rows = asked.index.rows(_YEARS.format(_OF_SAMPLE), (ids, sample.ids))
    return [row | {"n": rounded(round(row["n"] * sample.factor))} for row in rows], True


def _members(asked: Asked, party: int) -> list[dict[str, Any]]:
    """Return the parties that count as one with *party*, itself among them."""
    return asked.index.rows(
        f"select id, key, name, site from parties where {SHOWN.format('id')} = {SHOWN.format('?1')} order by site, key",
        (party,),
    )


def _decisions(asked: Asked, keys: set[str]) -> list[PartyDecision]:
    """Return what was decided about the parties *keys*, newest first."""
    if not asked.folder.operator.is_file():
        return []
    with PartyDecisions(asked.folder.operator, read_only=True) as decided:
        log = decided.party_decisions() if decided.party_groups() else []
    return [one for one in reversed(log) if keys & {*one.keys, one.into_key}]


def act(told: Told) -> str:
    """Say that two parties are one, or take that back."""
    key = told.text("key")
    with PartyDecisions(told.folder.operator) as decided:
        if number := told.text("undo"):
            if not number.isdecimal() or len(number) > 18:
                raise UserError("that is no number of a decision")
            decided.undo(int(number), by=told.who)
        elif not key or not told.text("other"):
            raise UserError("say which two are one")
        else:
            decided.merge([told.text("other")], key, by=told.who, note=told.text("note") or None)
    return f"/party?{urlencode({'key': key})}"


SCREENS = [
    Screen(path="/credits", template="credits.html", show=show, link="Credits", place=20),
    Screen(path="/party", template="party.html", show=show_party, act=act),
]
