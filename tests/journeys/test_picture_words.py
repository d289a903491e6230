"""From a picture's own words on the wire to the credits of the article that shows it, on the real path."""

from __future__ import annotations

import json

import pytest

from archive.index.compare import table_contents
from archive.index.store import Index
from crawler.newsroom.responses import Response, redirect
from tests.crawler.credits.test_embedded import XMP, iptc, jpeg, segment

STORY = (
    "<p>The harbour wall held through the night, the harbour office said, and nobody in the town was hurt.</p>"
    * 6
)
PAGE = f"""<html><head><title>The wall held</title><meta property="og:type" content="article"></head><body><article>
<h1>The wall held through the night</h1><p class="byline">By Mara Ellison</p><time datetime="2026-11-15T08:00:00Z"></time>
<figure><img src="/lead.jpg" width="900" height="600"><figcaption>The wall. Photo: Jane Doe</figcaption></figure>{STORY}
<figure><img src="/second.jpg" width="900" height="600"><figcaption>The pier at noon</figcaption></figure></article></body></html>"""
LARGE = segment(0xE2, b"MPF\0" + b"\0" * 60_000)
LEAD = jpeg(LARGE, LARGE, segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)) + b"\0" * 300_000
SECOND = jpeg(
    iptc(
        (1, 90, b"\x1b%G"),
        (2, 80, "Jörg Beispiel".encode()),
        (2, 110, b"dpa"),
        (2, 40, b"Handout"),
        (2, 55, b"20261114"),
    )
)


@pytest.fixture(scope="module")
def archive(newsroom, tearsheet, tmp_path_factory):
    """Return an archive of one page with two pictures that say something; the second one by way of a redirect."""
    folder = tmp_path_factory.mktemp("pictures")
    newsroom.override("/wall", Response(body=PAGE.encode()))
    newsroom.override(
        "/lead.jpg", Response(content_type="image/jpeg", body=LEAD, framing="chunked", gzip=False)
    )
    newsroom.override("/second.jpg", redirect("/second-2.jpg", 302))
    newsroom.override("/second-2.jpg", Response(content_type="image/jpeg", body=SECOND, gzip=False))
    (folder / "urls.txt").write_text(f"{newsroom.sites[0]}wall\n", encoding="utf-8")
    try:
        tearsheet(folder / "archive", "crawl", "--urls", str(folder / "urls.txt"), "--json")
    finally:
        newsroom.clear_overrides()
    return folder / "archive"


def shown(archive, tearsheet, newsroom):
    return json.loads(tearsheet(archive, "show", f"{newsroom.sites[0]}wall", "--json"))


def test_a_crawl_credits_whom_the_pictures_name_once_and_says_where(archive, tearsheet, newsroom):
    lead, second = shown(archive, tearsheet, newsroom)["images"]

    assert [(c["agency"] or c["name"], c["role"], c["found_in"], c["raw"]) for c in lead["credits"]] == [
        ("Jane Doe", "photo", "caption", "Photo: Jane Doe"),
        ("Łukasz Wzór", "photo", "iptc", "Łukasz Wzór"),
        ("AFP", "photo", "iptc", "AFP"),
        ("GETTY", "photo", "iptc", "Getty Images"),
        ("AP", "copyright", "iptc", "© 2021 The Associated Press"),
    ]
    assert lead["embedded"]["usage_terms"] == "Editorial use only"
    assert [(c["agency"] or c["name"], c["found_in"]) for c in second["credits"]] == [
        ("Jörg Beispiel", "iptc"),
        ("DPA", "iptc"),
    ]
    assert (second["embedded"]["created"], second["embedded"]["instructions"]) == ("2026-11-14", "Handout")


def test_rights_words_of_pictures_are_typed(archive, tearsheet, newsroom):
    found = [
        (r["kind"], r["image"])
        for r in shown(archive, tearsheet, newsroom)["rights"]
        if r["found_in"] == "iptc"
    ]

    assert found == [("copyright", 0), ("restricted", 0), ("licence", 0), ("handout", 1)]


def test_a_reindex_makes_the_same_rows(archive, tearsheet):
    with Index.open(archive / "index.db", read_only=True) as index:
        before = table_contents(index)
    tearsheet(archive, "reindex", "--rebuild")
    with Index.open(archive / "index.db", read_only=True) as index:
        after = table_contents(index)

    assert len(before["picture_words"]) == 2
    assert after == before


def test_a_reader_sees_what_the_file_says(archive, tearsheet, newsroom):
    text = tearsheet(archive, "show", f"{newsroom.sites[0]}wall")

    assert "The picture says of itself:" in text
    assert "Credit line: AFP via Getty Images" in text
    assert 'photo: Deutsche Presse-Agentur (DPA), agency — "dpa" (iptc)' in text


def test_explain_tells_what_the_files_say_beside_the_page(archive, tearsheet, newsroom):
    text = tearsheet(archive, "explain", f"{newsroom.sites[0]}wall")

    assert "/lead.jpg says" in text
    assert "Credit line: AFP via Getty Images" in text
    said = json.loads(tearsheet(archive, "explain", f"{newsroom.sites[0]}wall", "--json"))["files"]
    assert [words["instructions"] for words in said.values()] == ["", "Handout"]
