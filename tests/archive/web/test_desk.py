"""What the desk answers, as pages and as JSON, over real HTTP on a crawled archive."""

import csv
import doctest
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from urllib.request import urlopen

import pytest

from archive import comparison
from archive.folder import ArchiveFolder
from archive.index.reading_room import reading_room
from archive.index.search import Search
from archive.index.site_runs import Alert, to_json
from archive.index.store import Index
from archive.model import Place, Record
from archive.web import plot, rendering
from archive.web.pages import outlets
from archive.web.pages import search as search_page
from archive.web.screens import find_screens
from archive.web.serving import Desk


@pytest.mark.parametrize("module", [plot, comparison, search_page, outlets, rendering])
def test_the_examples_in_the_code_hold(module):
    assert doctest.testmod(module).failed == 0
    assert doctest.testmod(module).attempted > 0


def test_the_page_finds_what_the_command_line_finds(ask_desk, second_crawl):
    with reading_room(ArchiveFolder(second_crawl.archive)) as index:
        known = index.search(Search(text="harbour"))
    found = ask_desk("/search.json", q="harbour")
    page = ask_desk("/search", q="harbour").body
    assert found["total"] == known.total > 1
    assert [hit["id"] for hit in found["hits"]] == [hit.article_id for hit in known.hits]
    assert f"{known.total} articles" in page
    assert "<mark>harbour</mark>" in page
    assert sum(found["over_time"].values()) == known.total


def test_a_facet_narrows_to_as_many_as_it_says(ask_desk):
    found = ask_desk("/search.json", q="harbour")
    for name, field in (("site", "site"), ("agency", "agency"), ("section", "section"), ("language", "lang")):
        for value, n in found["facets"][name].items():
            assert ask_desk("/search.json", q=search_page.narrowed("harbour", field, value))["total"] == n


def test_all_pages_of_results_together_are_all_results(ask_desk):
    total = ask_desk("/search.json")["total"]
    seen = [
        hit["id"]
        for page in range(1, -(-total // 20) + 1)
        for hit in ask_desk("/search.json", page=page)["hits"]
    ]
    assert len(seen) == len(set(seen)) == total > 20


@pytest.mark.parametrize(
    ("query", "words"),
    [('"sea wall', "not closed"), ("nofield:x", "no field"), ("published:soon", "published: takes")],
)
def test_a_query_that_cannot_be_read_is_answered_with_the_place(ask_desk, query, words):
    answer = ask_desk("/search", q=query)
    assert answer.status == 400
    assert words in answer.body
    assert "character" in answer.body


def test_every_download_holds_everything_that_was_found(ask_desk):
    total = ask_desk("/search.json", q="harbour")["total"]
    rows = list(csv.DictReader(io.StringIO(ask_desk("/download", q="harbour", format="csv").body)))
    lines = [
        json.loads(line) for line in ask_desk("/download", q="harbour", format="jsonl").body.splitlines()
    ]
    assert len(rows) == len(lines) == total
    assert {int(row["id"]) for row in rows} == {line["id"] for line in lines}


def test_a_manifest_says_what_a_download_is(ask_desk):
    import hashlib

    manifest = json.loads(ask_desk("/download/manifest", q="harbour").body)
    for file in manifest["files"]:
        raw = ask_desk("/download", q="harbour", format=file["format"]).raw
        assert (file["bytes"], file["sha256"]) == (len(raw), hashlib.sha256(raw).hexdigest()), file["format"]
    assert manifest["query"] == "harbour"
    assert manifest["archive"]["sealed_warc_files"]


def test_a_warc_of_what_was_found_is_one(ask_desk, tmp_path):
    from archive.warc.verify import verify_file

    file = tmp_path / "found.warc.gz"
    file.write_bytes(ask_desk("/download", q="harbour", format="warc").raw)
    assert list(verify_file(file)) == []


def test_an_article_says_who_is_credited_in_which_words_and_what_proves_it(ask_desk):
    hit = ask_desk("/search.json", q="agency:afp")["hits"][0]
    values, page = ask_desk(f"/article/{hit['id']}.json"), ask_desk(f"/article/{hit['id']}").body
    proof = values["versions"][-1]["provenance"]
    assert proof["payload_digest"] in page
    assert proof["file"] in page
    assert all(credit["raw"].split()[0] in page for credit in values["credits"])
    assert "@misc{" in page


def test_a_silent_change_is_named_and_shown_word_by_word(ask_desk, newsroom):
    url = next(article.url for article in newsroom.articles(1) if "silent-edit" in article.cases)
    found = ask_desk("/search.json", q="version:>1")
    article = next(hit for hit in found["hits"] if hit["url"] == url)
    page = ask_desk(f"/article/{article['id']}/versions").body
    assert "corrected in silence" in page
    assert "<del>safe</del><ins>needs repairs</ins>" in page


@pytest.mark.parametrize(
    "path",
    [
        "/article/1",
        "/article/1/versions",
        "/nothing",
        "/article/x",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
    ],
)
def test_what_is_not_there_is_said_so(ask_desk, path):
    answer = ask_desk(path)
    assert answer.status == 404
    assert "Traceback" not in answer.body


def test_every_answer_carries_the_policy_and_nothing_can_be_written(ask_desk):
    for path in (
        "/search",
        "/nothing",
        "/search.json",
        "/download?q=harbour&format=ris",
        "/static/desk.css",
        "/robots.txt",
    ):
        headers = ask_desk(path).headers if not path.endswith(".json") else ask_desk(path + "?q=x").headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert ask_desk("/search", method=method).status in {404, 405}


def test_every_screen_has_a_template_and_one_place():
    assert len({screen.path for screen in find_screens()}) == len(find_screens())
    assert find_screens()[0].link == "Search"


def paths_of_all_screens(ask_desk):
    article = ask_desk("/search.json", q="version:>1")["hits"][0]["id"]
    copy = ask_desk("/copies.json")["clusters"][0]["copies"][0]["article_id"]
    run = ask_desk("/runs.json")["runs"][0]["name"]
    party = ask_desk("/credits.json")["parties"][0]["key"]
    stands_for = {"{id:int}": str(article), "{site}": "127.0.0.2", "{run}": run}
    for screen in find_screens():
        path = screen.path.replace("/copies/{id:int}", f"/copies/{copy}")
        for variable, value in stands_for.items():
            path = path.replace(variable, value)
        yield path, ({"key": party} if path == "/party" else {})


def test_every_screen_answers_as_page_and_as_json(ask_desk):
    for path, parameters in paths_of_all_screens(ask_desk):
        page = ask_desk(path, **parameters)
        assert page.status == 200, (path, page.body)
        assert page.body.count("<h1") == 1, path
        assert isinstance(ask_desk(f"{path}.json", **parameters), dict), path


def test_alerts_are_on_the_page_of_runs_until_they_end(tmp_path):
    folder = ArchiveFolder(tmp_path).create()
    silent = Alert(
        site="herald.example", kind="yield", subject="articles", words="no article <b>for</b> three runs"
    )
    with Index.open(folder.index) as index:
        for number, alerts in enumerate([[silent], [replace(silent, event="ended", words="six again")]]):
            for record in run_records(number, alerts):
                index.add_record(record)
            index.commit()
            with (
                Desk(folder) as desk,
                urlopen(f"{desk.origin}/runs") as page,
                urlopen(f"{desk.origin}/run/{RUN}{number}") as run,
            ):
                listed, one = page.read().decode(), run.read().decode()
            assert ("no article &lt;b&gt;for&lt;/b&gt; three runs" in listed) == (number == 0)
            assert ("No alert is open." in listed) == (number == 1)
            assert ("six again" if number else "three runs") in one


RUN = "2026112304412"


def run_records(number: int, alerts: list[Alert]) -> list[Record]:
    """Return the first record and the summary of a run that raised or ended *alerts*."""
    name = f"{RUN}{number}"
    known = {
        "captured_at": datetime(2026, 11, 23 + number, tzinfo=UTC),
        "place": Place(file="a.warc.gz", offset=number, length=50),
    }
    summary = {"finishReason": "finished", "counts": "{}", **to_json([], alerts)}
    return [
        Record(
            record_type="warcinfo",
            record_id=f"urn:uuid:{number}-0",
            target_uri=None,
            fields={"run": name},
            **known,
        ),
        Record(
            record_type="metadata",
            record_id=f"urn:uuid:{number}-1",
            target_uri=f"urn:tearsheet:run:{name}",
            fields=summary,
            **known,
        ),
    ]


def test_the_matrix_of_agencies_counts_what_the_search_finds(ask_desk):
    for by, field in (("outlet", "site"), ("year", "published")):
        for row in ask_desk("/credits.json", by=by)["parties"]:
            for column, n in row["counts"].items():
                assert (
                    ask_desk("/search.json", q=f'agency:"{row["party"]}" {field}:{column}')["total"] == n
                ), (row, column)


def test_a_party_has_its_works_with_the_words_of_the_credit(ask_desk):
    people = ask_desk("/credits.json", kind="person")["parties"]
    party = ask_desk("/party.json", key=people[0]["key"])
    assert {work["id"] for work in party["works"]}
    assert all(work["raw"] for work in party["works"])
    assert ask_desk("/party", key="person:nobody").status == 404


def test_pictures_are_found_by_credit_and_caption(ask_desk):
    everything = ask_desk("/pictures.json")
    afp = ask_desk("/pictures.json", credit="afp")
    assert everything["total"] > afp["total"] > 0
    assert all(
        "AFP" in picture["credit_raw"] or "Agence" in picture["credit_raw"] for picture in afp["pictures"]
    )
    bare = ask_desk("/pictures.json", uncredited="1")
    assert all(picture["credit_raw"] is None for picture in bare["pictures"])
    words = everything["pictures"][0]["caption"].split()[0]
    assert ask_desk("/pictures.json", words=words.upper())["total"] > 0


def test_an_outlets_days_add_up(ask_desk):
    outlet = ask_desk("/outlet/127.0.0.2.json")
    assert sum(outlet["days"].values()) == outlet["filled"]["date"]
    assert outlet["articles"] == ask_desk("/search.json", q="site:127.0.0.2")["total"]
    assert ask_desk("/outlet/never.example").status == 404


def test_a_check_of_fixity_is_noted(second_crawl, ask_desk):
    from tests.conftest import run

    files = ask_desk("/preservation.json")["files"]
    assert {file["state"] for file in files} == {"there"}
    run(second_crawl.archive, "verify")
    event = ask_desk("/preservation.json")["events"][0]
    assert (event["event"], event["outcome"]) == ("fixity check", "success")


def test_a_wire_story_at_two_outlets_is_one_cluster_that_says_who_drops_the_agency(ask_desk):
    clusters = {cluster["origin"]: cluster for cluster in ask_desk("/copies.json")["clusters"]}
    afp = clusters["AFP"]["copies"]
    assert [(copy["site"], copy["drops_origin"]) for copy in afp] == [
        ("127.0.0.2", False),
        ("127.0.0.4", True),
    ]
    page = ask_desk(f"/copies/{afp[0]['article_id']}").body
    assert "AFP not credited" in page
    assert f"/copies/{afp[0]['article_id']}" in ask_desk(f"/article/{afp[0]['article_id']}").body
    differences = ask_desk(f"/copies/{afp[0]['article_id']}.json")["differences"]
    assert differences["same"] > 100 > differences["new"] > 0
    assert ask_desk(f"/copies/{afp[0]['article_id']}", **{"with": 7}).status == 404
