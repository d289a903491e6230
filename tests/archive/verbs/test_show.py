import json

import pytest

from tests.archive.verbs.conftest import HARBOUR, HOME, RUN, WIRE


def test_an_article_is_shown_with_everything_a_reader_asks(tearsheet_on, archive):
    out = tearsheet_on("show", HARBOUR).out

    [file] = [path.name for path in archive.warc.iterdir()]
    for words in (
        "Harbour wall holds, just\n\nThrough the spring tide.\n\nBy Mara van der Berg\nThe Herald · Local & county · en\n",
        "Version 2 of 2, seen from 2024-03-02 08:00:00 UTC to 2024-03-03 08:00:00 UTC; changed: headline, body",
        "\n\nThe wall held, just.\n\nNobody was hurt.\n\n",
        "What the newsroom says about this text\n  correction: An earlier version named the wrong pier.",
        'photo: Jo Reed, person — "Jo Reed/AP" (caption)',
        'contributor: Agence France-Presse (AFP), agency — "with AFP" (closing)',
        f"WARC file    {file}",
        f"run          {RUN}",
        "robots.txt   allowed (record urn:uuid:robots)",
    ):
        assert words in out


def test_an_id_and_an_address_show_the_same(tearsheet_on):
    values = json.loads(tearsheet_on("show", HARBOUR, "--json").out)

    assert json.loads(tearsheet_on("show", values["id"], "--json").out) == values
    assert values["authors"] == ["Mara van der Berg"]
    assert [version["number"] for version in values["versions"]] == [1, 2]
    assert values["provenance"]["payload_digest"].startswith("sha1:")


@pytest.mark.parametrize(
    ("options", "headline"),
    [
        (["--version", "1"], "Harbour wall holds"),
        (["--at", "2024-03-01"], "Harbour wall holds"),
        (["--at", "2024-03-02"], "Harbour wall holds, just"),
        (["--at", "2024-03-02T07:59Z"], "Harbour wall holds"),
        (["--at", "1999"], "Harbour wall holds"),
        ([], "Harbour wall holds, just"),
    ],
)
def test_a_version_is_chosen_by_number_or_time(tearsheet_on, options: list[str], headline: str):
    assert tearsheet_on("show", HARBOUR, *options).out.splitlines()[0] == headline


def test_versions_are_listed_with_what_changed(tearsheet_on):
    rows = [line.split("\t") for line in tearsheet_on("show", HARBOUR, "--versions").out.splitlines()]

    assert [row[0] for row in rows] == ["version", "1", "2"]
    assert rows[2][3] == "headline, body"
    lines = tearsheet_on("show", HARBOUR, "--versions", "--json").out.splitlines()
    assert [json.loads(line)["changed"] for line in lines] == [[], ["headline", "body"]]


def test_an_article_that_is_gone_says_so(tearsheet_on):
    assert "Gone from the site since 2024-03-02 08:00:00 UTC." in tearsheet_on("show", WIRE).out


def test_archived_words_cannot_steer_the_terminal(tearsheet_on):
    assert "Steered[2J, he said" in tearsheet_on("show", WIRE).out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["17"], 1, "there is no article 17"),
        (["9" * 40], 1, "nothing was captured at 999"),
        (["herald.example/2024"], 1, "an address begins with http:// or https://"),
        (["http://nowhere.example/"], 1, "nothing was captured at http://nowhere.example/"),
        ([HOME], 1, "was captured on 2024-03-01 08:00:00 UTC (status 200), but not read as an article"),
        ([HARBOUR, "--version", "3"], 1, "there is no version 3; the newest is 2"),
        ([HARBOUR, "--at", "soon"], 2, "'soon' is no time"),
        ([HARBOUR, "--at", "2024", "--version", "1"], 2, "by --version or by --at, not by both"),
    ],
)
def test_what_cannot_be_shown_is_said_in_a_line(tearsheet_on, arguments: list[str], code: int, words: str):
    done = tearsheet_on("show", *arguments)

    assert (done.code, done.out) == (code, "")
    assert words in done.err
    assert "Traceback" not in done.err
