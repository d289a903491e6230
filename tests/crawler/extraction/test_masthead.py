import pytest
from pages import PARAGRAPHS, document

from crawler.extraction.article import extract_article

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    ("title", "link", "name"),
    [
        ("Rain again - The Hamlet Herald", "<a href=/>The Hamlet Herald</a>", "The Hamlet Herald"),
        ("The Hamlet Herald", "<a href=//news.example/><img src=/l.png alt='The Hamlet Herald'></a>", "The Hamlet Herald"),
        ("Rain again | Hamlet", "<a href=/>Home</a>", None),
        ("Rain again | Other Site", "<a href=https://other.example/>Other Site</a>", None),
        ("Rain again | Weather", "<a href=/weather/>Weather</a>", None),
    ],
)  # fmt: skip
def test_title_and_home_link_agree_on_the_site_s_name(title: str, link: str, name: str | None) -> None:
    page = document(
        f"<html><head><title>{title}</title></head><body>{link}<h1>Rain again</h1>{TEXT}</body></html>"
    )
    assert page.masthead == name
    assert extract_article(page).publisher == name


def test_a_title_that_is_only_the_site_s_name_is_no_headline() -> None:
    page = document(
        f"<html><head><title>The Hamlet Herald</title></head><body><a href=/>The Hamlet Herald</a><h1>Rain again</h1>{TEXT}</body></html>"
    )
    assert extract_article(page).headline == "Rain again"
