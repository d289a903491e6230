"""Large results: estimated from a sample and said to be, while hits and what is exact stay exact."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import QueryError
from archive.index import found as finding
from archive.index import search as searching
from archive.index import slices, tokens
from archive.index.operator_data import OperatorData
from archive.index.query import parse
from archive.index.search import Search
from archive.index.store import Index
from archive.model import DatedValue
from crawler.extraction.page_type import ARTICLE_TYPES
from tests.archive.index import cases

ARTICLES = 480


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """Return an index with an article every third day of four years; every second says harbour, about one in four is AFP's."""
    file = tmp_path_factory.mktemp("large") / "index.db"
    with Index.open(file) as index:
        for number in range(ARTICLES):
            day = date.fromordinal(date(2022, 1, 1).toordinal() + 3 * number)
            when = DatedValue(value=f"{day}T12:00:00+00:00", raw="", found_in="meta")
            credits_ = (
                cases.credit("Ana Prado"),
                *((cases.credit("AFP", kind="agency", agency="AFP"),) if number * 7919 % 97 < 24 else ()),
            )
            body = ("The harbour was open.",) if number % 2 else ("The ferry was late.",)
            url = f"https://{'herald' if number % 5 else 'times'}.example/{number}"
            made = cases.article(
                url, body=body, headline=f"Number {number}", date_published=when, credits=credits_, images=()
            )
            cases.read(index, (cases.capture(number, url), made))
        slices.make(index._connection, fewest=100)
    return file


@pytest.fixture
def large(path, monkeypatch):
    monkeypatch.setattr(finding, "MOST_EXACT", 50)
    monkeypatch.setattr(finding, "MOST_LISTED", 50)
    monkeypatch.setattr(finding, "_SAMPLE", 60)
    monkeypatch.setattr(finding, "_FEWEST_SLICES", 16)
    monkeypatch.setattr(searching, "MOST_RANKED", 50)
    with Index.open(path, read_only=True) as index:
        yield index


def test_many_hits_are_estimated_and_said_to_be(large):
    total = large.found("harbour").total
    assert total.is_estimated
    assert abs(total.n - ARTICLES / 2) < 0.25 * ARTICLES / 2
    assert str(total).startswith("about ")


def test_beginnings_of_words_are_counted_at_one_asking(large):
    found = large.found("harb*")
    assert found.total == finding.Total(ARTICLES // 2)
    years = dict(found.facet("year", 9).counts)
    assert set(years) == {"2022", "2023", "2024", "2025"}
    assert sum(years.values()) == pytest.approx(ARTICLES / 2, abs=4)
    assert dict(found.facet("site", 9).counts)["herald.example"] == pytest.approx(ARTICLES * 0.4, rel=0.25)


def test_few_hits_and_all_articles_are_counted_one_by_one(large):
    assert str(large.found("harbour published:2022-02").total) == "5"
    assert large.found("").total == finding.Total(ARTICLES)


def test_facets_of_many_hits_are_shares_of_the_estimate(large):
    numbers = large.found("harbour OR ferry")
    agency, site = numbers.facet("agency", 5), numbers.facet("site", 5)
    assert agency.is_estimated
    assert site.is_estimated
    assert dict(agency.counts)["AFP"] == pytest.approx(ARTICLES / 4, rel=0.4)
    assert sum(n for _, n in site.counts) == pytest.approx(numbers.total.n, rel=0.02)
    assert [value for value, _ in site.counts] == ["herald.example", "times.example"]


def test_facets_of_a_number_that_is_counted_are_told_from_every_so_many(large, monkeypatch):
    monkeypatch.setattr(finding, "MOST_EXACT", 1000)
    numbers = large.found("harbour OR ferry")
    assert numbers.total == finding.Total(ARTICLES)
    assert len(numbers.sample().articles) == pytest.approx(60, abs=20)
    assert dict(numbers.facet("site", 5).counts)["times.example"] == pytest.approx(ARTICLES / 5, rel=0.3)


def test_time_is_counted_by_spans_of_ids_and_adds_up(large):
    months = large.found("harbour").facet("month", 1000)
    assert sum(n for _, n in months.counts) == ARTICLES / 2
    everything = large.found("").facet("year", 10)
    assert not everything.is_estimated
    assert sum(n for _, n in everything.counts) == ARTICLES


def test_the_newest_hits_are_the_newest_on_every_page(large):
    numbers = [
        int(hit.url.rpartition("/")[2])
        for page in range(4)
        for hit in large.search(Search(text="harbour", offset=20 * page)).hits
    ]
    assert numbers == list(range(ARTICLES - 1, ARTICLES - 161, -2))
    [oldest] = large.search(Search(text="harbour", sort="oldest", limit=1)).hits
    assert oldest.url.endswith("/1")


def test_relevance_says_among_how_many_it_ordered(large):
    found = large.search(Search(text="harbour", sort="relevance"))
    assert found.ranked == 50
    assert min(int(hit.url.rpartition("/")[2]) for hit in found.hits) > ARTICLES - 102
    assert (
        large.search(Search(text="harbour published:2022", sort="relevance")).ranked is None
        or found.total > 50
    )


def test_a_sample_lies_over_the_whole_time(large):
    sample = large.found("harbour OR ferry").sample()
    years = {large.article(one).content.date_published.value[:4] for one in sample.articles}
    assert years == {"2022", "2023", "2024", "2025"}
    assert sample.factor * len(sample.articles) == pytest.approx(large.found("harbour OR ferry").total.n)


def test_small_archives_are_not_sampled(index):
    cases.read(index, (cases.capture(), cases.article()))
    index.optimize()
    assert index.rows("select count(*) as n from id_slices") == [{"n": 0}]


DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
PARTS = st.tuples(DAYS, st.sampled_from((4, 7, 10))).map(lambda pair: pair[0].isoformat()[: pair[1]])


@given(DAYS, st.one_of(st.just(""), PARTS), st.one_of(st.just(""), PARTS))
def test_a_day_is_found_by_the_spans_it_lies_in(day, first, last):
    text = day.isoformat()
    inside = text >= first and text[: len(last)] <= last
    try:
        span = tokens.of_span(first, last)
    except ValueError:
        assert not inside
        return
    own = set(tokens.of_day(text))
    exact = {token.strip('"') for token in span if not token.endswith("*")}
    beginnings = tuple(token.split('"')[1] for token in span if token.endswith("*"))
    assert inside == bool(own & exact or (beginnings and any(token.startswith(beginnings) for token in own)))


@pytest.mark.parametrize(
    "query",
    [
        "published:2026-13",
        "published:2026-02-30..2027",
        "published:2027..2026",
        "published:..",
        "published:0000",
    ],
)
def test_spans_that_hold_no_day_are_answered_with_their_place(query):
    with pytest.raises(QueryError, match="published: takes"):
        parse(query)


def test_spans_and_versions_stand_in_an_or(large):
    found = large.found("published:2022-01-01..2022-01-10 OR published:2025-11.. OR version:>3").total
    days = [date.fromordinal(date(2022, 1, 1).toordinal() + 3 * n) for n in range(ARTICLES)]
    assert found.n == sum(day <= date(2022, 1, 10) or day >= date(2025, 11, 1) for day in days)


COUNTS = {
    "version:>20": {21, 25}, "version:>24": {25}, "version:25": {25}, "version:>=25": {25}, "version:>25": set(), "version:<25": {1, 20, 21},
    "version:<=25": {1, 20, 21, 25}, "version:26 OR version:>=22 OR version:1": {1, 25}, "-version:>24": {1, 20, 21},
    "version:>20 -version:>24": {21}, "version:999999": set(),
}  # fmt: skip


def test_many_versions_are_told_apart_wherever_they_are_asked_for(index):
    for number, versions in enumerate((1, 20, 21, 25)):
        url = f"https://herald.example/{number}"
        for edition in range(versions):
            made = cases.article(url, headline=f"Edition {edition} of {versions}", images=())
            cases.read(index, (cases.capture(1000 * number + edition, url), made))
    found = {
        question: {hit.version_count for hit in index.search(Search(text=question)).hits}
        for question in COUNTS
    }
    assert found == COUNTS


def test_every_kind_of_article_has_a_token_for_what_is_not():
    assert set(tokens.ARTICLE_TYPES) == ARTICLE_TYPES


def test_what_is_withheld_is_in_no_estimate(large, tmp_path):
    with OperatorData(tmp_path / "operator.db") as decided:
        decided.add_rule("takedown", "times.example/*", reason="r", requested_by="x", decided_by="y")
        large.withhold(decided.rules())
    numbers = large.found("harbour OR ferry")
    assert numbers.total.is_estimated
    assert numbers.total.n == pytest.approx(0.8 * ARTICLES, rel=0.1)
    assert [value for value, _ in numbers.facet("site", 5).counts] == ["herald.example"]
    assert sum(n for _, n in numbers.facet("year", 9).counts) == 0.8 * ARTICLES
    assert large.found("").total.n == 0.8 * ARTICLES
    assert {hit.site for hit in large.search(Search(text="harbour")).hits} == {"herald.example"}


def test_what_a_run_adds_is_brought_in_order(path, tmp_path, monkeypatch):
    file = tmp_path / "index.db"
    file.write_bytes(path.read_bytes())
    with Index.open(file) as index:
        newest = index.rows("select max(first_id) as id from id_slices")[0]["id"]
        assert not slices.are_stale(index._connection)
        for number in range(20):
            url = f"https://herald.example/new-{number}"
            made = cases.article(
                url,
                body=("The harbour was shut.",),
                date_published=DatedValue(value=f"2026-02-{number + 1:02}", raw="", found_in="meta"),
            )
            cases.read(index, (cases.capture(9000 + number, url), made))
            index.commit()
        assert slices.are_stale(index._connection)
        monkeypatch.setattr(slices.make, "__kwdefaults__", {"fewest": 100})
        before = _parts(index)
        index.settle()
        assert _parts(index) < before
        assert not slices.are_stale(index._connection)
        assert index.rows("select max(first_id) as id from id_slices")[0]["id"] > newest
        assert index.found("shut").total.n == 20
        index.check_fulltext()


def _parts(index: Index) -> int:
    return index.rows("select count(distinct segid) as n from article_fts_idx")[0]["n"]
