"""Which rule of a tdmrep.json counts for a path."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.middlewares.tdmrep import Reservations, Rule, read_rules


@pytest.mark.parametrize(
    ("location", "path", "fits"),
    [
        ("/", "/a/b?c=d", True),
        ("/a/", "/a", False),
        ("/a*c", "/abbc", True),
        ("/a*c", "/abb", False),
        ("*.pdf$", "/x/y.pdf", True),
        ("*.pdf$", "/x/y.pdf?page=1", False),
        ("/a*b$", "/ab", True),
        ("/ab*ab$", "/ab", False),
        ("/caf%C3%A9/", "/café/1", True),
        ("/" + "*a" * 400 + "b", "/" + "a" * 5000, False),
    ],
)
def test_a_location_fits_as_in_robots_txt(location, path, fits):
    assert Rule(location, True).fits(path) == fits


def test_the_first_rule_that_fits_counts():
    rules = read_rules(
        b'[{"location": "/a/free", "tdm-reservation": "0"}, {"location": "a/", "tdm-reservation": true}]'
    )
    said = Reservations(rules=rules, read_at=datetime.now(UTC))
    of = [said.of(f"https://x.example{path}") for path in ("/a/free/1", "/a/b", "/c", "")]
    assert of == [False, True, None, None]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"7", b"<html>", b'[{"location": 3, "tdm-reservation": 1}]', b"\xff", b"[" * 99999]
)
def test_what_is_no_such_file_has_no_rules(body):
    assert read_rules(body) == ()
