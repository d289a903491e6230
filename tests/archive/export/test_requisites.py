"""What a page needs is found in the page, and taken as it was at the page's time."""

from __future__ import annotations

import pytest

from archive.export.requisites import Requisites
from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.model import FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from tests.archive.replay import small_archive as herald
from tests.archive.replay.small_archive import exchange

PAGE = "http://a.example/story"
DAY = herald.EDITED - herald.FIRST


@pytest.fixture
def indexed(tmp_path):
    """Return a function that makes an archive of captures (URL, day, type, body, headers…) and finds what pages need."""

    def make(*captures):
        folder = ArchiveFolder(tmp_path).create()
        writer = WarcWriter(folder.warc, prefix="A", info=[], originals=OriginalsInMemory())
        with Index.open(folder.index) as index:
            for url, day, media_type, body, *more in captures:
                status, headers, notes = (
                    {0: "200 OK", 1: [], 2: FetchNotes()} | dict(enumerate(more))
                ).values()
                answered = exchange(
                    url,
                    herald.FIRST + day * DAY,
                    body,
                    status=status,
                    headers=[("Content-Type", media_type), *headers],
                )
                for record in writer.write_exchange(answered, notes):
                    index.add_record(record)
        writer.close()
        index = Index.open(folder.index, read_only=True)

        def needed(url=PAGE, day=0):
            requisites = Requisites(index, lambda file: folder.warc / file, pytest.fail)
            found = requisites.of_page(index.closest(url, herald.FIRST + day * DAY))
            return {(record.target_uri, (record.captured_at - herald.FIRST).days) for record in found}

        return needed

    return make


def test_each_is_taken_as_captured_closest_to_the_page(indexed):
    needed = indexed(
        *((PAGE, day, "text/html", b"<link rel=stylesheet href=/s.css>%d" % day) for day in (0, 10)),
        *(("http://a.example/s.css", day, "text/css", b"a{}/*%d*/" % day) for day in (-30, -2, 1, 9, 40)),
    )

    assert needed(day=0) == {("http://a.example/s.css", 1)}
    assert needed(day=10) == {("http://a.example/s.css", 9)}


def test_style_sheets_are_followed_in_circles_too(indexed):
    needed = indexed(
        (PAGE, 0, "text/html", b"<link rel=stylesheet href='//s.example/x/s.css'>"),
        ("http://s.example/x/s.css", 0, "text/css", b"@import 'deep/t.css'; b{background:url( ../p.png )}"),
        (
            "http://s.example/x/deep/t.css",
            0,
            "text/css",
            b"@import '../s.css'; @font-face{src:url(\"f.woff?x=1#i\")}",
        ),
        ("http://s.example/p.png", 0, "image/png", b"p"),
        ("http://s.example/x/deep/f.woff?x=1", 0, "font/woff", b"f"),
        ("http://s.example/other.png", 0, "image/png", b"o"),
    )

    assert {url for url, _ in needed()} == {
        "http://s.example/x/s.css",
        "http://s.example/x/deep/t.css",
        "http://s.example/p.png",
        "http://s.example/x/deep/f.woff?x=1",
    }


def test_pages_are_not_needed_nor_what_leads_to_them(indexed):
    needed = indexed(
        (
            PAGE,
            0,
            "text/html",
            b"<a href=/next>x</a><a href=/old>y</a><a href=/feed>z</a><img src=/moved.png>",
        ),
        ("http://a.example/next", 0, "text/html", b"next"),
        ("http://a.example/old", 0, "text/html", b"", "301 Moved Permanently", [("Location", "/next")]),
        ("http://a.example/feed", 0, "application/rss+xml", b"<rss/>"),
        ("http://a.example/moved.png", 0, "text/html", b"", "302 Found", [("Location", "/here.png")]),
        ("http://a.example/here.png", 0, "image/png", b"p"),
    )

    assert {url for url, _ in needed()} == {"http://a.example/moved.png", "http://a.example/here.png"}


def test_what_the_crawler_fetched_as_a_requisite_is_one_whatever_its_type(indexed):
    needed = indexed(
        (PAGE, 0, "text/html", b"<img src=/logo>"),
        (
            "http://a.example/logo",
            0,
            "text/html",
            b"mislabelled",
            "200 OK",
            [],
            FetchNotes(via="x", discovery="requisite"),
        ),
    )

    assert needed() == {("http://a.example/logo", 0)}


def test_errors_give_way_to_good_answers(indexed):
    needed = indexed(
        (PAGE, 0, "text/html", b"<img src=/a.png><img src=/b.png>"),
        ("http://a.example/a.png", 0, "image/png", b"", "503 Service Unavailable"),
        ("http://a.example/a.png", 5, "image/png", b"a"),
        ("http://a.example/b.png", 0, "image/png", b"", "404 Not Found"),
    )

    assert needed() == {("http://a.example/a.png", 5)}


def test_a_whole_page_is_known_by_its_bytes(tmp_path):
    records = herald.make_archive(tmp_path)
    with Index.open(tmp_path / "index.db") as index:
        for record in records:
            index.add_record(record)
        pages = [record for record in index.iter_captures() if record.target_uri == herald.HARBOUR]
        found = [
            {
                capture.target_uri
                for capture in Requisites(index, (tmp_path / "warc").joinpath, pytest.fail).of_page(page)
            }
            for page in pages
        ]

    assert len(pages) == 4  # two responses, two revisits
    assert found[0] == {
        *(f"{herald.STATIC}/{name}" for name in ("main.css", "type.css", "paper.png", "fonts/ornament.woff")),
        *(f"{herald.PICTURES}/harbour-{width}.png" for width in (320, 640)),
        "http://herald.example/icon.png",
        "http://herald.example/page.js",
    }
    assert found[1:] == [found[0]] * 3
