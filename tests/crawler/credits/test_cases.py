"""Our own credit lines, in many languages, and what they say."""

import tomllib
from pathlib import Path

import pytest

from crawler.extraction.credits.reading import read_credits
from crawler.extraction.text import fold

CASES = [
    (where, *case)
    for where, cases in tomllib.loads(
        Path(__file__).with_name("cases.toml").read_text(encoding="utf-8")
    ).items()
    for case in cases
]


def key(entry):
    kind, role, name = entry.split(" ", 2)
    return kind, role, name if kind == "agency" else fold(name)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}: {case[1]}")
def test_line(case):
    where, raw, expected, *rest = case
    reading = read_credits(raw, where)

    got = {(c.kind, c.role, c.agency or fold(c.name)) for c in reading.credits if c.kind != "other"}
    required = {key(entry) for entry in expected if entry[0] != "-"}
    allowed = required | {key(entry[1:]) for entry in expected if entry[0] == "-"}
    assert required <= got <= allowed
    assert list(reading.dateline) == (rest[0] if rest else [])
    assert reading.archive == ("archive" in rest)
