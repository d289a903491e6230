import json

import pytest

from archive.index import snippets
from archive.verbs import console


def test_what_is_found_is_listed_newest_first_with_the_count_beside(tearsheet_on):
    done = tearsheet_on("search")

    header, *rows = [line.split("\t") for line in done.out.splitlines()]
    assert header == ["date", "outlet", "headline", "by", "id", "snippet"]
    assert [row[2] for row in rows] == [
        "潮見表を公開",
        "Harbour wall holds, just",
        '=HYPERLINK("http://evil.example")',
    ]
    assert rows[1][:4] == [
        "2024-03-01",
        "herald.example",
        "Harbour wall holds, just",
        "By Mara van der Berg · AFP",
    ]
    assert done.err == "3 articles.\n"
    assert done.code == 0


def test_json_lines_say_everything(tearsheet_on):
    [line] = tearsheet_on("search", "--json", "wall", "agency:afp").out.splitlines()

    hit = json.loads(line)
    assert hit["headline"] == "Harbour wall holds, just"
    assert hit["agencies"] == ["AFP"]
    assert hit["version_count"] == 2
    assert "wall" in hit["snippet"]
    assert "\x01" not in line
    assert "\\u0001" not in line


def test_a_page_of_the_results_says_how_to_see_more(tearsheet_on):
    done = tearsheet_on("search", "--limit", 1, "--offset", 1)

    assert len(done.out.splitlines()) == 2
    assert done.err == "3 articles; 2 to 2 shown (more: --offset 2).\n"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("zeppelin", "Nothing found for 'zeppelin'.\n"),
        ("published:2024-02", "1 article.\n"),
        ("is:missing", "1 article.\n"),
        ("is:removed", "Nothing found for 'is:removed'.\n"),
    ],
)
def test_the_number_found_is_said(tearsheet_on, query: str, words: str):
    assert tearsheet_on("search", query).err == words


def test_a_query_that_cannot_be_read_is_one_line_with_the_character(tearsheet_on):
    done = tearsheet_on("search", 'storm "sea')

    assert (done.code, done.out) == (1, "")
    assert done.err == "tearsheet: this quotation mark is not closed (character 7)\n"


def test_archived_words_cannot_steer_the_terminal(tearsheet_on):
    out = tearsheet_on("search", "steered").out

    assert "\x1b" not in out
    assert "\u202e" not in out


def test_the_marks_of_search_and_terminal_are_the_same():
    assert (console.MARK_ON, console.MARK_OFF) == (snippets.MARK_ON, snippets.MARK_OFF)


def test_on_a_terminal_what_was_found_is_bold_below_the_headline(archive, call, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)

    out = call("--archive", archive.path, "search", "nobody").out

    assert "Harbour wall holds, just" in out
    assert "\x1b[1mNobody\x1b[0m was hurt" in out
