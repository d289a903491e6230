"""What paragraphs are on the page."""

from pages import PARAGRAPHS, document

from crawler.extraction.article import extract_article
from crawler.extraction.summary import as_json

TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:3])


def read(body: str, *, head: str = "", url: str = "https://news.example/2024/05/old-bridge"):
    html = f"<html><head><title>Old bridge</title>{head}</head><body><article><h1>The old bridge</h1>{body}</article></body></html>"
    return extract_article(document(html, url=url))


def kinds(article) -> list[tuple[str, str]]:
    return [(block.kind, block.text[:24]) for block in article.blocks if "Paragraph number" not in block.text]


def test_blocks_are_the_body_s_paragraphs_one_for_one_with_what_they_are() -> None:
    article = read(
        f"{TEXT}<h2>What it costs</h2><ul><li>The northern arch, built long before the mill, needs new stones.</li>"
        "<li>The southern arch, younger by a century, needs nothing but a coat of lime.</li></ul>"
        "<blockquote><p>We shall not wait for another winter, said the mayor to the council.</p></blockquote>"
        "<table><tr><td>Stones</td><td>12</td></tr><tr><td>Lime</td><td>40</td></tr></table>"
        "<blockquote class='twitter-tweet'><p>The bridge stays open all through the summer, we promise.</p></blockquote>"
        f"<p>{PARAGRAPHS[4]}</p>"
    )
    assert tuple(block.text for block in article.blocks) == article.body
    assert kinds(article) == [
        ("subhead", "What it costs"),
        ("list-item", "The northern arch, built"),
        ("list-item", "The southern arch, young"),
        ("quote", "We shall not wait for an"),
        ("table-row", "Stones 12"),
        ("table-row", "Lime 40"),
        ("embedded-post", "The bridge stays open al"),
    ]
    assert [block.level for block in article.blocks if block.kind == "subhead"] == [2]


def test_links_keep_their_place_and_their_absolute_address() -> None:
    article = read(
        f"{TEXT}<p>The <a href='/reports/7'>first report</a> and the <a href='https://other.example/x#top'>second report</a>"
        " on the bridge were read aloud to the council that evening.</p>"
    )
    block = article.blocks[-1]
    assert [(block.text[link.start : link.end], link.url) for link in block.links] == [
        ("first report", "https://news.example/reports/7"),
        ("second report", "https://other.example/x"),
    ]
    assert as_json(article)["blocks"][-1]["links"][0] == {
        "url": "https://news.example/reports/7",
        "text": "first report",
        "start": 4,
    }


def test_what_was_left_out_is_counted_by_reason() -> None:
    article = read(
        f"{TEXT}<div class='newsletter'><p>Sign up to hear from us each morning before the bells ring.</p></div>"
        f"<figure><img src=b.jpg><figcaption>The bridge at dusk, seen from the mill.</figcaption></figure>"
        f"<div class='related'><p>An older story on the same bridge and its stones.</p></div><p>{PARAGRAPHS[5]}</p>"
    )
    assert dict(article.left_out) == {"caption": 1, "promo": 1, "related": 1, "other fields": 1}
    assert as_json(article)["left_out"] == dict(article.left_out)


def test_entries_of_a_live_blog_are_numbered_and_timed() -> None:
    entries = "".join(
        f"<article class='live-entry'><time datetime='2024-05-01T1{n}:30:00+02:00'>1{n}:30</time><p>{PARAGRAPHS[n]}</p>"
        f"<p>More on entry {n}, which the council minuted in full for all who asked.</p></article>"
        for n in range(4)
    )
    article = read(f"<div class='live-blog'>{entries}</div>")
    assert [(block.entry, block.time) for block in article.blocks][::2] == [
        (n + 1, f"2024-05-01T1{n}:30:00+02:00") for n in range(4)
    ]
    assert all(block.entry for block in article.blocks)


def test_an_interview_is_questions_and_answers() -> None:
    pairs = "".join(
        f"<p><strong>What did the council decide in round {n}?</strong></p><p>{PARAGRAPHS[n]}</p>"
        for n in range(4)
    )
    assert [block.kind for block in read(pairs).blocks] == ["question", "answer"] * 4


def test_two_questions_make_no_interview() -> None:
    pairs = "".join(f"<h2>What did they decide in round {n}?</h2><p>{PARAGRAPHS[n]}</p>" for n in range(2))
    assert [block.kind for block in read(pairs).blocks] == ["subhead", "paragraph"] * 2


def test_a_recipe_has_ingredients_and_steps() -> None:
    article = read(
        f"{TEXT}<ul class='recipe-ingredients'><li>250 grams of flour, sieved twice over</li><li>2 eggs from the hens of the mill</li></ul>"
        "<ol class='recipe-instructions'><li>Stir the flour and the eggs until the dough is smooth.</li><li>Bake it for an hour in a hot oven.</li></ol>"
    )
    assert [block.kind for block in article.blocks[3:]] == ["ingredient", "ingredient", "step", "step"]


def test_the_box_of_the_whole_text_says_nothing_of_one_paragraph() -> None:
    html = f"<div class='article-body post-embed'>{TEXT}</div>"
    assert {block.kind for block in read(html).blocks} == {"paragraph"}
