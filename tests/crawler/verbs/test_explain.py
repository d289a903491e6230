from __future__ import annotations

import json
import re

import pytest

from crawler.cli import main

PAGE = """<html lang=en><head><title>{headline}</title><meta property=article:published_time content=2024-03-01T08:00:00Z></head>
<body><nav><a href=/>Home</a></nav><article><h1>{headline}</h1><p class=byline>By Ann Lee</p>{text}</article></body></html>"""
TEXT = "".join(
    f"<p>The wall held through the night and the harbour office counted every stone, number {n}.</p>"
    for n in range(8)
)


@pytest.fixture
def call(capsys):
    def run(*arguments):
        code = main(["explain", *map(str, arguments)])
        return (int(code), *capsys.readouterr())

    return run


@pytest.fixture
def saved(tmp_path):
    def save(headline="The wall holds", text=TEXT):
        path = tmp_path / "page.html"
        path.write_text(PAGE.format(headline=headline, text=text), encoding="utf-8")
        return path

    return save


def test_a_saved_page_is_explained_in_words(saved, call):
    code, out, err = call(saved(), "--url", "https://a.example/wall")
    assert (code, err) == (0, "")
    assert "headline = The wall holds\n    rule: " in out
    assert "  → meta: 2024-03-01T08:00:00Z  ⇒ 2024-03-01T08:00:00+00:00" in out
    assert re.search(r"\d+ text: <p> The wall held", out)
    assert "elsewhere" not in out
    assert "elsewhere: <nav> Home" in call(saved(), "--blocks")[1]


def test_machines_get_everything(saved, call):
    values = json.loads(call(saved(), "--json")[1])
    assert values["article"]["headline"] == "The wall holds"
    assert {one["name"] for one in values["fields"]} >= {
        "headline",
        "byline",
        "date_published",
        "credits",
        "language",
    }
    assert {block["use"] for block in values["blocks"]} >= {"headline", "byline", "text", "elsewhere"}


def test_the_page_of_an_explanation_runs_and_loads_nothing(saved, call, tmp_path):
    evil = "<script>alert(1)</script><img src=http://evil.example/x onerror=alert(2)>"
    text = (
        TEXT
        + "<p>&lt;script&gt;alert(3)&lt;/script&gt; a sentence that stands in the text of the article, long enough.</p>"
    )
    out = tmp_path / "why.html"
    code, _, err = call(saved(f"Wall {evil}", text), "--html", out)
    html = out.read_text(encoding="utf-8")
    assert (code, err) == (0, f"{out} is written; open it in a browser.\n")
    assert not re.search(r"<(?:script|img|iframe|link|a)\b", html)
    assert "&lt;script&gt;alert(3)&lt;/script&gt;" in html
    assert "default-src &#x27;none&#x27;; style-src &#x27;sha256-" in html


def test_a_page_of_the_archive_is_explained_by_its_address(first_crawl, newsroom, call):
    truth = newsroom.article("clinic-evening-hours")
    code, out, _ = call(truth.url, "--archive", first_crawl.archive)
    assert code == 0
    assert f"headline = {truth.headline}" in out


def test_what_is_not_there_is_one_line(first_crawl, call, tmp_path):
    for target in ("http://nowhere.example/", tmp_path / "nothing.html"):
        code, out, err = call(target, "--archive", first_crawl.archive)
        assert (code, out, err.count("\n")) == (1, "", 1)
