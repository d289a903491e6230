import json

import pytest
from pages import document

from crawler.extraction.fields.headline import read_headline

LONG = "The old bridge of Harrow Bay stays open for walkers until the spring"
SHORT = "Old bridge stays open"


def headed(*, data: str, h1: str, graph: str = "", title: str = "") -> str:
    """Return a page whose four headlines are given."""
    head = f"<title>{title or h1}</title>" + (
        f'<meta property="og:title" content="{graph}">' if graph else ""
    )
    if data:
        head += f"<script type=application/ld+json>{json.dumps({'@type': 'NewsArticle', 'headline': data})}</script>"
    return f"<html><head>{head}</head><body><h1>{h1}</h1><p>The council has decided.</p></body></html>"


@pytest.mark.parametrize(
    ("page", "headline"),
    [
        (headed(data=SHORT, h1=LONG, graph=LONG, title="Bridge news"), LONG),
        (headed(data=SHORT, h1=LONG, graph=LONG, title=SHORT), LONG),
        (headed(data=SHORT, h1=LONG, graph=LONG, title=LONG), SHORT),
        (headed(data=SHORT, h1=f"Harrow Bay: {SHORT}", graph=f"Harrow Bay: {SHORT}", title="Bridge"), SHORT),
        (headed(data=SHORT, h1=LONG, graph="Look at this bridge", title="Bridge"), SHORT),
    ],
    ids=[
        "h1 and OpenGraph agree against the data",
        "the data repeat the title element",
        "h1 and OpenGraph repeat the title element",
        "only a kicker is added",
        "h1 alone",
    ],
)
def test_structured_data_are_believed_unless_outvoted(page: str, headline: str) -> None:
    assert read_headline(document(page)).text == headline


@pytest.mark.parametrize(
    ("data", "graph", "headline"),
    [
        (LONG[:44] + "...", "", LONG),
        (LONG[:44], "", LONG),
        (LONG[:44], "A bridge", LONG),
        ("The old bridge", "", "The old bridge"),
    ],
)
def test_a_headline_that_is_cut_off_in_the_data_is_taken_whole(data: str, graph: str, headline: str) -> None:
    assert read_headline(document(headed(data=data, h1=LONG, graph=graph))).text == headline


def test_a_heading_with_a_subtitle_is_no_reason_to_call_the_data_cut_off() -> None:
    page = headed(data=LONG, h1=f"{LONG} A vote with a surprise", graph=LONG, title=LONG)
    assert read_headline(document(page)).text == LONG


@pytest.mark.parametrize("between", [" ", ": "])
def test_a_kicker_in_the_heading_goes_where_open_graph_has_the_rest_alone(between: str) -> None:
    page = headed(data="", h1=f"<span>Harrow Bay</span>{between}{LONG}", graph=LONG, title="Town: bridge")
    found = read_headline(document(page))
    assert found.text == LONG


def test_half_a_word_is_no_kicker() -> None:
    page = headed(data="", h1="Superold bridge stays open", graph="old bridge stays open", title="Bridge")
    assert read_headline(document(page)).text == "Superold bridge stays open"
