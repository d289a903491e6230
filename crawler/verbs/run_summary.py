"""What ``tearsheet crawl`` tells at the end of a run: tables, what was left out and why, and what to do next; or JSON."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from archive.verbs.console import NORMAL
from crawler.alerts.telling import line, message_of

if TYPE_CHECKING:
    from pathlib import Path

    from archive.folder import ArchiveFolder
    from archive.verbs.console import Console
    from crawler.runs import Run


def tell_run(console: Console, folder: ArchiveFolder, run: Run) -> None:
    """Tell how *run* went."""
    if console.as_json:
        console.emit(_summary(run))
        return
    _tell_tables(console, run)
    for words in run.recovered:
        console.say(f"Put in order first: {words}")
    _tell_alerts(console, run)
    for host, why in run.stopped_hosts.items():
        console.say(f"Left alone: {host}: {why}")
    for site, why in run.unread_sites.items():
        console.say(f"Not crawled: {site}: {why}")
    for subject, limit in run.limits.items():
        console.say(f"Not complete: {subject}: the limit {limit} was reached")
    _tell_not_asked(console, run)
    if run.error is not None:
        console.say(f"The run stopped: {run.error}. What was captured is safe; run it again to go on.")
    elif run.finish_reason != "finished":
        console.say(f"The run stopped early ({run.finish_reason}). Nothing is lost; run it again to go on.")
    if console.verbosity >= NORMAL:
        _tell_next(console, folder.path)


def _tell_not_asked(console: Console, run: Run) -> None:
    if run.schedule.dropped:
        console.say(
            f"{len(run.schedule.dropped)} looks at known articles were dropped, as revisits.per_site_and_day was spent; the table"
            " dropped_revisits names them."
        )
    if run.schedule.left:
        console.say(
            f"{len(run.schedule.left)} addresses were named and not asked for again: what was read there is no article."
        )


def _tell_alerts(console: Console, run: Run) -> None:
    for alert in run.alerts:
        console.say(line(alert))
    for failure in run.not_told:
        console.say(f"The alerts could not be told: {failure}")


def _summary(run: Run) -> dict[str, object]:
    return {
        "run": run.run_id,
        "finish_reason": run.finish_reason,
        "counts": dict(sorted(run.counts.items())),
        "credits_by_agency": dict(run.agencies.most_common()),
        "failures": dict(run.failures.most_common()),
        "failed_urls": run.failed_urls,
        "stopped_hosts": run.stopped_hosts,
        "unread_sites": run.unread_sites,
        "limits": run.limits,
        "recovered": list(run.recovered),
        "alerts": message_of(run.alerts, run.run_id, "")["alerts"],
        "not_told": run.not_told,
    }


def _tell_tables(console: Console, run: Run) -> None:
    counts = run.counts
    rows: list[tuple[str, object]] = [
        ("fetched", counts["fetched"]),
        (
            "captured",
            f"{counts['captured']} ({counts['bytes'] / 1_000_000:.1f} MB, {counts['revisits']} already held)",
        ),
        ("new articles", counts["new-article"]),
        ("new versions of known articles", counts["new-version"]),
        ("articles unchanged", counts["unchanged"]),
        ("pages that are no article", counts["not-an-article"]),
        ("failures", run.failures.total()),
    ]
    console.table((f"Run {run.run_id}", ""), rows)
    if run.agencies:
        console.table(("Agency credited", "articles"), run.agencies.most_common(12))
    if run.failures:
        console.table(("Failure", "URLs"), run.failures.most_common())


def _tell_next(console: Console, archive: Path) -> None:
    option = "" if str(archive) == "archive-data" else f"--archive {archive} "
    program = ".venv/bin/tearsheet" if sys.argv[0].endswith(".venv/bin/tearsheet") else "tearsheet"
    console.say(
        "Next, for example:\n"
        f"  {program} {option}search harbour\n"
        f"  {program} {option}search agency:afp\n"
        f"  {program} {option}replay"
    )
