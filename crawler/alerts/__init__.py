"""Alerts: a site that no longer yields, whose fields empty out, that shows walls, or that is down. Once each, and their end."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from archive.index import site_runs
from crawler.alerts.judging import judge

if TYPE_CHECKING:
    from crawler.runs import Run

__all__ = ["conclude", "judge"]


USUAL_ENDS = frozenset({"finished", "closespider_timeout", "max_run_pages", "max_run_megabytes"})
"""A run that its budget has ended has asked home pages, feeds and fronts first, and new articles before known ones."""


def conclude(run: Run) -> None:
    """Sum up what *run*, whose end is known, did at each site, and leave with it the alerts that this raises or ends."""
    finished, alerts = [], []
    for home, tally in run.tallies.begun.items():
        next_due = run.schedule.next_due(home, has_new=bool(tally.counts["new_articles"]))
        done = tally.finish(
            is_usual=run.is_usual and run.finish_reason in USUAL_ENDS and bool(tally.counts["home"]),
            is_reached=home not in run.unread_sites,
            next_due=site_runs.due_text(next_due),
        )
        finished.append(done)
        if run.finish_reason == "shutdown":
            continue  # it has half a minute; the next run judges
        past = site_runs.history(run.index, done.site)
        present = replace(done, started_at=run.started_at, run=run.run_id)
        alerts += judge(past, present, site_runs.alerts(run.index, done.site))
    run.tallies.finished = tuple(finished)
    run.alerts = tuple(alerts)
