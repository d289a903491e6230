"""Outlets: what the archive holds of each, day by day; where captures are missing, and what the ledger knows of why."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from archive.web.screens import Asked, NotHere, Screen, Shown

_OUTLETS = (
    "with recursive s(site) as (select min(site) from articles"
    " union all select (select min(a.site) from articles a where a.site > s.site) from s where s.site is not null)"
    " select s.site, (select count(*) from articles a where a.site = s.site) as articles,"
    " (select count(*) from articles a where a.site = s.site and a.version_count > 1) as changed,"
    " (select count(*) from articles a where a.site = s.site and a.gone_at is not null) as gone,"
    " (select min(published_on) from articles a where a.site = s.site) as first,"
    " (select max(published_on) from articles a where a.site = s.site) as last,"
    " (select max(last_captured_at) from articles a where a.site = s.site) as last_captured_at"
    " from s where s.site is not null order by articles desc, s.site limit 1000"
)
"""Each number is looked up in an index of its own: none goes through all articles."""
_BY_DAY = "select published_on as day, count(*) as n from articles where site = ? and published_on is not null group by 1"
_FILLED = (
    "select count(*) as articles, sum(t.headline is not null) as headline, sum(a.published_on is not null) as date,"
    " sum(t.byline is not null) as byline, sum(length(t.body) > 0) as text, sum(a.section is not null) as section,"
    " sum(a.language is not null) as language, sum(exists (select 1 from credits c where c.text_id = t.id)) as credits,"
    " sum(exists (select 1 from article_images m where m.text_id = t.id)) as pictures"
    " from (select * from articles where site = ? order by id desc limit ?) a join article_texts t on t.id = a.text_id"
)
_NAMES = (
    "select t.publisher, count(*) as n from (select * from articles where site = ? order by id desc limit ?) a"
    " join article_texts t on t.id = a.text_id where t.publisher is not null group by 1 order by 2 desc limit 1"
)
_NEWEST = 2000
"""Articles, the newest of an outlet, whose fields are looked at."""
_WEEKS = 53


def show_all(asked: Asked) -> Shown:
    """Answer ``/outlets``."""
    outlets = asked.index.rows(_OUTLETS)
    return Shown(title="Outlets", data={"outlets": outlets}, values={"outlets": outlets})


def show(asked: Asked) -> Shown:
    """Answer ``/outlet/herald.example?until=2026-11-30``."""
    site = asked.path["site"]
    [filled] = asked.index.rows(_FILLED, (site, _NEWEST))
    [held] = asked.index.rows("select count(*) as n from articles where site = ?", (site,))
    if not filled["articles"]:
        raise NotHere(f"no article of {site} is here")
    counts = {row["day"]: row["n"] for row in asked.index.rows(_BY_DAY, (site,))}
    weeks = calendar(counts, _day(asked.text("until")))
    name = asked.index.rows(_NAMES, (site, _NEWEST))
    ledger = asked.index.ledger(site, since=date.fromisoformat(weeks[0]["days"][0]["day"]))[:30]
    gaps = gaps_in(counts)
    rates = {key: value for key, value in filled.items() if key != "articles"}
    return Shown(
        title=name[0]["publisher"] if name else site,
        data={"site": site, "articles": held["n"], "days": counts, "gaps": gaps, "filled": rates,
              "filled_of": filled["articles"],
              "ledger": [_ledger_values(day) for day in ledger]},
        values={
            "site": site,
            "name": name[0]["publisher"] if name else site,
            "articles": held["n"],
            "filled_of": filled["articles"],
            "rates": rates,
            "weeks": weeks,
            "gaps": gaps,
            "ledger": ledger,
            "highest": max(counts.values(), default=0),
            "earlier": (date.fromisoformat(weeks[0]["days"][0]["day"]) - timedelta(days=1)).isoformat(),
        },
    )  # fmt: skip


def calendar(counts: dict[str, int], until: date) -> list[dict[str, Any]]:
    """Return a year of weeks up to *until*, Monday first; each day with its number of articles and a step from 0 to 4."""
    monday = until - timedelta(days=until.weekday())
    highest = max(counts.values(), default=0)
    weeks = []
    for back in range(_WEEKS - 1, -1, -1):
        start = monday - timedelta(weeks=back)
        days = [(start + timedelta(days=n)).isoformat() for n in range(7)]
        weeks.append(
            {
                "month": start.strftime("%Y-%m") if start.day <= 7 else "",
                "days": [
                    {"day": day, "n": counts.get(day, 0), "step": _step(counts.get(day, 0), highest)}
                    for day in days
                ],
            }
        )
    return weeks


def _step(n: int, highest: int) -> int:
    return 0 if not n else min(4, 1 + 4 * n // (highest + 1))


def gaps_in(counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return the spans of three days and more without an article, between the first and the last; the longest first.

    >>> gaps_in({"2026-11-01": 1, "2026-11-06": 2})
    [{'from': '2026-11-02', 'to': '2026-11-05', 'days': 4}]
    """
    days = sorted(date.fromisoformat(day) for day in counts)
    gaps = [
        {
            "from": (a + timedelta(days=1)).isoformat(),
            "to": (b - timedelta(days=1)).isoformat(),
            "days": (b - a).days - 1,
        }
        for a, b in itertools.pairwise(days)
        if (b - a).days > 3
    ]
    return sorted(gaps, key=lambda gap: (-int(str(gap["days"])), str(gap["from"])))[:20]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return datetime.now(UTC).date()


def _ledger_values(day: Any) -> dict[str, Any]:
    return {"day": str(day.day), "expected": day.expected, "captured": day.captured, "failed": day.failed, "not_asked": day.not_asked,
            "reasons": dict(day.reasons)}  # fmt: skip


SCREENS = [
    Screen(path="/outlets", template="outlets.html", show=show_all, link="Outlets", place=40),
    Screen(path="/outlet/{site}", template="outlet.html", show=show),
]
