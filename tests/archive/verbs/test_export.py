import hashlib
import json

import pytest

from archive.index.store import Index
from tests.archive.verbs.conftest import HARBOUR, WIRE


def test_json_lines_are_what_show_says(tearsheet_on):
    [line] = tearsheet_on("export", "agency:afp").out.splitlines()

    exported, shown = json.loads(line), json.loads(tearsheet_on("show", HARBOUR, "--json").out)
    assert exported == {name: shown[name] for name in exported}
    assert exported["agencies"] == ["AFP"]


def test_nothing_is_left_out_and_the_count_is_said(tearsheet_on):
    done = tearsheet_on("export")

    assert len(done.out.splitlines()) == 3
    assert done.err == "3 articles written.\n"


def test_a_file_is_written_whole(tearsheet_on, tmp_path):
    target = tmp_path / "out.csv"
    target.write_text("what was there before")

    assert (
        tearsheet_on("export", "--format", "csv", "--output", target).err
        == f"3 articles written to {target}.\n"
    )
    assert target.read_bytes().startswith(b"id,url,site")
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_when_writing_fails_the_file_is_as_it_was(tearsheet_on, archive, tmp_path):
    target = tmp_path / "out.jsonl"
    target.write_text("what was there before")
    with Index.open(archive.index) as index:  # the second article that is read will be damaged
        index.rows("update article_texts set credit_lines = '[' where url = ? returning id", (HARBOUR,))

    assert tearsheet_on("export", "--output", target).code == 70
    assert target.read_text() == "what was there before"
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


def test_cdxj_lists_all_captures_or_those_of_the_articles_found(tearsheet_on):
    everything = tearsheet_on("export", "--format", "cdxj").out.splitlines()
    found = tearsheet_on("export", "--format", "cdxj", "agency:ap").out.splitlines()

    assert len(everything) == 7
    assert everything == sorted(everything)
    assert [json.loads(line.split(" ", 2)[2])["url"] for line in found] == [WIRE]


def test_a_revisit_comes_with_the_response_it_refers_to(tearsheet_on):
    found = tearsheet_on("export", "--format", "cdxj", "agency:afp")

    assert [json.loads(line.split(" ", 2)[2])["mime"] for line in found.out.splitlines()] == [
        "text/html",
        "text/html",
        "warc/revisit",
    ]
    assert found.err == "3 captures written.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--format", "xls"], 2, "'xls' is not one of"),
        (["--output", "/no/such/folder/x.csv"], 1, "there is no folder /no/such/folder"),
        (["site:"], 1, "(character 1)"),
    ],
)
def test_what_cannot_be_exported_is_said_in_a_line(tearsheet_on, arguments: list[str], code: int, words: str):
    done = tearsheet_on("export", *arguments)

    assert (done.code, done.out) == (code, "")
    assert words in done.err


def test_a_manifest_says_what_was_taken_away(tearsheet_on, tmp_path):
    written, manifest = tmp_path / "wall.csv", tmp_path / "wall.manifest.json"
    done = tearsheet_on(
        "export", "--format", "csv", "--output", str(written), "--manifest", str(manifest), "wall"
    )
    values = json.loads(manifest.read_text(encoding="utf-8"))
    [file] = values["files"]
    assert done.code == 0
    assert file["sha256"] == hashlib.sha256(written.read_bytes()).hexdigest()
    assert (file["name"], file["format"], file["bytes"]) == ("wall.csv", "csv", written.stat().st_size)
    assert (values["query"], values["archive"]["articles"]) == ("wall", 3)
    assert values["software"].startswith("Tearsheet/")


def test_a_manifest_needs_a_file_to_name(tearsheet_on, tmp_path):
    done = tearsheet_on("export", "--manifest", str(tmp_path / "m.json"))
    assert done.code == 1
    assert "--output FILE" in done.err
