import json
import sqlite3
from pathlib import Path

import pytest

from archive.index.fold import fold
from archive.index.operator_data import OperatorData
from archive.index.workbench import metadata
from tests.archive.verbs.conftest import HARBOUR


def test_every_table_column_and_question_is_what_the_index_has(archive):
    told = metadata()["databases"]["index"]
    with sqlite3.connect(archive.index) as connection:
        connection.create_function("fold", 1, fold)
        for name, table in told["tables"].items():
            columns = {row[1] for row in connection.execute(f"pragma table_info({name})")}
            assert columns, name
            assert set(table.get("columns", {})) <= columns, name
        for name in ("v_articles", "captures", "credits"):
            assert told["tables"][name]["description"]
        assert len(told["queries"]) >= 10
        for query in told["queries"].values():
            connection.execute(f"explain {query['sql'].rstrip(';')}")


def test_the_metadata_is_written_and_named(archive, tearsheet_on):
    done = tearsheet_on("sql", "--write-only", "--json")
    written = json.loads(done.out)["metadata"]
    assert json.loads(Path(written).read_text(encoding="utf-8"))["title"] == "Tearsheet"


def test_where_rules_hold_it_opens_for_staff_only(archive, tearsheet_on):
    with OperatorData(archive.operator) as decided:
        decided.add_rule("takedown", HARBOUR, reason="r", requested_by="x", decided_by="y")
    done = tearsheet_on("sql", "--write-only")
    assert done.code == 1
    assert "rules of access hold" in done.err
    assert tearsheet_on("sql", "--write-only", "--despite-rules").code == 0


def test_without_datasette_it_says_what_to_install(tearsheet_on):
    import importlib.util

    if importlib.util.find_spec("datasette"):
        pytest.skip("Datasette is here")
    done = tearsheet_on("sql")
    assert done.code == 1
    assert "pip install 'tearsheet[sql]'" in done.err
