"""A month of one newspaper in some minutes: the clock is set, not slept. Every change must be typed right, and nothing else may be.

    python tests/bench/bench_month.py [hours between runs, 16] [days, 30]

A second paper, which publishes less at weekends, loses its dates, shows walls, turns into empty shells, empties its front, is down, and
falls silent, one after the other (gazette.py): each must be told as an alert once, its end once, and nothing else may be told of either.

The Courier of the sample newsroom is crawled by the real command again and again, each run at its own time. Meanwhile articles are
edited, corrected (silently and openly), credited anew, given other pictures, put behind a paywall, moved, removed and put back; on one
day the site is redesigned, for a day and a half it is down, and for some hours it answers 404 to everything. No page is twice the same
byte for byte. Articles are looked at once a day, so that
nothing that is done to an old one waits for its 30th day. At the end the typed changes are compared with what was done, the ledger with what there was, and the index with the one
that is made anew from the WARC files. Ends with 1 on any difference.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from archive.config import Config  # noqa: E402
from archive.index import site_runs  # noqa: E402
from archive.index.compare import table_contents  # noqa: E402
from archive.index.store import Index  # noqa: E402
from crawler import reindex  # noqa: E402
from crawler.discovery.front_page import home_host  # noqa: E402
from crawler.newsroom.layouts import parts  # noqa: E402
from crawler.newsroom.records import TrueCredit  # noqa: E402
from crawler.newsroom.responses import Response, redirect  # noqa: E402
from crawler.newsroom.server import Newsroom  # noqa: E402
from crawler.newsroom.site import article_response, not_found, site  # noqa: E402
from crawler.runs import Run  # noqa: E402
from tests.bench.gazette import Gazette, Trouble, expected  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.newsroom.records import NewsArticle

START = datetime(2026, 11, 17, 0, 0, tzinfo=UTC)
REDESIGNED, DOWN, UP, LOST, FOUND = 14.0, 17.1, 18.6, 21.2, 21.9
"""Days after the start: another layout; every answer 503 from … to; every page 404 from … to."""
SETTINGS = (
    "politeness.delay_seconds=0.003", "politeness.allow_private_addresses=true", "politeness.retry_after_max_seconds=1",
    "requisites.fetch=false", "crawl.retries=0", "crawl.sitemap_days=0", "politeness.stop_host_after_failures=5",
    f"revisits.plan=12h {' '.join(f'{day}d' for day in range(1, 40))}",
)  # fmt: skip


@dataclass(frozen=True)
class Event:
    """Something that happens to one article: on a day after the start, and the kinds of change that it is."""

    day: float
    slug: str
    kinds: tuple[str, ...]
    edit: Callable[[NewsArticle], NewsArticle] | None = None
    """What the page says from then on; None when the page is not there."""
    answer: Callable[[], Response] | None = None


def _replaced(old: int, words: str) -> Callable[[NewsArticle], NewsArticle]:
    """Return an edit that puts *words* in the place of the last sentence of a paragraph."""

    def edit(article: NewsArticle) -> NewsArticle:
        body = list(article.body)
        body[old] = body[old].rstrip(".").rpartition(". ")[0] + ". " + words
        return replace(article, body=tuple(body))

    return edit


def _gone(status: int) -> Callable[[], Response]:
    return lambda: Response(status=status, body=b"<!doctype html><title>Gone</title><h1>Gone</h1>")


def scenario(articles: dict[str, NewsArticle]) -> list[Event]:
    """Return what happens in the month, to articles that fit."""
    plain = [one for one in articles.values() if _is_plain(one)]
    edited = [
        one.slug for one in plain if one.photos and all(". " in paragraph for paragraph in one.body[1:3])
    ]
    others = [one.slug for one in plain if one.slug not in edited]
    silent, told, pictured = edited[:3]
    headed, signed, walled, away, back, moved, grown, twice = [*others, *edited[3:]][:8]
    new_address = f"{urlsplit(articles[moved].url).path}-continued"
    return [
        Event(1.3, silent, ("body", "silent-correction"), _replaced(2, "Twelve people were counted, the office said.")),
        Event(2.2, headed, ("headline",), lambda one: replace(one, headline=f"{one.headline}, again")),
        Event(3.1, told, ("body", "disclosed-correction"), lambda one: replace(
            _replaced(1, "It was a Thursday.")(one), corrections=("Correction: an earlier version of this story named the wrong day.",))),
        Event(4.4, signed, ("credit",), lambda one: replace(
            one, byline="By Marguerite Oake", credits=(TrueCredit(name="Marguerite Oake", kind="person", role="author"),))),
        Event(5.2, pictured, ("image",), lambda one: replace(
            one, photos=(replace(one.photos[0], key="another-view", caption="The other side of the bay", alt="The bay", clean_caption="The other side of the bay"), *one.photos[1:]))),
        Event(6.3, grown, ("body",), lambda one: replace(one, body=(*one.body, "The council meets again on Monday to hear what the neighbours say."))),
        Event(7.2, walled, ("paywalled",), lambda one: replace(one, page_type="paywall-stub", body=one.body[:1])),
        Event(8.2, away, ("removed",), answer=_gone(410)),
        Event(9.1, moved, ("moved",), answer=partial(redirect, new_address, 301)),
        Event(9.3, back, ("removed",), answer=_gone(404)),
        Event(12.6, back, ("restored",), lambda one: one),
        Event(15.2, twice, ("headline",), lambda one: replace(one, headline="First " + one.headline)),
        Event(24.3, twice, ("headline",), lambda one: replace(one, headline="Second " + one.headline)),
    ]  # fmt: skip


def _is_plain(article: NewsArticle) -> bool:
    """Return whether an article has text and a byline, and nothing that makes it a case of its own."""
    return (
        article.outlet == "courier" and article.layout == "jsonld" and article.page_type == "article" and len(article.body) > 2
        and bool(article.byline) and not article.corrections and article.language == "en"
        and not article.cases & {"archive-only", "two-pages", "amp", "noarchive"}
    )  # fmt: skip


class Paper:
    """The Courier through the month: what it answers at the time that is set."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom, self.day = newsroom, 0.0
        self.outlet = newsroom.outlets[0]
        self.articles = {one.slug: one for one in newsroom.articles(1) if one.outlet == self.outlet.key}
        self.events = scenario(self.articles)
        self._salt = count()
        for (host, path), maker in site(1, newsroom.port).items():
            if host == self.outlet.host:
                self._serve(path, partial(self._other, maker))
        for article in self.articles.values():
            self._serve(article.path, partial(self._page, article))
        for event in self.events:
            if event.kinds == ("moved",):
                article = self.articles[event.slug]
                new = replace(
                    article,
                    path=f"{article.path}-continued",
                    url=f"{article.url}-continued",
                    slug=article.slug + "-continued",
                )
                self._serve(new.path, partial(self._page, new))

    def _serve(self, path: str, answer: Callable[[], Response]) -> None:
        self.newsroom.override(f"{self.outlet.base}{path}", partial(self._or_trouble, path, answer))

    def _or_trouble(self, path: str, answer: Callable[[], Response]) -> Response:
        if DOWN <= self.day < UP:
            return Response(status=503)
        if LOST <= self.day < FOUND and path != "/robots.txt":
            return not_found(self.outlet)
        return answer()

    def _other(self, maker: Callable[[], Response]) -> Response:
        return maker()

    def _page(self, article: NewsArticle) -> Response:
        edited, answer = article, None
        for event in self.events:
            if event.slug == article.slug and event.day <= self.day:
                edited = event.edit(edited) if event.edit else edited
                answer = event.answer
        if answer is not None:
            return answer()
        layout = "microdata" if self.day >= REDESIGNED and _is_plain(article) else article.layout
        made = article_response(
            replace(edited, layout=layout),
            self.outlet,
            parts.sibling_articles(article, list(self.articles.values())),
        )
        salt = f"<!-- {next(self._salt)} served in {time.perf_counter_ns() % 997} ms --></body>".encode()
        return replace(made, body=made.body.replace(b"</body>", salt), validators=False)


def crawl(archive: Path, paper: Paper, gazette: Gazette, moment: datetime) -> int:
    """Run one crawl at *moment*; return its exit code."""
    settings = [part for setting in SETTINGS for part in ("--set", setting)]
    arguments = [
        "--archive",
        str(archive),
        "crawl",
        f"{paper.outlet.base}/",
        gazette.home,
        "--clock",
        moment.isoformat(),
        "--quiet",
        *settings,
    ]
    environment = {key: value for key, value in os.environ.items() if not key.startswith("TEARSHEET_")}
    done = subprocess.run(
        [sys.executable, "-m", "crawler", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode not in {0, 3, 7}:
        sys.stderr.write(done.stderr)
        raise SystemExit(f"the run at {moment} ended with {done.returncode}")
    return done.returncode


def alerts_of(index: Index, site: str) -> list[tuple[str, str, str]]:
    """Return kind, subject and event of every alert of *site*, and print them with their day."""
    found = site_runs.alerts(index, site)
    for alert in found:
        day = ((alert.at or START) - START) / timedelta(days=1)
        print(f"  day {day:4.1f}  {alert.event:6}  {site}  {alert.kind} {alert.subject}: {alert.words}")
    return sorted((alert.kind, alert.subject, alert.event) for alert in found)


def told(index: Index, site: str) -> Counter[tuple[str, str]]:
    """Return (last part of the address, kind) of every change that the index tells."""
    rows = index.rows(
        "select a.url, x.kind from v_changes x join articles a on a.id = x.article_id where a.site = ?",
        (site,),
    )
    return Counter((row["url"].rpartition("/")[2], row["kind"]) for row in rows)


def main(hours: float, days: float) -> int:
    """Live through the month; print what happened; return 1 when anything was told wrong."""
    began = time.monotonic()
    with Newsroom(port=0) as newsroom, tempfile.TemporaryDirectory() as folder:
        paper, archive = Paper(newsroom), Path(folder) / "archive"
        gazette, moments = Gazette(newsroom, START, days), []
        runs = 0
        while runs * hours < 24 * days:
            paper.day = gazette.day = runs * hours / 24
            moments.append(paper.day)
            crawl(archive, paper, gazette, START + timedelta(days=paper.day))
            runs += 1
        happened = [event for event in paper.events if event.day < paper.day]
        changes = Counter(
            (urlsplit(paper.articles[event.slug].url).path.rpartition("/")[2], kind)
            for event in happened
            for kind in event.kinds
        )
        with Index.open(archive / "index.db") as index:
            site, other = home_host(paper.outlet.base), home_host(gazette.home)
            found = told(index, site)
            alerts = [alerts_of(index, name) for name in (site, other)]
            outages = [Trouble("unreachable", "", *span) for span in ((DOWN, UP), (LOST, FOUND))]
            due = [
                expected(
                    moments,
                    tuple(one for one in outages if sum(one.first <= at < one.last for at in moments) > 1),
                ),
                expected(moments),
            ]
            held = index.rows(
                "select count(*) as captures, (select count(*) from versions) as versions, (select count(*) from articles) as articles from captures"
            )[0]
            looks = index.rows("select count(*) as n from readings where article_id is not null")[0]["n"]
            gaps = index.missing(site)
            crawled = table_contents(index)
        with Index.open(Path(folder) / "again.db") as again:
            reindex.catch_up(Run(index=again, config=Config()), archive / "warc")
            is_same = table_contents(again) == crawled
            differing = [name for name, rows in table_contents(again).items() if rows != crawled[name]]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        f"{runs} runs in {days:g} days, {held['captures']} captures, {looks} readings of {held['articles']} articles, {held['versions']} versions"
    )
    print(
        f"{time.monotonic() - began:.0f} s, {(children.ru_utime + children.ru_stime) / runs:.2f} s CPU a run"
    )
    print(
        f"changes made {changes.total()}, told right {(changes & found).total()}, missed {(changes - found).total()}, false {(found - changes).total()}"
    )
    for title, wrong in (("missed", changes - found), ("false", found - changes)):
        for (name, kind), times in wrong.items():
            print(f"  {title}: {kind} of {name} ({times})")
    print(
        f"expected and not captured at the end: {len(gaps)}"
        + "".join(f"\n  {gap.url}: {gap.outcome}, {gap.reason}" for gap in gaps[:9])
    )
    print(f"made again from the WARC files: {'the same' if is_same else f'other rows in {differing}'}")
    for name, wanted, raised in zip((site, other), due, alerts, strict=True):
        missed, false = Counter(wanted) - Counter(raised), Counter(raised) - Counter(wanted)
        print(f"alerts of {name}: {len(raised)} told, missed {list(missed)}, false {list(false)}")
    return 0 if alerts == due and changes == found and is_same and not gaps else 1


if __name__ == "__main__":
    sys.exit(main(*(float(value) for value in (sys.argv[1:] + ["16", "30"][len(sys.argv) - 1 :]))))
