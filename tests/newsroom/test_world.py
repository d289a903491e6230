"""The made-up world holds what it promises, and its editions differ as promised."""

from __future__ import annotations

import json

import pytest

from crawler.newsroom import world

CASES = [
    "agency-copy-credited",
    "agency-copy-dropped",
    "agency-and-staff",
    "agency-copy",
    "agency-dateline",
    "mit-material-von",
    "avec-agence",
    "with-files-from",
    "reporting-by",
    "con-informacion-de",
    "quelle-line",
    "seed-2015",
    "seed-now",
    "json-api",
    "embedded-json",
    "staff-byline",
    "multi-author",
    "roles-in-byline",
    "byline-place",
    "translator",
    "interview",
    "initials",
    "correction",
    "paywall",
    "live-blog",
    "gallery",
    "video",
    "brief",
    "opinion",
    "two-pages",
    "silent-edit",
    "disclosed-edit",
    "disappears",
    "redirects-later",
    "redirects",
    "wrong-charset",
    "windows-1252",
    "windows-1255",
    "chunked",
    "close-delimited",
    "slow",
    "validators",
    "amp",
    "noarchive",
    "tracked",
    "photo-credit",
    "no-byline",
    "and-agencies",
]


@pytest.mark.parametrize("case", CASES)
def test_every_promised_case_exists_from_the_start(case):
    assert world.having_case(case, 1)


def test_the_world_is_large_and_speaks_many_languages():
    articles = world.articles(1)
    assert len(articles) >= 70
    assert {"en", "de", "fr", "es", "it", "pt", "he", "ja"} <= {article.language for article in articles}
    assert len({outlet.host for outlet in world.outlets()}) >= 4
    assert all(len(outlet.sections) >= 3 for outlet in world.outlets())
    assert {article.layout for article in articles} >= {
        "jsonld",
        "microdata",
        "rdfa",
        "bare",
        "aspx",
        "nuxt",
        "next_shell",
    }


def test_articles_are_long_enough_to_be_read():
    short = {"brief", "gallery", "video", "live-blog", "paywall-stub"}
    told = [article for article in world.articles(world.LAST_EDITION) if article.page_type not in short]
    assert all(len(article.body) >= 3 for article in told)
    assert sum(len(article.body) >= 5 for article in told) >= 0.8 * len(told)


def test_slugs_and_addresses_name_one_article_each():
    articles = world.articles(world.LAST_EDITION)
    assert len({article.slug for article in articles}) == len(articles)
    assert len({article.url for article in articles}) == len(articles)


def test_no_two_articles_share_their_text_except_agency_copy_and_the_seed_twins():
    paragraphs: dict[str, list[str]] = {}
    for article in world.articles(world.LAST_EDITION):
        for paragraph in article.body:
            paragraphs.setdefault(paragraph, []).append(article.slug)
    shared = {tuple(sorted(slugs)) for slugs in paragraphs.values() if len(slugs) > 1}
    assert shared == {
        ("desalination-talks-2015", "desalination-talks-now"),
        ("lighthouse-keepers-conference-afp", "lighthouse-keepers-conference-staff"),
        ("harbor-seal-ap", "monk-seal-pilot-boat-ap"),
    }


@pytest.mark.parametrize("article", world.articles(world.LAST_EDITION), ids=lambda article: article.slug)
def test_every_credit_can_be_read_on_the_page(article):
    """Names as printed, in any case; agencies by their code, name, or in the words of the outlet."""
    words = " ".join(filter(None, (article.byline, article.dateline_raw, *article.credit_lines))).lower()
    others = {"AGENCIES": ("agenc", "wire", "סוכנויות"), "KYODO": ("共同",), "JIJI": ("時事",)}
    for credit in article.credits:
        if credit.kind == "agency":
            names = others.get(credit.agency, (credit.agency.lower(), credit.name.lower()))
            names = {
                "CP": ("canadian press",),
                "AP": ("(ap)", "associated press"),
                "EP": ("europa press",),
            }.get(credit.agency, names)
            assert any(name in words for name in names), credit
        else:
            assert credit.name.lower() in words, credit
    for photo in article.photos:
        printed = f"{photo.caption} {photo.credit or ''}".lower()
        for credit in photo.credits:
            if credit.kind == "person":
                assert credit.name.lower() in printed, credit
        assert photo.caption.startswith(photo.clean_caption)


def test_dates_name_their_offset_and_lie_in_order():
    for article in world.articles(world.LAST_EDITION):
        assert article.date_published[19] in "+-"
        assert article.date_modified is None or article.date_modified > article.date_published


def test_silent_edit_changes_headline_and_text_but_no_date():
    before, after = (world.article("munn-bridge-inspection", edition) for edition in (1, 2))
    assert before.headline != after.headline
    assert sum(a != b for a, b in zip(before.body, after.body, strict=True)) == 1
    assert (
        (before.date_modified, before.corrections) == (after.date_modified, after.corrections) == (None, ())
    )


def test_disclosed_edit_says_what_it_changed():
    before, after = (world.article("clinic-evening-hours", edition) for edition in (1, 2))
    assert before.body != after.body
    assert before.corrections == ()
    assert after.corrections[0].startswith("Correction, Nov. 16")
    assert after.date_modified


def test_live_blog_grows_in_the_second_edition():
    before, after = (world.article("storm-night-live", edition) for edition in (1, 2))
    assert after.updates[: len(before.updates)] == before.updates
    assert len(after.updates) == len(before.updates) + 1


def test_articles_disappear_move_and_appear_in_the_second_edition():
    first, second = ({article.slug for article in world.articles(edition)} for edition in (1, 2))
    assert first - second == {"oyster-prize-mixup", "dorfladen-genossenschaft"}
    assert second - first == {article.slug for article in world.having_case("new-in-2", 2)}
    assert world.article("lifeboat-new-crew", 1).path != world.article("lifeboat-new-crew", 2).path


def test_nothing_changes_after_the_last_edition():
    assert world.articles(world.LAST_EDITION) == world.articles(world.LAST_EDITION + 1)
    assert world.articles(world.LAST_EDITION) != world.articles(world.LAST_EDITION - 1)


def test_an_edit_that_finds_no_words_to_replace_is_an_error():
    entry = {"slug": "x", "body": "One.", "edit": [{"edition": 2, "replace": [["Two.", "Three."]]}]}
    with pytest.raises(ValueError, match="x: edit of edition 2"):
        world._edited(entry, 2)


def test_no_sentence_of_the_seed_is_in_the_newsroom(shared):
    seed = json.loads((shared / "seed" / "expected.json").read_text())["seed_text_lines"]
    ours = {
        text
        for article in world.articles(world.LAST_EDITION)
        for text in (*article.body, article.headline, article.standfirst)
    }
    assert not {line for line in seed if len(line) > 40} & ours


def test_the_seed_shaped_article_has_the_defects_of_the_seed():
    article = world.article("desalination-talks-2015")
    assert article.byline.endswith(" ,")
    assert article.credit_lines == ("AFP contributed to this report.",)
    assert any(paragraph.endswith("AFP reported.") for paragraph in article.body)
    assert article.photos[0].archive
    assert (article.staff, article.agencies, article.authors) == (("Bay Voice Staff",), ("AFP",), ())
