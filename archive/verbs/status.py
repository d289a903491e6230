"""What the archive holds, how the runs went, and what to do next"""

from __future__ import annotations

import platform
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.index.site_status import site_statuses
from archive.index.store import Index
from archive.verbs.last_run import ending, iter_runs, remedy
from archive.verbs.metrics_text import write_metrics
from archive.verbs.site_table import tell_sites, values_of, write_csv
from archive.verbs.status_page import status_page
from archive.warc.files import ENDINGS, OPEN
from archive.warc.shelf import missing_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.folder import ArchiveFolder
    from archive.index.site_status import SiteStatus
    from archive.locks import Holder
    from archive.verbs.console import Console
    from archive.verbs.last_run import Run

_COUNTS = ("captured", "new-article", "new-version")

EXAMPLES = 10
"""Failed URLs shown; all of them with --json."""
SITES = 3
"""Sites named of a run under way."""


@click.command()
@click.option(
    "--runs", "limit", type=click.IntRange(1), default=5, show_default=True, help="How many runs to list."
)
@click.option("--csv", "as_csv", is_flag=True, help="Write the sites as CSV for spreadsheets.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the sites, with small plots, to a page that needs nothing else.",
)
@click.option(
    "--metrics",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write metrics for Prometheus' textfile collector, as a crawl does at its end.",
)
@click.pass_obj
def command(console: Console, *, limit: int, as_csv: bool, page: Path | None, metrics: Path | None) -> None:
    r"""Tell what the archive holds, how the last runs ended, what failed in the last one, and what to do about it.

    Per site: its last run, the new articles of that run and a day in the last seven days and in the 28 before, the share
    of pages that were read as articles, what failed, when the next look at an article is due, and open alerts.

    \b
    Example:
      tearsheet status
      tearsheet status --runs 20 --json
      tearsheet status --html /var/www/status.html
    """
    folder = console.folder()
    holders = folder.locks.holders()
    with Index.open(folder.index, read_only=True) as index:
        runs = list(iter_runs(index, limit))
        sites = site_statuses(index)
        figures = {"archive": str(folder.path), **_holdings(index), **_files(folder, index)}
        if metrics is not None:
            write_metrics(metrics, index)
    if as_csv or page is not None or metrics is not None:
        if page is not None:
            _write_page(page, sites)
        if as_csv:
            write_csv(sites)
        return
    under_way = {holder.run for holder in holders}
    endings = [ending(run, is_running=run.name in under_way) for run in runs]
    if console.as_json:
        listed = [_values(run, words) for run, words in zip(runs, endings, strict=True)]
        last = runs and {
            name: dict(getattr(runs[0], name)) for name in ("failures", "failed_urls", "not_crawled")
        }
        console.emit(
            {
                **figures,
                "writing": [asdict(holder) for holder in holders],
                "runs": listed,
                "last_run": last or None,
                "sites": [values_of(site) for site in sites],
            }
        )
        return
    console.pairs({name.replace("_", " "): value for name, value in figures.items()})
    if runs:
        _tell_runs(console, runs, endings)
        _tell_failures(console, runs[0])
    if sites:
        tell_sites(console, sites)
    _tell_next(console, figures, holders)


def _in_words(holder: Holder) -> str:
    """Return who writes; on which machine, when that is another."""
    where = "" if holder.host == platform.node() else f" on {holder.host}"
    of = ", ".join(holder.sites[:SITES]) + (" …" if len(holder.sites) > SITES else "")
    doing = holder.purpose + (f" of {of}" if of else "")
    return f"Process {holder.pid}{where} ({doing}) is writing, since {holder.since}."


def _write_page(path: Path, sites: Sequence[SiteStatus]) -> None:
    """Write the page beside its place first: who looks at it sees the old one or the new one, whole."""
    written = path.with_name(f"{path.name}.new")
    written.write_text(status_page(sites), encoding="utf-8")
    written.replace(path)


def _holdings(index: Index) -> dict[str, Any]:
    [row] = index.rows(
        "select (select count(*) from captures) as captures, (select count(*) from articles) as articles,"
        " (select count(*) from versions) as versions, (select count(distinct site) from articles) as sites,"
        " (select count(*) from articles where gone_at is not null) as articles_gone,"
        " (select count(*) from readings where page_type = 'error' and reason glob '[A-Z]*Error: *') as pages_not_read"
    )
    return row


def _files(folder: ArchiveFolder, index: Index) -> dict[str, Any]:
    """Return how many WARC files there are, their bytes, and how many bytes the index lags behind."""
    found = folder.warc.iterdir() if folder.warc.is_dir() else ()
    paths = [path for path in found if path.name.removesuffix(OPEN).endswith(ENDINGS) and path.exists()]
    sizes = {path: path.stat().st_size for path in paths}
    behind = sum(max(0, size - index.position(path.name.removesuffix(OPEN))) for path, size in sizes.items())
    return {
        "warc_files": len(paths),
        "warc_files_elsewhere": sum(path.is_symlink() for path in paths),
        "warc_files_not_there": len(missing_files(folder.warc)),
        "warc_files_unfinished": sum(path.name.endswith(OPEN) for path in paths),
        "warc_bytes": sum(sizes.values()),
        "bytes_not_indexed": behind,
    }


def _values(run: Run, words: str) -> dict[str, Any]:
    return {
        "run": run.name,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "finish_reason": run.reason,
        "ended": words,
        "counts": dict(run.counts),
    }


def _tell_runs(console: Console, runs: list[Run], endings: list[str]) -> None:
    console.write()
    rows = (
        (run.name, *_times(run), *(run.counts.get(name, 0) for name in _COUNTS), words)
        for run, words in zip(runs, endings, strict=True)
    )
    console.table(("run", "started (UTC)", "ended", "captures", "articles", "versions", "end"), rows)


def _times(run: Run) -> tuple[str, str]:
    """Return start and end to the minute; of an end on the same day the time alone."""
    started, ended = ((moment or "")[:16].replace("T", " ") for moment in (run.started_at, run.finished_at))
    return started, ended[11:] if ended[:10] == started[:10] else ended


def _tell_failures(console: Console, run: Run) -> None:
    if run.failures:
        console.write("\nFailures of the last run:")
        rows = sorted(run.failures.items(), key=lambda pair: -pair[1])
        console.table(("failure", "URLs", "what to do"), ((name, n, remedy(name)) for name, n in rows))
        console.write("\nFor example:")
        console.table(
            ("failure", "URL"), [(reason, url) for url, reason in run.failed_urls.items()][:EXAMPLES]
        )
    if run.not_crawled:
        console.write("\nNot crawled, or not to the end:")
        console.table(("site or host", "why"), run.not_crawled.items())


def _tell_next(console: Console, figures: dict[str, Any], holders: Sequence[Holder]) -> None:
    if figures["pages_not_read"]:
        console.say(
            f"Not read because of a fault in Tearsheet: {figures['pages_not_read']} pages (the table v_not_articles names"
            " them). Their captures are safe; a version that mends it reads them by `tearsheet reindex --rebuild`."
        )
    for holder in holders:
        console.say(_in_words(holder))
    if holders:
        return
    if figures["warc_files_unfinished"] or figures["bytes_not_indexed"]:
        console.say(
            "The index lags behind the WARC files: `tearsheet reindex` (or the next crawl) reads the rest."
        )
    elif not figures["captures"]:
        console.say("The archive is empty. Crawl first: tearsheet crawl --sample")
    else:
        console.say("Index and WARC files are level. `tearsheet verify` checks every byte.")
