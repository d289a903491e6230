"""The sites in ``tearsheet status``: as a table, as CSV, and as values for JSON."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING, Any

from archive.export.csv_table import spreadsheet_text
from archive.times import utc_now

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.index.site_runs import Alert
    from archive.index.site_status import SiteStatus
    from archive.verbs.console import Console

COLUMNS = ("site", "last run (UTC)", "new", "a day", "before", "read", "failed", "next due", "alerts")
_CSV = (
    "site", "home", "run", "started_at", "answered", "new_articles", "new_a_day", "before_a_day", "ratio", "read",
    "headline", "body", "date", "byline", "failed", "failures", "next_due", "alerts",
)  # fmt: skip


def tell_sites(console: Console, sites: Sequence[SiteStatus]) -> None:
    """Write a line for each site, and the open alerts in words."""
    console.write()
    console.table(COLUMNS, map(_row, sites))
    alerts = [alert for site in sites for alert in site.alerts]
    if alerts:
        console.write("\nOpen alerts:")
        columns = ("site", "alert", "since (UTC)", "what was seen")
        console.table(columns, ((one.site, named(one), minute(one.at), one.words) for one in alerts))


def write_csv(sites: Sequence[SiteStatus]) -> None:
    """Write CSV for spreadsheets to standard output."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_CSV)
    for site in sites:
        values = values_of(site)
        told = (
            values
            | values["fields"]
            | {
                "answered": int(site.is_reached),
                "failed": sum(site.failures.values()),
                "failures": "; ".join(f"{reason} ({count})" for reason, count in site.failures.items()),
                "alerts": "; ".join(f"{named(alert)}: {alert.words}" for alert in site.alerts),
            }
        )
        writer.writerow("" if told.get(name) is None else spreadsheet_text(str(told[name])) for name in _CSV)


def values_of(site: SiteStatus) -> dict[str, Any]:
    """Return *site* as JSON has it."""
    return {
        "site": site.site,
        "home": site.home,
        "run": site.run,
        "started_at": site.started_at.isoformat(timespec="seconds"),
        "answered": site.is_reached,
        "new_articles": site.new_articles,
        "new_a_day": _rounded(site.new_a_day),
        "before_a_day": _rounded(site.before_a_day),
        "ratio": _rounded(site.ratio),
        "read": _rounded(site.read),
        "fields": {name: _rounded(value) for name, value in site.fields.items()},
        "failures": dict(site.failures),
        "next_due": site.next_due.isoformat(timespec="seconds") if site.next_due else None,
        "alerts": [
            {"kind": one.kind, "subject": one.subject, "since": one.at.isoformat(timespec="seconds") if one.at else None,
             "run": one.run, "words": one.words}
            for one in site.alerts
        ],
        "new_by_day": {day.isoformat(): count for day, count in site.days.items()},
    }  # fmt: skip


def _row(site: SiteStatus) -> tuple[object, ...]:
    return (
        site.site,
        minute(site.started_at) + ("" if site.is_reached else " (no answer)"),
        site.new_articles,
        number(site.new_a_day),
        number(site.before_a_day),
        percent(site.read),
        sum(site.failures.values()) or "",
        due(site.next_due),
        ", ".join(named(alert) for alert in site.alerts),
    )


def named(alert: Alert) -> str:
    """Return kind and subject of an alert, e.g. ``fields (date)``."""
    return f"{alert.kind} ({alert.subject})" if alert.subject else alert.kind


def minute(moment: datetime | None) -> str:
    """Return a time to the minute."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""


def due(moment: datetime | None) -> str:
    """Return when something is due; ``now`` for what is past."""
    if moment is None:
        return ""
    return "now" if moment <= utc_now() else minute(moment)


def number(value: float | None) -> str:
    """Return a number with one digit behind the point below ten, and none above."""
    return "" if value is None else f"{value:.1f}" if value < 10 else f"{value:.0f}"


def percent(value: float | None) -> str:
    """Return a share in per cent."""
    return "" if value is None else f"{value:.0%}"


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
