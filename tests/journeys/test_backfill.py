"""The way into a site's past: following pages of fronts and archives by date, as the sample newsroom sees it."""

from __future__ import annotations

from archive.config import Config
from archive.index.compare import table_contents
from archive.index.store import Index
from crawler import reindex
from crawler.newsroom.responses import Response
from crawler.runs import Run


def front(*paths: str) -> Response:
    links = "".join(
        f'<li><h3><a href="{path}">What happened on {path[:11]} and who saw it</a></h3></li>'
        for path in paths
    )
    return Response(
        body=f'<!doctype html><html><title>Local</title><body><nav><a href="/local">Local</a></nav><ul>{links}</ul></body></html>'.encode()
    )


def sitemap(*entries: tuple[str, str]) -> Response:
    named = "".join(f"<url><loc>{url}</loc><lastmod>{day}</lastmod></url>" for url, day in entries)
    text = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{named}</urlset>'
    return Response(content_type="application/xml", body=text.encode())


def test_the_past_is_reached_by_next_pages_and_by_archives_by_date(newsroom, tmp_path, tearsheet):
    [old] = [one for one in newsroom.articles(1) if "archive-only" in one.cases]
    host = newsroom.sites[0].rstrip("/")
    pages = {
        "/": front("/2019/06/09/"),
        "/local": front("/local/2026/11/15/munn-bridge-inspection", "/local?page=2"),
        "/local?page=2": front(old.path, "/local/2019/05/30/too-early-for-the-span", "/local?page=3"),
        "/local?page=3": front("/local/2019/05/29/still-earlier-than-that", "/local?page=4"),
        "/local?page=4": front("/local/2018/05/29/never-asked-for", "/local?page=5"),
        "/2019/06/03/": front(old.path),
        "/robots.txt": Response(content_type="text/plain", body=f"Sitemap: {host}/past.xml\n".encode()),
        "/past.xml": sitemap((old.url, "2019-06-03"), (f"{host}/local/2019/05/28/before", "2019-05-28")),
    }
    for path, response in pages.items():
        newsroom.override(host + path, response)
    seen = len(newsroom.log)
    try:
        tearsheet(
            tmp_path / "a",
            "crawl",
            host + "/",
            "--since",
            "2019-06-01",
            "--until",
            "2019-06-05",
            "--set",
            "requisites.fetch=false",
        )
    finally:
        newsroom.clear_overrides()
    asked = [entry.path for entry in newsroom.log[seen:]]
    assert {"/local?page=2", "/local?page=3"} <= set(asked)
    assert [
        path
        for path in asked
        if path in {"/local?page=4", "/local?page=5"} or "early" in path or "2026" in path
    ] == []
    assert sorted(path for path in asked if path.startswith("/2019/")) == [
        f"/2019/06/0{day}/" for day in range(1, 6)
    ]
    with Index.open(tmp_path / "a" / "index.db", read_only=True) as index:
        assert [row["url"] for row in index.rows("select url from articles")] == [old.url]
        expected = index.rows("select url, outcome from v_expected where in_sitemap")
        crawled = table_contents(index)
    assert expected == [{"url": old.url, "outcome": "captured"}], (
        "the ledger reaches as far back as was asked for"
    )
    with Index.open(tmp_path / "again.db") as index:
        reindex.catch_up(Run(index=index, config=Config()), tmp_path / "a" / "warc")
        assert table_contents(index) == crawled
