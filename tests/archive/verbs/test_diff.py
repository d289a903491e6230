import csv
import io
import json
import os
import pty
import subprocess
import sys

import pytest

from tests.archive.verbs.conftest import HARBOUR, HOME, WIRE


def test_words_that_are_gone_and_new_are_marked_in_a_pipe(tearsheet_on):
    out = tearsheet_on("diff", HARBOUR).out

    assert (
        "Version 1, seen until 2024-03-01 08:00:00 UTC\nVersion 2, seen from 2024-03-02 08:00:00 UTC\n" in out
    )
    assert "Kind of change: headline, body, silent-correction\nCorrected in silence.\n" in out
    assert "Headline: Harbour wall holds{+, just+}\n" in out
    assert "The wall held[-. It held-], [-Reuters reported-]{+just+}." in out
    assert "… 1 paragraph as before …" in out
    assert "Nobody was hurt." not in out
    assert "Nobody was hurt." in tearsheet_on("diff", HARBOUR, "--whole").out


def test_json_says_what_the_words_say(tearsheet_on):
    values = json.loads(tearsheet_on("diff", HARBOUR, "--json").out)

    assert (values["from"]["number"], values["to"]["number"]) == (1, 2)
    assert [field["field"] for field in values["fields"]] == ["headline", "text"]
    [headline, _] = values["fields"]
    assert headline["pieces"] == [["same", "Harbour wall holds"], ["new", ", just"]]
    assert values["changes"]
    assert {change["version"] for change in values["changes"]} == {2}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ([HARBOUR, "--from", "2", "--to", "1"], "version 1 is the oldest"),
        ([HARBOUR, "--to", "9"], "there is no version 9"),
        ([HARBOUR, "--to", "1"], "version 1 is the oldest"),
        ([WIRE], "only one version was captured"),
        ([HOME], "but not read as an article"),
        (["12"], "there is no article 12"),
    ],
)
def test_what_cannot_be_compared_is_one_line(tearsheet_on, options, words):
    done = tearsheet_on("diff", *options)
    assert done.code == 1
    assert words in done.err
    assert done.out == ""


def test_a_terminal_gets_colours_and_no_marks(archive):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "crawler", "--archive", str(archive.path), "diff", HARBOUR]
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {
        "TERM": "xterm-256color"
    }
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.PIPE, env=environment) as process:
        os.close(theirs)
        shown = b""
        while chunk := _read(ours):
            shown += chunk
        assert process.wait(30) == 0
    os.close(ours)
    assert b"\x1b[4;32m, just" in shown
    assert b"{+" not in shown


def _read(terminal):
    try:
        return os.read(terminal, 4096)
    except OSError:  # Linux: the other side is closed
        return b""


def test_history_tells_versions_in_time_with_headlines_where_new(tearsheet_on):
    rows = [line.split("\t") for line in tearsheet_on("history", HARBOUR).out.splitlines()]

    assert rows[0][:4] == ["seen", "version", "event", "kinds"]
    assert rows[1][1:6] == ["1", "first seen", "", "", "Harbour wall holds"]
    assert rows[2][1:3] == ["2", "changed"]
    assert rows[2][5:8] == ["Harbour wall holds, just", "1", "4"]


def test_history_as_csv_and_json_holds_the_records_that_prove_it(tearsheet_on):
    told = list(csv.DictReader(io.StringIO(tearsheet_on("history", HARBOUR, "--csv").out)))
    values = [json.loads(line) for line in tearsheet_on("history", HARBOUR, "--json").out.splitlines()]

    assert [row["record"] for row in told] == [event["record"] for event in values]
    assert all(event["record"].startswith("urn:uuid:") for event in values)
    assert [row["seen"] for row in told] == [event["seen_at"] for event in values]
    assert values[1]["words_new"] == 1


def test_search_tells_how_what_it_finds_is_spread(tearsheet_on):
    values = [json.loads(line) for line in tearsheet_on("search", "--facets", "--json").out.splitlines()]
    outlets = {one["value"]: one["articles"] for one in values if one["facet"] == "site"}
    total = sum(outlets.values())

    assert outlets["herald.example"] >= 2
    assert not any(one["is_estimated"] for one in values)
    done = tearsheet_on("search", "--facets")
    assert f"{total} articles." in done.err
    assert f"site\therald.example\t{outlets['herald.example']}" in done.out


def test_search_is_narrowed_by_since_and_until_and_sorted_oldest_first(tearsheet_on):
    def ids(*options):
        return [
            json.loads(line)["id"] for line in tearsheet_on("search", "--json", *options).out.splitlines()
        ]

    newest = ids()
    assert ids("--sort", "oldest") == newest[::-1]
    assert ids("--since", "2024-03", "--until", "2024-03-01", "wall", "OR", "nothing") == ids(
        "(wall OR nothing) published:2024-03..2024-03-01"
    )
    assert "is no date" in tearsheet_on("search", "--since", "soon").err
