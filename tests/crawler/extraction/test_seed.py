"""The seed article in all its forms: every field as expected, without a word of it in the repository."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.model import Article, Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.profiles import SiteProfile, load_profile

CAPTURED = {
    "inn_205681_2015_aspx.html": datetime(2015, 12, 31, tzinfo=UTC),
    "inn_flash_291202_2014.html": datetime(2014, 5, 1, tzinfo=UTC),
}
WHOLE = ("inn_205681_2015_aspx.html", "inn_205681_now_ssr.html", "inn_205681_api.json")
NONE = ("inn_205681_now_shell.html", "inn_missing_api.json")
ADDRESSES = {
    "inn_205681_now_shell.html": "https://www.israelnationalnews.com/news/205681",
    "inn_missing_api.json": "https://www.israelnationalnews.com/Generic/NewAPI/Item?type=0&Item=999999999",
    "inn_flash_291202_2014.html": "http://www.israelnationalnews.com/News/Flash.aspx/291202",
}


@pytest.fixture(scope="module")
def seed(shared: Path) -> Path:
    return shared / "seed"


@pytest.fixture(scope="module")
def expected(seed: Path) -> dict[str, Any]:
    return json.loads((seed / "expected.json").read_text("utf-8"))


def read(seed: Path, expected: dict[str, Any], name: str, *, with_profile: bool = True) -> Article:
    url = ADDRESSES.get(name) or expected["fixtures"][name]["url"]
    kind = "application/json" if name.endswith(".json") else "text/html; charset=utf-8"
    page = Page(
        url=url,
        captured_at=CAPTURED.get(name, datetime(2026, 1, 1, tzinfo=UTC)),
        headers=(("Content-Type", kind),),
        payload=(seed / name).read_bytes(),
    )
    profile = load_profile(url) if with_profile else None
    assert isinstance(profile, SiteProfile) or not with_profile
    return extract_article(Document(page, profile))


@pytest.mark.parametrize("name", WHOLE)
def test_every_field_but_credits(seed: Path, expected: dict[str, Any], name: str) -> None:
    article, wanted = read(seed, expected, name), expected["fixtures"][name]
    assert article.is_article
    assert article.page_type == "article"
    assert article.canonical_url == wanted["canonical_url"]
    assert article.headline == wanted["headline"]
    assert article.standfirst == wanted["description"]
    assert (article.language, article.direction) == (wanted["language"], wanted["direction"])
    assert article.publisher == wanted["publisher"]["name"]
    assert article.date_published is not None
    assert article.date_published.value == wanted["date_published"]
    assert article.section == wanted["section"]
    assert (article.byline_raw, article.byline) == (wanted["byline_raw"], wanted["byline"])


@pytest.mark.parametrize("name", WHOLE)
def test_body_and_credits(seed: Path, expected: dict[str, Any], name: str) -> None:
    article, wanted = read(seed, expected, name), expected["fixtures"][name]
    assert list(article.body) == wanted["body"]
    assert len(article.body) == wanted["n_paragraphs"]
    assert list(article.credit_lines) == wanted["credit_lines"]
    assert list(article.authors) == wanted["authors"]
    assert list(article.agencies) == wanted["agencies"]
    found = [
        {
            key: getattr(credit, key)
            for key in ("name", "kind", "role", "raw", "agency")
            if getattr(credit, key)
        }
        for credit in article.credits
    ]
    assert found == wanted["credits"]
    sources = [(source.agency, source.paragraph, source.text) for source in article.attributions]
    assert sources == [
        (source["agency"], source["paragraph"], source["text"]) for source in wanted["sources"]
    ]
    assert article.dateline == ()
    assert wanted["dateline"] is None


@pytest.mark.parametrize("name", WHOLE)
def test_pictures(seed: Path, expected: dict[str, Any], name: str) -> None:
    images = read(seed, expected, name).images
    found = [
        {
            "url": i.url,
            "caption": i.caption,
            "caption_raw": i.caption_raw,
            "alt": i.alt,
            "archive": i.archive,
            "credits": list(i.credits),
        }
        for i in images
    ]
    assert found == expected["fixtures"][name]["images"]


@pytest.mark.parametrize("name", WHOLE[:2])
def test_no_profile_is_needed_but_for_name_and_offset(
    seed: Path, expected: dict[str, Any], name: str
) -> None:
    plain, profiled = read(seed, expected, name, with_profile=False), read(seed, expected, name)
    for field in (
        "headline",
        "standfirst",
        "byline_raw",
        "byline",
        "section",
        "body",
        "images",
        "language",
        "credit_lines",
        "credits",
        "canonical_url",
        "tags",
    ):
        assert getattr(plain, field) == getattr(profiled, field), field
    assert plain.date_published is not None
    assert plain.date_published.value[:19] == expected["fixtures"][name]["date_published"][:19]


@pytest.mark.parametrize("name", NONE)
def test_shells_and_sentinels_are_no_articles(seed: Path, expected: dict[str, Any], name: str) -> None:
    article = read(seed, expected, name)
    assert not article.is_article
    assert article.reason
    assert article.headline is None
    assert article.body == ()
    assert article.date_published is None


def test_news_brief(seed: Path, expected: dict[str, Any]) -> None:
    name = "inn_flash_291202_2014.html"
    article, wanted = read(seed, expected, name), expected["fixtures"][name]
    assert article.is_article
    assert article.page_type == "brief"
    assert article.headline == wanted["headline"]
    assert article.date_published is not None
    assert (article.date_published.value, article.date_published.raw) == (
        wanted["date_published"],
        wanted["date_raw"],
    )
    assert list(article.authors) == wanted["authors"]
    assert list(article.credits) == wanted["credits"]
    assert len(article.body) == 1


@pytest.mark.parametrize("name", [*WHOLE, "inn_flash_291202_2014.html"])
def test_traps(seed: Path, expected: dict[str, Any], name: str) -> None:
    article = read(seed, expected, name)
    text = "\n".join(article.body)
    assert [words for words in expected["must_not_appear_in_body"] if words in text] == []
    assert [words for words in expected["must_not_become_author"] if words in article.authors] == []


def test_one_identity(expected: dict[str, Any]) -> None:
    forms = expected["url_equivalence"]
    identities = {profile.identity(url) for url in forms if (profile := load_profile(url))}
    assert len(identities) == 1
    assert identities <= set(forms)
