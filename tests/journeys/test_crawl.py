"""From the first request to the index, on the sample newsroom, with the real command."""

from __future__ import annotations

import json
import shutil
import signal
import time
from collections import Counter
from urllib.parse import urlsplit

import pytest

from archive.index.compare import table_contents
from archive.index.store import Index
from archive.warc.reader import iter_records
from archive.warc.verify import verify_file

NOT_SAID = {"storm-damage-agencies-he", "fish-market-old-code-page"}
"""Signed with the paper's own Hebrew name, which stands nowhere on the page as its name."""


def articles_by_url(archive):
    with Index.open(archive / "index.db", read_only=True) as index:
        return {row["url"]: row for row in index.rows("select * from v_articles")}


def captures(archive, where="1"):
    with Index.open(archive / "index.db", read_only=True) as index:
        return index.rows(f"select * from v_captures where {where}")


def test_every_article_of_the_newsroom_is_found(first_crawl, newsroom):
    found = articles_by_url(first_crawl.archive)
    missing = [
        article.url
        for article in newsroom.articles(1)
        if article.url not in found and "unreachable" not in article.cases
    ]
    assert missing == []


def test_nothing_but_articles_is_taken_for_one(first_crawl, newsroom):
    known = {article.url for article in newsroom.articles(1)}
    found = articles_by_url(first_crawl.archive)
    with Index.open(first_crawl.archive / "index.db", read_only=True) as index:
        parts = index.rows("select article_id, number from v_parts where number > 1")
    behind = {url for url, row in found.items() if row["id"] in {part["article_id"] for part in parts}}
    assert {url.partition("?page=")[0] for url in behind} <= known
    assert len(behind) == 1  # the long read's second page
    assert found.keys() - behind - known == set()


def test_the_summary_tells_what_happened(first_crawl):
    summary = first_crawl.summary
    assert summary["finish_reason"] == "finished"
    assert summary["counts"]["new-article"] == len(articles_by_url(first_crawl.archive))
    assert summary["counts"]["fetched"] >= summary["counts"]["captured"] > 0
    assert "AFP" in summary["credits_by_agency"]
    assert {"refused by robots.txt", "status 404", "status 500"} <= set(summary["failures"])


def test_whom_a_picture_names_in_its_file_only_is_credited_behind_the_page(first_crawl, newsroom):
    wanted = {
        (article.url, credit.name, credit.role)
        for article in newsroom.articles(1)
        for photo in article.photos
        for credit in photo.embedded_credits
    }
    with Index.open(first_crawl.archive / "index.db", read_only=True) as index:
        rows = index.rows("select url, name, role from v_credits where found_in = 'iptc'")
    assert {(row["url"], row["name"], row["role"]) for row in rows} == wanted
    assert len(rows) == len(wanted) > 3


def test_headlines_and_persons_are_as_printed(first_crawl, newsroom):
    wrong = []
    with Index.open(first_crawl.archive / "index.db", read_only=True) as index:
        for truth in newsroom.articles(1):
            stored = index.article_at(truth.url)
            assert stored is not None, truth.url
            article = stored.content
            if article.headline.split() != truth.headline.split():
                wrong.append((truth.slug, "headline", article.headline, truth.headline))
            if sorted(article.authors) != sorted(truth.authors) and truth.slug not in NOT_SAID:
                wrong.append((truth.slug, "authors", article.authors, truth.authors))
            if set(article.agencies) != set(truth.agencies):
                wrong.append((truth.slug, "agencies", article.agencies, truth.agencies))
    assert wrong == []


def test_the_disallowed_area_is_never_asked_for(first_crawl, newsroom):
    denied = [
        url for url, reason in first_crawl.summary["failed_urls"].items() if reason == "refused by robots.txt"
    ]
    assert denied
    asked = {(urlsplit(url).hostname, urlsplit(url).path) for url in denied}
    assert not [entry for entry in first_crawl.log if (entry.host, entry.path) in asked]


def test_robots_txt_is_the_first_question_to_every_host(first_crawl):
    first = {}
    for entry in sorted(first_crawl.log, key=lambda entry: entry.at):
        first.setdefault(entry.host, entry.path)
    assert set(first.values()) == {"/robots.txt"}


def test_every_question_says_who_asks(first_crawl):
    assert {entry.headers.get("user-agent", "").partition("/")[0] for entry in first_crawl.log} == {
        "Tearsheet"
    }


def test_page_requisites_are_captured_once(first_crawl):
    kinds = Counter(
        row["mime"] for row in captures(first_crawl.archive, "discovery = 'requisite' and status = 200")
    )
    assert kinds["text/css"] >= 4
    assert kinds["image/png"] >= 20
    again = Counter(row["target_uri"] for row in captures(first_crawl.archive, "discovery = 'requisite'"))
    assert [url for url, times in again.items() if times > 1 and "500" not in url] == []


def test_style_sheets_bring_their_imports_pictures_and_fonts(first_crawl):
    rows = captures(first_crawl.archive, "discovery = 'requisite' and via like '%.css' and status = 200")
    endings = {row["target_uri"].rpartition(".")[2] for row in rows}
    assert {"css", "woff"} <= endings
    assert endings & {"svg", "png"}


def test_packed_sitemaps_are_read(first_crawl, newsroom):
    [only_there] = [article.url for article in newsroom.articles(1) if "archive-only" in article.cases]
    [found] = captures(first_crawl.archive, f"target_uri = '{only_there}'")
    assert (found["discovery"], found["via"].rpartition("/")[2]) == ("sitemap", "archive.xml.gz")


def test_the_links_of_a_page_are_noted_beside_its_capture(first_crawl, newsroom):
    [path] = (first_crawl.archive / "warc").glob("*.warc.gz")
    home = newsroom.sites[0]
    noted = [
        opened
        for opened in iter_records(path)
        if opened.record.target_uri == home and "outlink" in opened.record.fields
    ]
    [outlinks] = noted
    lines = outlinks.block().read().decode().splitlines()
    assert f"outlink: {home}local/" in lines
    [captured] = captures(first_crawl.archive, f"target_uri = '{home}'")
    assert outlinks.record.concurrent_to == (captured["record_id"],)


def test_each_capture_knows_how_it_was_found_and_which_robots_allowed_it(first_crawl):
    rows = captures(first_crawl.archive, "status = 200 and discovery not in ('seed', 'robots')")
    assert rows
    assert [
        row["target_uri"]
        for row in rows
        if not row["via"] or row["robots"] != "allowed" or not row["robots_record"]
    ] == []


def test_the_warc_files_hold_what_their_digests_say(first_crawl):
    findings = [
        finding
        for path in sorted((first_crawl.archive / "warc").glob("*.warc.gz"))
        for finding in verify_file(path)
    ]
    assert [str(finding) for finding in findings if finding.severity != "note"] == []


def test_reindex_makes_the_same_rows(first_crawl, second_crawl, tmp_path, tearsheet):
    for name, crawl in (("first", first_crawl), ("second", second_crawl)):
        copy = tmp_path / name
        shutil.copytree(crawl.archive, copy)
        with Index.open(copy / "index.db", read_only=True) as index:
            crawled = table_contents(index)
        (copy / "index.db").unlink()
        tearsheet(copy, "reindex")
        with Index.open(copy / "index.db", read_only=True) as index:
            reread = table_contents(index)
        assert set(crawled) == set(reread)
        for table, rows in crawled.items():
            assert rows == reread[table], table


def test_the_next_edition_shows_what_was_changed_removed_and_moved(second_crawl, newsroom):
    truth = {case: article for article in newsroom.articles(1) for case in article.cases}
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        edited = index.article_at(truth["silent-edit"].url)
        assert edited is not None
        versions = index.versions(edited.id)
        assert len(versions) == 2
        assert {"headline", "body"} <= set(versions[1].changed)
        gone = index.article_at(truth["disappears"].url)
        assert gone is not None
        assert gone.gone_at is not None
        moved = index.article_at(truth["redirects-later"].url)
        assert moved is not None
        assert moved.redirected_to is not None
    assert second_crawl.summary["counts"]["new-version"] >= 2
    assert second_crawl.summary["counts"]["unchanged"] >= 40


def test_an_unchanged_page_is_kept_as_a_reference_to_the_first(second_crawl):
    counts = second_crawl.summary["counts"]
    assert counts["revisits"] >= 20


@pytest.mark.parametrize("killed_after", [15, 120])
def test_kill_9_and_run_again_ends_as_an_undisturbed_run(
    killed_after, first_crawl, newsroom, tmp_path, start_tearsheet, tearsheet
):
    archive = tmp_path / "archive"
    seen = len(newsroom.log)
    process = start_tearsheet(archive, "crawl", *newsroom.sites)
    deadline = time.monotonic() + 60
    while len(newsroom.log) - seen < killed_after and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=20)
    assert not list((archive / "warc").glob("*.warc.gz")), "it was killed in the middle"
    tearsheet(archive, "crawl", *newsroom.sites)

    with Index.open(archive / "index.db", read_only=True) as index:
        resumed = table_contents(index)
    with Index.open(first_crawl.archive / "index.db", read_only=True) as index:
        undisturbed = table_contents(index)
    for table in ("articles", "article_texts", "parties"):
        assert comparable(resumed[table]) == comparable(undisturbed[table]), table
    assert len({row["url"] for row in resumed["articles"]}) == len(resumed["articles"])
    for path in (archive / "warc").glob("*.warc.gz"):
        assert [str(finding) for finding in verify_file(path) if finding.severity != "note"] == []


def comparable(rows):
    """Return *rows* without the times at which they were captured, which two crawls cannot share."""
    return sorted(
        json.dumps(
            {key: value for key, value in row.items() if not key.endswith(("_at", "capture_id"))},
            sort_keys=True,
            default=str,
        )
        for row in rows
    )


def test_two_crawls_into_one_archive_are_refused(first_crawl, newsroom, tmp_path, start_tearsheet):
    archive = tmp_path / "archive"
    first = start_tearsheet(archive, "crawl", *newsroom.sites)
    deadline = time.monotonic() + 30
    while not list((archive / "warc").glob("*.open")) and time.monotonic() < deadline:
        time.sleep(0.01)
    second = start_tearsheet(archive, "crawl", *newsroom.sites)
    _, words = second.communicate(timeout=30)
    first.send_signal(signal.SIGKILL)
    first.wait(timeout=20)
    assert second.returncode == 8
    assert str(first.pid) in words


def test_a_stopped_run_says_so_and_the_next_goes_on(newsroom, tmp_path, start_tearsheet, tearsheet):
    archive = tmp_path / "archive"
    seen = len(newsroom.log)
    process = start_tearsheet(archive, "crawl", *newsroom.sites, "--json")
    deadline = time.monotonic() + 60
    while len(newsroom.log) - seen < 60 and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    output, words = process.communicate(timeout=60)
    assert process.returncode == 4, words
    assert json.loads(output)["finish_reason"] == "shutdown"
    asked = {(entry.host, entry.path) for entry in newsroom.log[seen:] if entry.status == 200}
    before = set(articles_by_url(archive))
    seen = len(newsroom.log)
    tearsheet(archive, "crawl", *newsroom.sites)
    again = {(entry.host, entry.path) for entry in newsroom.log[seen:]} & asked
    assert not {url for url in before if (urlsplit(url).hostname, urlsplit(url).path) in again}


def test_another_ones_site_needs_a_contact_first(tmp_path, start_tearsheet):
    process = start_tearsheet(tmp_path / "archive", "crawl", "https://a-newspaper.example/")
    _, words = process.communicate(timeout=30)
    assert process.returncode == 1
    assert "operator.contact" in words
    assert len(words.strip().splitlines()) == 1


def test_private_addresses_are_refused_unless_allowed(newsroom, tmp_path, start_tearsheet):
    process = start_tearsheet(
        tmp_path / "archive",
        "crawl",
        newsroom.sites[0],
        "--json",
        "--set",
        "politeness.allow_private_addresses=false",
    )
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 3
    assert list(json.loads(output)["failures"]) == ["private address"]


def test_no_site_no_crawl(tmp_path, start_tearsheet):
    process = start_tearsheet(tmp_path / "archive", "crawl")
    _, words = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "--sample" in words


def test_an_address_without_scheme_is_explained(tmp_path, start_tearsheet):
    process = start_tearsheet(tmp_path / "archive", "crawl", "a-newspaper.example")
    _, words = process.communicate(timeout=30)
    assert (process.returncode, "https://a-newspaper.example" in words) == (1, True)
