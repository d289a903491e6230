"""Images, style sheets and fonts: fetched past Scrapy's machinery, with all that pages are fetched with."""

from __future__ import annotations

import json
import signal
import time
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from archive.index.store import Index
from archive.warc.verify import verify_file
from crawler.newsroom.responses import Response, redirect

IMAGE = b"\x89PNG\r\n\x1a\n made for this test"


def image(**changes):
    return Response(content_type="image/png", body=IMAGE, **changes)


def sheet(text):
    return Response(content_type="text/css", body=text.encode())


@pytest.fixture
def show(newsroom, tmp_path, start_tearsheet):
    """Return a function that crawls one page which shows *paths*; it returns exit code, summary and what the outlet saw."""

    def crawl(*paths, options=(), head=""):
        pictures = "".join(f'<img src="{path}">' for path in paths)
        newsroom.override(
            "/page", Response(body=f"<html><head>{head}</head><body>{pictures}</body></html>".encode())
        )
        urls = tmp_path / "urls.txt"
        urls.write_text(f"{newsroom.sites[0]}page\n", encoding="utf-8")
        seen = len(newsroom.log)
        process = start_tearsheet(
            tmp_path / "archive", "crawl", "--urls", str(urls), "--json", "--recheck", *options
        )
        output, words = process.communicate(timeout=60)
        assert process.returncode in {0, 3, 4}, words
        assert "Traceback" not in words
        return process.returncode, json.loads(output), newsroom.log[seen:]

    yield crawl
    newsroom.clear_overrides()


@pytest.fixture
def captured(tmp_path, newsroom):
    """Return a function that gives path → row of what is captured."""

    def rows():
        with Index.open(tmp_path / "archive" / "index.db", read_only=True) as index:
            return {urlsplit(row["target_uri"]).path: row for row in index.rows("select * from v_captures")}

    return rows


def times(log, path):
    return [entry.at for entry in log if entry.path == path]


def test_a_redirected_image_is_captured_with_every_hop(show, captured, newsroom):
    newsroom.override("/old.png", redirect("/newer.png", 302))
    newsroom.override("/newer.png", redirect("/new.png"))
    newsroom.override("/new.png", image())
    show("/old.png")
    rows, home = captured(), newsroom.sites[0]
    assert [rows[path]["status"] for path in ("/old.png", "/newer.png", "/new.png")] == [302, 301, 200]
    assert (rows["/old.png"]["discovery"], rows["/old.png"]["via"]) == ("requisite", f"{home}page")
    assert (rows["/new.png"]["discovery"], rows["/new.png"]["via"]) == ("redirect", f"{home}newer.png")


def test_a_loop_of_redirects_is_left(show, newsroom):
    for number in range(9):
        newsroom.override(f"/hop/{number}", redirect(f"/hop/{number + 1}"))
    _, summary, log = show("/hop/0")
    assert len([entry for entry in log if entry.path.startswith("/hop/")]) == 6
    assert summary["failures"] == {"too many redirects": 1}


def test_a_missing_image_is_counted(show, captured, newsroom):
    code, summary, _ = show("/missing.png")
    assert (code, summary["failures"]) == (0, {"status 404": 1})
    assert captured()["/missing.png"]["status"] == 404


def test_an_image_that_robots_txt_denies_is_not_asked_for(show, newsroom):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nDisallow: /denied\n")
    )
    newsroom.override("/denied.png", image())
    newsroom.override("/allowed.png", image())
    _, summary, log = show("/denied.png", "/allowed.png")
    assert (len(times(log, "/denied.png")), len(times(log, "/allowed.png"))) == (0, 1)
    assert summary["failures"] == {"refused by robots.txt": 1}


def test_each_knows_which_robots_txt_allowed_it(show, captured, newsroom):
    newsroom.override("/a.png", image())
    show("/a.png")
    row = captured()["/a.png"]
    assert (row["robots"], row["robots_record"]) == ("allowed", captured()["/robots.txt"]["record_id"])


def test_requests_for_requisites_start_apart_by_their_delay(show, newsroom):
    paths = [f"/apart/{number}.png" for number in range(5)]
    for path in paths:
        newsroom.override(path, image())
    _, _, log = show(*paths, options=("--set", "politeness.requisite_delay_seconds=0.2"))
    starts = [entry.at for entry in log if entry.path in paths]
    assert len(starts) == 5
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.18


def test_a_crawl_delay_wins_over_the_delay_of_requisites(show, newsroom):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nCrawl-delay: 0.4\n")
    )
    for name in "ab":
        newsroom.override(f"/{name}.png", image())
    _, _, log = show("/a.png", "/b.png")
    assert abs(times(log, "/a.png")[0] - times(log, "/b.png")[0]) >= 0.38


def test_one_connection_at_a_time(show, newsroom):
    paths = [f"/slow/{number}.png" for number in range(3)]
    for path in paths:
        newsroom.override(path, image(delay=0.3))
    _, _, log = show(*paths)
    starts = [entry.at for entry in log if entry.path in paths]
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.28


def test_style_sheets_lead_to_what_they_need(show, captured, newsroom):
    newsroom.override("/a.css", sheet("@import 'b.css';"))
    newsroom.override("/b.css", sheet("body { background: url(deep/c.png) }"))
    newsroom.override("/deep/c.png", image())
    show(head='<link rel="stylesheet" href="/a.css">')
    rows, home = captured(), newsroom.sites[0]
    assert [rows[path]["via"] for path in ("/a.css", "/b.css", "/deep/c.png")] == [
        f"{home}page",
        f"{home}a.css",
        f"{home}b.css",
    ]


def test_a_second_run_asks_for_nothing_that_is_fresh(show, newsroom):
    for name in "ab":
        newsroom.override(f"/{name}.png", image())
    show("/a.png")
    _, _, log = show("/a.png", "/b.png")
    assert (len(times(log, "/a.png")), len(times(log, "/b.png"))) == (0, 1)


def test_one_that_is_wanted_twice_is_asked_for_once(show, newsroom):
    newsroom.override("/a.png", image())
    _, _, log = show("/a.png", "/a.png?utm_source=x", "/a.png")
    assert len(times(log, "/a.png")) == 1


def test_a_failing_server_is_asked_again(show, newsroom):
    answers = iter([Response(status=500), Response(status=502)])
    newsroom.override("/a.png", lambda: next(answers, image()))
    _, summary, log = show("/a.png", options=("--set", "crawl.retries=2"))
    assert (len(times(log, "/a.png")), summary["failures"]) == (3, {})


def test_a_busy_host_is_given_its_rest(show, newsroom):
    answers = iter([Response(status=429, headers=(("Retry-After", "1"),))])
    newsroom.override("/a.png", lambda: next(answers, image()))
    newsroom.override("/b.png", image())
    code, summary, log = show("/a.png", "/b.png")
    first, second = times(log, "/a.png")
    assert 1.0 <= second - first < 5
    assert times(log, "/b.png")[0] - first >= 1.0
    assert (code, summary["failures"]) == (0, {})


def test_a_host_that_keeps_failing_is_left_alone(show, newsroom):
    paths = [f"/broken/{number}.png" for number in range(6)]
    for path in paths:
        newsroom.override(path, Response(status=500))
    options = ("--set", "politeness.stop_host_after_failures=2", "--set", "crawl.retries=0")
    code, summary, log = show(*paths, options=options)
    assert len([entry for entry in log if entry.path in paths]) == 2
    assert (code, summary["failures"]) == (3, {"status 500": 2, "host left alone": 4})


def test_a_page_instead_of_an_image_is_read_as_a_page(show, newsroom):
    newsroom.override("/a.png", Response(body=b"<html><body><p>Please log in.</p></body></html>"))
    _, summary, _ = show("/a.png")
    assert summary["counts"]["not-an-article"] == 2


def test_no_requisites_when_they_are_not_wanted(show, newsroom):
    _, _, log = show("/a.png", options=("--set", "requisites.fetch=false"))
    assert times(log, "/a.png") == []


def test_an_interrupted_run_waits_for_what_is_on_the_wire_only(show, newsroom, tmp_path, start_tearsheet):
    paths = [f"/many/{number}.png" for number in range(50)]
    for path in paths:
        newsroom.override(path, image(delay=0.2))
    process, seen = killed(newsroom, tmp_path, start_tearsheet, paths, signal.SIGINT)
    output, words = process.communicate(timeout=30)
    assert process.returncode == 4, words
    assert json.loads(output)["finish_reason"] == "shutdown"
    asked = [entry for entry in newsroom.log[seen:] if entry.path in paths]
    assert 3 <= len(asked) < 20
    assert json.loads(output)["counts"]["captured"] == len(newsroom.log[seen:])
    newsroom.clear_overrides()


def test_kill_9_among_requisites_loses_nothing(show, captured, newsroom, tmp_path, start_tearsheet):
    paths = [f"/many/{number}.png" for number in range(40)]
    for number, path in enumerate(paths):
        newsroom.override(
            path, Response(content_type="image/png", body=IMAGE + bytes([number]) * 500, delay=0.02)
        )
    process, _ = killed(newsroom, tmp_path, start_tearsheet, paths, signal.SIGKILL)
    process.wait(timeout=20)
    _, summary, log = show(*paths)
    assert summary["failures"] == {}
    assert set(paths) <= set(captured())
    assert 0 < len([entry for entry in log if entry.path in paths]) < 40
    for path in (tmp_path / "archive" / "warc").glob("*.warc.gz"):
        assert [str(finding) for finding in verify_file(path) if finding.severity != "note"] == []


def killed(newsroom, tmp_path, start_tearsheet, paths, how):
    """Send a crawl of a page which shows *paths* the signal *how* when the outlet has been asked for a few of them."""
    pictures = "".join(f'<img src="{path}">' for path in paths)
    newsroom.override("/page", Response(body=f"<html><body>{pictures}</body></html>".encode()))
    urls = tmp_path / "urls.txt"
    urls.write_text(f"{newsroom.sites[0]}page\n", encoding="utf-8")
    seen = len(newsroom.log)
    process = start_tearsheet(tmp_path / "archive", "crawl", "--urls", str(urls), "--json")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if len([entry for entry in newsroom.log[seen:] if entry.path in paths]) >= 3:
            break
        time.sleep(0.005)
    process.send_signal(how)
    return process, seen


def pages_with_pictures(newsroom, sites, *, delay):
    """Let every page and picture take *delay* seconds; return the pages' addresses."""
    for number in range(4):
        pictures = "".join(f'<img src="/taking/{number}/{picture}.png">' for picture in range(3))
        newsroom.override(f"/page/{number}", Response(body=f"<p>x</p>{pictures}".encode(), delay=delay))
        for picture in range(3):
            newsroom.override(f"/taking/{number}/{picture}.png", image(delay=delay))
    return [f"{site}page/{number}" for site in sites for number in range(4)]


def crawl_pages(pages, tmp_path, start_tearsheet, *options):
    (tmp_path / "urls.txt").write_text("".join(f"{page}\n" for page in pages), encoding="utf-8")
    options = ("--set", "politeness.requisite_delay_seconds=0.05", *options)
    process = start_tearsheet(
        tmp_path / "archive", "crawl", "--urls", str(tmp_path / "urls.txt"), "--json", *options
    )
    output, words = process.communicate(timeout=60)
    assert process.returncode == 0, words
    return json.loads(output)


def test_a_host_is_never_asked_for_a_page_and_a_requisite_at_once(newsroom, tmp_path, start_tearsheet):
    pages = pages_with_pictures(newsroom, newsroom.sites[:1], delay=0.1)
    seen = len(newsroom.log)
    crawl_pages(pages, tmp_path, start_tearsheet, "--set", "politeness.delay_seconds=0.15")
    log = newsroom.log[seen:]
    newsroom.clear_overrides()
    assert [entry.under_way for entry in log] == [1] * (1 + 4 + 12)
    kinds = ["page" in entry.path for entry in log if entry.path != "/robots.txt"]
    assert kinds.index(False) < len(kinds) - 1 - kinds[::-1].index(True), (
        "pages did not wait for all pictures, nor those for them"
    )


@pytest.mark.parametrize("told_by", ["setting", "profile"])
def test_nor_are_the_hosts_of_a_group(newsroom, tmp_path, start_tearsheet, told_by):
    sites = newsroom.sites[:2]
    pages = pages_with_pictures(newsroom, sites, delay=0.1)
    seen = len(newsroom.log)
    hosts = [urlsplit(site).netloc for site in sites]
    options = ("--set", f"politeness.host_groups={' '.join(hosts)}")
    if told_by == "profile":
        names = [host.partition(":")[0] for host in hosts]
        (tmp_path / "a.toml").write_text(f"domains = {names[:1]}\nhost_group = {names}\n", encoding="utf-8")
        options = ("--sites", str(tmp_path))
    crawl_pages(pages, tmp_path, start_tearsheet, *options)
    starts = sorted(entry.at for entry in newsroom.log[seen:] if entry.path != "/robots.txt")
    newsroom.clear_overrides()
    assert len(starts) == 2 * (4 + 12)
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.1
