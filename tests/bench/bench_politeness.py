"""Measures in a newsroom's own access log how polite crawls of it are. Ends with 1 when one of its wishes was not kept.

    python tests/bench/bench_politeness.py [outlets, 6] [seconds between requests, 1] [pages of an outlet, 25]

Five runs by the real command, one right after the other, into one archive: a crawl of the outlets with their page
requisites (one outlet asks for a longer crawl-delay, every page links into what robots.txt closes); a list of URLs on the
first outlet, one of them closed, one answered slowly, one with 429 and "Retry-After"; a list on the second, which wants an
hour of rest; the same list again; and again when the hour is over, by a clock that is set, not slept. What is printed is
computed from what the servers saw, and from when: not from what the crawler says of itself.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from crawler.newsroom.responses import Response  # noqa: E402
from crawler.newsroom.server import Newsroom  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.newsroom.listener import Request

SEEN_LATE = 0.1
"""Seconds by which a busy machine may see the first of two requests late, so that their gap looks shorter than it was."""
CLOSED = ("/internal/", "/search")
REQUISITES = (".css", ".js", ".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif", ".ico", ".woff", ".woff2")
REQUISITE_DELAY, RETRY_AFTER, HOUR = 0.2, 3, 3600
LONGEST = 900.0
"""Seconds after which a run is ended whatever it does."""


@dataclass
class Findings:
    """What was measured, line by line, and which of it was not as it must be."""

    lines: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def say(self, what: str, found: str, *, kept: bool) -> None:
        """Note one measured value."""
        self.lines.append(f"{what:<58} {found}{'' if kept else '   <-- NOT KEPT'}")
        if not kept:
            self.broken.append(what)


def gaps(log: Sequence[Request]) -> dict[str, list[float]]:
    """Return host → seconds from each request to the next, sorted."""
    starts = defaultdict(list)
    for entry in log:
        starts[entry.host].append(entry.at)
    return {
        host: sorted(later - earlier for earlier, later in pairwise(sorted(at)))
        for host, at in starts.items()
    }


def is_requisite(entry: Request) -> bool:
    """Return whether *entry* asks for a part of a page."""
    return urlsplit(entry.path).path.lower().endswith(REQUISITES)


def judge_gaps(found: Findings, log: Sequence[Request], delays: dict[str, float], least: float) -> None:
    """Hold the gaps of every host against its delay, those of requisites against theirs, which gives way to a crawl-delay."""
    for words, entries, floor in (
        ("pages", [entry for entry in log if not is_requisite(entry)], 0.0),
        ("requisites", [entry for entry in log if is_requisite(entry)], REQUISITE_DELAY),
    ):
        for host, between in sorted(gaps(entries).items()):
            due = max(delays.get(host, 0.0), floor or least)
            if between:
                middle = between[len(between) // 2]
                text = f"{len(between):4} gaps, least {between[0]:6.2f} s, median {middle:6.2f} s, due {due:5.2f} s"
                found.say(f"{words} of {host}", text, kept=between[0] >= due - SEEN_LATE)


def judge_closed(found: Findings, log: Sequence[Request]) -> None:
    """Count what was fetched though robots.txt closes it, and hosts of which something was asked before their robots.txt."""
    against = [entry.path for entry in log if entry.path.startswith(CLOSED)]
    found.say("fetched against robots.txt", str(len(against)), kept=not against)
    firsts: dict[str, str] = {}
    for entry in sorted(log, key=lambda one: one.at):
        firsts.setdefault(entry.host, entry.path)
    early = [host for host, path in firsts.items() if path != "/robots.txt"]
    found.say("hosts asked for anything before robots.txt", str(len(early)), kept=not early)
    asked = [entry.host for entry in log if entry.path == "/robots.txt"]
    found.say(
        "robots.txt asked for in five runs",
        f"{len(asked)} times, {len(set(asked))} hosts",
        kept=len(asked) == len(set(asked)),
    )


def judge_rest(found: Findings, what: str, log: Sequence[Request], path: str, seconds: float) -> None:
    """Hold the first request of a host after its answer to *path* against the rest that was due then."""
    at, host = next((entry.at, entry.host) for entry in log if entry.path == path)
    later = [entry.at - at for entry in log if entry.host == host and entry.at > at]
    text = f"next request {min(later):6.2f} s later, due {seconds:5.2f} s" if later else "nothing asked since"
    found.say(what, text, kept=bool(later) and min(later) >= seconds - SEEN_LATE)


class Crawls:
    """Runs of the real command into one archive."""

    def __init__(self, folder: Path, delay: float, pages: int) -> None:
        self._folder = folder
        self._settings = (
            f"politeness.delay_seconds={delay}", f"politeness.requisite_delay_seconds={REQUISITE_DELAY}",
            "politeness.allow_private_addresses=true", "crawl.sitemap_days=0", f"crawl.max_pages_per_site={pages}",
        )  # fmt: skip

    def run(self, *arguments: str, expect: int = 0) -> None:
        """Crawl; SystemExit with the run's words when it ends otherwise than with *expect*."""
        settings = [part for setting in self._settings for part in ("--set", setting)]
        done = subprocess.run(
            [sys.executable, "-m", "crawler", "--archive", str(self._folder / "archive"), "crawl", "--json", "-q",
             *settings, *arguments],
            cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False,
        )  # fmt: skip
        if done.returncode != expect:
            raise SystemExit(
                f"exit {done.returncode}, not {expect}: {done.stdout[-500:]} {done.stderr[-2000:]}"
            )

    def listed(self, *urls: str, options: tuple[str, ...] = (), expect: int = 0) -> None:
        """Crawl these URLs and nothing else."""
        path = self._folder / "urls.txt"
        path.write_text("".join(f"{url}\n" for url in urls), encoding="utf-8")
        self.run("--urls", str(path), *options, expect=expect)


def measure(outlets: int = 6, delay: float = 1.0, pages: int = 25) -> bool:
    """Crawl, print what the servers saw; return whether all wishes were kept."""
    with tempfile.TemporaryDirectory() as folder, Newsroom(port=0) as room:
        crawls, sites = Crawls(Path(folder), delay, pages), room.sites[:outlets]
        first, second = sites[:2]
        crawls.run(*sites)
        answers = iter([Response(status=429, headers=(("Retry-After", str(RETRY_AFTER)),))])
        room.override(f"{first}busy", lambda: next(answers, Response(body=b"<p>now</p>")))
        room.override(f"{first}slow", Response(body=b"<p>slow</p>", delay=2 * delay))
        crawls.listed(f"{first}slow", f"{first}internal/print-edition", f"{first}busy", f"{first}about")
        hour = [Response(status=503, headers=(("Retry-After", str(HOUR)),))]
        room.override(f"{second}rest", lambda: hour.pop() if hour else Response(body=b"<p>now</p>"))
        crawls.listed(f"{second}rest", f"{second}about", expect=3)
        until = len(room.log)
        crawls.listed(f"{second}about", expect=3)
        knocked = len(room.log) - until
        over = (datetime.now(UTC) + timedelta(seconds=HOUR + 60)).isoformat()
        crawls.listed(f"{second}about", options=("--clock", over))
        found = Findings()
        delays = {urlsplit(one.base).hostname or "": one.crawl_delay or 0.0 for one in room.outlets}
        judge(found, room.log, delays, delay)
        found.say("asked in the hour of rest, by the run after", str(knocked), kept=knocked == 0)
        after = len(room.log) - until - knocked
        found.say("asked when the hour was over", str(after), kept=after > 0)
    print("\n".join(found.lines))
    print(f"{len(room.log)} requests, {len(found.broken)} wishes not kept")
    return not found.broken


def judge(found: Findings, log: Sequence[Request], delays: dict[str, float], delay: float) -> None:
    """Hold what the servers saw against what was due."""
    judge_gaps(found, log, delays, delay)
    judge_closed(found, log)
    overlapping = [entry.path for entry in log if entry.under_way > 1]
    found.say("asked while an answer of the host was under way", str(len(overlapping)), kept=not overlapping)
    judge_rest(found, f'after 429 with "Retry-After: {RETRY_AFTER}"', log, "/busy", RETRY_AFTER)
    judge_rest(found, "while a slow answer was under way", log, "/slow", 2 * delay)


if __name__ == "__main__":
    given = sys.argv[1:]
    outlets, delay, pages = (*given, *("6", "1", "25")[len(given) :])
    sys.exit(0 if measure(int(outlets), float(delay), int(pages)) else 1)
