import pytest
from pages import document, story

from archive.model import Image
from crawler.extraction.article import extract_article

LEAD = "https://news.example/lead-800x600.jpg"
HEAD = f'<meta property="og:image" content="{LEAD}">'


def images(inside: str, head: str = HEAD) -> tuple[Image, ...]:
    return extract_article(document(story(head=head, before=inside))).images


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/lead-800x600.jpg><figcaption>The old bridge at dawn.</figcaption></figure>",
        f"<figure><picture>{'<source srcset=a.webp>' * 8}<img src=/lead-400x300.jpg></picture><figcaption>The old bridge at dawn.</figcaption></figure>",
        "<div class=Pic><img src=/lead-800x600.jpg alt='The old bridge at dawn.'><div class=PicText>The old bridge at dawn.</div></div>",
        "<figure><img src=/lead-800x600.jpg alt=bridge><figcaption><span class=caption>The old bridge at dawn.</span><span class=credit></span></figcaption></figure>",
    ],
)
def test_the_caption_is_said_once(markup: str) -> None:
    found = images(markup)
    assert len(found) == 1
    assert found[0].caption == "The old bridge at dawn."


def test_the_lead_comes_first_and_each_picture_once() -> None:
    found = images(
        "<figure><img src=/second.jpg alt=Two></figure><figure><img src=/lead-400x300.jpg alt=Lead></figure><img src=/second.jpg>"
    )
    assert [image.alt for image in found] == ["Lead", "Two"]


def test_a_lead_that_only_the_head_names() -> None:
    found = images("", HEAD + '<meta property="og:image:alt" content="The bridge">')
    assert [(image.url, image.alt) for image in found] == [(LEAD, "The bridge")]


@pytest.mark.parametrize(
    "markup",
    [
        "<img src=/logo.png>",
        "<img src=/x.jpg width=40 height=40>",
        "<img src='data:image/gif;base64,R0'>",
        "<div class=related><img src=/other.jpg></div>",
        "<div class=author-bio><figure><img src=/face.jpg alt='Ann Lee'></figure></div>",
    ],
)
def test_what_is_no_picture_of_the_article(markup: str) -> None:
    assert images(markup, head="") == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=/a.jpg><figcaption>Dawn. <span class=credit>Ann Lee/Reuters</span></figcaption></figure>",
        "<figure><img src=/a.jpg><figcaption>Dawn.</figcaption><footer>Ann Lee/Reuters</footer></figure>",
        "<figure><img src=/a.jpg><figcaption>Dawn. Photo: Ann Lee/Reuters</figcaption></figure>",
    ],
)
def test_the_credit_is_split_off(markup: str) -> None:
    image = images(markup, head="")[0]
    assert image.caption == "Dawn."
    assert {(credit.name, credit.kind) for credit in image.credits} == {
        ("Ann Lee", "person"),
        ("Reuters", "agency"),
    }
