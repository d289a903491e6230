import gzip
import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from archive.config import Config
from archive.config.sections import Extraction
from archive.model import FetchNotes
from archive.warc.dedup import OriginalsInMemory
from archive.warc.writer import WarcWriter
from crawler.cli import main
from crawler.verbs.saved_pages import CannotRead, read_article, saved_page
from tests.archive.replay.small_archive import exchange

URL = "https://herald.example/2024/harbour"
SENTENCE = (
    "The wall held through the spring tide, the harbour office said on Friday morning, and nobody was hurt. "
)
NAMES = {
    "id", "url", "headline", "standfirst", "byline", "authors", "staff", "agencies", "credits", "contributors",
    "image_credits", "dateline", "date_published", "date_modified", "section", "tags", "language", "publisher",
    "canonical_url", "images", "body", "is_article",
}  # fmt: skip


def page(headline: str, canonical: str = "") -> bytes:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    paragraphs = "".join(f"<p>{SENTENCE * 3}{n}</p>" for n in range(5))
    return (
        f'<!doctype html><html lang="en"><head><title>{headline}</title>{link}'
        '<meta property="article:published_time" content="2024-03-01T08:00:00Z"></head>'
        f"<body><article><h1>{headline}</h1>{paragraphs}</article></body></html>"
    ).encode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return the current folder: a page saved plainly, one gzipped, and a WARC file with two pages and an image."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TEARSHEET_ARCHIVE", raising=False)
    (tmp_path / "plain.html").write_bytes(page("Harbour wall holds"))
    (tmp_path / "packed.html.gz").write_bytes(gzip.compress(page("Harbour wall packed", canonical=URL)))
    writer = WarcWriter(tmp_path, prefix="x", info=[("software", "a test")], originals=OriginalsInMemory())
    for name, media_type, body in (
        ("one", "text/html", page("Page one")),
        ("two", "text/html", page("Page two")),
        ("three", "text/html", page("Page two")),
        ("p.png", "image/png", b"\x89PNG"),
    ):
        at = datetime(2024, 3, 1, tzinfo=UTC)
        writer.write_exchange(
            exchange(f"http://herald.example/{name}", at, body, headers=[("Content-Type", media_type)]),
            FetchNotes(),
        )
    writer.close()
    next(tmp_path.glob("x-*.warc.gz")).rename(tmp_path / "crawl.warc.gz")
    return tmp_path


@pytest.fixture
def call(capsys):
    def run(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(["extract", *arguments])
        except SystemExit as end:
            code = end.code or 0
        return (int(code), *capsys.readouterr())

    return run


@pytest.fixture
def batch(call, monkeypatch):
    """Return a function that gives lines to ``extract --batch`` and returns the values of the lines it answers."""

    def run(*lines: object) -> list[dict]:
        sent = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\n".join(sent))))
        code, out, err = call("--batch")
        assert (code, err) == (0, "")
        return [json.loads(line) for line in out.splitlines()]

    return run


def test_a_saved_page_is_read_without_an_archive(folder, call):
    code, out, err = call("plain.html", "--url", URL)

    values = json.loads(out)
    assert (code, err) == (0, "")
    assert (values["url"], values["headline"], values["is_article"]) == (URL, "Harbour wall holds", True)
    assert len(values["body"].split("\n\n")) == 5
    assert not (folder / "archive-data").exists()


def test_a_files_own_time_says_nothing_about_the_dates_in_it(folder, call, batch):
    os.utime(folder / "plain.html", (0, 0))

    assert json.loads(call("plain.html")[1])["date_published"] == "2024-03-01T08:00:00+00:00"
    assert json.loads(call("plain.html", "--at", "2023")[1])["date_published"] is None
    [early, late, bad] = batch(
        *({"id": 1, "file": "plain.html", "at": at} for at in ("2023-01", "2024-03", "soon"))
    )
    assert (early["date_published"], late["date_published"]) == (None, "2024-03-01T08:00:00+00:00")
    assert bad["error"] == '"at" is no time such as 2024-03-01T08:30Z'


def test_without_url_the_page_says_its_own_else_the_file_is_named(folder, call):
    _, out, _ = call("packed.html.gz", "plain.html", "--json")

    urls = [json.loads(line)["url"] for line in out.splitlines()]
    assert urls == [URL, (folder / "plain.html").as_uri()]


def test_a_warc_file_gives_all_its_pages_revisits_included(folder, call):
    _, out, _ = call("crawl.warc.gz", "--json")

    assert [(json.loads(line)["url"][-5:], json.loads(line)["headline"]) for line in out.splitlines()] == [
        ("e/one", "Page one"),
        ("e/two", "Page two"),
        ("three", "Page two"),
    ]


def test_a_batch_answers_line_by_line_in_order_with_the_promised_names(folder, batch):
    answers = batch(
        {"id": "b", "file": "packed.html.gz", "url": "https://herald.example/other"},
        {"id": 7, "file": str(folder / "plain.html"), "url": URL},
        {"id": "w", "file": "crawl.warc.gz", "url": "http://herald.example/two"},
    )

    assert [(answer["id"], answer["headline"]) for answer in answers] == [
        ("b", "Harbour wall packed"),
        (7, "Harbour wall holds"),
        ("w", "Page two"),
    ]
    assert all(answer.keys() >= NAMES for answer in answers)
    assert answers[0]["url"] == "https://herald.example/other"


@pytest.mark.parametrize(
    ("line", "identifier", "error"),
    [
        (b"{not json", None, "not a line of JSON"),
        (b"\xff\xfe\x00", None, "not a line of JSON"),
        (b"[" * 100_000, None, "not a line of JSON"),
        (b"", None, "not a line of JSON"),
        (b"  ", None, "not a line of JSON"),
        (b'{"id": NaN, "file": "plain.html"}', None, "not a line of JSON: NaN is no JSON"),
        (b"[1]", None, "not a JSON object"),
        ({"id": "a"}, "a", '"file" is missing'),
        ({"id": "a", "file": "x\0y"}, "a", '"file" is missing'),
        ({"id": "a", "file": "none.html"}, "a", "No such file"),
        ({"id": "a", "file": "."}, "a", "Is a directory"),
        ({"id": "a", "file": "plain.html", "url": 3}, "a", '"url" is not a text'),
        ({"id": "a", "file": "torn.html.gz"}, "a", "damaged gzip"),
        ({"id": "a", "file": "crawl.warc.gz"}, "a", "holds several pages; name one by its url"),
        ({"id": "a", "file": "crawl.warc.gz", "url": "http://else.example/"}, "a", "no page in it"),
    ],
)
def test_what_cannot_be_read_is_an_error_in_its_line_and_the_next_goes_on(
    folder, batch, line, identifier, error
):
    (folder / "torn.html.gz").write_bytes((folder / "packed.html.gz").read_bytes()[:-30])

    wrong, good = batch(line, {"id": "next", "file": "plain.html", "url": URL})

    assert wrong["id"] == identifier
    assert error in wrong["error"]
    assert "headline" not in wrong
    assert good["headline"] == "Harbour wall holds"


def test_a_page_without_anything_is_no_error(folder, batch):
    (folder / "empty.html").write_bytes(b"")

    [answer] = batch({"id": 1, "file": "empty.html", "url": URL})

    assert (answer["is_article"], answer["body"]) == (False, "")


def test_half_of_a_surrogate_pair_does_not_end_the_batch(folder, batch):
    json_ld = (
        rb'<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Wall \ud83d"}</script>'
    )
    (folder / "cut.html").write_bytes(json_ld + page("Harbour wall"))

    answers = batch(
        rb'{"id": "\ud800", "file": "none.html"}',
        {"id": 1, "file": "cut.html", "url": URL},
        {"id": 2, "file": "plain.html", "url": URL},
    )

    assert [answer["id"] for answer in answers] == ["\ud800", 1, 2]
    assert answers[1].keys() >= NAMES
    assert answers[2]["headline"] == "Harbour wall holds"


def test_a_line_too_long_to_be_a_question_is_one_error(folder, batch):
    wrong, good = batch(b'{"id": "' + b"x" * 3_000_000 + b'"}', {"id": 2, "file": "plain.html", "url": URL})

    assert (wrong["id"], good["id"]) == (None, 2)


def test_some_files_that_fail_do_not_keep_the_others(folder, call):
    code, out, err = call("none.html", "plain.html", "--url", URL)

    assert (code, json.loads(out)["headline"]) == (3, "Harbour wall holds")
    assert err == "none.html: No such file or directory\n"


def test_limits_of_the_settings_hold(folder):
    with pytest.raises(CannotRead, match=r"longer than extraction\.max_page_megabytes = 0.001"):
        saved_page(folder / "packed.html.gz", URL, Extraction(max_page_megabytes=0.001))
    (folder / "long.html").write_bytes(
        page("Long").replace(b"</article>", b"<p>Another paragraph of it.</p>" * 20_000)
    )
    saved = saved_page(folder / "long.html", URL, Config().extraction)

    with pytest.raises(CannotRead, match=r"not read within extraction\.seconds_per_page = 0.01"):
        read_article(saved, Extraction(seconds_per_page=0.01))


@pytest.mark.parametrize("arguments", [[], ["--batch", "x.html"], ["--batch", "--url", URL]])
def test_files_and_batch_exclude_each_other(call, arguments):
    assert call(*arguments)[0] == 2


@pytest.mark.parametrize(("names", "code"), [(("missing.html",), 1), (("page.html", "missing.html"), 3)])
def test_files_that_cannot_be_read_are_told_by_the_exit_code(tmp_path, names, code):
    (tmp_path / "page.html").write_text("<title>A page</title><p>Text.</p>", encoding="utf-8")
    files = [str(tmp_path / name) for name in names]
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "extract", *files], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert "missing.html: No such file" in done.stderr
