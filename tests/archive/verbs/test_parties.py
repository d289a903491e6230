from __future__ import annotations

import csv
import io
import json

import pytest


def test_parties_are_listed_merged_and_taken_apart_again(tearsheet_on):
    listed = tearsheet_on("parties", "list", "--kind", "person", "--json").out.splitlines()
    keys = [json.loads(line)["key"] for line in listed]
    assert "person:herald.example:mara van der berg" in keys

    done = tearsheet_on(
        "parties", "merge", *keys[:2], "--into", keys[0], "--by", "Lee", "--note", "she says so"
    )
    assert (done.code, done.err) == (0, "Decision 1; take it back with: tearsheet parties undo 1\n")
    assert (
        len(tearsheet_on("parties", "list", "--kind", "person", "--json").out.splitlines()) == len(keys) - 1
    )

    assert tearsheet_on("parties", "undo").code == 0
    [line] = tearsheet_on("parties", "log", "--json").out.splitlines()
    decision = json.loads(line)
    assert (decision["decided_by"], decision["note"], decision["action"]) == ("Lee", "she says so", "merge")
    assert decision["undone_at"]
    assert len(tearsheet_on("parties", "list", "--kind", "person", "--json").out.splitlines()) == len(keys)


def test_a_party_that_is_not_there_is_one_line(tearsheet_on):
    for words in (("merge", "Nobody"), ("split", "x"), ("undo", "9")):
        done = tearsheet_on("parties", *words)
        assert (done.code, done.out) == (1, "")
        assert done.err.startswith("tearsheet: ")
        assert done.err.count("\n") == 1


def test_credits_are_listed_with_their_words(tearsheet_on):
    done = tearsheet_on("credits", "--agency", "afp", "--json")
    [line] = [json.loads(line) for line in done.out.splitlines()]
    assert (line["raw"], line["role"], line["agency"], line["found_in"]) == (
        "with AFP",
        "contributor",
        "AFP",
        "closing",
    )
    assert done.err == "1 credits in 1 articles.\n"


def test_counts_can_be_taken_into_a_spreadsheet(tearsheet_on):
    done = tearsheet_on("credits", "--by", "person", "--by", "found-in", "--kind", "person", "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {"person": "Mara van der Berg", "found_in": "byline", "articles": "1", "credits": "1"} in rows


def test_nothing_in_a_spreadsheet_is_a_formula(tearsheet_on):
    out = tearsheet_on("credits", "--csv", "--limit", "0").out
    cells = [cell for row in csv.reader(io.StringIO(out)) for cell in row]
    assert cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


def test_agencies_are_merged_by_their_codes_and_a_split_shows_where_they_stand(tearsheet_on):
    assert tearsheet_on("parties", "merge", "AFP", "AP", "--into", "AP").code == 0
    [merged] = tearsheet_on("parties", "list", "--kind", "agency", "--json").out.splitlines()
    assert json.loads(merged)["members"] == ["agency:AP", "agency:AFP"]

    done = tearsheet_on("parties", "split", "agency:AFP", "--json")
    assert [party["key"] for party in json.loads(done.out)["parties"]] == ["agency:AFP"]


@pytest.mark.parametrize("moment", ["2015-13", "2015-02-30", "15", "yesterday"])
def test_a_time_that_is_none_is_told(tearsheet_on, moment):
    done = tearsheet_on("credits", "--since", moment)
    assert (done.code, done.out) == (1, "")
    assert "is no time" in done.err
