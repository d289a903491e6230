"""Alerts of made-up sites over weeks; each trouble is told once, with its end, and nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from archive.index.site_runs import SiteRun
from tests.crawler.alerts.sites import START, Habits, lived

LARGE, SMALL, SHUT_AT_WEEKENDS = Habits(), Habits(a_day=1.5), Habits(a_day=20, weekend=0)
OF_AN_AGENCY = Habits(byline=0.5, weekend_byline=0.2)
EMPTY = {"has_headline": 0, "has_body": 0, "has_date": 0, "has_byline": 0}
NOTHING_READ = {"articles": 0, "new_articles": 0, **EMPTY}


def told(alerts):
    """Return kind, subject, event and day of alerts."""
    return [(one.kind, one.subject, one.event, (one.at - START).total_seconds() / 86400) for one in alerts]


def from_day_20(days, change):
    """Return what befalls a site: *change* of its runs from day 20 on for so many days."""
    return lambda day, run: change(run) if 20 <= day < 20 + days else run


@pytest.mark.parametrize(
    "habits", [LARGE, SMALL, SHUT_AT_WEEKENDS, OF_AN_AGENCY, Habits(a_day=0.3, weekend=0)]
)
@pytest.mark.parametrize(("hours", "seed"), [(6, 1), (12, 2), (24, 3)])
def test_nothing_is_told_of_a_site_that_goes_on_as_usual(habits, hours, seed):
    assert lived(habits, days=35, hours=hours, seed=seed) == []


@pytest.mark.parametrize(
    ("change", "kind", "subject"),
    [
        (lambda run: replace(run, **NOTHING_READ, walls=run.asked), "walls", ""),
        (lambda run: replace(run, **NOTHING_READ), "yield", "articles"),
        (lambda run: replace(run, has_date=0), "fields", "date"),
        (lambda run: replace(run, has_body=run.articles // 10), "fields", "body"),
        (lambda run: replace(run, named_front=0), "yield", "front"),
        (lambda run: replace(run, named_feed=1), "yield", "feed"),
        (lambda run: SiteRun(site=run.site, home=run.home, is_usual=False, is_reached=False), "unreachable", ""),
    ],
)  # fmt: skip
@pytest.mark.parametrize("habits", [LARGE, SMALL])
def test_a_trouble_is_told_once_and_its_end(habits, change, kind, subject):
    (begins, ends) = told(lived(habits, days=30, hours=12, befalls=from_day_20(4, change)))

    assert begins[:3] == (kind, subject, "raised")
    assert 20 <= begins[3] <= (20.5 if habits is LARGE else 22.5)
    assert ends[:3] == (kind, subject, "ended")
    assert 24 <= ends[3] <= (24 if habits is LARGE else 26)


@pytest.mark.parametrize(("habits", "days"), [(LARGE, 3), (SHUT_AT_WEEKENDS, 10)])
def test_silence_is_told_when_it_is_longer_than_ever(habits, days):
    (begins, ends) = told(
        lived(habits, days=32, hours=12, befalls=from_day_20(days, lambda run: replace(run, new_articles=0)))
    )

    assert begins[:3] == ("yield", "new", "raised")
    assert ends[:3] == ("yield", "new", "ended")
    assert ends[3] - 20 - days <= 2.5  # a weekend may follow


def test_nothing_is_told_of_runs_that_look_at_everything_again_or_are_cut_short():
    def rechecked(day, run):
        return replace(run, is_usual=False, new_articles=0, named_front=0) if 20 <= day < 24 else run

    assert lived(LARGE, days=30, hours=12, befalls=rechecked) == []


def of_at_most(pages):
    """Return what a limit of so many new articles in a run makes of runs."""

    def limited(run):
        new = min(run.new_articles, pages)
        return replace(run, is_limited=run.new_articles > pages, new_articles=new)

    return limited


@pytest.mark.parametrize("pages", [0, 3, 8])
@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_told_of_a_site_that_reaches_its_limit_now_and_then_or_from_some_day_on(pages, seed):
    limit = of_at_most(pages)
    assert lived(LARGE, days=35, hours=6, seed=seed, befalls=lambda _, run: limit(run)) == []
    assert (
        lived(LARGE, days=35, hours=6, seed=seed, befalls=lambda day, run: limit(run) if day > 15 else run)
        == []
    )


@pytest.mark.parametrize(
    ("change", "subject"),
    [({"named_front": 0}, "front"), ({"named_feed": 1}, "feed"), ({"new_articles": 0}, "new")],
)
def test_a_site_that_always_reaches_its_limit_is_held_against_itself(change, subject):
    def befalls(day, run):
        run = replace(run, is_limited=True, new_articles=min(max(run.new_articles, 1), 5))
        return replace(run, **change) if 20 <= day < 24 else run

    begins, ends = told(lived(LARGE, days=30, hours=6, befalls=befalls))
    assert (begins[:3], ends[:3]) == (("yield", subject, "raised"), ("yield", subject, "ended"))
    assert 20 <= begins[3] <= 22.5
    assert 24 <= ends[3] <= 26


def test_a_site_that_was_always_so_is_no_news():
    assert lived(LARGE, days=10, hours=6, befalls=lambda _, run: replace(run, **NOTHING_READ)) == []
    down = SiteRun(site="a.example", home="https://a.example/", is_usual=False, is_reached=False)
    assert lived(LARGE, days=10, hours=6, befalls=lambda *_: down) == []


def test_one_answer_missed_is_no_outage():
    def missed(day, run):
        return replace(run, is_reached=False, is_usual=False) if day == 20 else run

    assert lived(LARGE, days=24, hours=12, befalls=missed) == []


def test_what_stays_so_for_a_month_is_usual_then_and_its_return_is_too():
    def no_bylines(day, run):
        return replace(run, has_byline=0) if 20 <= day < 60 else run

    alerts = lived(LARGE, days=70, hours=24, befalls=no_bylines)

    assert [(one.subject, one.event) for one in alerts] == [("byline", "raised"), ("byline", "ended")]
    assert alerts[1].words.startswith("still so after 30 days")
