import json

import pytest

from archive.verbs.console import QUIET, VERBOSE, Console, printable, without_marks


def test_talk_goes_to_standard_error_as_loud_as_asked(capsys):
    for verbosity in (QUIET, 1, VERBOSE):
        console = Console(verbosity=verbosity)
        console.say(f"say {verbosity}")
        console.detail(f"detail {verbosity}")

    assert capsys.readouterr() == ("", "say 1\nsay 2\ndetail 2\n")


def test_a_table_in_a_pipe_is_one_line_for_each_row(capsys):
    Console().table(("name", "first seen"), [("a\tb\nc", None), (("x", "y"), 3)])

    assert capsys.readouterr().out == "name\tfirst seen\na b c\t\nx, y\t3\n"


def test_a_table_in_json_is_one_object_for_each_row(capsys):
    Console(as_json=True).table(("name", "first seen"), [("a\tb", None), (("x", "y"), 3)])

    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line) for line in lines] == [
        {"name": "a\tb", "first_seen": None},
        {"name": ["x", "y"], "first_seen": 3},
    ]


def test_pairs_stand_below_each_other_or_are_one_object(capsys):
    Console().pairs({"a": 1, "long name": None})
    Console(as_json=True).pairs({"a": 1, "long name": None})

    assert capsys.readouterr().out == 'a          1\nlong name  \n{"a": 1, "long name": null}\n'


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[2Jb", "a[2Jb"),
        ("a\u202eb\u2066c", "abc"),
        ("a\x9b31mb\x7f", "a31mb"),
        ("half \ud83d of a pair", "half  of a pair"),
        ("tab\tand\nline", "tab\tand\nline"),
        ("שלום 潮", "שלום 潮"),
    ],
)
def test_nothing_that_steers_a_terminal_is_printed(text: str, shown: str):
    assert printable(text) == shown


def test_marks_around_what_was_found_can_be_taken_off():
    assert without_marks("the \x01sea\x02 wall") == "the sea wall"
