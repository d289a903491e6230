from __future__ import annotations

from dataclasses import dataclass

import pytest

from crawler.discovery.front_page import belongs, is_section, rank_link, read_front, site_hosts


@dataclass(frozen=True)
class Link:
    url: str
    text: str = ""
    region: str = "main"


@pytest.mark.parametrize(
    ("url", "rank"),
    [
        ("https://a.example/2026/11/23/storm", "accept"),
        ("https://a.example/politik/article123456.html", "accept"),
        ("https://a.example/news/the-river-that-would-not-rise", "accept"),
        ("https://a.example/n/6f9619ff-8b86-d011-b42d-00cf4fc964ff", "accept"),
        ("https://a.example/politics", "probe"),
        ("https://a.example/news/articles/clymn8zyrp9o", "probe"),
        ("https://a.example/tag/2026-elections-all-you-need-to-know", "skip"),
        ("https://a.example/photos/123456.jpg", "skip"),
        ("https://a.example/archive/1998/lost-page", "probe"),
        ("https://a.example/autor/jane-van-der-long-name-smith", "skip"),
        ("mailto:desk@a.example", "skip"),
        ("https://a.example/" + "x" * 3000, "skip"),
    ],
)
def test_a_link_is_ranked_by_its_address(url, rank):
    assert rank_link(url) == rank


def test_a_long_anchor_makes_a_deep_short_address_an_article():
    assert rank_link("https://a.example/news/x1", "Harbour ferry resumes after three weeks") == "accept"


@pytest.mark.parametrize(
    ("url", "inside"),
    [
        ("https://a.example/x", True),
        ("https://sport.a.example/x", True),
        ("https://www.a.example/x", True),
        ("https://nota.example/x", False),
        ("https://a.example:8443/x", False),
        ("https://a.example.evil.example/x", False),
    ],
)
def test_belongs_is_decided_by_host_and_port(url, inside):
    assert belongs(url, site_hosts("https://www.a.example/")) is inside


def test_addresses_have_no_subdomains():
    assert not belongs("http://1.127.0.0.2:8470/", site_hosts("http://127.0.0.2:8470/"))


def test_sections_are_short_links_of_the_navigation():
    assert is_section("https://a.example/politics", "nav")
    assert not is_section("https://a.example/politics", "main")
    assert not is_section("https://a.example/a/b/c", "nav")
    assert not is_section("https://a.example/politics?page=2", "nav")


def test_a_front_leads_to_articles_once_sections_and_a_few_probes():
    links = [
        Link("https://a.example/2026/11/23/storm", "Storm"),
        Link("https://a.example/politics", "Politics", "nav"),
        Link("https://a.example/p1"),
        Link("https://a.example/p2"),
        Link("https://a.example/p3"),
        Link("https://a.example/2026/11/23/storm", "again"),
        Link("https://elsewhere.example/2026/11/23/storm"),
        Link("https://a.example/quiz", "", "footer"),
    ]
    found = read_front(links, site_hosts=site_hosts("https://a.example/"), probes=2, fronts=True)
    assert [(item.kind, item.url.removeprefix("https://a.example/")) for item in found] == [
        ("article", "2026/11/23/storm"),
        ("front", "politics"),
        ("article", "p1"),
        ("article", "p2"),
    ]
    assert found[0].title == "Storm"


def test_a_section_is_looked_at_though_no_article_was_ever_read_at_addresses_like_it():
    links = [
        Link("https://a.example/politics", "Politics", "nav"),
        Link("https://a.example/about", "About us and how we work"),
    ]
    found = read_front(
        links, site_hosts=site_hosts("https://a.example/"), probes=2, fronts=True, rank=lambda *_: "unlikely"
    )
    assert [(one.url, one.kind) for one in found] == [("https://a.example/politics", "front")]
