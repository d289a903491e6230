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


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=opener><picture><img src=/a.jpg></picture></div><p class=caption>Dawn over the quay at the bay.<span class=credit>Photo: Ann Lee/Reuters</span></p>",
        "<div><img src=/a.jpg></div><figcaption>Dawn over the quay at the bay. Photo: Ann Lee/Reuters</figcaption>",
        "<div class=x1><div><img src=/a.jpg></div><div class=x2>Dawn over the quay at the bay.</div><div class=x3>Ann Lee/Reuters</div></div>",
        "<span class=x>Photo: Ann Lee/Reuters</span><img src=/a.jpg alt='Dawn over the quay at the bay.'>",
        "<img src=/a.jpg alt='Dawn over the quay at the bay.' data-copyright='Ann Lee/Reuters'>",
        "<img src=/a.jpg alt='Dawn over the quay at the bay.' title='Photo: Ann Lee/Reuters'>",
        "<figure><img src=/a.jpg alt='Quay. (Ann Lee/Reuters)'><figcaption>Dawn over the quay at the bay.</figcaption></figure>",
        "<button class=btn-caption>Show caption</button><img src=/a.jpg><p>Dawn over the quay at the bay.</p><p>Image: Ann Lee/Reuters</p>",
    ],
)
def test_words_that_stand_beside_a_picture(markup: str) -> None:
    image = images(markup, head="")[0]
    assert [credit.name for credit in image.credits] == ["Ann Lee", "Reuters"]
    assert image.caption == "Dawn over the quay at the bay."


@pytest.mark.parametrize(
    "behind",
    [
        "<div class=byline>Ann Lee/Reuters</div>",
        "<img src=/b.jpg><p>Photo: Ann Lee/Reuters</p>",
        "<h2>Rain</h2><p>Photo: Ann Lee/Reuters</p>",
        "<p>By Ann Lee, 12:30</p>",
        f"<p>{'Rain fell on the bay. ' * 20}</p><p>Photo: Ann Lee/Reuters</p>",
    ],
)
def test_what_is_not_said_of_the_picture_before_it(behind: str) -> None:
    assert images(f"<div><img src=/a.jpg alt=Dawn></div>{behind}", head="")[0].credits == ()


def test_the_lead_above_the_article_has_its_words() -> None:
    html = story(head=HEAD).replace(
        "<article>",
        f"<div class=banner><img src='{LEAD}?w=900'><p class=image-text>Dawn over the quay. © Ann Lee</p></div><article>",
    )
    image = extract_article(document(html)).images[0]
    assert [credit.name for credit in image.credits] == ["Ann Lee"]


def test_a_lead_of_another_name_is_known_by_its_number() -> None:
    head = "<meta property=og:image content=https://cdn.example/share/240770091/title.jpg>"
    found = images(
        "<figure><img src=/face.jpg width=200></figure><figure><img src=https://cdn.example/w/240770091-dawn.jpg alt=Dawn></figure>",
        head,
    )
    assert found[0].alt == "Dawn"


def test_a_credit_at_the_second_showing_of_a_picture_counts() -> None:
    found = images(
        "<figure><img src=/dawn-big.jpg><figcaption>Dawn film</figcaption></figure><p>Text.</p>"
        "<figure><img src=/dawn-big.jpg><figcaption>Dawn over the quay. Photo: Ann Lee</figcaption></figure>",
        head="",
    )
    assert [[credit.name for credit in image.credits] for image in found] == [["Ann Lee"]]
