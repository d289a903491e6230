from pages import PARAGRAPHS, document

from crawler.extraction.article import extract_article


def page_with(classes: dict[int, str]) -> str:
    paragraphs = "".join(
        f'<p class="{classes.get(n, "paywall")}">{text}</p>' for n, text in enumerate(PARAGRAPHS)
    )
    return f"<html><body><article><h1>A bridge for Lower Hamlet</h1>{paragraphs}</article></body></html>"


def test_a_paragraph_that_is_styled_otherwise_stays_where_the_text_itself_is_called_paywall() -> None:
    opening = "has-dropcap has-dropcap__lead-standard-heading paywall"

    article = extract_article(document(page_with({0: opening, 4: opening})))

    assert article.body == tuple(PARAGRAPHS)


def test_a_paragraph_that_is_named_furniture_goes_where_the_text_itself_is_called_paywall() -> None:
    article = extract_article(document(page_with({4: "newsletter-promo paywall"})))

    assert article.body == tuple(text for text in PARAGRAPHS if text != PARAGRAPHS[4])
