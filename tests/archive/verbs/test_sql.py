import importlib.util
import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
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


def test_a_question_is_answered_as_a_table_json_and_csv(tearsheet_on):
    question = "select agency, headline, words from v_agency_stories where year = '2024' order by agency"
    assert tearsheet_on("sql", question).out.splitlines()[1] == "AFP\tHarbour wall holds, just\twith AFP"
    rows = [json.loads(line) for line in tearsheet_on("sql", question, "--json").out.splitlines()]
    assert [row["agency"] for row in rows] == ["AFP", "AP"]
    assert rows[0]["words"] == "with AFP"
    assert tearsheet_on("sql", "--csv", question).out.splitlines()[0] == "agency,headline,words"


@pytest.mark.parametrize("question", ["delete from articles", "drop view v_articles", "select nope", "select 1; select 2", "attach 'x.db' as x; select 1"])  # fmt: skip
def test_a_question_can_change_nothing_and_its_fault_is_one_line(tearsheet_on, archive, question):
    before = archive.index.read_bytes()
    done = tearsheet_on("sql", question)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("tearsheet: SQL: ")
    assert done.err.count("\n") == 1
    assert archive.index.read_bytes() == before


def test_where_rules_hold_it_opens_for_staff_only(archive, tearsheet_on):
    with OperatorData(archive.operator) as decided:
        decided.add_rule("takedown", HARBOUR, reason="r", requested_by="x", decided_by="y")
    done = tearsheet_on("sql", "--write-only")
    assert done.code == 1
    assert "rules of access hold" in done.err
    assert tearsheet_on("sql", "--write-only", "--despite-rules").code == 0
    assert tearsheet_on("sql", "select 1").code == 1
    assert tearsheet_on("sql", "select 1", "--despite-rules").out.splitlines()[1] == "1"


@pytest.fixture
def workbench(archive):
    """Return a function that asks Datasette, opened by ``tearsheet sql`` on the archive, for a path."""
    if importlib.util.find_spec("datasette") is None:
        pytest.skip("Datasette is an extra")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "crawler", "--archive", str(archive.path), "sql", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:

        def ask(path):
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
                return answer.read().decode("utf-8")

        try:
            _wait_for(ask, process)
            yield ask
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _wait_for(ask, process):
    for _ in range(300):
        assert process.poll() is None
        try:
            ask("/-/versions.json")
        except urllib.error.URLError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("Datasette did not answer within thirty seconds")


def test_datasette_answers_every_question_searches_and_writes_nothing(workbench, archive):
    before = archive.index.read_bytes()
    assert "a news archive" in workbench("/")
    for name in metadata()["databases"]["index"]["queries"]:
        answer = json.loads(workbench(f"/index/{name}.json"))
        assert answer["ok"] is True, name
    found = json.loads(workbench("/index/articles.json?_search=wall&_shape=array"))
    assert [row["url"] for row in found] == [HARBOUR]
    assert "Articles as they stand in their newest version." in workbench("/index/v_articles")
    with pytest.raises(urllib.error.HTTPError):
        workbench("/index?sql=delete+from+articles")
    assert archive.index.read_bytes() == before


def test_without_datasette_it_says_what_to_install(tearsheet_on):
    if importlib.util.find_spec("datasette"):
        pytest.skip("Datasette is here")
    done = tearsheet_on("sql")
    assert done.code == 1
    assert "pip install 'tearsheet[sql]'" in done.err
