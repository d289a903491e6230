"""One crawl job, from the lock to the summary: what an earlier run left, the crawl itself, the end put in order."""

from __future__ import annotations

import hashlib
import logging
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from archive import config as configuration
from archive.index.frontier import Frontier
from archive.index.originals import IndexedOriginals
from archive.index.store import Index
from archive.warc.recovery import recover
from crawler import reindex
from crawler.alerts.telling import tell
from crawler.frontier.contract import check_engine, check_spider_middlewares
from crawler.reindex import in_words
from crawler.runs import Run

if TYPE_CHECKING:
    from datetime import datetime

    from archive.config import Config
    from archive.folder import ArchiveFolder

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
    """Run *task* into *folder*, which the caller has locked; return the run, ended.

    Torn files of a killed run are cut to their last whole record first, and what it captured but had not indexed is
    read in. Raises UserError for what the user can mend.
    """
    check_engine()
    recovered = recover(folder.warc)
    with Index.open(folder.index) as index, Frontier(folder.frontier) as frontier:
        run = Run(
            index=index,
            config=config,
            run_id=task.run_id,
            since=task.since,
            until=task.until,
            recheck_all=task.recheck_all,
        )
        run.tallies.watch(task.sites)
        run.url_list.give(task.urls)
        run.recovered = [in_words(item) for item in recovered]
        reindex.catch_up(run, folder.warc)
        run.resume()
        waiting = frontier.begin((*task.sites, *task.urls), run.clock())
        if waiting:
            run.recovered.append(f"{waiting} addresses that waited when the last run ended are fetched now")
        settings = scrapy_settings(folder, run, version=version, quiet=quiet)
        settings.set("TEARSHEET_LOG_JSON", as_log, priority="cmdline")
        settings.set("LOG_INSTALL_ROOT_HANDLER", not as_log, priority="cmdline")
        words = f"run {run.run_id} begins, {waiting} addresses waiting from an earlier run"
        logger.info(words, extra={"event": "run-begins"})
        check_spider_middlewares(settings)
        process = AsyncCrawlerProcess(settings)
        crawler = process.create_crawler("news")
        crawler.tearsheet_run = run  # type: ignore[attr-defined]  # its middlewares, spider and pipelines find it there
        crawler.tearsheet_frontier = frontier  # type: ignore[attr-defined]
        process.crawl(crawler, sites=task.sites, urls=task.urls)
        process.start()
        run.on_failure = None
        if run.error is None:
            run.commit()
            if run.finish_reason not in HURRIED:
                reindex.catch_up(run, folder.warc)
                reindex.seal_files(index, folder.warc)
                index.compare_copies()
            run.not_told = tell(run.alerts, config.alerts, run_id=run.run_id, archive=str(folder.path))
        _log_end(run)
        return run


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
    return [*pairs, ("operator", operator)] if operator else pairs
