"""``tearsheet sites``: looking at a site, writing its profile, checking it, keeping and testing golden pages."""

from __future__ import annotations

import json
import subprocess

import pytest

from archive.index.store import Index
from crawler.cli import main
from crawler.newsroom.responses import Response
from crawler.profiles import read_profile
from tests.conftest import FOR_LOOPBACK, command, environment

SETTINGS = [part for setting in FOR_LOOPBACK if "sitemap_days" not in setting for part in ("--set", setting)]


def sites(archive, *arguments, expect=0):
    done = subprocess.run(
        command(archive, "sites", *map(str, arguments)),
        text=True,
        capture_output=True,
        timeout=120,
        env=environment(),
        check=False,
    )
    assert done.returncode == expect, done.stderr[-3000:]
    return done.stdout, done.stderr


def test_a_profile_is_written_of_what_a_site_shows_and_its_pages_are_read_with_it(newsroom, tmp_path):
    site, outlet = newsroom.sites[1], newsroom.outlets[1]
    sites(tmp_path, "add", site, "--pages", 10, *SETTINGS)
    path = tmp_path / "sites" / f"{outlet.host}.toml"
    profile = read_profile(path)
    assert (profile.publisher, profile.language, profile.delay_seconds) == (
        outlet.name,
        outlet.language,
        outlet.crawl_delay,
    )
    assert profile.feeds == (outlet.base + outlet.feed_path,)
    assert set(profile.sections) >= {outlet.base + outlet.section_path(key) for key, _ in outlet.sections}
    assert f"#   {outlet.base}/sitemaps/news.xml" in path.read_text("utf-8")
    _, err = sites(tmp_path, "add", site, *SETTINGS, expect=1)
    assert "is there already; --force" in err
    assert not (tmp_path / "index.db").exists()

    checked = json.loads(sites(tmp_path, "check", site, "--json", "--pages", 10, *SETTINGS)[0])
    assert checked["fields"]["headline"]["filled"] == checked["fields"]["headline"]["articles"] > 3


def test_a_golden_page_is_kept_and_tested(newsroom, tmp_path, capsys):
    article = newsroom.article("munn-bridge-inspection")
    sites(tmp_path, "golden", article.url, *SETTINGS)
    [kept] = (tmp_path / "sites" / "golden").glob("127.0.0.2/*.json")
    assert json.loads(kept.read_text("utf-8"))["headline"] == article.headline
    arguments = ["--archive", str(tmp_path), "sites", "test", "--golden", str(tmp_path / "sites" / "golden")]
    assert exit_code(arguments) == 0
    kept.write_text(kept.read_text("utf-8").replace("Tobias", "Tobiah"), "utf-8")
    assert exit_code(arguments) == 1
    out, err = capsys.readouterr()
    assert "must be 'By Tobiah Renn'" in out
    assert err.endswith("1 golden pages, 1 read otherwise than they must be.\n")


def exit_code(arguments):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return ended.value.code


def test_what_cannot_be_reached_is_told_in_a_line(newsroom, tmp_path):
    _, err = sites(tmp_path, "add", "http://127.0.0.2:9/", *SETTINGS, "--set", "crawl.retries=0", expect=1)
    assert err.splitlines()[-1].startswith("tearsheet: http://127.0.0.2:9/: ")
    assert list(tmp_path.iterdir()) == []


def test_a_profile_of_ones_own_tells_a_crawl_where_to_look(newsroom, tmp_path, tearsheet):
    """Its listing API and section are read, its patterns heeded, its revisits budgeted; all from the archive's own folder."""
    host, base = newsroom.outlets[0].host, newsroom.sites[0].rstrip("/")
    listed, fronted = newsroom.article("clinic-evening-hours"), newsroom.article("munn-bridge-inspection")
    (tmp_path / "sites").mkdir()
    (tmp_path / "sites" / f"{host}.toml").write_text(f"""
domains = ["{host}"]
sections = ["{base}/local"]
articles = ['/bridge-of-sighs']
not_articles = ['/munn']
requisites = false
[[list_api]]
url = "{base}/api/latest?n=5"
items = "data"
address = "{base}{{path}}"
headline = "title"
""", "utf-8")  # fmt: skip
    newsroom.override(
        f"{base}/api/latest?n=5",
        Response(
            content_type="application/json",
            body=json.dumps({"data": [{"path": listed.path, "title": "Listed"}]}).encode(),
        ),
    )
    newsroom.override(f"{base}/", Response(body=b"<!doctype html><title>Home</title><p>Moved.</p>"))
    newsroom.override(
        f"{base}/robots.txt", Response(content_type="text/plain", body=b"User-agent: *\nAllow: /\n")
    )
    front = f'<a href="{fronted.path}">A bridge is inspected after the storm of Saturday</a>' * 2
    newsroom.override(
        f"{base}/local", Response(body=f"<!doctype html><title>Local</title><main>{front}</main>".encode())
    )
    seen = len(newsroom.log)
    try:
        tearsheet(tmp_path, "crawl", f"{base}/")
    finally:
        newsroom.clear_overrides()
    asked = {entry.path for entry in newsroom.log[seen:]}
    assert asked == {"/robots.txt", "/", "/local", "/api/latest?n=5", listed.path}
    with Index.open(tmp_path / "index.db", read_only=True) as index:
        assert [row["url"] for row in index.rows("select url from articles")] == [listed.url]
        assert index.rows("select channel, title from sightings where channel = 'feed'") == [
            {"channel": "feed", "title": "Listed"}
        ]
