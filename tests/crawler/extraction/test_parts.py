"""Articles on several pages."""

import pytest
from pages import PARAGRAPHS, document

from archive.model import Part
from crawler.extraction.article import extract_article
from crawler.extraction.parts import split_number

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
STORY = "https://news.example/2024/05/old-bridge"


def part(url: str, navigation: str, head: str = "") -> Part | None:
    html = f"<html><head><title>Old bridge</title>{head}</head><body><h1>The old bridge</h1>{TEXT}<nav>{navigation}</nav></body></html>"
    return extract_article(document(html, url=url)).part


def numbers(*pages: int) -> str:
    return "".join(f"<a href='{STORY}?page={n}'>{n}</a>" for n in pages)


@pytest.mark.parametrize(
    ("url", "base", "number"),
    [
        (f"{STORY}?page=2", STORY, 2),
        (f"{STORY}?id=7&seite=3", f"{STORY}?id=7", 3),
        (f"{STORY}/seite-2", STORY, 2),
        (f"{STORY}-p2.html", f"{STORY}.html", 2),
        (f"{STORY}/4/", STORY, 4),
        (STORY, STORY, 1),
        ("https://news.example/2024/05/12", "https://news.example/2024/05/12", 1),
        ("https://news.example/?p=12", "https://news.example?p=12", 1),
    ],
)
def test_a_page_s_number_stands_in_its_address(url: str, base: str, number: int) -> None:
    assert split_number(url) == (base, number)


def test_the_first_page_names_the_next() -> None:
    assert part(STORY, numbers(2, 3)) == Part(number=1, of=3, next_url=f"{STORY}?page=2")


def test_a_middle_page_names_both_neighbours() -> None:
    found = part(f"{STORY}?page=2", f"<a href='{STORY}'>1</a>{numbers(3)}<p>Page 2 of 5</p>")
    assert found == Part(number=2, of=5, previous_url=STORY, next_url=f"{STORY}?page=3")


def test_links_of_the_head_say_it_too() -> None:
    head = f"<link rel=next href='{STORY}/seite-2'>"
    assert part(STORY, "", head) == Part(number=1, of=2, next_url=f"{STORY}/seite-2")


@pytest.mark.parametrize(
    ("navigation", "head"),
    [
        ("<a href='https://news.example/2024/05/other-story?page=2'>2</a>", ""),
        (f"<a href='{STORY}/comment-page-2'>2</a>", ""),
        (f"<a href='{STORY}?share=2'>2</a>", ""),
        ("", "<link rel=next href='https://news.example/2024/05/new-mill'>"),
        (f"<a href='{STORY}'>The old bridge</a>", ""),
    ],
)
def test_other_links_make_no_parts(navigation: str, head: str) -> None:
    assert part(STORY, navigation, head) is None


def test_a_page_that_only_leads_back_is_one_of_several() -> None:
    found = part(f"{STORY}?page=2", "", head=f"<link rel=prev href='{STORY}'>")
    assert found == Part(number=2, of=2, previous_url=STORY)
