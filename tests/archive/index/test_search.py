from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import QueryError
from archive.index.query import parse
from archive.index.search import FACETS, Search
from archive.index.snippets import MARK_OFF, MARK_ON
from archive.index.store import Index
from archive.model import DatedValue, Notice
from tests.archive.index import cases

AT = "https://{}/{}"


def put(index, number, slug, *, site="www.herald.example", published="2026-11-01", **fields):
    url = AT.format(site, slug)
    when = DatedValue(value=published, raw=published, found_in="meta")
    made = cases.article(url, **{"date_published": when, "credits": (), "images": (), **fields})
    cases.read(index, (cases.capture(number, url), made))


@pytest.fixture
def library(index):
    put(index, 1, "storm", headline="Storm cuts off the harbour", body=("Waves broke the sea wall.",), section="World",
        credits=(cases.credit("Agence France-Presse", kind="agency", agency="AFP", role="source"),))  # fmt: skip
    put(index, 2, "wall", headline="The sea wall holds", body=("A quiet night at the harbour.",), published="2026-10-15",
        credits=(cases.credit("Ana Müller"),), site="times.example")  # fmt: skip
    put(
        index,
        3,
        "beijing",
        headline="北京の天気",
        body=("東京と北京は晴れ。",),
        language="ja",
        published="2025-02-03",
    )
    put(
        index, 4, "he", headline="צה״ל: הנמל נפתח", body=("שָׁלוֹם לנמל",), language="he", published="2026-11-02"
    )
    put(
        index,
        5,
        "de",
        headline="Die Straße ist gesperrt",
        body=("Jürgen fährt heute nicht.",),
        language="de-AT",
    )
    put(
        index,
        6,
        "ru",
        headline="Ещё один паром",
        body=("Москва",),
        language="ru",
        notices=(Notice(kind="correction", words="Исправлено"),),
    )
    put(index, 7, "ar", headline="مُحَمَّد في الميناء", body=("خبر",), language="ar", site="sport.times.example")
    cases.read(index, (cases.capture(8, AT.format("www.herald.example", "storm")), cases.article(AT.format("www.herald.example", "storm"), headline="Storm passes", body=("Waves broke the sea wall.",), credits=(), images=(), date_published=DatedValue(value="2026-11-01", raw="", found_in="meta"))))  # fmt: skip
    cases.read(index, (cases.capture(9, AT.format("times.example", "wall"), status=410), None))
    cases.read(
        index,
        *(
            (cases.capture(number, AT.format("www.herald.example", "de"), status=404), None)
            for number in (10, 34)
        ),
    )
    put(
        index,
        11,
        "he",
        headline="צה״ל: הנמל נפתח",
        body=("שָׁלוֹם למעגן",),
        language="he",
        published="2026-11-02",
    )
    cases.read(
        index,
        (
            cases.redirect(12, AT.format("sport.times.example", "ar"), AT.format("times.example", "wall")),
            None,
        ),
    )
    return index


def found(index, text, **more):
    return [hit.url.rpartition("/")[2] for hit in index.search(Search(text=text, **more)).hits]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("harbour", ["wall"]),
        ("HARBOUR waves", []),
        ('"sea wall"', ["storm", "wall"]),
        ("sea OR 北京", ["storm", "wall", "beijing"]),
        ("wall -waves", ["wall"]),
        ("wall NOT waves", ["wall"]),
        ("(storm OR quiet) wall", ["storm", "wall"]),
        ("harb*", ["wall"]),
        ("NEAR(waves wall, 3)", ["storm"]),
        ("headline:wall", ["wall"]),
        ("body:wall", ["storm"]),
        ("credit:müller", ["wall"]),
        ("by:mueller", []),
        ("mueller", ["wall"]),
        ("agency:afp", []),
        ("site:herald.example", ["he", "storm", "ru", "de", "beijing"]),
        ("site:times.example", ["ar", "wall"]),
        ("site:sport.times.example", ["ar"]),
        ("section:world", []),
        ("lang:de", ["de"]),
        ("lang:de-AT", ["de"]),
        ("published:2026-10", ["wall"]),
        ("published:2025", ["beijing"]),
        ("published:2026-11..", ["he", "storm", "ru", "de", "ar"]),
        ("published:..2025", ["beijing"]),
        ("published:2025-01..2026-10", ["wall", "beijing"]),
        ("version:>1", ["storm", "he"]),
        ("changed:headline", ["storm"]),
        ("is:missing", ["wall", "de"]),
        ("is:removed", ["de"]),
        ("is:moved", ["ar"]),
        ("changed:removed", ["de"]),
        ("changed:silent-correction", ["he"]),
        ("changed:body", ["he"]),
        ("is:changed", ["storm", "he"]),
        ("is:corrected", ["ru"]),
        ("-lang:ja -lang:he -lang:de -lang:ru -lang:ar", ["storm", "wall"]),
        ("北京", ["beijing"]),
        ("京", ["beijing"]),
        ("天気", ["beijing"]),
        ("צהל", ["he"]),
        ('צה"ל', ["he"]),
        ('"צה"ל הנמל"', ["he"]),
        ("“sea wall”", ["storm", "wall"]),
        ("„sea wall“", ["storm", "wall"]),
        ("sea\x00wall", ["storm", "wall"]),
        ("שלום", ["he"]),
        ("strasse", ["de"]),
        ("straße", ["de"]),
        ("еще", ["ru"]),
        ("محمد", ["ar"]),
        ("type:article lang:ru", ["ru"]),
    ],
)  # fmt: skip
def test_a_query_finds(library, query, slugs):
    assert sorted(found(library, query)) == sorted(slugs)


def test_newest_comes_first_and_an_empty_query_finds_all(library):
    urls = found(library, "")
    assert urls[0] == "he"
    assert urls[-1] == "beijing"
    assert library.search(Search(limit=2)).total == 7


def test_relevance_puts_the_headline_first(library):
    assert found(library, "wall", sort="relevance") == ["wall", "storm"]


def test_pages_of_results_follow_each_other(library):
    assert found(library, "", limit=3) + found(library, "", limit=9, offset=3) == found(library, "")


def test_a_snippet_marks_what_was_found(library):
    [hit] = library.search(Search(text="waves")).hits
    assert f"{MARK_ON}Waves{MARK_OFF} broke the sea wall." in hit.snippet


@pytest.mark.parametrize(
    ("query", "position", "words"),
    [
        ('storm "sea', 6, "not closed"),
        ("(storm", 0, "not closed"),
        ("storm)", 5, "closes nothing"),
        ("storm OR", 8, "missing"),
        ("AND storm", 0, "missing"),
        ("NOT", 3, "missing"),
        ("colour:red", 0, "no field colour"),
        ("agency: afp", 0, "right behind the colon"),
        ("published:yesterday", 10, "published: takes"),
        ("version:many", 8, "version: takes"),
        ("is:open", 3, "is: takes"),
        ("NEAR(, 5)", 0, "NEAR( takes"),
        ("…", 0, "no letter or digit"),
    ],
)
def test_what_cannot_be_read_is_explained_at_its_character(query, position, words):
    with pytest.raises(QueryError, match=r".") as raised:
        parse(query)
    assert words in str(raised.value)
    assert raised.value.position == position


@pytest.fixture(scope="session")
def empty_index(tmp_path_factory):
    with Index.open(tmp_path_factory.mktemp("empty") / "index.db") as opened:
        yield opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="ab \"()*:-éאצ北'OR ANDNOT.,“\x00\ud800", max_size=40))
def test_no_query_ends_in_anything_but_hits_or_a_query_error(empty_index, text):
    try:
        total = empty_index.search(Search(text=text)).total
    except QueryError as error:
        total, position = 0, error.position
        assert position in range(len(text) + 1)
    assert total == 0


def test_facets_count_exactly_what_the_query_finds(library):
    assert library.facets("", "site") == [
        ("herald.example", 5),
        ("sport.times.example", 1),
        ("times.example", 1),
    ]
    assert library.facets("", "language", 2) == [("en", 2), ("ar", 1)]
    assert library.facets("wall", "person") == [("Ana Müller", 1)]
    assert library.facets("wall", "month") == [("2026-10", 1), ("2026-11", 1)]
    for name in FACETS:
        assert library.facets("nothingatall", name) == []
