"""One crawl job, from the lock to the summary: what an earlier run left, the crawl itself, the end put in order."""

from __future__ import annotations

import hashlib
import logging
import platform
import signal
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive import config as configuration
from archive.errors import ArchiveInUse
from archive.index import frontier_files
from archive.index.connection import has_to_be_migrated
from archive.index.frontier import Frontier
from archive.index.hosts import FILE as HOSTS_FILE
from archive.index.hosts import Hosts
from archive.index.originals import IndexedOriginals
from archive.index.store import Index
from archive.times import utc_now
from archive.warc.recovery import recover
from crawler import reindex
from crawler.alerts.telling import tell
from crawler.frontier.contract import check_engine, check_spider_middlewares
from crawler.middlewares.shared_turns import SharedTurns
from crawler.reindex import in_words
from crawler.runs import Run, new_run_id

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence
    from datetime import datetime

    from archive.config import Config
    from archive.folder import ArchiveFolder
    from archive.locks import Holder

logger = logging.getLogger(__name__)

HURRIED = frozenset({"shutdown", "failed"})
"""How a run ends that was told to end: what can wait is left to the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What one job is to do."""

    sites: tuple[str, ...] = ()
    """Home pages (or feeds, or sitemaps) of the sites."""
    urls: tuple[str, ...] = ()
    """Pages to fetch one by one, besides."""
    since: datetime | None = None
    until: datetime | None = None
    recheck_all: bool = False
    """Look at every known article again, however short a time ago it was looked at."""
    run_id: str | None = None
    """The run's id when it has one already; otherwise it is made."""


def run_job(
    folder: ArchiveFolder,
    config: Config,
    task: Task,
    *,
    version: str,
    quiet: bool = False,
    as_log: bool = False,
) -> Run:
    """Run *task* into *folder*, in which the caller has announced it (Locks.beside); return the run, ended.

    What killed runs have left is put in order first: torn files are cut to their last whole record, and what was captured but
    not indexed is read in. What belongs to runs that go on side by side is left to them. Raises UserError for what the
    user can mend.
    """
    check_engine()
    run_id = task.run_id or new_run_id(utc_now())
    with ExitStack() as stack:
        with folder.locks.ordering():
            others = [holder for holder in folder.locks.runs() if holder.run != run_id]
            recovered = recover(folder.warc)
            index = stack.enter_context(open_index(folder, others))
            run = _begin(index, config, task, run_id)
            run.shares_index = bool(others)
            run.recovered = [in_words(item) for item in recovered]
            under_way = [holder.run for holder in others]
            reindex.catch_up(run, folder.warc, reindex.files_but_of(index, folder.warc, under_way))
            waited_for = (*task.sites, *task.urls)
            path = frontier_files.take_over(folder.frontier, run_id, waited_for, under_way=under_way)
            hosts = stack.enter_context(Hosts(folder.frontier / HOSTS_FILE))
        run.shares_index = True
        turns = stack.enter_context(SharedTurns(hosts, folder.locks.hosts, run_id))
        turns.on_failure = run.fail
        frontier = stack.enter_context(Frontier(path))
        run.resume(task.sites)
        waiting = frontier.begin(waited_for, run.clock())
        if waiting:
            run.recovered.append(f"{waiting} addresses that waited when the last run ended are fetched now")
        settings = scrapy_settings(folder, run, version=version, quiet=quiet)
        settings.set("TEARSHEET_LOG_JSON", as_log, priority="cmdline")
        settings.set("LOG_INSTALL_ROOT_HANDLER", not as_log, priority="cmdline")
        words = f"run {run.run_id} begins, {waiting} addresses waiting from an earlier run"
        logger.info(words, extra={"event": "run-begins"})
        check_spider_middlewares(settings)
        _crawl(settings, task, run=run, frontier=frontier, hosts=hosts, turns=turns)
        _end(run, folder)
        return run


def _crawl(settings: Settings, task: Task, **parts: object) -> None:
    """Let Scrapy do *task*; its middlewares, spider and pipelines find *parts* as ``crawler.tearsheet_…``."""
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler("news")
    for name, part in parts.items():
        setattr(crawler, f"tearsheet_{name}", part)
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    crawl = process.crawl(crawler, sites=task.sites, urls=task.urls)
    process.start()
    for number, handler in before.items():  # Scrapy's would let what comes now go on, whatever it is told
        signal.signal(number, handler)
    run = parts["run"]
    assert isinstance(run, Run)
    if run.finish_reason == "failed" and not _has_failed(crawl):
        run.finish_reason = "shutdown"  # told to end before it had begun


def _has_failed(crawl: asyncio.Task[None]) -> bool:
    """Return whether *crawl* ended with an error; not when it was told to end before it did."""
    return crawl.done() and not crawl.cancelled() and crawl.exception() is not None


def open_index(folder: ArchiveFolder, others: Sequence[Holder]) -> Index:
    """Return the index, open for writing beside *others*; raises ArchiveInUse when it must be brought up to date first."""
    if others and has_to_be_migrated(folder.index):
        raise ArchiveInUse(
            f"{folder.index} has to be brought up to date for this version, which waits until nobody else writes: {others[0]}"
        )
    return Index.open(folder.index)


def _begin(index: Index, config: Config, task: Task, run_id: str) -> Run:
    run = Run(
        index=index,
        config=config,
        run_id=run_id,
        since=task.since,
        until=task.until,
        recheck_all=task.recheck_all,
    )
    run.tallies.watch(task.sites)
    run.url_list.give(task.urls)
    return run


def _end(run: Run, folder: ArchiveFolder) -> None:
    """Put in order what the run leaves, and tell of it."""
    run.on_failure = None
    if run.error is None:
        run.commit()
        run.not_told = tell(run.alerts, run.config.alerts, run_id=run.run_id, archive=str(folder.path))
        if run.finish_reason not in HURRIED:
            reindex.catch_up(run, folder.warc, [folder.warc / name for name in run.positions.written_files])
            reindex.seal_files(run.index, folder.warc)
            run.commit()
            run.index.settle()
    _log_end(run)


def _log_end(run: Run) -> None:
    for words in run.not_told:
        logger.warning("the alerts could not be told: %s", words, extra={"event": "alerts-not-told"})
    counts = dict(sorted(run.counts.items()))
    level = logging.INFO if run.error is None else logging.ERROR
    logger.log(
        level,
        "run ends: %s",
        run.error or run.finish_reason,
        extra={"event": "run-ends", "reason": run.finish_reason, "counts": counts},
    )


def scrapy_settings(folder: ArchiveFolder, run: Run, *, version: str, quiet: bool) -> Settings:
    """Return the project's settings with the operator's from tearsheet.toml."""
    config = run.config
    user_agent = configuration.user_agent(config, version)
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    values: dict[str, Any] = {
        "USER_AGENT": user_agent,
        "DOWNLOAD_TIMEOUT": config.crawl.timeout_seconds,
        "DOWNLOAD_MAXSIZE": int(config.crawl.max_body_megabytes * 1_000_000),
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_DELAY": max(config.politeness.delay_seconds, 0.001),
        "RETRY_TIMES": config.crawl.retries,
        "CONCURRENT_REQUESTS": 2 * config.crawl.concurrent_hosts,
        "CLOSESPIDER_TIMEOUT": config.crawl.max_run_minutes * 60,
        "TEARSHEET_OBEY_ROBOTS": config.politeness.obey_robots,
        "TEARSHEET_READ_TDMREP": config.politeness.read_tdmrep,
        "TEARSHEET_MAX_CRAWL_DELAY": config.politeness.max_crawl_delay_seconds,
        "TEARSHEET_REQUISITE_DELAY": max(config.politeness.requisite_delay_seconds, 0.001),
        "TEARSHEET_RETRY_AFTER_MAX": config.politeness.retry_after_max_seconds,
        "TEARSHEET_HOST_GROUPS": config.politeness.host_groups,
        "TEARSHEET_THROTTLE": config.politeness.throttle,
        "TEARSHEET_STOP_AFTER": config.politeness.stop_host_after_failures,
        "TEARSHEET_ALLOW_PRIVATE": config.politeness.allow_private_addresses,
        "TEARSHEET_WARC_FOLDER": str(folder.warc),
        "TEARSHEET_WARC_PREFIX": config.warc.prefix,
        "TEARSHEET_WARC_MAX_BYTES": config.warc.max_megabytes * 1_000_000,
        "TEARSHEET_WARC_MAX_SECONDS": 60 * config.warc.max_open_minutes,
        "TEARSHEET_WARC_LEVEL": config.warc.compression_level,
        "TEARSHEET_WARC_SYNC_SECONDS": config.warc.sync_seconds,
        "TEARSHEET_OUTLINKS": config.warc.outlinks,
        "TEARSHEET_WARC_ORIGINALS": "crawler.job.originals",
        "TEARSHEET_WARC_READER": "crawler.pictures.read_new",
        "TEARSHEET_INDEX": str(folder.index),
        "TEARSHEET_WARCINFO": warcinfo(run, user_agent, version),
        "TEARSHEET_QUIET": quiet,
    }
    settings.setdict(values, priority="cmdline")
    return settings


def originals(settings: Settings) -> IndexedOriginals:
    """Return what the writer's thread asks whether a payload is in the archive already."""
    return IndexedOriginals(Path(settings["TEARSHEET_INDEX"]))


def warcinfo(run: Run, user_agent: str, version: str) -> list[tuple[str, str]]:
    """Return what the warcinfo record of every file of *run* says (WARC 1.1, 6.2)."""
    config = run.config
    robots = "obey" if config.politeness.obey_robots else "ignore"
    operator = " ".join(
        part
        for part in (config.operator.name, config.operator.contact and f"<{config.operator.contact}>")
        if part
    )
    digest = hashlib.sha256(configuration.render(config).encode()).hexdigest()
    pairs = [
        ("software", f"Tearsheet/{version} (Python {platform.python_version()})"),
        ("run", run.run_id),
        ("startedAt", run.started_at.isoformat(timespec="seconds")),
        ("robots", robots),
        ("http-header-user-agent", user_agent),
        ("settingsDigest", f"sha256:{digest}"),
    ]
    if run.past is not None:
        pairs += run.past.fields()
    return [*pairs, ("operator", operator)] if operator else pairs
