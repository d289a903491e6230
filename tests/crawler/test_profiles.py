from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import ConfigError
from archive.model import Page
from crawler.extraction.article import extract_article
from crawler.extraction.document import Document
from crawler.profiles import Layout, SiteProfile, load_profile, load_profiles, read_profile, use_folder
from crawler.profiles.checking import schema
from crawler.profiles.records import SELECTABLE

WHOLE = """
domains = ["herald.example", "herald.example.org"]
publisher = "The Hamlet Herald"
timezone = "Europe/Vienna"
date_order = "dmy"

[[layout]]
name = "before the redesign"
valid_until = 2019-05-31
headline = "td.head > b"
byline = ".who"
published = ".when"
body = "td.text"

[[identity]]
pattern = '/(?:story|s)[/=](?P<id>\\d+)'
canonical = "https://herald.example/story/{id}"
"""
OLD = """<html><body><table><tr><td class=head><b>Old bridge stays open</b></td></tr><tr><td class=who>ann lee</td><td class=when>3/4/15 10:20</td></tr>
<tr><td class=text><p>The council has decided. The bridge stays open, as it has been since the war, and that is that.</p>
<p>The mayor says that nobody needs a second one, and that the money goes into the school instead.</p></td></tr></table></body></html>"""


def write(folder: Path, text: str, name: str = "herald.example.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_profile_serves_its_domains_and_their_subdomains(tmp_path: Path) -> None:
    write(tmp_path, WHOLE)
    for url in ("https://herald.example/x", "http://www.herald.example/", "https://a.b.herald.example.org/"):
        profile = load_profile(url, tmp_path)
        assert profile is not None
        assert profile.publisher == "The Hamlet Herald"
    assert load_profile("https://notherald.example/", tmp_path) is None
    assert load_profile("no address", tmp_path) is None


def test_identity(tmp_path: Path) -> None:
    profile = read_profile(write(tmp_path, WHOLE))
    assert (
        profile.identity("http://herald.example/s=12?x=1")
        == profile.identity("https://www.herald.example/story/12")
        == "https://herald.example/story/12"
    )
    assert profile.identity("https://herald.example/other") == "https://herald.example/other"


@pytest.mark.parametrize(
    ("day", "headline"),
    [
        (datetime(2019, 5, 31, 23, tzinfo=UTC), "Old bridge stays open"),
        (datetime(2019, 6, 1, tzinfo=UTC), None),
    ],
)
def test_a_layout_holds_until_its_last_day(tmp_path: Path, day: datetime, headline: str | None) -> None:
    profile = read_profile(write(tmp_path, WHOLE))
    page = Page(url="https://herald.example/s/1", captured_at=day, headers=(), payload=OLD.encode())
    article = extract_article(Document(page, profile))
    assert article.headline == headline
    if headline:
        assert article.byline_raw == "ann lee"
        assert article.date_published is not None
        assert (article.date_published.value, article.date_published.found_in) == (
            "2015-04-03T10:20:00+02:00",
            "profile",
        )
        assert len(article.body) == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('domain = ["a.example"]', ["domain", "'domains'"]),
        ("domains = []", ["domains"]),
        ('domains = "a.example"', ["domains", "list"]),
        ('domains = ["a.example"]\ntime_zone = "UTC"', ["time_zone", "'timezone'"]),
        ('domains = ["a.example"]\ntimezone = "Mars/Olympus"', ["timezone", "Mars/Olympus"]),
        ('domains = ["a.example"]\ndate_order = "dym"', ["date_order", "dym"]),
        ('domains = ["a.example"]\n[[layout]]\nheadlines = "h1"', ["layout.headlines", "'headline'"]),
        ('domains = ["a.example"]\n[[layout]]\nheadline = "h1["', ["layout.headline", "selector"]),
        ('domains = ["a.example"]\n[[layout]]\nvalid_until = "May"', ["layout.valid_until"]),
        ('domains = ["a.example"]\n[layout]\nheadline = "h1"', ["layout", "[[layout]]"]),
        ('domains = ["a.example"]\n[api]\nfields = {}', ["api.url", "missing"]),
        (
            'domains = ["a.example"]\n[api]\nurl = "x"\nfields = {title = "t"}',
            ["api.fields.title", "nearest"],
        ),
        ('domains = ["a.example"]\n[[identity]]\npattern = "("\ncanonical = "x"', ["identity.pattern"]),
        (
            'domains = ["a.example"]\n[[identity]]\npattern = "x"\ncanonical = "{id}"',
            ["identity.canonical", "id"],
        ),
        ("domains = ", ["a.toml"]),
        ('domains = ["a.example"]\n\ntimezone = "Mars/Olympus"', ["a.toml, line 3: timezone"]),
        (
            'domains = ["a.example"]\n[[layout]]\nname = "x"\n[[layout]]\nbody = "p["',
            ["a.toml, line 5: layout.body"],
        ),
        (
            'domains = ["a.example"]\n[[layout]]\nfoo = 1\n\n[api]\nfields = {}',
            ["line 3: layout.foo", "line 5: api.url: is missing"],
        ),
        ('domains = ["https://a.example/"]', ["line 1", "no domain"]),
        ('domains = ["a.example"]\nfeeds = [\n', ["a.toml, line 2: "]),
        ('domains = ["a.example"]\nfeeds = ["/rss"]', ["line 2: feeds", "no address with http://"]),
        ('domains = ["a.example"]\nrevisits = "1d 1h"', ["revisits", "longer than the one before"]),
        ('domains = ["a.example"]\ndelay_seconds = -1', ["delay_seconds", "0 or more"]),
        ('domains = ["a.example"]\n\nhost_group = ["a.example"]', ["line 3", "host_group", "2"]),
        (
            'domains = ["a.example"]\nhost_group = ["a.example", "http://b.example/"]',
            ["line 2", "host_group", "domain"],
        ),
        ('domains = ["a.example"]\ndelay_seconds = true', ["delay_seconds", "must be a number"]),
        ('domains = ["a.example"]\n[[archive]]\nurl = "https://a.example/{yyyy}/"', ["archive.url", "yyyy"]),
        ('domains = ["a.example"]\nlanguage = "english!"', ["language", "no language tag"]),
    ],
)
def test_a_mistake_is_named_with_file_and_key(tmp_path: Path, text: str, words: list[str]) -> None:
    with pytest.raises(ConfigError) as caught:
        read_profile(write(tmp_path, text, "a.toml"))
    assert [word for word in ["a.toml", *words] if word not in str(caught.value)] == []


def test_every_key_of_the_records_is_in_the_schema_and_explained() -> None:
    rules = schema()["properties"]
    keys = {field.name for field in fields(SiteProfile)} - {"layouts", "identities"} | {"layout", "identity"}
    assert rules.keys() == keys
    assert [key for key, rule in rules.items() if not rule.get("description")] == []
    layout = {field.name for field in fields(Layout)} - {"selectors"} | set(SELECTABLE)
    assert rules["layout"]["items"]["properties"].keys() == layout


def test_ones_own_profile_counts_before_that_of_the_house(tmp_path: Path) -> None:
    write(tmp_path, 'domains = ["israelnationalnews.com", "own.example"]\npublisher = "Mine"', "x.toml")
    try:
        use_folder(tmp_path)
        assert load_profile("https://www.israelnationalnews.com/").publisher == "Mine"
        assert load_profile("https://own.example/").publisher == "Mine"
    finally:
        use_folder(None)
    assert load_profile("https://www.israelnationalnews.com/").publisher != "Mine"
    with pytest.raises(ConfigError, match="no folder"):
        use_folder(tmp_path / "missing")


def test_two_files_cannot_claim_one_domain(tmp_path: Path) -> None:
    write(tmp_path, 'domains = ["a.example"]', "a.toml")
    write(tmp_path, 'domains = ["a.example"]', "b.toml")
    with pytest.raises(ConfigError, match=r"b\.toml.*a\.example"):
        load_profiles(tmp_path)


def test_the_profiles_of_the_house_are_sound() -> None:
    for domain, profile in load_profiles().items():
        assert domain in profile.domains
        assert profile.publisher


@pytest.mark.parametrize(("line", "wanted"), [("scripts = true", True), ("", False)])
def test_a_profile_may_want_scripts(tmp_path, line, wanted):
    (tmp_path / "a.toml").write_text(f'domains = ["a.example"]\n{line}\n')
    assert read_profile(tmp_path / "a.toml").scripts is wanted


def test_scripts_is_true_or_false(tmp_path):
    (tmp_path / "a.toml").write_text('domains = ["a.example"]\nscripts = "yes"\n')
    with pytest.raises(ConfigError, match="must be true or false"):
        read_profile(tmp_path / "a.toml")
