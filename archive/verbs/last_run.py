"""How the last run ended, what went wrong in it, and what to do about it, in words."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archive.index.store import Index

_REMEDIES = {
    "refused by robots.txt": "the sites do not want these fetched; they are left alone",
    "robots.txt unreadable": "nothing is fetched until it can be read; the next run asks again",
    "host left alone": "too many failures in a row, or it asked to come back later; the next run tries again",
    "private address": "set politeness.allow_private_addresses = true if these are inside your own network",
    "timed out": "the next run tries again; if it stays so, raise crawl.timeout_seconds",
    "name not found": "check the address; if other sites fail too, check this machine's network",
    "connection refused": "the site is down or the port is wrong; the next run tries again",
    "connection broken": "the next run tries again",
    "cut short": "the answer ended early; the next run tries again",
    "too long": "longer than crawl.max_body_megabytes; raise it if these are wanted",
    "not http": "only http and https can be captured",
    "status 401": "the site wants a login, which Tearsheet does not have",
    "status 403": "the site refuses; ask its owner, your contact is in the User-Agent",
    "status 404": "not there (any more); an article that is gone is marked so",
    "status 410": "not there any more; an article that is gone is marked so",
    "status 429": "the site asks for slower fetching; raise politeness.delay_seconds",
    "status 503": "the site asks to come back later; the next run tries again",
}
_ENDINGS = {
    "finished": "finished",
    "shutdown": "stopped by Ctrl-C or a signal; run it again to go on",
    "closespider_timeout": "stopped by crawl.max_run_minutes; the next run goes on",
    "max_run_pages": "stopped by crawl.max_run_pages; the next run goes on",
    "max_run_megabytes": "stopped by crawl.max_run_megabytes; the next run goes on",
    "closespider_timeout_no_item": "stopped because nothing came any more; run it again to go on",
    "failed": "stopped by a fault; run it again to go on, and report it if it comes back",
}
KILLED = "killed before its end; run it again to go on (nothing that was captured is lost)"
RUNNING = "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run as the index knows it."""

    name: str
    started_at: str | None
    finished_at: str | None
    reason: str | None
    """None while it runs, or when it was killed."""
    counts: Mapping[str, int]
    failures: Mapping[str, int]
    """Kind of failure → URLs."""
    failed_urls: Mapping[str, str]
    """URL → kind of failure; the first 200."""
    not_crawled: Mapping[str, str]
    """Site or host → why nothing, or nothing more, was fetched from it."""


def iter_runs(index: Index, limit: int) -> Iterator[Run]:
    """Yield the newest *limit* runs, newest first."""
    rows = index.rows("select * from runs order by started_at desc, name desc limit ?", (limit,))
    for row in rows:
        yield Run(
            name=row["name"],
            started_at=row["started_at"],
            finished_at=row["finished_at"],
            reason=row["finish_reason"],
            **{
                name: json.loads(row[name] or "{}")
                for name in ("counts", "failures", "failed_urls", "not_crawled")
            },
        )


def ending(run: Run, *, is_running: bool) -> str:
    """Return in words how *run* ended and what to do; *is_running* says that it goes on right now."""
    if run.reason is None:
        return RUNNING if is_running else KILLED
    return _ENDINGS.get(run.reason, f"stopped early ({run.reason}); run it again to go on")


def remedy(reason: str) -> str:
    """Return what to do about a kind of failure."""
    if reason in _REMEDIES:
        return _REMEDIES[reason]
    if reason.startswith("status 5"):
        return "the sites' own fault; the next run tries again"
    return "the next run tries again"
