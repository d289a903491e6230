"""Runs and health: what each crawl brought, how it ended, what failed and where, and what was captured but not read."""

from __future__ import annotations

import json
from typing import Any

from archive.web.screens import Asked, NotHere, Screen, Shown

_RUNS = "select * from runs order by name desc limit 100"
_NOT_READ = "select page_type, reason, count(*) as n from readings where article_id is null group by 1, 2 order by 3 desc limit 40"
_STATUSES = (
    "select coalesce(status, 0) as status, n from (select status, count(*) as n from captures group by status)"
    " order by n desc limit 20"
)
_OPEN = "select site, kind, subject, raised_at, run, words from v_open_alerts order by raised_at desc, site, kind, subject"
_ALERTS = "select site, kind, subject, event, words from alerts where run_id = ? order by site, kind, subject, event desc"
_SHOWN = ("fetched", "captured", "new-article", "new-version")


def show(asked: Asked) -> Shown:
    """Answer ``/runs``."""
    runs = [_run(row) for row in asked.index.rows(_RUNS)]
    not_read = asked.index.rows(_NOT_READ)
    statuses = asked.index.rows(_STATUSES)
    alerts = asked.index.rows(_OPEN)
    return Shown(
        title="Runs",
        data={
            "runs": [_brief(run) for run in runs],
            "open_alerts": alerts,
            "not_articles": not_read,
            "statuses": statuses,
        },
        values={
            "runs": runs,
            "alerts": alerts,
            "not_read": not_read,
            "statuses": statuses,
            "shown": _SHOWN,
        },
    )


def show_one(asked: Asked) -> Shown:
    """Answer ``/run/20261123044123-8246f3ae``."""
    found = asked.index.rows("select * from runs where name = ?", (asked.path["run"],))
    if not found:
        raise NotHere("there was no such run")
    run = _run(found[0])
    run["failed_urls"] = {url: why for url, why in run["failed_urls"].items() if not asked.index.withholds}
    files = asked.index.rows(
        "select w.name from warc_files w where exists (select 1 from warcinfos i join captures c on c.warcinfo_id = i.id"
        " and c.file_id = w.id where i.run_id = ?) order by 1",
        (found[0]["id"],),
    )
    alerts = asked.index.rows(_ALERTS, (found[0]["id"],))
    return Shown(
        title=f"Run {run['name']}",
        data=run | {"alerts": alerts, "warc_files": [row["name"] for row in files]},
        values={"run": run, "alerts": alerts, "files": files},
    )


def _run(row: dict[str, Any]) -> dict[str, Any]:
    named = {
        name: json.loads(row[name] or "{}") for name in ("counts", "failures", "failed_urls", "not_crawled")
    }
    return {
        "name": row["name"],
        "started_at": row["started_at"],
        "finished_at": row["finished_at"],
        "finish_reason": row["finish_reason"],
        **named,
    }


def _brief(run: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in run.items() if name != "failed_urls"}


SCREENS = [
    Screen(path="/runs", template="runs.html", show=show, link="Runs", place=70),
    Screen(path="/run/{run}", template="run.html", show=show_one),
]
