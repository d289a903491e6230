from __future__ import annotations

import json
from datetime import timedelta

import pytest

from archive.config import Config
from archive.index.store import Index
from archive.model import Place, Record
from crawler.alerts import conclude
from crawler.runs import SUMMARY_URI, Positions, Run, new_run_id
from tests.archive.index.cases import START, capture


@pytest.fixture
def index(tmp_path):
    with Index.open(tmp_path / "index.db") as opened:
        yield opened


def run_at(index, hours, **more):
    """Return a run that starts *hours* after the first capture."""
    run = Run(index=index, config=Config(), clock=lambda: START + timedelta(hours=hours), **more)
    run.resume()
    return run


def warcinfo(name, number):
    return Record(
        record_type="warcinfo", record_id=f"urn:uuid:{name}", target_uri=None, captured_at=START + timedelta(hours=number),
        place=Place(file=f"{name}.warc.gz", offset=0, length=10), fields={"run": name},
    )  # fmt: skip


def summary(name, number, reason="finished"):
    return Record(
        record_type="metadata", record_id=f"urn:uuid:{name}-end", target_uri=SUMMARY_URI + name,
        captured_at=START + timedelta(hours=number), place=Place(file=f"{name}.warc.gz", offset=10, length=10),
        fields={"finishReason": reason, "counts": "{}"},
    )  # fmt: skip


def finished(index, name, number, reason="finished"):
    index.add_record(warcinfo(name, number))
    index.add_record(summary(name, number + 0.5, reason))


def test_requisites_rest_while_their_capture_is_fresh(index):
    css = "https://www.herald.example/a.css"
    index.add_record(capture(0, css, mime="text/css"))
    assert not run_at(index, 23).requisite_is_due(css)
    assert run_at(index, 25).requisite_is_due(css)
    assert run_at(index, 0).requisite_is_due("https://www.herald.example/b.css")


def test_a_requisite_that_failed_is_asked_for_again(index):
    index.add_record(capture(0, "https://www.herald.example/a.css", status=503))
    assert run_at(index, 1).requisite_is_due("https://www.herald.example/a.css")


def test_a_file_is_indexed_up_to_the_first_page_that_waits():
    positions = Positions()
    first, image, second = capture(0), capture(1, mime="image/png"), capture(2)
    for record in (first, image, second):
        positions.written(record)
    assert positions.news() == [("a.warc.gz", 0)]
    positions.settled(first)
    assert positions.news() == [("a.warc.gz", 2000)]
    positions.settled(second)
    assert positions.news() == [("a.warc.gz", 2900)]
    assert positions.unsettled() == 0


def test_run_ids_sort_by_time():
    assert new_run_id(START)[:15] == "20261101080000-"
    assert new_run_id(START) < new_run_id(START + timedelta(seconds=1))


SITE = "https://www.herald.example/"


def concluded(index, reason="finished", **more):
    """Return what is kept of a run at a site of which the home page and one article's failure were seen."""
    run = run_at(index, 1, **more)
    run.tallies.watch([SITE])
    run.note_answer(SITE, 200, discovery="seed", site=SITE)
    run.note_answer(f"{SITE}a", 404, site=SITE)
    run.note_limit(f"{SITE}a", "max_per_page")
    run.finish_reason = reason
    return run


@pytest.mark.parametrize(
    ("reason", "more", "is_usual"),
    [
        ("finished", {}, True),
        ("max_run_pages", {}, True),
        ("shutdown", {}, False),
        ("finished", {"recheck_all": True}, False),
        ("finished", {"since": START}, False),
        ("finished", {"until": START}, False),
    ],
)
def test_only_runs_that_ask_for_all_that_is_due_are_held_against_others(index, reason, more, is_usual):
    run = concluded(index, reason, **more)
    conclude(run)
    [site] = run.tallies.finished
    assert (site.is_usual, site.is_reached, site.failures) == (is_usual, True, {"status 404": 1})
    assert json.loads(run.summary(reason)["sites"])[0]["site"] == "herald.example"


def test_a_site_that_a_limit_cut_short_is_held_against_its_like_and_one_whose_home_page_failed_is_not(index):
    limited = concluded(index)
    limited.note_limit(SITE, "max_pages_per_site")
    conclude(limited)
    down = run_at(index, 1)
    down.tallies.watch([SITE])
    down.note_answer(SITE, 503, discovery="seed", site=SITE)
    down.finish_reason = "finished"
    conclude(down)
    [site], [gone] = limited.tallies.finished, down.tallies.finished
    assert (site.is_usual, site.is_reached, site.is_limited) == (True, True, True)
    assert (gone.is_usual, gone.is_reached) == (False, False)
