from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import UnknownArchive, UserError
from archive.index.credit_lists import CreditQuery
from archive.index.party_decisions import PartyDecision, PartyDecisions, group_parties
from archive.index.search import Search
from archive.index.store import Index
from tests.archive.index.cases import OTHER_PAGE, article, capture, credit, read

HERE, THERE, SHORT = "person:a.example:ana prado", "person:b.example:ana prado", "person:a.example:a prado"
A, B, C = (f"https://{host}/story" for host in ("a.example/1", "b.example/2", "a.example/3"))


def fill(path):
    with Index.open(path) as index:
        read(
            index,
            (capture(1, A), article(A, credits=(credit("Ana Prado"),), images=())),
            (capture(2, B), article(B, headline="Other", credits=(credit("Ana Prado"),), images=())),
            (capture(3, C), article(C, headline="Third", credits=(credit("A. Prado"),), images=())),
        )


@pytest.fixture
def index(tmp_path):
    fill(tmp_path / "index.db")
    with Index.open(tmp_path / "index.db", read_only=True) as opened:
        yield opened


@pytest.fixture
def decisions(tmp_path):
    with PartyDecisions(tmp_path / "operator.db") as opened:
        yield opened


def articles_of(index, name):
    return {line.url for line in index.credit_lines(CreditQuery(person=name))}


def test_parties_stay_two_until_somebody_merges_them(index, decisions):
    index.regard(decisions.party_groups())
    assert [party.key for party in index.parties(name="ana prado")] == [HERE, THERE]

    decisions.merge([THERE, SHORT], HERE, by="an archivist", note="asked her")
    index.regard(decisions.party_groups())

    [party] = index.parties(kind="person")
    assert (party.key, party.members, party.articles) == (HERE, (HERE, SHORT, THERE), 3)
    assert (party.sites, party.names) == (("a.example", "b.example"), ("A. Prado", "Ana Prado"))
    assert articles_of(index, "A. Prado") == articles_of(index, THERE) == {A, B, C}


def test_a_search_by_one_name_finds_the_others_that_were_merged_with_it(index):
    def found(text):
        return {hit.url for hit in index.search(Search(text=text)).hits}

    index.regard({})
    assert found('by:"A. Prado"') == {C}
    index.regard({SHORT: HERE})
    assert found('by:"A. Prado"') == found('credit:"ana prado"') == {A, B, C}
    assert found('-by:"A. Prado"') == set()
    assert found("by:prado") == {A, B, C}
    assert found("by:ana") == {A, B}


def test_a_decision_survives_the_index(tmp_path, decisions):
    decisions.merge([THERE], HERE, by="x")
    for _ in range(2):
        Index.delete(tmp_path / "index.db")
        fill(tmp_path / "index.db")
        with Index.open(tmp_path / "index.db", read_only=True) as index:
            index.regard(decisions.party_groups())
            assert articles_of(index, "Ana Prado") == {A, B}
            assert len(index.parties(name="ana prado")) == 1


def test_who_is_split_off_stands_alone_and_undo_brings_back(index, decisions):
    decisions.merge([THERE, SHORT], HERE, by="x")
    number = decisions.split([HERE], by="x")
    assert decisions.party_groups() == {THERE: SHORT}

    assert decisions.undo(by="y").number == number
    assert decisions.party_groups() == {THERE: HERE, SHORT: HERE}
    decisions.undo(by="y")
    assert decisions.party_groups() == {}
    assert [(one.action, one.undone_by) for one in decisions.party_decisions()] == [
        ("merge", "y"),
        ("split", "y"),
    ]


def test_what_changes_nothing_is_refused(decisions):
    decisions.merge([THERE], HERE, by="x")
    for call, words in (
        (lambda: decisions.merge([HERE], THERE, by="x"), "one party already"),
        (lambda: decisions.split([SHORT], by="x"), "was not merged"),
        (lambda: decisions.undo(7, by="x"), "no decision 7"),
    ):
        with pytest.raises(UserError, match=words):
            call()
    assert len(decisions.party_decisions()) == 1


def test_several_people_may_decide_at_once(tmp_path):
    path = tmp_path / "operator.db"
    with PartyDecisions(path):
        pass

    def decide(number):
        with PartyDecisions(path) as decisions:
            decisions.merge([f"person:a:{number}"], "person:a:all", by=str(number))

    threads = [threading.Thread(target=decide, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    with PartyDecisions(path) as decisions:
        assert len(decisions.party_groups()) == len(decisions.party_decisions()) == 8


def test_names_alone_make_suggestions_only(index, decisions):
    index.regard({})
    found = {one.reason: [party.key for party in one.parties] for one in index.party_suggestions()}
    assert sorted(found["the same name at several outlets"]) == [HERE, THERE]
    assert sorted(found["initials and full name at one outlet"]) == [SHORT, HERE]
    index.regard({THERE: HERE, SHORT: HERE})
    assert index.party_suggestions() == []


def test_credits_are_counted_by_what_is_asked(index):
    index.regard({THERE: HERE})
    query = CreditQuery(kind="person", since="2026-11", until="2026")
    counts = index.credit_counts(query, ["person", "outlet"])
    assert {one.values: (one.articles, one.credits) for one in counts} == {
        ("Ana Prado", "a.example"): (1, 1),
        ("Ana Prado", "b.example"): (1, 1),
        ("A. Prado", "a.example"): (1, 1),
    }
    assert index.count_credits(query) == (3, 3)
    assert index.count_credits(CreditQuery(since="2026-12")) == (0, 0)
    with pytest.raises(UserError, match="nobody in this archive is credited as 'Nobody'"):
        index.count_credits(CreditQuery(person="Nobody"))
    with pytest.raises(UserError, match="is no time"):
        index.count_credits(CreditQuery(since="soon"))


def test_a_story_that_loses_its_agency_is_told(tmp_path):
    with Index.open(tmp_path / "index.db") as index:
        afp = credit("Agence France-Presse", kind="agency", role="author", agency="AFP")
        read(
            index,
            (capture(1), article(credits=(afp,))),
            (capture(2), article(credits=(credit("Staff", kind="staff"),))),
            (capture(3, OTHER_PAGE), article(OTHER_PAGE, credits=(afp,))),
            (capture(4, OTHER_PAGE), article(OTHER_PAGE, credits=(afp, credit("Ana Prado")))),
        )
        [row] = index.rows(
            "select agency, credited_in_version, dropped_in_version, words from v_agency_dropped"
        )
        assert tuple(row.values()) == ("AFP", 1, 2, "By Agence France-Presse")
        [photos] = index.rows("select * from v_photo_agencies_by_outlet_month")
        assert photos == {
            "agency": "REUTERS",
            "site": "herald.example",
            "month": "2026-11",
            "pictures": 2,
            "articles": 2,
        }


def test_a_file_that_holds_something_else_is_named(tmp_path):
    (tmp_path / "operator.db").write_bytes(b"no database, " * 100)
    with pytest.raises(UnknownArchive, match=r"operator\.db cannot be read"):
        PartyDecisions(tmp_path / "operator.db")


KEYS = st.sampled_from("abcdef")


@given(
    st.lists(st.tuples(st.lists(KEYS, min_size=1, max_size=3, unique=True), st.none() | KEYS), max_size=12)
)
def test_nobody_counts_as_somebody_who_counts_as_another(made):
    groups = group_parties(
        PartyDecision(
            number=n, decided_at="", decided_by="", action="merge" if into else "split",
            keys=tuple(key for key in keys if key != into), into_key=into, note=None, undone_at=None, undone_by=None,
        )
        for n, (keys, into) in enumerate(made)
    )  # fmt: skip
    assert not set(groups) & set(groups.values())
