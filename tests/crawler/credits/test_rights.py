"""Words about rights, from the line to the rows of the index."""

import pytest

from archive.model import Article, Image, RightsWords
from crawler.extraction.credits.rights import kinds_of_rights, rights_of


@pytest.mark.parametrize(
    ("line", "kinds"),
    [
        ("© 2024 The Daily Example. All rights reserved.", ("copyright", "reserved")),
        ("Copyright 2021 Example Media Group", ("copyright",)),
        ("(c) Example Verlag, alle Rechte vorbehalten", ("copyright", "reserved")),
        ("Riproduzione riservata", ("reserved",)),
        ("Jane Doe / Wikimedia Commons, CC BY-SA 4.0", ("licence",)),
        ("Foto: gemeinfrei", ("licence",)),
        ("Ministry of Defence/Handout via REUTERS", ("handout",)),
        ("Photo courtesy of the Example Museum", ("courtesy",)),
        ("Jane Doe/Pool via AP", ("pool",)),
        ("Editorial use only, no sales", ("restricted",)),
        ("(c) dpa", ("copyright",)),
        ("Tous droits de reproduction réservés", ("reserved",)),
        ("Photo : DR", ("reserved",)),
        ("AFP/HO", ("handout",)),
        ("Foto: privat", ("handout",)),
        ("Fot. archiwum prywatne", ("handout",)),
        ("Photo fournie par la famille", ("handout",)),
        ("фото из личного архива", ("handout",)),
        ("田中さん提供", ("handout",)),
        ("受访者供图", ("handout",)),
        ("사진=공동취재사진", ("pool",)),
        ("代表撮影", ("pool",)),
        ("Used with permission of the estate", ("licence",)),
        ("RESTRICTED TO EDITORIAL USE - MANDATORY CREDIT - NO MARKETING", ("restricted",)),
        ("Nur zur redaktionellen Verwendung", ("restricted",)),
        ("Photo: David Ho/AFP", ()),
        ("Foto: DR Nyheder/Jane Doe", ()),
        ("Privatdetektiv Jane Doe", ()),
        ("Photo: Jane Doe/AFP", ()),
        ("Dr. Jane Doe", ()),
        ("", ()),
    ],
)
def test_a_line_is_typed(line, kinds):
    assert kinds_of_rights(line) == kinds


def test_an_article_keeps_its_lines_and_those_of_its_pictures():
    article = Article(
        url="https://paper.example/1",
        is_article=True,
        page_type="article",
        copyright_notice="© 2024 The Daily Example",
        credit_lines=("AFP contributed to this report.",),
        images=(
            Image(url="https://paper.example/a.jpg", credit_raw="Photo: Jane Doe/AFP"),
            Image(url="https://paper.example/b.jpg", credit_raw="Police handout, courtesy of the city"),
        ),
    )

    assert rights_of(article) == (
        RightsWords(kind="copyright", words="© 2024 The Daily Example"),
        RightsWords(kind="handout", words="Police handout, courtesy of the city", image_position=1),
        RightsWords(kind="courtesy", words="Police handout, courtesy of the city", image_position=1),
    )
