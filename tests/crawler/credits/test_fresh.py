"""Batches of credit lines in some forty languages that were written before the code was looked at: a floor for each.

*fresh/\\*.jsonl* are in the form of the scorer for ``tearsheet credits parse``: ``expected`` with ``optional`` entries and ``alt`` names,
``dateline``, ``archive``, ``negative`` for lines that name nobody.
"""

import json
from pathlib import Path

import pytest

from crawler.extraction.credits.reading import read_credits
from crawler.extraction.text import fold

FOLDER = Path(__file__).with_name("fresh")
FLOORS = {
    "batch1": (0.928, 0.035),
    "batch2": (0.927, 0.052),
    "batch3": (0.94, 0.08),
    "batch4": (0.938, 0.035),
    "batch5": (0.945, 0.068),
    "batch6": (0.95, 0.02),
}
"""Lines read exactly, and most of the negatives that may give output: as measured, less two lines in a hundred."""
MAIN = ("person", "agency", "staff")


def _lines(name):
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _parties(entry):
    names = [entry["agency"]] if entry.get("agency") else map(fold, [entry["name"], *entry.get("alt", [])])
    return {(entry["kind"], entry["role"], name) for name in names}


def _wrong(line):
    """Return whether a line was not read exactly, and whether anything was read that may not be there."""
    reading = read_credits(line["raw"], line["where"])
    got = {(c.kind, c.role, c.agency or fold(c.name)) for c in reading.credits}
    required = [_parties(e) for e in line["expected"] if not e.get("optional") and e["kind"] in MAIN]
    allowed = set().union(*(_parties(e) for e in line["expected"]))
    known = {name for _, _, name in allowed}
    extra = {party for party in got if party[2] not in known and (line["negative"] or party[0] in MAIN)}
    extra |= {party for party in got if party[0] in MAIN and party not in allowed}
    places = [place["place"] for place in line.get("dateline", [])]
    same_places = [fold(place) for place in reading.dateline] == [fold(place) for place in places]
    exact = not extra and all(parties & got for parties in required) and same_places
    return (
        not (exact and reading.archive == line.get("archive", False)),
        bool(extra) or (bool(reading.dateline) and not same_places),
    )


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_a_fresh_batch_is_read_as_well_as_measured(name):
    lines = _lines(name)
    wrong = {line["raw"]: _wrong(line) for line in lines}
    negative = [wrong[line["raw"]][1] for line in lines if line["negative"]]
    exact = 1 - sum(inexact for inexact, _ in wrong.values()) / len(wrong)
    floor, most = FLOORS[name]
    assert exact >= floor, [raw for raw, (inexact, _) in wrong.items() if inexact]
    assert sum(negative) / len(negative) <= most, [
        line["raw"] for line in lines if line["negative"] and wrong[line["raw"]][1]
    ]


def test_every_batch_has_a_floor():
    assert sorted(FLOORS) == sorted(path.stem for path in FOLDER.glob("*.jsonl"))
