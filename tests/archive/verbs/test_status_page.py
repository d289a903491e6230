from datetime import UTC, datetime

from archive.index.site_runs import Alert, SiteRun
from archive.index.site_status import _status
from archive.verbs.status_page import status_page
from tests.crawler.alerts.sites import START, timedelta


def runs(counts):
    """Return a run a day with so many new articles each."""
    return [
        SiteRun(
            site="a.example", home="https://a.example/", is_usual=True, is_reached=True, asked=count, articles=count,
            new_articles=count, has_headline=count, run=str(day), started_at=START + timedelta(days=day),
        )
        for day, count in enumerate(counts)
    ]  # fmt: skip


def test_yield_is_told_against_the_days_before_without_the_first_run():
    status = _status(runs([500, *[10] * 14, *[2] * 7]), ())
    assert (status.new_a_day, status.before_a_day, status.ratio) == (2, 10, 0.2)
    assert list(status.days.values())[-8:] == [10, *[2] * 7]
    assert next(iter(status.days.values())) == 0


def test_after_the_first_run_no_yield_is_told():
    status = _status(runs([500]), ())
    assert (status.new_a_day, status.before_a_day, status.ratio) == (None, None, None)


def test_what_a_page_says_of_a_site_is_inert():
    alert = Alert(
        site="a.example",
        kind="fields",
        subject="date",
        words="<script>0 of 9</script>",
        at=datetime(2026, 3, 1, tzinfo=UTC),
    )
    page = status_page([_status(runs([5, 0, 7]), (alert,))])
    assert "<h1>1 site, 1 open alert</h1>" in page
    assert "&lt;script&gt;0 of 9" in page
    assert "<script" not in page
    assert page.count("<rect class=bar") == 1
    assert page.count("<rect class=none") == 2
