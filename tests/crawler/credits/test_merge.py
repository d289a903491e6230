from __future__ import annotations

import pytest

from crawler.extraction.credits.page import merge_credits
from crawler.extraction.credits.reading import read_credits


@pytest.mark.parametrize(
    ("closing", "authors"),
    [
        ("Editing by Jane Doe", []),
        ("Übersetzung: Jane Doe", []),
        ("Editing by Mary Major", ["Jane Doe"]),
        ("Foto: Jane Doe", ["Jane Doe"]),
    ],
)
def test_an_author_in_the_data_whom_the_page_names_as_editor_only_is_none(closing, authors):
    merged = merge_credits(read_credits(closing, "tail").credits, read_credits("Jane Doe", "json-ld").credits)
    assert [c.name for c in merged if (c.kind, c.role) == ("person", "author")] == authors
