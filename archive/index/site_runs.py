"""What runs did at each site, and the alerts they raised and ended: in and out of a run's summary, and of the index."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.times import format_warc_date, parse_warc_date
from archive.urls import surt_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from archive.index.store import Index

RAISED, ENDED = "raised", "ended"
FIELDS = ("headline", "body", "date", "byline")
MOST_RUNS = 200
"""Runs of one site that are looked back upon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRun:
    """One run at one site; what is counted is explained in the table ``site_runs``."""

    site: str
    home: str
    is_usual: bool
    is_reached: bool
    named_feed: int = 0
    named_front: int = 0
    asked: int = 0
    walls: int = 0
    articles: int = 0
    new_articles: int = 0
    new_versions: int = 0
    has_headline: int = 0
    has_body: int = 0
    has_date: int = 0
    has_byline: int = 0
    is_limited: bool = False
    """Whether a limit of pages (or of sitemaps) cut it short."""
    failures: Mapping[str, int] = field(default_factory=dict)
    next_due: str | None = None
    run: str = ""
    """The run's id; with *started_at* known only of a run that has ended."""
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something about a site that a person should know, when it began, or its end."""

    site: str
    kind: str
    """unreachable | walls | yield | fields"""
    subject: str = ""
    event: str = RAISED
    """raised | ended"""
    words: str
    run: str = ""
    at: datetime | None = None

    @property
    def topic(self) -> tuple[str, str]:
        """Return kind and subject: at most one alert of a topic is open at a site."""
        return self.kind, self.subject


_FROM_RUN = {"run", "started_at"}
_COLUMNS = tuple(part.name for part in dataclasses.fields(SiteRun) if part.name not in _FROM_RUN)
_FLAGS = ("is_usual", "is_reached", "is_limited")
_TEXTS = ("site", "home", "next_due")


def site_name(home: str) -> str:
    """Return how a site is called whose *home* page (or feed, or sitemap) was given.

    >>> site_name("https://www.a.example/"), site_name("http://a.example:8080/sport/")
    ('a.example', 'a.example/sport')
    """
    parts = urlsplit(home)
    return (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")


def to_json(sites: Iterable[SiteRun], alerts: Iterable[Alert]) -> dict[str, str]:
    """Return both as the fields ``sites`` and ``alerts`` of a run's summary."""
    listed = [{name: getattr(site, name) for name in _COLUMNS} for site in sites]
    told = [
        {name: getattr(alert, name) for name in ("site", "kind", "subject", "event", "words")}
        for alert in alerts
    ]
    return {"sites": json.dumps(listed, ensure_ascii=False), "alerts": json.dumps(told, ensure_ascii=False)}


def add(connection: sqlite3.Connection, run_id: int, fields: Mapping[str, str]) -> None:
    """Put what a run's summary says of sites and alerts into the index, in the place of what was there of that run."""
    for table in ("site_runs", "alerts"):
        connection.execute(f"delete from {table} where run_id = ?", (run_id,))
    marks = ", ".join("?" * (len(_COLUMNS) + 1))
    for entry in _objects(fields.get("sites")):
        connection.execute(
            f"insert or ignore into site_runs (run_id, {', '.join(_COLUMNS)}) values ({marks})",
            (run_id, *(_column(name, entry.get(name)) for name in _COLUMNS)),
        )
    for entry in _objects(fields.get("alerts")):
        values = [str(entry.get(name, "")) for name in ("site", "kind", "subject", "event", "words")]
        connection.execute("insert or ignore into alerts values (?, ?, ?, ?, ?, ?)", (run_id, *values))


def history(index: Index, site: str, *, limit: int = MOST_RUNS) -> list[SiteRun]:
    """Return the newest *limit* runs at *site*, oldest first."""
    rows = index.rows(
        "select s.*, r.name as run, r.started_at from site_runs s join runs r on r.id = s.run_id"
        " where s.site = ? and r.started_at is not null order by s.run_id desc limit ?",
        (site, limit),
    )
    found = []
    for row in rows:
        values: dict[str, Any] = {name: row[name] for name in _COLUMNS}
        values |= {name: bool(row[name]) for name in _FLAGS} | {"failures": json.loads(row["failures"])}
        found.append(SiteRun(**values, run=row["run"], started_at=parse_warc_date(row["started_at"])))
    return sorted(found, key=lambda run: (run.started_at, run.run))


def sites(index: Index) -> list[str]:
    """Return the names of all sites that were given to a run."""
    return [row["site"] for row in index.rows("select distinct site from site_runs order by site")]


def alerts(index: Index, site: str | None = None) -> list[Alert]:
    """Return all alerts, or those of one site, in the order in which they were told."""
    rows = index.rows(
        "select a.*, r.name as run, r.started_at from alerts a join runs r on r.id = a.run_id"
        f" where r.started_at is not null{' and a.site = ?' if site else ''} order by r.started_at, r.name, a.event, a.site",
        (site,) if site else (),
    )
    return [
        Alert(
            **{name: row[name] for name in ("site", "kind", "subject", "event", "words", "run")},
            at=parse_warc_date(row["started_at"]),
        )
        for row in rows
    ]


def was_never_an_article(index: Index, url: str) -> bool:
    """Return whether pages at *url* were read more than once, and never as an article: sections that a sitemap names, say."""
    [row] = index.rows(
        "select count(*) as times, count(r.article_id) as articles from captures c join readings r on r.capture_id = c.id"
        " where c.urlkey = ?",
        (surt_key(url),),
    )
    return row["times"] > 1 and not row["articles"]


def still_open(told: Iterable[Alert]) -> list[Alert]:
    """Return of alerts in their order those that were raised and have not ended."""
    found: dict[tuple[str, str, str], Alert] = {}
    for alert in told:
        key = (alert.site, *alert.topic)
        if alert.event == RAISED:
            found[key] = alert
        else:
            found.pop(key, None)
    return list(found.values())


def _column(name: str, value: object) -> str | int | None:
    if name == "failures":
        counts = value if isinstance(value, dict) else {}
        return json.dumps({str(key): int(count) for key, count in counts.items() if isinstance(count, int)})
    if name == "next_due":
        return value if isinstance(value, str) else None
    if name in _TEXTS:
        return str(value or "")
    return int(value) if isinstance(value, int) else 0


def _objects(text: str | None) -> list[dict[str, Any]]:
    """Return the objects of a JSON list; none of anything else: the record may be from anywhere."""
    try:
        found = json.loads(text or "[]")
    except ValueError:
        return []
    return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []


def due_text(moment: datetime | None) -> str | None:
    """Return *moment* as ``next_due`` has it."""
    return None if moment is None else format_warc_date(moment)


def due_moment(text: str | None) -> datetime | None:
    """Return the time that *text* of ``next_due`` names; None for none, and for what is no time."""
    try:
        return parse_warc_date(text) if text else None
    except ValueError:
        return None
