from __future__ import annotations

import re

import pytest

from archive.index.schema_page import PAGE, examples, page
from archive.index.store import Index


def test_the_page_is_what_the_migrations_make():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m archive.index.schema_page"


def test_every_column_of_every_table_is_explained(tmp_path):
    text = page()
    with Index.open(tmp_path / "index.db") as index:
        tables = index.rows(
            "select name from sqlite_master where type = 'table' and name not like '%fts%' and name not like '%sqlite%'"
        )
        for table in tables:
            section = text.partition(f"### {table['name']}\n")[2].partition("\n### ")[0]
            explained = set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE))
            columns = {
                row["name"] for row in index.rows("select name from pragma_table_info(?)", (table["name"],))
            }
            assert columns == explained, table["name"]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["question"])
def test_the_example_questions_are_answered(second_crawl, example):
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        rows = index.rows(example["sql"])
    assert rows, example["question"]
