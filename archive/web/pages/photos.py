"""Photo desk: pictures on a contact sheet, by credit, agency, outlet or words of the caption; and who else ran the same one."""

from __future__ import annotations

from typing import Any

from archive.web.screens import Asked, Screen, Shown

_PER_PAGE = 24
_FROM = (
    " from article_images m join articles a on a.text_id = m.text_id join images i on i.id = m.image_id"
    " join article_texts t on t.id = a.text_id"
)
_CREDITED = (
    "exists (select 1 from credits c join parties p on p.id = c.party_id where c.text_id = m.text_id"
    " and c.image_position = m.position and (p.code = ? collate nocase or p.name = ? collate nocase or p.key = ?))"
)
_SAME = (
    "select count(distinct a.site) as sites, count(distinct a.id) as articles from article_images m"
    " join articles a on a.text_id = m.text_id where m.image_id = ?"
)
_TOP = (
    "select coalesce(p.code, p.name) as party, count(*) as n from credits c join articles a on a.text_id = c.text_id"
    " join parties p on p.id = c.party_id where c.image_position is not null group by p.id order by n desc, party limit 30"
)


def show(asked: Asked) -> Shown:
    """Answer ``/pictures?credit=…&site=…&words=…&uncredited=1``."""
    where, values = _wheres(asked)
    page = max(asked.number("page", 1, at_most=100_000), 1)
    [counted] = asked.index.rows(f"select count(*) as n{_FROM} where {where}", values)
    rows = asked.index.rows(
        "select a.id, a.site, a.published_on, a.language, a.last_captured_at, t.headline, i.id as image_id, i.url, m.caption,"
        f" m.credit_raw, m.alt, m.archive{_FROM} where {where} order by a.id desc, m.position limit ? offset ?",
        (*values, _PER_PAGE, (page - 1) * _PER_PAGE),
    )
    pictures = [row | _shared(asked, row["image_id"]) for row in rows]
    filters = {name: asked.text(name) for name in ("credit", "site", "words", "uncredited")}
    return Shown(
        title="Pictures",
        data={"total": counted["n"], "pictures": pictures, **filters},
        values={
            "pictures": pictures,
            "total": counted["n"],
            "page": page,
            "pages": -(-counted["n"] // _PER_PAGE),
            "filters": filters,
            "top": asked.index.rows(_TOP),
        },
    )


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
        wheres.append(
            "instr(fold(coalesce(m.caption_raw, m.caption, '') || ' ' || coalesce(m.alt, '')), fold(?)) > 0"
        )
        values.append(words)
    if asked.text("uncredited"):
        wheres.append("m.credit_raw is null")
    return " and ".join(wheres), values


def _shared(asked: Asked, image: int) -> dict[str, Any]:
    [row] = asked.index.rows(_SAME, (image,))
    return row


SCREENS = [Screen(path="/pictures", template="photos.html", show=show, link="Pictures", place=30)]
