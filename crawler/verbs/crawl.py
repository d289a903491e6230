"""Crawl news sites into the archive"""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from time import monotonic, sleep
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from archive import config as configuration
from archive.errors import ArchiveInUse, UserError
from archive.exit_codes import ExitCode, code_for
from archive.folder import ArchiveFolder
from archive.index.site_runs import RAISED, site_name
from archive.index.store import Index
from archive.times import set_clock, utc_now
from archive.verbs.console import QUIET, Console
from archive.verbs.group import version
from archive.verbs.metrics_text import write_metrics
from archive.verbs.moments import Moment
from crawler.json_log import log_json
from crawler.runs import new_run_id
from crawler.verbs.dry_run import tell as tell_plan
from crawler.verbs.run_summary import tell_run
from crawler.verbs.site_options import sites_option, use_sites

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.config import Config
    from crawler.runs import Run


LOOK_EVERY_SECONDS = 2.0
"""While another process holds what is wanted."""


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
    help="Wait so long when another run of these sites is under way, or another verb has the archive alone.",
)
@click.option("--log-json", "as_log", is_flag=True, help="Log to standard error as JSON, one object a line.")
@click.option(
    "--metrics",
    type=click.Path(path_type=str, dir_okay=False),
    metavar="FILE",
    help="Write metrics for Prometheus' textfile collector at the end. Default: metrics.file.",
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
    as_log: bool,
    metrics: str | None,
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
    if sample and dry_run:
        raise click.UsageError("--dry-run is for sites of your own: name them instead of --sample.")
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
    run_id, quiet = new_run_id(utc_now()), console.verbosity == QUIET
    if as_log:
        log_json(run_id)
        console.verbosity = QUIET  # the log tells it
    names = _names(sites, url_file, sample=sample)
    with contextlib.ExitStack() as stack:
        _lock(stack, folder, run_id, names, wait_minutes)
        from crawler.job import Task, run_job  # noqa: PLC0415  (Scrapy takes half a second to load)

        if sample:
            sites = stack.enter_context(_newsroom(folder, sample_port, run_id, console))
            config = _for_sample(config, assignments)
            recheck = True
        task = Task(
            sites=sites, urls=urls, since=_utc(since), until=_utc(until), recheck_all=recheck, run_id=run_id
        )
        run = run_job(folder, config, task, version=version(), quiet=quiet, as_log=as_log)
    _write_metrics(folder, metrics or config.metrics.file)
    tell_run(console, folder, run)
    sys.exit(_exit_code(run))


def _names(sites: Sequence[str], url_file: str | None, *, sample: bool) -> list[str]:
    """Return what no other run may be about while this one is under way."""
    names = [site_name(site) for site in sites]
    if sample:
        names.append("the sample newsroom")
    if url_file not in {None, "-"}:
        names.append(f"the list {Path(str(url_file)).absolute()}")
    return names


def _write_metrics(folder: ArchiveFolder, file: str) -> None:
    """Write the metrics where *file* says, if it does. Failing is no fault of the run: it is told."""
    if not file:
        return
    try:
        with Index.open(folder.index, read_only=True) as index:
            write_metrics(Path(file), index)
    except OSError as error:
        click.echo(
            f"tearsheet: {file}: the metrics could not be written: {error.strerror or error}", err=True
        )


def _lock(
    stack: contextlib.ExitStack, folder: ArchiveFolder, run_id: str, names: Sequence[str], wait_minutes: float
) -> None:
    """Hold the sites *names* until *stack* ends, waiting for them so long. Raises *ArchiveInUse* or *SiteInUse*."""
    until = monotonic() + 60 * wait_minutes
    while True:
        try:
            stack.enter_context(folder.locks.beside("crawl", run=run_id, sites=names))
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
def _newsroom(folder: ArchiveFolder, port: int, run_id: str, console: Console) -> Iterator[tuple[str, ...]]:
    """Start the sample newsroom; each finished run of it in the archive moves it on by one edition."""
    from crawler.newsroom.server import Newsroom  # noqa: PLC0415

    edition = 1
    if folder.index.exists():
        from crawler.job import open_index  # noqa: PLC0415

        with (
            folder.locks.ordering()
        ):  # it is opened for writing: one of an older version is brought up to date
            others = [holder for holder in folder.locks.runs() if holder.run != run_id]
            with open_index(folder, others) as index:
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
