from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import timedelta

import pytest

from archive.config import Config
from archive.config.sections import Revisits
from archive.errors import ConfigError
from archive.model import DatedValue, Record
from crawler.runs import Run
from crawler.schedule import Schedule
from tests.archive.index.cases import OTHER_PAGE, PAGE, START, article, capture, read, redirect
from tests.crawler.test_runs import finished, index, summary, warcinfo

__all__ = ["index"]
SITE = "herald.example"


def schedule_at(index, hours, **more):
    settings = Revisits(**{key: value for key, value in more.items() if key != "recheck_all"})
    return Schedule(
        index,
        settings,
        now=lambda: START + timedelta(hours=hours),
        recheck_all=more.get("recheck_all", False),
    )


def looked(index, *hours, changed=(), url=PAGE, **more):
    """Read *url* at these hours; it said something else from each of the hours *changed* on."""
    for hour in hours:
        edits = sum(hour >= at for at in changed)
        minute = round(hour * 60)
        record = replace(capture(minute + 100_000, url), captured_at=START + timedelta(minutes=minute))
        read(index, (record, article(url, headline=f"Storm {edits}", **more)))


def first_due(index, url=PAGE, **more):
    """Return the hour, to a sixth, at which *url* is due first."""
    hours = [n / 6 for n in range(6 * 24 * 80)]
    first = bisect_left(hours, True, key=lambda hour: schedule_at(index, hour, **more).is_due(url))
    return hours[first] if first < len(hours) else None


def test_a_new_article_is_due(index):
    assert schedule_at(index, 0).is_due(PAGE)


@pytest.mark.parametrize(
    ("looks", "due"),
    [
        ([0], 0.5), ([0, 0.5], 1), ([0, 0.5, 1], 2), ([0, 0.5, 1, 2], 4), ([0, 2, 4], 8), ([0, 24], 72), ([0, 24, 72], 168),
        ([0, 24, 72, 168], 720), ([0, 720], None),
        ([0, 0.75], 1),
    ],
)  # fmt: skip
def test_an_article_that_does_not_change_is_looked_at_ever_later(index, looks, due):
    looked(index, *looks)
    assert first_due(index) == due


def test_a_change_steps_back_so_that_the_last_wait_comes_once_more(index):
    looked(index, 0, 0.5, 1, 2, 4, changed=(4,))
    assert first_due(index) == 6
    looked(index, 6, changed=(4,))
    assert first_due(index) == 10


def dated(index, hour, modified):
    """Read the page at this hour; it says what it always said, under another date of change."""
    at = DatedValue(value=modified, raw=modified, found_in="json-ld")
    looked(index, hour, date_modified=at)


def test_a_newer_date_of_change_on_a_page_that_says_the_same_pulls_the_next_look_forward_once(index):
    for hour in (0, 0.5, 1, 2):
        dated(index, hour, "2026-11-16T08:00:00+01:00")
    assert first_due(index) == 4
    dated(index, 4, "2026-11-16T07:00:00Z")  # the same moment
    assert first_due(index) == 8
    dated(index, 8, "2026-11-16T11:00:00Z")
    assert first_due(index) == 12
    dated(index, 12, "2026-11-16T12:00:00Z")  # it gives the time of day there
    assert first_due(index) == 28


def test_a_change_at_the_end_of_the_plan_makes_it_go_on(index):
    looked(index, 0, 168, 720, changed=(720,))
    assert first_due(index) == 720 + (720 - 168)


def test_a_live_blog_is_looked_at_every_ten_minutes_until_it_rests(index):
    looked(index, 0, 2, changed=(2,))
    index.rows("update articles set page_type = 'live-blog' returning 1")
    assert first_due(index) == pytest.approx(2 + 1 / 6)
    looked(index, 13.9, changed=(2,))
    index.rows("update articles set page_type = 'live-blog' returning 1")
    assert first_due(index) == pytest.approx(13.9 + 1 / 6, abs=0.17)
    looked(index, 14, changed=(2,))
    index.rows("update articles set page_type = 'live-blog' returning 1")
    assert first_due(index) > 20


@pytest.mark.parametrize(
    ("end", "looks", "changed", "due"),
    [
        ("2026-10-31", [0, 1], (), 2),  # ended before it was found: as any article
        (2, [0, 1], (1,), 1 + 1 / 6),
        (2, [0, 1, 2.5], (1,), 4.5),
        (1, [0, 1, 2.5], (1, 2.5), 2.5 + 1 / 6),  # the end moves with the entries
        (30, [0, 1, 20], (1,), 20 + 1 / 6),  # open though it rests
        (900, [0, 1, 90], (1,), None),  # nobody is live for a month
        ("tomorrow", [0, 1], (1,), 1 + 1 / 6),
    ],
)
def test_a_live_blog_ends_when_it_says_so(index, end, looks, changed, due):
    if isinstance(end, int):
        end = (START + timedelta(hours=end)).isoformat()
    looked(index, *looks, changed=changed, covered_until=end)
    index.rows("update articles set page_type = 'live-blog' returning 1")
    found = first_due(index)
    assert found > 100 if due is None else found == pytest.approx(due, abs=0.17)


def test_news_of_a_change_pulls_it_forward_but_not_news_from_the_future(index):
    looked(index, 0)
    at = schedule_at(index, 0.1)
    assert at.is_due(PAGE, changed_at=START + timedelta(hours=0.05))
    assert not schedule_at(index, 0.1).is_due(PAGE, changed_at=START - timedelta(hours=1))
    assert not schedule_at(index, 0.1).is_due(PAGE, changed_at=START + timedelta(hours=9))


def test_a_first_404_is_asked_about_again_after_a_day_and_a_removal_no_more(index):
    looked(index, 0)
    read(index, (capture(1, status=404), None))
    assert first_due(index) == 25
    read(index, (capture(25, status=404), None))
    assert schedule_at(index, 60).due_articles(SITE) == []


def test_what_was_removed_is_asked_for_once_a_day_while_a_feed_or_front_names_it(index):
    looked(index, 0)
    read(index, (capture(1, status=404), None), (capture(25, status=404), None))
    assert first_due(index) == 49
    assert not schedule_at(index, 30).is_due(PAGE, changed_at=START + timedelta(hours=29))


def test_errors_are_tried_again_ever_later(index):
    looked(index, 0)
    read(index, (capture(1, status=503), None))
    assert first_due(index) == 1.5
    read(index, (capture(2, status=500), None), (capture(5, status=500), None))
    assert first_due(index) == 9


def test_what_has_moved_is_left_to_its_new_address(index):
    looked(index, 0)
    looked(index, 1, url=OTHER_PAGE)
    read(index, (redirect(2, PAGE, OTHER_PAGE), None))
    assert schedule_at(index, 40).due_articles(SITE) == [OTHER_PAGE]


def test_when_the_budget_is_spent_late_looks_are_dropped_and_named(index):
    old, young = PAGE + "-old", PAGE + "-young"
    looked(index, -700, -530, url=old)
    looked(index, 28, url=young)
    at = schedule_at(index, 30, per_site_and_day=1)
    assert at.due_articles(SITE) == [young]
    assert (at.is_due(young), at.is_due(old)) == (True, False)
    assert list(at.dropped) == [old]
    assert schedule_at(index, 30, per_site_and_day=2).due_articles(SITE) == [young, old]
    looked(index, 30, url=young)
    assert schedule_at(index, 31, per_site_and_day=1).due_articles(SITE) == []


def test_recheck_makes_everything_due_whatever_the_budget(index):
    looked(index, 0)
    at = schedule_at(index, 0.01, recheck_all=True, per_site_and_day=1)
    assert (at.is_due(PAGE), at.due_articles(SITE)) == (True, [PAGE])


def test_what_a_stopped_run_has_captured_is_not_due_until_a_run_has_finished(index):
    finished(index, "one", -5)
    index.add_record(warcinfo("two", 0))
    index.add_record(summary("two", 0.9, reason="shutdown"))
    looked(index, 1)
    run = Run(index=index, config=Config(), recheck_all=True, clock=lambda: START + timedelta(hours=40))
    run.resume()
    assert not run.schedule.is_due(PAGE)
    finished(index, "three", 50)
    run.resume()
    assert run.schedule.is_due(PAGE)


def test_a_plan_that_does_not_rise_is_refused(index):
    with pytest.raises(ConfigError, match=r"revisits\.plan: '2h 1h'"):
        schedule_at(index, 0, plan="2h 1h")


def test_a_profile_has_a_plan_of_its_own(index, monkeypatch):
    from crawler import schedule
    from crawler.profiles import SiteProfile

    monkeypatch.setattr(schedule, "load_profile", lambda _: SiteProfile(domains=(SITE,), revisits="3h 2d"))
    looked(index, 0)
    assert first_due(index) == 3


def test_what_was_dropped_stands_in_the_run_s_last_record_and_in_the_index(index):
    finished(index, "one", -5)
    old = PAGE + "-old"
    looked(index, -700, -530, url=old)
    looked(index, 28)
    config = replace(Config(), revisits=Revisits(per_site_and_day=1))
    run = Run(index=index, config=config, clock=lambda: START + timedelta(hours=30))
    run.schedule.due_articles(SITE)
    fields = run.summary("finished")
    made = summary(run.run_id, 31)
    index.add_record(Record(**{name: getattr(made, name) for name in made.__slots__} | {"fields": fields}))
    assert [row["url"] for row in index.rows("select * from dropped_revisits")] == [old]
    assert '"revisits-dropped": 1' in fields["counts"]


def read_as_listing(index, *hours):
    for hour in hours:
        record = replace(capture(hour + 300_000), captured_at=START + timedelta(hours=hour))
        read(index, (record, replace(article(PAGE), is_article=False, page_type="listing")))


def test_what_was_read_as_no_article_is_asked_for_ever_later_and_as_the_front_it_is(index):
    read_as_listing(index, 0)
    assert first_due(index) == 24
    read_as_listing(index, 24, 48)
    assert first_due(index) == 96
    schedule = schedule_at(index, 95)
    assert not schedule.is_due(PAGE)
    left = schedule.is_left(PAGE), schedule_at(index, 96).is_left(PAGE), schedule.is_left(OTHER_PAGE)
    assert left == (True, False, False)
    assert (schedule.left, schedule.is_listing(PAGE), schedule.is_listing(OTHER_PAGE)) == (
        {PAGE},
        True,
        False,
    )
    assert schedule_at(index, 48, recheck_all=True).is_due(PAGE)
    looked(index, 96)
    assert not schedule_at(index, 96.1).is_due(PAGE)
    assert not schedule_at(index, 96.1).is_listing(PAGE), "an article was read there"


@pytest.mark.parametrize(("captures", "due"), [([0], 0.5), ([0, 0.5, 1, 2], 4), ([0, 72], 96)])
def test_an_address_that_answers_with_errors_only_is_asked_for_sooner(index, captures, due):
    for hour in captures:
        record = replace(
            capture(int(hour * 60) + 1, PAGE), captured_at=START + timedelta(hours=hour), status=404
        )
        index.add_record(record)
    assert first_due(index) == due
