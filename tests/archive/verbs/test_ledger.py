import csv
import io
import json

import pytest

from archive.index.store import Index
from tests.archive.verbs.conftest import FIRST, HARBOUR, HOME


@pytest.fixture
def with_feed(archive):
    """Let the archive's home page have named two articles, of which one was never captured."""
    from archive.model import Listing, Named

    with Index.open(archive.index) as index:
        home = index.closest(HOME)
        named = (Named(url=HARBOUR, title="Harbour"), Named(url=f"{HOME}2024/lost", title="=Lost"))
        index.add_listing(home, Listing(channel="front", named=named))
    return archive


def test_the_ledger_tells_a_day_of_a_site(tearsheet_on, with_feed):
    done = tearsheet_on("ledger", "--since", "2024-01-01")
    head, row = (line.split("\t") for line in done.out.splitlines())
    assert dict(zip(head, row, strict=True)) == {
        "day": FIRST.date().isoformat(), "site": "herald.example", "expected": "2", "in feed": "0", "in sitemap": "0",
        "on front": "2", "captured": "1", "failed": "0", "not asked": "1", "unseen": "", "why": "",
    }  # fmt: skip
    assert done.err == "1 of 2 expected articles are in the archive (50.0%). --missing names the others.\n"


def test_every_gap_has_its_address_and_headline_in_every_format(tearsheet_on, with_feed):
    options = ("ledger", HOME, "--day", FIRST.date().isoformat(), "--missing")
    [gap] = map(json.loads, tearsheet_on(*options, "--json").out.splitlines())
    assert (gap["url"], gap["outcome"], gap["channels"]) == (f"{HOME}2024/lost", "not asked", ["front"])
    [row] = csv.DictReader(io.StringIO(tearsheet_on(*options, "--csv").out))
    assert (row["headline"], row["outcome"]) == ("'=Lost", "not asked")


def test_a_site_of_which_nothing_is_known_has_no_account(tearsheet_on, with_feed):
    done = tearsheet_on("ledger", "unknown.example", "--since", "2000-01-01")
    assert len(done.out.splitlines()) == 1
    assert done.err == "No feed, sitemap or front named an article in this time.\n"
