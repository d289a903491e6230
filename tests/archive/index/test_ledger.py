from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest

from archive.index.compare import table_contents
from archive.index.ledger import chapman
from archive.index.store import Index
from archive.model import Listing, Named
from tests.archive.index.cases import PAGE, START, article, capture, listing, read

HOME, FEED, MAP = (f"https://www.herald.example/{path}" for path in ("", "rss.xml", "news.xml"))
DAY = START.date()


def name(index, number, source, channel, *urls, title=None, is_certain=True):
    """Let the capture *number* of *source* name *urls*."""
    record = capture(number, source, mime="application/xml")
    index.add_record(record)
    named = tuple(Named(url=url, title=title, is_certain=is_certain) for url in urls)
    index.add_listing(record, Listing(channel=channel, named=named))


def page(number):
    return f"{PAGE}-{number}"


def test_a_day_s_account_tells_what_was_named_what_was_captured_and_why_the_rest_was_not(index):
    name(index, 0, FEED, "feed", page(1), page(2), page(3) + "?utm_source=rss", title="Storm")
    name(index, 1, MAP, "sitemap", page(2), page(3), page(4), page(5))
    name(index, 2, HOME, "front", page(1), page(5), page(6), page(7))
    read(index, *((capture(10 + n, page(n)), article(page(n))) for n in (1, 3)))
    read(index, (capture(20, page(2), status=500), None), (capture(21, page(7)), listing(page(7))))
    index.add_record(
        replace(capture(30, "urn:tearsheet:run:r1"), record_type="metadata", fields={
            "finishReason": "finished", "failedUrls": json.dumps({page(4): "refused by robots.txt"})})
    )  # fmt: skip
    [day] = index.ledger("herald.example")
    assert (day.day, day.site) == (DAY.isoformat(), "herald.example")
    assert (day.expected, day.in_feed, day.in_sitemap, day.on_front) == (6, 3, 4, 3)
    assert (day.captured, day.failed, day.not_asked) == (2, 2, 2)
    assert day.reasons == {"status 500": 1, "refused by robots.txt": 1}
    gaps = {one.url: (one.outcome, one.reason, one.channels) for one in index.missing()}
    assert gaps == {
        page(2): ("failed", "status 500", ("feed", "sitemap")),
        page(4): ("failed", "refused by robots.txt", ("sitemap",)),
        page(5): ("not asked", None, ("sitemap", "front")),
        page(6): ("not asked", None, ("front",)),
    }
    assert index.missing(since=DAY + timedelta(days=1)) == []


def test_two_addresses_of_one_article_are_expected_once(index):
    amp = PAGE + "/amp"
    name(index, 0, FEED, "feed", PAGE)
    name(index, 1, HOME, "front", amp)
    read(index, (capture(2), replace(article(), links=(amp,))))
    [day] = index.ledger()
    assert (day.expected, day.in_feed, day.on_front, day.captured) == (1, 1, 1, 1)


def test_a_doubtful_link_is_expected_only_when_it_turns_out_to_be_an_article(index):
    name(index, 0, HOME, "front", page(1), page(2), is_certain=False)
    read(index, (capture(3, page(1)), article(page(1))))
    assert [(day.expected, day.on_front, day.captured) for day in index.ledger()] == [(1, 1, 1)]


def test_each_address_stands_on_the_day_on_which_it_was_named_first(index):
    name(index, 0, FEED, "feed", page(1))
    name(index, 30, FEED, "feed", page(1), page(2))
    days = [(day.day, day.expected) for day in index.ledger()]
    assert days == [((DAY + timedelta(days=1)).isoformat(), 1), (DAY.isoformat(), 1)]
    assert len(index.ledger(since=date(2026, 11, 2))) == 1


@pytest.mark.parametrize(
    ("first", "second", "both", "total"),
    [(40, 30, 20, 60), (100, 100, 100, 100), (50, 50, 10, 235), (9, 9, 6, None), (0, 20, 0, None)],
)
def test_the_overlap_of_two_channels_tells_how_many_there_were(first, second, both, total):
    estimate = chapman(first, second, both)
    assert (None if estimate is None else round(estimate.total)) == total
    assert estimate is None or first + second - both <= estimate.low <= estimate.total <= estimate.high


def test_what_no_channel_showed_is_estimated_from_feed_and_front(index):
    name(index, 0, FEED, "feed", *map(page, range(30)))
    name(index, 1, HOME, "front", *map(page, range(15, 45)))
    [day] = index.ledger()
    assert (day.expected, round(day.unseen)) == (45, 14)


def test_the_place_of_an_article_on_a_front_is_kept_and_a_front_that_shows_the_same_shares_it(index):
    for number in (0, 1):
        name(index, number, HOME, "front", page(2), page(1), title="On the front")
    name(index, 2, HOME, "front", page(1), page(2), title="On the front")
    read(index, (capture(9, page(1)), article(page(1))))
    rows = index.rows("select position, headline_on_front, headline_on_page from v_front_positions where article_id is not null order by captured_at")  # fmt: skip
    assert [row["position"] for row in rows] == [2, 2, 1]
    assert (rows[0]["headline_on_front"], rows[0]["headline_on_page"]) == ("On the front", article().headline)
    assert index.rows("select count(*) as n from front_lists") == [{"n": 2}]


def test_the_order_of_reading_makes_no_difference(tmp_path):
    steps = [
        (0, FEED, "feed", (page(1), page(2)), "A"),
        (1, FEED, "feed", (page(2),), "B"),
        (2, HOME, "front", (page(1).replace("https://www.", "http://"), page(2)), None),
        (3, HOME, "front", (page(1), page(2)), None),
    ]
    contents = []
    for number, order in enumerate(permutations(steps)):
        with Index.open(tmp_path / f"{number}.db") as index:
            for at, source, channel, urls, title in order:
                name(index, at, source, channel, *urls, title=title)
            contents.append(table_contents(index))
    assert [one for one in contents if one != contents[0]] == []
    titles = {row["address_id"]: row["title"] for row in contents[0]["sightings"] if row["channel"] == "feed"}
    assert sorted(titles.values()) == ["A", "B"]
