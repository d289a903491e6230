"""Parquet holds what the JSON lines hold, in types; where pyarrow is not installed it says what to do."""

import importlib.util
import io
import json
from datetime import UTC, date

import pytest

from archive.errors import UserError
from archive.export import jsonl, parquet
from tests.archive.export.test_formats import ARTICLES, AT, stored

needs_pyarrow = pytest.mark.skipif(importlib.util.find_spec("pyarrow") is None, reason="pyarrow is an extra")


@needs_pyarrow
def test_rows_say_what_the_json_lines_say(monkeypatch):
    from pyarrow import parquet as reading

    monkeypatch.setattr(parquet, "GROUP", 2)
    given = [stored(content, number) for number, content in enumerate(ARTICLES)]
    raw, text = io.BytesIO(), io.StringIO()
    assert parquet.export(given, raw) == jsonl.export(given, text) == len(ARTICLES)
    file = reading.ParquetFile(raw)
    assert file.num_row_groups == 3
    for row, line in zip(file.read().to_pylist(), map(json.loads, text.getvalue().splitlines()), strict=True):
        for name in (
            "id",
            "url",
            "headline",
            "authors",
            "agencies",
            "tags",
            "body",
            "version_count",
            "word_count",
            "paywalled",
        ):
            assert row[name] == line[name], name
        assert [(c["name"], c["role"], c["raw"]) for c in row["credits"]] == [
            (c["name"], c["role"], c["raw"]) for c in line["credits"]
        ]
        assert row["last_captured_at"].astimezone(UTC) == AT
    first = file.read_row_group(0).to_pylist()[0]
    assert first["published_on"] == date(2024, 3, 1)


@needs_pyarrow
def test_halves_of_surrogate_pairs_do_no_harm():
    from dataclasses import replace

    raw = io.BytesIO()
    assert parquet.export([stored(replace(ARTICLES[1], headline="a\ud800b", tags=("\udc00",)), 1)], raw) == 1


def test_without_pyarrow_the_remedy_is_named(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(UserError, match=r"pip install 'tearsheet\[parquet\]'"):
        parquet.check()
