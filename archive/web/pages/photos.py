"""Photo desk: pictures on a contact sheet, by credit, agency, outlet or words of the caption; and who else ran the same one."""

from __future__ import annotations

from typing import Any

from archive.index.found import Total
from archive.index.pictures import read_words
from archive.index.query import parse
from archive.web.screens import Asked, Screen, Shown

_PER_PAGE = 24
_MOST_COUNTED = 10_000
"""Above, pictures are not counted to the end: nobody waits for it."""
_FROM = (
    " from articles a cross join article_images m on m.text_id = a.text_id cross join images i on i.id = m.image_id"
    " cross join article_texts t on t.id = a.text_id"
)
"""In this order: articles are gone through from the newest, and only as far as a page needs."""
_CREDITED = (
    "exists (select 1 from credits c join parties p on p.id = c.party_id where c.text_id = m.text_id"
    " and c.image_position = m.position and (p.code = ? collate nocase or p.name = ? collate nocase or p.key = ?))"
)
_SAME = (
    "select count(distinct a.site) as sites, count(distinct a.id) as articles from article_images m"
    " join articles a on a.text_id = m.text_id where m.image_id = ?"
)
_TOP = (
    "select coalesce(p.code, p.name) as party, count(*) as n from articles a cross join credits c on c.text_id = a.text_id"
    " join parties p on p.id = c.party_id where c.image_position is not null{} group by p.id order by n desc, party limit 30"
)
_OF_SAMPLE = " and a.id in (select value from json_each(?))"


def show(asked: Asked) -> Shown:
    """Answer ``/pictures?credit=…&site=…&words=…&uncredited=1&embedded=1``."""
    where, values = _wheres(asked)
    page = max(asked.number("page", 1, at_most=100_000), 1)
    [counted] = asked.index.rows(
        f"select count(*) as n from (select 1{_FROM} where {where} limit ?)", (*values, _MOST_COUNTED + 1)
    )
    rows = asked.index.rows(
        "select a.id, a.site, a.published_on, a.language, a.last_captured_at, t.headline, i.id as image_id, i.url, m.caption,"
        f" m.credit_raw, m.alt, m.archive, m.payload{_FROM} where {where} order by a.id desc, m.position limit ? offset ?",
        (*values, _PER_PAGE, (page - 1) * _PER_PAGE),
    )
    pictures = [row | _shared(asked, row["image_id"]) | _embedded(asked, row.pop("payload")) for row in rows]
    filters = {name: asked.text(name) for name in ("credit", "site", "words", "uncredited", "embedded")}
    total, is_more = min(counted["n"], _MOST_COUNTED), counted["n"] > _MOST_COUNTED
    return Shown(
        title="Pictures",
        data={"total": total, "total_is_more": is_more, "pictures": pictures, **filters},
        values={
            "pictures": pictures,
            "total": total,
            "is_more": is_more,
            "page": page,
            "has_next": page * _PER_PAGE < counted["n"] or (is_more and len(rows) == _PER_PAGE),
            "filters": filters,
            "top": _top(asked),
        },
    )


def _top(asked: Asked) -> list[dict[str, Any]]:
    """Return who is credited for most pictures, in a large archive as a sample tells it."""
    sample = asked.index.found("").sample()
    if sample is None:
        return [row | {"count": str(Total(row["n"]))} for row in asked.index.rows(_TOP.format(""))]
    rows = asked.index.rows(_TOP.format(_OF_SAMPLE), (sample.ids,))
    return [
        {
            "party": row["party"],
            "n": round(row["n"] * sample.factor),
            "count": str(Total(round(row["n"] * sample.factor), is_estimated=True)),
        }
        for row in rows
    ]


def _wheres(asked: Asked) -> tuple[str, list[object]]:
    wheres = ["1"]
    values: list[object] = []
    if credit := asked.text("credit"):
        wheres.append(_CREDITED)
        values += [credit] * 3
    if site := asked.text("site"):
        wheres.append("a.site = ?")
        values.append(site)
    if words := asked.text("words"):
        wheres.append("instr(fold(coalesce(m.caption_raw, m.caption, '')), fold(?)) > 0")
        values.append(words)
    if asked.text("uncredited"):
        wheres.append("m.credit_raw is null")
    if asked.text("embedded"):
        wheres.append("m.payload is not null")
    if (narrow := _in_fulltext(asked)) is not None:
        wheres.append("a.id in (select rowid from article_fts where article_fts match ?)")
        values.append(narrow)
    return " and ".join(wheres), values


def _in_fulltext(asked: Asked) -> str | None:
    """Return what the full text must hold of articles with such a picture, so that the others need no look; or None."""
    parts: list[str] = []
    if words := "".join(c if c.isalnum() else " " for c in asked.text("words")).split():
        parts.append("caption:" + '"' + " ".join(words) + '"*')
    if (credit := asked.text("credit")) and _is_code(asked, credit):
        parts.append(f'photo:"{credit}"')
    return parse(" ".join(parts)).match if parts else None


def _is_code(asked: Asked, credit: str) -> bool:
    if '"' in credit:
        return False
    return bool(
        asked.index.rows(
            "select 1 from parties where code = ? collate nocase and kind = 'agency' limit 1", (credit,)
        )
    )


def _embedded(asked: Asked, payload: str | None) -> dict[str, Any]:
    """Return in one line what a picture says of itself; None when it says nothing."""
    rows = asked.index.rows("select * from picture_words where payload = ?", (payload,)) if payload else []
    said = [f"{name} “{words}”" for row in rows for name, words in read_words(row).named()]
    return {"embedded": "; ".join(said) or None}


def _shared(asked: Asked, image: int) -> dict[str, Any]:
    [row] = asked.index.rows(_SAME, (image,))
    return row


SCREENS = [Screen(path="/pictures", template="photos.html", show=show, link="Pictures", place=30)]
