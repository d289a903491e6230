"""Crawl news sites into the archive"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from archive import config as configuration
from archive.errors import ArchiveInUse, UserError
from archive.exit_codes import ExitCode, code_for
from archive.folder import ArchiveFolder
from archive.index.site_runs import RAISED, site_name
from archive.times import set_clock, utc_now
from archive.verbs.console import NORMAL, QUIET, Console
from archive.verbs.group import version
from archive.verbs.moments import Moment
from crawler.alerts.telling import line, message_of
from crawler.runs import new_run_id
from crawler.verbs.dry_run import tell as tell_plan
from crawler.verbs.site_options import sites_option, use_sites

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from archive.config import Config
    from crawler.runs import Run


LOOK_EVERY_SECONDS = 2.0
"""While another process holds the archive."""


@click.command()
@click.argument("sites", nargs=-1, metavar="[SITE]…")
@click.option(
    "--sample", is_flag=True, help="Crawl the sample newsroom, which is started on loopback for it."
)
@click.option(
    "--sample-port", default=8470, show_default=True, metavar="PORT", help="Port of the sample newsroom."
)
@click.option(
    "--urls",
    "url_file",
    type=click.Path(path_type=str, allow_dash=True),
    metavar="FILE",
    help="Fetch the pages listed in FILE (- is standard input), one URL a line.",
)
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="From sitemaps, take only what changed on or after this day (UTC).",
)
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="From sitemaps, take only what changed before this day (UTC).",
)
@click.option("--recheck", is_flag=True, help="Look at every known article again, even one just looked at.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be asked for; nothing is.")
@click.option(
    "--wait",
    "wait_minutes",
    type=click.FloatRange(0),
    default=0.0,
    metavar="MINUTES",
    help="Wait so long when another process writes to the archive.",
)
@sites_option
@click.option("--clock", type=Moment(), hidden=True, help="Let it be this time at the start: for rehearsals.")
@click.option(
    "--set",
    "assignments",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting for this run, e.g. politeness.delay_seconds=1.",
)
@click.pass_obj
def command(
    console: Console,
    *,
    sites: tuple[str, ...],
    sample: bool,
    sample_port: int,
    url_file: str | None,
    since: datetime | None,
    until: datetime | None,
    recheck: bool,
    dry_run: bool,
    wait_minutes: float,
    sites_folder: Path | None,
    clock: datetime | None,
    assignments: tuple[str, ...],
) -> None:
    r"""Crawl each SITE (its home page, a feed or a sitemap) into the archive.

    Its robots.txt is asked first and obeyed; articles are found by feeds, sitemaps and fronts. Every exchange is kept
    in the archive's WARC files before anything is made of it. A run that was stopped goes on when it is started again.

    \b
    Example:
      tearsheet crawl --sample
      tearsheet --archive /srv/news crawl https://a-newspaper.example/
      tearsheet crawl https://a-newspaper.example/ --dry-run
    """
    if sample == bool(sites or url_file):
        raise click.UsageError("Name one or more sites, or --urls FILE, or --sample.")
    if clock is not None:
        set_clock(clock)
    folder = ArchiveFolder(console.archive)
    if sample and sites_folder is None:
        _put_sample_profiles(folder)
    use_sites(console, sites_folder)
    _check(sites)
    urls = _read_urls(url_file) if url_file else ()
    if not dry_run:
        folder.create()
    config = configuration.override(folder.config(), assignments)
    for url in (*sites, *urls):
        configuration.require_contact(config, url, folder.config_file)
    if dry_run:
        tell_plan(console, folder, config, sites, urls, recheck=recheck)
        return
    from crawler.job import Task, run_job  # noqa: PLC0415  (Scrapy takes half a second to load)

    run_id = new_run_id(utc_now())
    names = [site_name(site) for site in sites] or (["the sample newsroom"] if sample else [])
    with contextlib.ExitStack() as stack:
        _lock(stack, folder, run_id, names, wait_minutes)
        if sample:
            sites = stack.enter_context(_newsroom(folder, sample_port, console))
            config = _for_sample(config, assignments)
            recheck = True
        task = Task(
            sites=sites, urls=urls, since=_utc(since), until=_utc(until), recheck_all=recheck, run_id=run_id
        )
        run = run_job(folder, config, task, version=version(), quiet=console.verbosity == QUIET)
    _tell(console, folder, run)
    sys.exit(_exit_code(run))


def _lock(
    stack: contextlib.ExitStack, folder: ArchiveFolder, run_id: str, names: Sequence[str], wait_minutes: float
) -> None:
    """Hold the archive until *stack* ends, waiting for it so long. Raises *ArchiveInUse* or *SiteInUse*."""
    until = monotonic() + 60 * wait_minutes
    while True:
        try:
            stack.enter_context(folder.lock("crawl", run=run_id, sites=names))
        except ArchiveInUse:
            if monotonic() >= until:
                raise
            sleep(min(LOOK_EVERY_SECONDS, max(0.0, until - monotonic())))
        else:
            return


def _put_sample_profiles(folder: ArchiveFolder) -> None:
    """Put the profiles of the sample newsroom's outlets into the archive, where those are missing: re-reading needs them too."""
    target = folder.path / "sites"
    target.mkdir(parents=True, exist_ok=True)
    for profile in resources.files("crawler.newsroom.sites").iterdir():
        if profile.name.endswith(".toml") and not (target / profile.name).exists():
            (target / profile.name).write_text(profile.read_text("utf-8"), "utf-8")


@contextlib.contextmanager
def _newsroom(folder: ArchiveFolder, port: int, console: Console) -> Iterator[tuple[str, ...]]:
    """Start the sample newsroom; each finished run of it in the archive moves it on by one edition."""
    from archive.index.store import Index  # noqa: PLC0415
    from crawler.newsroom.server import Newsroom  # noqa: PLC0415

    edition = 1
    if folder.index.exists():
        with Index.open(folder.index, read_only=True) as index:
            edition += index.finished_runs()
    with Newsroom(port=port, edition=edition) as newsroom:
        console.say(f"The sample newsroom is open on {', '.join(newsroom.sites)} (edition {edition}).")
        yield tuple(newsroom.sites)


def _for_sample(config: Config, assignments: Sequence[str]) -> Config:
    """Return the settings for a newsroom on this machine, which needs no rest between two questions."""
    polite = replace(
        config.politeness, delay_seconds=0.02, requisite_delay_seconds=0.005, allow_private_addresses=True
    )
    everything = replace(config.crawl, sitemap_days=0)
    return configuration.override(replace(config, politeness=polite, crawl=everything), assignments)


def _check(sites: Sequence[str]) -> None:
    for site in sites:
        parts = urlsplit(site)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            hint = f" Did you mean https://{site.removeprefix('//')} ?" if "://" not in site else ""
            raise UserError(f"{site}: a site is given by its address, with http:// or https://.{hint}")


def _read_urls(file: str) -> tuple[str, ...]:
    with click.open_file(file, encoding="utf-8") as lines:
        urls = []
        for number, line in enumerate(lines, 1):
            url = line.strip()
            if url and not url.startswith("#"):
                try:
                    _check([url])
                except UserError as error:
                    raise UserError(f"{file}, line {number}: {error}") from error
                urls.append(url)
    return tuple(urls)


def _utc(day: datetime | None) -> datetime | None:
    return day.replace(tzinfo=UTC) if day else None


def _exit_code(run: Run) -> ExitCode:
    if run.error is not None:
        return code_for(run.error)
    if any(alert.event == RAISED for alert in run.alerts):
        return ExitCode.ALERTS
    if run.finish_reason != "finished":
        return ExitCode.STOPPED
    return ExitCode.INCOMPLETE if run.stopped_hosts or run.unread_sites else ExitCode.OK


# -- what is told at the end -------------------------------------------------------------------------------------------


def _tell(console: Console, folder: ArchiveFolder, run: Run) -> None:
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
    if run.schedule.dropped:
        console.say(
            f"{len(run.schedule.dropped)} looks at known articles were dropped, as revisits.per_site_and_day was spent; the table"
            " dropped_revisits names them."
        )
    if run.error is not None:
        console.say(f"The run stopped: {run.error}. What was captured is safe; run it again to go on.")
    elif run.finish_reason != "finished":
        console.say(f"The run stopped early ({run.finish_reason}). Nothing is lost; run it again to go on.")
    if console.verbosity >= NORMAL:
        _tell_next(console, folder.path)


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
