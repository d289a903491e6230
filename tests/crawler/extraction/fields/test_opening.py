import pytest
from pages import document, story

from archive.model import Article
from crawler.extraction.article import extract_article


def read(before: str) -> Article:
    return extract_article(document(story(before=before)))


@pytest.mark.parametrize(
    ("before", "places"),
    [
        ("<span class=dateline>HARROW BAY, Wash. —&nbsp;</span>", ("Harrow Bay, Wash.",)),
        (
            "<div class=meta><span class=place><b>New Delhi</b></span>, <a href=/desk>Our Bureau</a> | Updated : </div>",
            ("New Delhi",),
        ),
        ("<p class=article-location>Vi rapporterer fra <em>Oslo/Paris</em></p>", ("Oslo/Paris",)),
        ("<div class=dateline>Updated 3 May 2024</div>", ()),
        ("<div class=location>Change edition</div>", ()),
        ("<div class=location>Sign in</div>", ()),
    ],
)
def test_a_dateline_that_stands_apart(before: str, places: tuple[str, ...]) -> None:
    assert read(before).dateline == places


def test_a_dateline_behind_a_summary() -> None:
    summary = "The council of the bay has decided on the old bridge, which stays open for walkers and for carts until the spring."
    html = story().replace(
        "<p>Paragraph number 1", f"<p>{summary}</p><p>Berlin/Frankfurt (dpa) - Paragraph number 1"
    )
    found = extract_article(document(html))
    assert found.dateline == ("Berlin/Frankfurt",)
    assert [(credit.agency, credit.found_in) for credit in found.credits] == [("DPA", "dateline")]


def test_a_place_in_the_second_paragraph_is_no_dateline() -> None:
    html = story().replace("<p>Paragraph number 2", "<p>London - a town of bridges. Paragraph number 2")
    assert extract_article(document(html)).dateline == ()
