"""What captured pictures say of themselves, joined to the articles that show them."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from archive.index.compare import table_contents
from archive.index.search import Search
from archive.index.store import Index
from archive.model import Credit, Image, RightsWords
from archive.picture_words import PictureReading, PictureWords
from tests.archive.index.cases import OTHER_PAGE, PAGE, article, capture, credit, read, redirect

URL = "https://img.example/1.jpg"


def says(name, *, agency=None, words="", rights=()):
    """Return a picture's own words: made by *name*."""
    kind = "agency" if agency else "person"
    made = Credit(name=name, kind=kind, role="photo", raw=words or name, found_in="iptc", agency=agency)
    return PictureReading(
        words=PictureWords(creators=(name,), usage_terms="Editorial use only"), credits=(made,), rights=rights
    )


def picture(number, reading=None, url=URL, **more):
    fields = {"mime": "image/jpeg", "payload_digest": f"sha1:picture{number}"} | more
    return replace(capture(number, url, **fields), picture=reading)


def revisit(number, of, url=URL):
    return picture(number, url=url, record_type="revisit", payload_digest=f"sha1:picture{of}")


def credited(index, url=PAGE):
    [image] = index.article_at(url).content.images
    return [(c.agency or c.name, c.role, c.found_in) for c in image.credits]


JANE = says(
    "Jane Doe", words="JANE DOE", rights=(RightsWords(kind="handout", words="Handout", found_in="iptc"),)
)
BY_JANE = [("REUTERS", "photo", "byline"), ("Jane Doe", "photo", "iptc")]


@pytest.mark.parametrize("first", ["page", "picture"])
def test_what_a_picture_says_becomes_part_of_the_credits_behind_those_of_the_page(index, first):
    pairs = [(capture(1), article()), (picture(2, JANE), None)]
    read(index, *(pairs if first == "page" else reversed(pairs)))

    assert credited(index) == BY_JANE
    content = index.article_at(PAGE).content
    assert content.images[0].embedded.usage_terms == "Editorial use only"
    assert content.images[0].credits[1].raw == "JANE DOE"
    assert content.rights == (
        RightsWords(kind="handout", words="Handout", image_position=0, found_in="iptc"),
    )


def test_who_is_credited_in_the_picture_only_is_found_by_full_text_and_in_the_views(index):
    read(index, (capture(1), article()), (picture(2, says("Getty Images", agency="GETTY")), None))

    index.commit()
    assert [hit.url for hit in index.search(Search(text="photo:GETTY")).hits] == [PAGE]
    index.check_fulltext()
    assert index.rows("select agency, found_in from v_image_credits order by agency") == [
        {"agency": "GETTY", "found_in": "iptc"},
        {"agency": "REUTERS", "found_in": "byline"},
    ]
    assert [row["usage_terms"] for row in index.rows("select * from v_picture_words")] == [
        "Editorial use only"
    ]


def test_what_the_page_says_too_is_said_once(index):
    same = says("Reuters", agency="REUTERS", words="REUTERS/Handout")
    read(index, (capture(1), article()), (picture(2, same), None))

    assert credited(index) == [("REUTERS", "photo", "byline")]
    [image] = index.article_at(PAGE).content.images
    assert image.embedded.creators == ("Reuters",)


def test_who_supplied_a_picture_is_not_credited_again_as_its_owner(index):
    owned = PictureReading(
        words=PictureWords(rights="© Reuters, © AP"),
        credits=tuple(
            Credit(name=name, kind="agency", role="copyright", raw=f"© {name}", found_in="iptc", agency=name)
            for name in ("REUTERS", "AP")
        ),
    )
    read(index, (capture(1), article()), (picture(2, owned), None))

    assert credited(index) == [("REUTERS", "photo", "byline"), ("AP", "copyright", "iptc")]


def test_the_capture_closest_to_the_page_speaks_and_one_that_is_silent_says_nothing(index):
    later = article(headline="Storm over")
    read(index, (picture(1, JANE), None), (capture(2), article()), (capture(9), later), (picture(10), None))

    before, after = index.versions(index.article_at(PAGE).id)
    assert [len(version.content.images[0].credits) for version in (before, after)] == [2, 1]


def test_what_a_picture_says_makes_no_version(index):
    read(index, (capture(1), article()), (picture(2, JANE), None), (capture(3), article()))

    assert len(index.versions(index.article_at(PAGE).id)) == 1


def test_a_picture_that_is_gone_or_moved_on_is_found_through_redirects_and_repeats(index):
    small, moved = "https://img.example/small/1.jpg", "https://cdn.example/x.jpg"
    shown = (Image(url=small, caption="The pier"),)
    read(
        index,
        (capture(1, OTHER_PAGE), article(OTHER_PAGE, images=shown)),
        (redirect(2, small, moved), None),
        (picture(3, JANE), None),
        (revisit(4, of=3, url=moved), None),
    )

    assert credited(index, OTHER_PAGE) == [("Jane Doe", "photo", "iptc")]


def test_nobody_stays_a_party_whose_picture_was_another(index):
    read(index, (capture(5), article()), (picture(2, JANE), None))
    assert [row["name"] for row in index.rows("select name from parties where kind = 'person'")] == [
        "Ana Prado",
        "Jane Doe",
    ]
    read(index, (picture(4), None))
    assert credited(index) == [("REUTERS", "photo", "byline")]
    assert [row["name"] for row in index.rows("select name from parties where kind = 'person'")] == [
        "Ana Prado"
    ]
    index.check_fulltext()


MOVED = "https://img.example/moved.jpg"
WORLD = [
    (capture(4), article()),
    (capture(3), article(credits=(credit("Ana Prado"),))),
    (capture(6, OTHER_PAGE), article(OTHER_PAGE, images=(Image(url=MOVED), Image(url=URL)))),
    (picture(1, JANE), None),
    (revisit(5, of=1, url="https://img.example/copy.jpg"), None),
    (redirect(7, MOVED, "https://img.example/copy.jpg"), None),
]


def test_the_order_of_captures_makes_no_difference(tmp_path):
    expected = None
    for number, order in enumerate(permutations(WORLD)):
        if number % 31:
            continue  # 24 of 720
        with Index.open(tmp_path / f"{number}.db") as index:
            read(index, *order)
            index.commit()
            found = table_contents(index)
            index.check_fulltext()
        expected = expected or found
        assert found == expected, order
    assert len(expected["picture_words"]) == 1
    assert sum(row["found_in"] == "iptc" for row in expected["credits"]) == 4


def test_withheld_pictures_say_nothing(index):
    read(index, (capture(1), article()), (picture(2, JANE), None))
    index.commit()
    index.withhold([{"pattern": "img.example/*", "captured_from": None, "captured_until": None}])

    assert index.rows("select * from picture_words") == []
    assert index.rows("select * from credits where found_in = 'iptc'") == []
    assert index.article_at(PAGE).content.rights == ()
