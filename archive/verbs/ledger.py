"""What could be expected of each site and day, what was captured, and why the rest was not"""

from __future__ import annotations

import csv
import dataclasses
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from archive.export.csv_table import spreadsheet_text
from archive.index.reading_room import reading_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.index.ledger import Day, Missing
    from archive.verbs.console import Console

COLUMNS = (
    "day", "site", "expected", "in feed", "in sitemap", "on front", "captured", "failed", "not asked", "unseen", "why",
)  # fmt: skip
_URL_COLUMNS = ("day", "site", "outcome", "reason", "named by", "headline", "url")
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command()
@click.argument("site", required=False)
@click.option("--day", type=_DAY, help="Only this day (UTC).")
@click.option("--since", type=_DAY, help="From this day on (UTC); the default is the last seven days.")
@click.option("--missing", "by_address", is_flag=True, help="Name every address that was not captured.")
@click.option("--csv", "as_csv", is_flag=True, help="Write CSV for spreadsheets.")
@click.pass_obj
def command(
    console: Console,
    *,
    site: str | None,
    day: datetime | None,
    since: datetime | None,
    by_address: bool,
    as_csv: bool,
) -> None:
    r"""Tell, for each site and day, how many articles its feeds, sitemaps and fronts named first on that day, how many of
    them are in the archive, and why the others are not.

    "unseen" is an estimate of the articles that no channel showed, from how far feeds and sitemaps on one side and
    fronts on the other overlap (Chapman); it is left out where they share fewer than seven. Absence is part of the
    record: all of this is made from the WARC files.

    \b
    Example:
      tearsheet ledger
      tearsheet ledger a-newspaper.example --day 2026-11-23 --missing
      tearsheet ledger --since 2026-11-01 --csv
    """
    first, last = _span(day, since)
    host = _host(site) if site else None
    with reading_room(console.folder()) as index:
        days = index.ledger(host, since=first, until=last)
        missing = index.missing(host, since=first, until=last) if by_address else []
    rows: list[Sequence[object]] = [_row(one) for one in days]
    columns: Sequence[str] = COLUMNS
    if by_address:
        columns, rows = _URL_COLUMNS, [_url_row(one) for one in missing]
    if as_csv:
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(column.replace(" ", "_") for column in columns)
        writer.writerows([_plain(cell) for cell in row] for row in rows)
    elif console.as_json:
        for entry in missing if by_address else days:
            console.emit(_values(entry))
    else:
        console.table(columns, rows)
        _tell_total(console, days)


def _span(day: datetime | None, since: datetime | None) -> tuple[date | None, date | None]:
    if day is not None and since is not None:
        raise click.UsageError("Choose a day by --day or a span by --since, not both.")
    if day is not None:
        return day.date(), day.date()
    return (since.date() if since else (datetime.now(UTC) - timedelta(days=6)).date()), None


def _host(site: str) -> str:
    host = urlsplit(site if "://" in site else f"//{site}").hostname or site
    return host.lower().removeprefix("www.")


def _row(day: Day) -> tuple[object, ...]:
    unseen = "" if day.unseen is None else f"{day.unseen:.0f}"
    why = tuple(f"{reason} ({count})" for reason, count in day.reasons.items())
    return (
        day.day, day.site, day.expected, day.in_feed, day.in_sitemap, day.on_front, day.captured, day.failed,
        day.not_asked, unseen, why,
    )  # fmt: skip


def _url_row(one: Missing) -> tuple[object, ...]:
    return (one.day, one.site, one.outcome, one.reason, one.channels, one.title, one.url)


def _values(entry: Day | Missing) -> dict[str, object]:
    values: dict[str, object] = dataclasses.asdict(entry)
    unseen = getattr(entry, "unseen", None)
    return values | ({"unseen": unseen} if "estimate" in values else {})


def _plain(cell: object) -> str:
    text = "; ".join(map(str, cell)) if isinstance(cell, tuple) else "" if cell is None else str(cell)
    return spreadsheet_text(text)


def _tell_total(console: Console, days: list[Day]) -> None:
    if not days:
        console.say("No feed, sitemap or front named an article in this time.")
        return
    expected, captured = (sum(getattr(day, name) for day in days) for name in ("expected", "captured"))
    console.say("".join(_words(expected, captured)))


def _words(expected: int, captured: int) -> Iterator[str]:
    yield f"{captured:,} of {expected:,} expected articles are in the archive"
    yield f" ({captured / expected:.1%})." if expected else "."
    if captured < expected:
        yield " --missing names the others."
