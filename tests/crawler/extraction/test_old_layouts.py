"""Pages without metadata, as small papers make them: what readers see is all there is."""

from __future__ import annotations

import pytest
from pages import PARAGRAPHS, document

from crawler.extraction.article import extract_article

LONG = PARAGRAPHS[:5]
PATH = "<div class=path><a href=/>Home</a> &gt; <a href=/port/>Port</a></div>"


def old_page(
    cell: str, *, signed: str = "<b class=author>Ann Lee</b><br><span>3 May 2024, 10:00</span>"
) -> str:
    return (
        f"<html lang=en><head><title>The Hamlet Herald - Rain again</title></head><body><a href=/>The Hamlet Herald</a><table><tr><td>{PATH}<h1>Rain again</h1>{signed}"
        f"<div>{cell}</div></td><td width=200><b>More</b><br><a href=/2.html>Anglers are pleased with the bridge</a></td></tr></table></body></html>"
    )


@pytest.mark.parametrize(
    "cell",
    ["".join(f"<p>{paragraph}</p>" for paragraph in LONG), "<br><br>".join(LONG)],
    ids=["paragraphs", "line breaks"],
)
def test_paragraphs_in_a_layout_s_cell_stay_apart(cell: str) -> None:
    assert extract_article(document(old_page(cell))).body == tuple(LONG)


def test_cells_of_data_are_one_line() -> None:
    rows = "<table><tr><td>Open until</td><td>midnight</td></tr><tr><td>Closed on</td><td>Mondays</td></tr></table>"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in LONG)
    page = f"<html><head><title>Rain again</title></head><body><h1>Rain again</h1><div>{text}{rows}<p>{PARAGRAPHS[6]}</p></div></body></html>"
    assert extract_article(document(page)).body == (
        *LONG,
        "Open until midnight",
        "Closed on Mondays",
        PARAGRAPHS[6],
    )


def test_byline_date_section_and_publisher_are_those_that_readers_see() -> None:
    article = extract_article(document(old_page("".join(f"<p>{paragraph}</p>" for paragraph in LONG))))
    assert article.byline_raw == "Ann Lee"
    assert article.date_published is not None
    assert article.date_published.value == "2024-05-03T10:00:00"
    assert (article.section, article.publisher) == ("Port", "The Hamlet Herald")


@pytest.mark.parametrize(
    ("paragraphs", "page_type"), [(LONG[:1], "brief"), (LONG[:2], "brief"), (LONG, "article")]
)
def test_a_short_dated_text_is_a_brief_unless_it_has_several_paragraphs(
    paragraphs: list[str], page_type: str
) -> None:
    page = old_page("".join(f"<p>{paragraph[:75]}.</p>" for paragraph in paragraphs))
    assert extract_article(document(page)).page_type == page_type


def test_a_notice_without_date_is_no_article() -> None:
    assert not extract_article(document(old_page(f"<p>{LONG[0]}</p>", signed=""))).is_article


@pytest.mark.parametrize(
    ("byline", "read"),
    [
        ("dpa", "dpa"),
        ("(sda)", "(sda)"),
        ("E.V. avec les agences", "E.V. avec les agences"),
        ("Texto: Ana Ruiz | Fotos: Leo Paz", "Texto: Ana Ruiz | Fotos: Leo Paz"),
        ("5 min read", None),
    ],
)
def test_bylines_of_agencies_initials_and_roles(byline: str, read: str | None) -> None:
    signed = f"<p class=byline>{byline}</p><p class=date>3 May 2024</p>"
    page = old_page("".join(f"<p>{paragraph}</p>" for paragraph in LONG), signed=signed)
    assert extract_article(document(page)).byline_raw == read


@pytest.mark.parametrize(
    ("box", "tags"),
    [
        ("<div class=tags>Tags: <span>Bridges</span>, <span>Council</span></div>", ("Bridges", "Council")),
        ("<ul class=tag-list><li><a href=/t/1>#Bridges</a><li><a href=/t/2>#Council</a></ul>", ("Bridges", "Council")),
        ("<aside><ul class=tags><li><a href=/t/1>Bridges</a></ul></aside>", ()),
        (f"<ul class=tags>{''.join(f'<li><a href=/t/{n}>Topic number {n}</a>' for n in range(40))}</ul>", ()),
    ],
    ids=["words", "links", "in the margin", "a menu"],
)  # fmt: skip
def test_tags_are_those_of_the_one_box_that_is_called_so(box: str, tags: tuple[str, ...]) -> None:
    page = old_page("".join(f"<p>{paragraph}</p>" for paragraph in LONG) + box)
    assert extract_article(document(page)).tags == tags


@pytest.mark.parametrize(
    ("box", "paywalled"),
    [
        ("<div class=paywall><p>Subscribe to read on. This was the free part.</p></div>", True),
        (f"<div class=paywall>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}</div>", None),
        ("<div class=paywall><a href=/2.html>Anglers are pleased with the bridge</a></div>", None),
    ],
    ids=["an invitation", "the text itself", "a teaser"],
)
def test_an_invitation_to_subscribe_is_a_paywall(box: str, paywalled: bool | None) -> None:
    page = old_page(f"<p>{PARAGRAPHS[0]}</p>{box}")
    assert extract_article(document(page)).paywalled is paywalled
