"""What a site's owner would see of us, on the sample newsroom."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from archive.index.store import Index
from crawler.newsroom.responses import Response


@pytest.fixture
def ask(newsroom, tmp_path, start_tearsheet):
    """Return a function that fetches paths of the first outlet and returns exit code, summary and what the outlet saw."""

    def fetch(*paths, options=()):
        seen = len(newsroom.log)
        urls = tmp_path / "urls.txt"
        urls.write_text(
            "".join(f"{newsroom.sites[0]}{path.lstrip('/')}\n" for path in paths), encoding="utf-8"
        )
        fetched = ("--urls", str(urls), "--json", "--set", "requisites.fetch=false", *options)
        process = start_tearsheet(tmp_path / "archive", "crawl", *fetched)
        output, words = process.communicate(timeout=60)
        assert process.returncode in {0, 3, 4}, words
        return process.returncode, json.loads(output), newsroom.log[seen:]

    yield fetch
    newsroom.clear_overrides()


def times(log, path):
    return [entry.at for entry in log if entry.path == path]


def test_retry_after_is_waited_for(ask, newsroom):
    answers = iter([Response(status=429, headers=(("Retry-After", "1"),))])
    newsroom.override("/busy", lambda: next(answers, Response(body=b"<p>now</p>")))
    code, summary, log = ask("/busy")
    first, second = times(log, "/busy")
    assert 1.0 <= second - first < 5
    assert (code, summary["failures"]) == (0, {})


def test_the_whole_host_waits(ask, newsroom):
    answers = iter([Response(status=503, headers=(("Retry-After", "2"),))])
    newsroom.override("/busy", lambda: next(answers, Response(body=b"<p>now</p>")))
    _, _, log = ask("/busy", "/about-this-sample", "/nothing-here")
    busy = times(log, "/busy")[0]
    later = [entry.at - busy for entry in log if entry.at > busy]
    assert later
    assert min(later) >= 1.9


def test_a_host_that_wants_a_long_rest_is_left_alone_and_the_run_says_so(ask, newsroom):
    newsroom.override("/busy", Response(status=429, headers=(("Retry-After", "7200"),)))
    code, summary, log = ask("/busy")
    assert len(times(log, "/busy")) == 1
    assert code == 3
    [why] = summary["stopped_hosts"].values()
    assert "7200 s" in why


def test_a_host_that_wants_a_long_rest_is_not_asked_by_the_next_run_either(ask, newsroom):
    newsroom.override("/busy", Response(status=429, headers=(("Retry-After", "7200"),)))
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    ask("/busy")
    code, summary, log = ask("/page")
    assert log == []
    assert code == 3
    [why] = summary["stopped_hosts"].values()
    assert re.search(r"answered 429 before this run and wants rest until 20\d\d-\d\d-\d\d \d\d:\d\d UTC", why)

    code, summary, log = ask(
        "/page", options=("--clock", (datetime.now(UTC) + timedelta(hours=3)).isoformat())
    )
    assert len(times(log, "/page")) == 1
    assert (code, summary["stopped_hosts"]) == (0, {})


def test_a_short_rest_and_the_delay_reach_into_the_next_run(ask, newsroom):
    answers = iter([Response(status=503, headers=(("Retry-After", "9"),))])
    newsroom.override("/busy", lambda: next(answers, Response(body=b"<p>now</p>")))
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    _, _, log = ask("/busy", options=("--set", "crawl.retries=0"))
    [busy] = times(log, "/busy")
    _, _, log = ask("/page")
    [rested] = times(log, "/page")
    assert rested - busy >= 8.9
    _, _, log = ask("/busy", options=("--set", "politeness.delay_seconds=7"))
    assert log[0].at - rested >= 6.8


def test_robots_txt_is_asked_once_in_24_hours(ask, newsroom, tmp_path):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nDisallow: /no\n")
    )
    newsroom.override("/a", Response(body=b"<p>a</p>"))
    newsroom.override("/b", Response(body=b"<p>b</p>"))
    _, _, log = ask("/a")
    assert len(times(log, "/robots.txt")) == 1
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nDisallow: /b\n")
    )
    _, summary, log = ask("/b", "/no")
    assert [entry.path for entry in log] == ["/b"]
    assert summary["failures"] == {"refused by robots.txt": 1}
    with Index.open(tmp_path / "archive" / "index.db", read_only=True) as index:
        [robots] = index.rows("select record_id from captures where target_uri like '%/robots.txt'")
        allowed_by = index.rows("select robots_record from fetch_notes where robots = 'allowed'")
    assert {row["robots_record"] for row in allowed_by} == {robots["record_id"]}

    later = (datetime.now(UTC) + timedelta(hours=25)).isoformat()
    _, summary, log = ask("/b", options=("--clock", later))
    assert [entry.path for entry in log] == ["/robots.txt"]
    assert summary["failures"] == {"refused by robots.txt": 1}


def test_a_robots_txt_that_could_not_be_read_is_asked_for_by_the_next_run(ask, newsroom):
    newsroom.override("/robots.txt", Response(status=500))
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    ask("/page", options=("--set", "crawl.retries=0"))
    newsroom.override("/robots.txt", Response(status=404))
    _, _, log = ask("/page")
    assert [entry.path for entry in log] == ["/robots.txt", "/page"]


def test_a_host_that_failed_when_the_last_run_ended_is_tried_three_times(ask, newsroom):
    for number in range(7):
        newsroom.override(f"/broken/{number}", Response(status=500))
    options = ("--set", "politeness.stop_host_after_failures=5", "--set", "crawl.retries=0")
    paths = [f"/broken/{number}" for number in range(7)]
    _, _, log = ask(*paths, options=options)
    assert len([entry for entry in log if entry.path.startswith("/broken")]) == 5
    code, summary, log = ask(*paths, "/nothing-here", options=options)
    assert len([entry for entry in log if entry.path.startswith("/broken")]) == 3
    assert code == 3
    assert "5 failures in a row" in next(iter(summary["stopped_hosts"].values()))


def test_a_host_that_keeps_failing_is_left_alone(ask, newsroom):
    for number in range(9):
        newsroom.override(f"/broken/{number}", Response(status=500))
    options = ("--set", "politeness.stop_host_after_failures=4", "--set", "crawl.retries=0")
    code, summary, log = ask(*(f"/broken/{number}" for number in range(9)), options=options)
    assert len([entry for entry in log if entry.path.startswith("/broken")]) == 4
    assert summary["failures"] == {"status 500": 4, "host left alone": 5}
    assert code == 3


def test_requests_to_one_host_start_apart_by_the_delay(ask, newsroom):
    paths = [f"/apart/{number}" for number in range(4)]
    for path in paths:
        newsroom.override(path, Response(body=b"<p>x</p>"))
    _, _, log = ask(*paths, options=("--set", "politeness.delay_seconds=0.3"))
    starts = [entry.at for entry in log]
    assert len(starts) == 5
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.2  # seen late on a busy machine


def test_hosts_of_one_group_are_asked_in_one_row(newsroom, tmp_path, start_tearsheet):
    first, second = newsroom.sites[:2]
    urls = tmp_path / "urls.txt"
    urls.write_text("".join(f"{site}apart/{number}\n" for site in (first, second) for number in range(2)))
    for number in range(2):
        newsroom.override(f"/apart/{number}", Response(body=b"<p>x</p>"))
    hosts = [urlsplit(site).netloc for site in (first, second)]
    seen = len(newsroom.log)
    settings = (
        "politeness.delay_seconds=0.4",
        f"politeness.host_groups={hosts[0]} {hosts[1]}",
        "requisites.fetch=false",
    )
    options = [part for setting in settings for part in ("--set", setting)]
    process = start_tearsheet(tmp_path / "archive", "crawl", "--urls", str(urls), "--json", *options)
    process.communicate(timeout=60)
    newsroom.clear_overrides()
    starts = [entry.at for entry in newsroom.log[seen:]]
    assert len({entry.host for entry in newsroom.log[seen:]}) == 2
    assert len(starts) == 6
    assert min(later - earlier for earlier, later in pairwise(starts)) >= 0.3  # seen late on a busy machine


def test_a_crawl_delay_wins_over_a_shorter_delay(ask, newsroom):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nCrawl-delay: 0.4\n")
    )
    newsroom.override("/a", Response(body=b"<p>a</p>"))
    newsroom.override("/b", Response(body=b"<p>b</p>"))
    _, _, log = ask("/a", "/b")
    [first], [second] = times(log, "/a"), times(log, "/b")
    assert abs(second - first) >= 0.3


@pytest.mark.parametrize("status", [500, 503, 429])
def test_without_a_readable_robots_txt_nothing_is_fetched(ask, newsroom, status):
    newsroom.override("/robots.txt", Response(status=status, headers=(("Retry-After", "9999"),)))
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    code, summary, log = ask("/page", options=("--set", "crawl.retries=0"))
    assert times(log, "/page") == []
    assert (code, summary["failures"]) == (3, {"robots.txt unreadable": 1})


def test_a_closed_address_of_a_list_is_a_fact_and_a_list_of_them_is_nothing_read(ask, newsroom):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nDisallow: /no\n")
    )
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    code, summary, _ = ask("/page", "/no/1")
    assert (code, summary["failures"], summary["unread_sites"]) == (0, {"refused by robots.txt": 1}, {})
    assert [url.endswith("/no/1") for url in summary["failed_urls"]] == [True]
    code, summary, _ = ask("/no/1", "/no/2")
    assert (code, summary["failures"]) == (3, {"refused by robots.txt": 2})
    assert set(summary["unread_sites"].values()) == {"refused by robots.txt: robots.txt does not allow it"}


def test_without_a_robots_txt_everything_is_allowed(ask, newsroom):
    newsroom.override("/robots.txt", Response(status=404))
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    _, summary, log = ask("/page")
    assert len(times(log, "/page")) == 1
    assert summary["failures"] == {}


def test_a_rule_for_us_by_name_is_obeyed(ask, newsroom):
    newsroom.override(
        "/robots.txt", Response(content_type="text/plain", body=b"User-agent: Tearsheet\nDisallow: /page\n")
    )
    newsroom.override("/page", Response(body=b"<p>x</p>"))
    _, summary, log = ask("/page")
    assert times(log, "/page") == []
    assert summary["failures"] == {"refused by robots.txt": 1}
