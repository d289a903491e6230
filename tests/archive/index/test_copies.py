"""Copy that several outlets ran is found, whoever is captured first, and who drops the agency is named."""

import doctest
import random

import pytest

from archive.index import sketches
from archive.index.copies import LEAST
from archive.index.sketches import bands_of, overlap, runs_of
from tests.archive.index.cases import article, capture, credit, read

WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("n", "r", "st", "l")]
AFP = credit("Agence France-Presse", kind="agency", role="source", agency="AFP")


def story(seed, paragraphs=6):
    pick = random.Random(seed)
    return tuple(" ".join(pick.choices(WORDS, k=40)).capitalize() + "." for _ in range(paragraphs))


def add(index, number, site, body, credits_=(), **more):
    url = f"https://{site}/2026/{number}"
    read(
        index,
        (capture(number, url), article(url, f"Headline {number}", body, credits=tuple(credits_), **more)),
    )
    return index.article_at(url).id


def test_the_examples_in_the_code_hold():
    assert doctest.testmod(sketches).failed == 0
    assert doctest.testmod(sketches).attempted > 0


def test_cut_and_edited_copy_is_one_cluster_and_who_drops_the_agency_is_named(index):
    wire = story(1)
    whole = add(index, 1, "a.example", wire, [AFP])
    cut = add(index, 2, "b.example", wire[:4], [AFP])
    edited = add(
        index,
        3,
        "c.example",
        ("A lede of our own, quite new to all of this.", *wire[1:]),
        [credit("Jo Reed")],
    )
    add(index, 4, "d.example", story(2))
    assert index.compare_copies() == 4
    cluster = index.cluster(cut)
    assert {copy.article_id for copy in cluster.copies} == {whole, cut, edited}
    assert cluster.origin == "AFP"
    assert [copy.site for copy in cluster.copies if cluster.drops_origin(copy)] == ["c.example"]
    assert [c.sites for c in index.clusters()] == [cluster.sites]


def test_copy_that_very_many_ran_is_one_cluster_though_not_each_is_compared_with_each(index):
    wire, outlets = story(1), 60
    for number in range(outlets):
        add(index, number, f"outlet{number}.example", (*wire, *story(100 + number, 1)))
    index.compare_copies()

    [cluster] = index.clusters()
    assert len(cluster.sites) == outlets
    compared = index.rows("select count(*) as n from copies")[0]["n"]
    assert compared < outlets * (outlets - 1) * 0.75


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (1, 2, 0)])
def test_the_order_of_coming_makes_no_difference(index, order):
    wire = story(1)
    bodies = [wire, wire[:4], (*wire[2:], *story(7, 1))]
    for number in order:
        add(index, number + 1, f"{number}.example", bodies[number])
        index.compare_copies()
    pairs = index.rows("select a.site, b.site as other, round(c.overlap, 3) as overlap from copies c join articles a on"
                       " a.text_id = c.text_id join articles b on b.text_id = c.other_text_id where a.site < b.site order by 1, 2")  # fmt: skip
    assert [(row["site"], row["other"]) for row in pairs] == [
        ("0.example", "1.example"),
        ("0.example", "2.example"),
    ]


def test_an_article_that_changes_is_compared_again(index):
    wire = story(1)
    first = add(index, 1, "a.example", wire)
    add(index, 2, "b.example", wire)
    index.compare_copies()
    assert index.cluster(first) is not None
    url = "https://a.example/2026/1"
    read(index, (capture(9, url), article(url, "Headline 1", story(3))))
    assert index.copies_waiting() == 1
    index.compare_copies()
    assert index.cluster(index.article_at(url).id) is None
    assert index.copies_waiting() == 0


def test_short_texts_and_common_phrases_are_no_copy(index):
    add(index, 1, "a.example", ("Sunny, with some cloud in the west.",))
    same = add(index, 2, "b.example", ("Sunny, with some cloud in the west.",))
    shared = story(5, 1)
    other = add(index, 3, "c.example", (*story(6, 5), *shared))
    add(index, 4, "d.example", (*story(8, 5), *shared))
    index.compare_copies()
    assert index.cluster(same) is None
    assert index.cluster(other) is None


def test_texts_without_blanks_between_words_are_compared_by_characters():
    text = "港の潮見表が公開され、関係者は安堵の表情を浮かべた。来年も同じ場所で続けるという。"
    assert overlap(runs_of(text), runs_of("冒頭だけ違う。" + text[3:])) > LEAST


def test_who_shares_most_meets_in_a_band():
    pick = random.Random(1)
    met = {0.3: 0, 0.6: 0, 0.8: 0}
    for share in met:
        for _ in range(200):
            common = frozenset(pick.getrandbits(32) for _ in range(int(400 * share)))
            one, other = (
                common | {pick.getrandbits(32) for _ in range((400 - len(common)) // 2)} for _ in range(2)
            )
            met[share] += any(
                a == b for a, b in zip(bands_of(frozenset(one)), bands_of(frozenset(other)), strict=True)
            )
    assert met[0.8] >= 199
    assert met[0.6] >= 188
    assert met[0.3] < 150
