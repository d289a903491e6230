"""What may not be shown is shown nowhere: every screen, download, address of the replay and verb is walked."""

from __future__ import annotations

import http.client
import importlib.util
import json
from urllib.parse import quote, urlencode, urlsplit

import pytest

from archive.errors import UserError
from archive.export.formats import find_formats
from archive.index.operator_data import OperatorData
from archive.index.reading_room import reading_room
from archive.index.store import Index
from archive.web.screens import find_screens
from archive.web.serving import Desk
from tests.archive.verbs.conftest import EDITED, FIRST, HARBOUR, RUN, TIDES, archive, call, made, tearsheet_on

__all__ = ["archive", "call", "made", "tearsheet_on"]
SECRETS = (
    "harbour wall",
    "herald.example/2024/harbour",
    "2024/harbour",
    "mara van der berg",
    "the wall held",
    "wall.jpg",
)
RULE = {"reason": "court order", "requested_by": "a reader", "decided_by": "the archivist"}


def get(origin: str, path: str, headers: dict[str, str] | None = None) -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    body = answer.read()
    location = answer.headers.get("Location") or ""
    connection.close()
    return answer.status, f"{body.decode('utf-8', 'replace')}\n{location}"


def told(text: str) -> set[str]:
    return {secret for secret in SECRETS if secret in text.lower()}


def desk_paths(article_id: int) -> list[str]:
    """Return paths of every screen, as page and as JSON, and of what else the desk answers."""
    paths = []
    for screen in find_screens():
        path = (
            screen.path.replace("{id:int}", str(article_id))
            .replace("{site}", "herald.example")
            .replace("{run}", RUN)
        )
        assert "{" not in path, f"say in this test what stands for the variable in {screen.path}"
        paths += [path, f"{path}.json"]
    for query in ("", "wall", "agency:afp"):
        found = urlencode({"q": query})
        paths += [
            f"/search?{found}",
            f"/search.json?{found}",
            f"/feed?{found}",
            f"/download/manifest?{found}",
        ]
        paths += [f"/download?{found}&format={name}" for name in find_formats()]
    return paths


def replay_paths() -> list[str]:
    url = quote(HARBOUR, safe=":/")
    modes = [f"/20240301080000{mode}/{url}" for mode in ("", "mp_", "id_", "im_", "cs_", "oe_")]
    return [*modes, f"/{url}", f"/*/{url}", f"/timemap/link/{url}", f"/timemap/json/{url}", f"/timegate/{url}",
            f"/cdx?url={url}", "/cdx?url=herald.example&matchType=domain", "/"]  # fmt: skip


def verbs() -> list[tuple[str, ...]]:
    return [("search", "wall"), ("search",), ("ledger", "--since", "2000-01-01", "--missing"), ("show", HARBOUR), ("show", HARBOUR, "--versions"), ("replay", HARBOUR),
            *(("export", "--format", name) for name, known in find_formats().items() if not known.is_binary)]  # fmt: skip


@pytest.fixture
def article_id(archive) -> int:
    with Index.open(archive.index, read_only=True) as index:
        return index.article_at(HARBOUR).id


def withhold(archive, effect="takedown", pattern=HARBOUR, **more) -> int:
    with OperatorData(archive.operator) as decided:
        return decided.add_rule(effect, pattern, **RULE, **more)


def test_without_a_rule_the_surfaces_tell(archive, article_id, tearsheet_on):
    with Desk(archive) as desk:
        telling = [path for path in desk_paths(article_id) if told(get(desk.origin, path)[1])]
        telling += [path for path in replay_paths() if told(get(desk.replay_origin, path)[1])]
    assert len(telling) > 30
    assert told(tearsheet_on("search", "wall").out)


def test_what_is_taken_down_is_told_by_no_surface(archive, article_id, tearsheet_on):
    withhold(archive)
    with Desk(archive) as desk:
        answers = {path: get(desk.origin, path) for path in desk_paths(article_id)}
        answers |= {path: get(desk.replay_origin, path) for path in replay_paths()}
    rules = {"/access", "/access.json"}  # where staff see their own rule
    leaks = {path: told(text) for path, (_, text) in answers.items() if told(text) and path not in rules}
    asked = {
        path: told for path, told in leaks.items() if told - {"herald.example/2024/harbour", "2024/harbour"}
    }
    assert asked == {}
    # An address that was asked for may be said back, in words that say that it is not here.
    assert all(answers[path][0] == 404 for path in leaks), leaks
    odd = {path: status for path, (status, _) in answers.items() if status not in {200, 307, 404}}
    if importlib.util.find_spec("pyarrow") is None:  # an extra: its download says what to install
        odd = {
            path: status for path, status in odd.items() if (status, path[-15:]) != (400, "&format=parquet")
        }
    assert odd == {}
    for verb in verbs():
        done = tearsheet_on(*verb)
        assert told(done.out) == set(), verb
    assert answers["/download?q=&format=warc"][0] == 200


@pytest.mark.parametrize("name", ["warc", "wacz"])
def test_a_package_of_the_whole_archive_leaves_it_out(archive, tearsheet_on, tmp_path, name):
    from archive.warc.reader import iter_records

    def urls(file):
        return {record.record.target_uri for record in iter_records(file)}

    assert tearsheet_on("export", "--format", name, "--output", str(tmp_path / "before")).code == 0
    withhold(archive)
    assert tearsheet_on("export", "--format", name, "--output", str(tmp_path / "after")).code == 0
    assert HARBOUR in urls(tmp_path / "before")
    assert HARBOUR not in urls(tmp_path / "after")
    assert TIDES in urls(tmp_path / "after")


def test_a_rule_for_a_span_of_time_leaves_other_captures(archive):
    withhold(archive, captured=(EDITED.isoformat().replace("+00:00", "Z"), None))
    with reading_room(archive) as index:
        assert index.closest(HARBOUR).captured_at == FIRST
        assert index.article_at(HARBOUR) is None, "its newest version was read in a capture that is withheld"


def test_a_rule_for_an_old_version_leaves_the_article(archive):
    withhold(archive, captured=(None, "2024-03-01T23:59:59Z"))
    with reading_room(archive) as index:
        article = index.article_at(HARBOUR)
        assert [version.number for version in index.versions(article.id)] == [2]
        assert "just" in article.content.headline


def test_an_embargo_ends_by_itself_and_a_withdrawn_rule_holds_no_longer(archive):
    withhold(archive, "embargo", ends_on="2999-01-01")
    number = withhold(archive, "takedown", "*.gazette.example")
    with reading_room(archive) as index:
        assert index.article_at(HARBOUR) is None
        assert index.article_at(TIDES) is None
    with OperatorData(archive.operator) as decided:
        decided.withdraw_rule(number, decided_by="the archivist", reason="lifted")
        decided._connection.execute("update access_rules set ends_on = '2024-01-01'")
        assert [entry["action"] for entry in decided.access_log()] == ["withdrawn", "made", "made"]
    with reading_room(archive) as index:
        assert index.article_at(HARBOUR) is not None
        assert index.article_at(TIDES) is not None


def test_what_is_restricted_staff_see(archive):
    withhold(archive, "restrict")
    with reading_room(archive) as index:
        assert index.article_at(HARBOUR) is None
    with reading_room(archive, is_staff=True) as index:
        assert index.article_at(HARBOUR) is not None


def test_a_login_in_front_decides_who_is_staff(archive, article_id):
    text = archive.config_file.read_text(encoding="utf-8")
    text = text.replace('user_header = ""', 'user_header = "X-Remote-User"').replace(
        'staff = ""', 'staff = "ann, eve"'
    )
    archive.config_file.write_text(text, encoding="utf-8")
    withhold(archive, "restrict")
    with Desk(archive) as desk:
        for path, origin in (
            (f"/article/{article_id}", desk.origin),
            (f"/20240301080000mp_/{HARBOUR}", desk.replay_origin),
        ):
            assert get(origin, path)[0] == 404
            assert get(origin, path, {"X-Remote-User": "bob"})[0] == 404
            assert get(origin, path, {"X-Remote-User": "ann"})[0] == 200


def test_rules_survive_a_reindex(archive, tearsheet_on):
    withhold(archive)
    assert tearsheet_on("reindex", "--rebuild").code == 0
    assert tearsheet_on("access", "list", "--json").out.count(HARBOUR) == 1
    assert told(tearsheet_on("search").out) == set()


@pytest.mark.parametrize(
    ("effect", "pattern", "more"),
    [("forget", HARBOUR, {}), ("takedown", " * ", {}), ("embargo", HARBOUR, {}), ("takedown", HARBOUR, {"ends_on": "2999-01-01"}),
     ("embargo", HARBOUR, {"ends_on": "2020-01-01"}), ("takedown", HARBOUR, {"reason": " "})],
)  # fmt: skip
def test_what_is_no_rule_is_refused(archive, effect, pattern, more):
    with OperatorData(archive.operator) as decided, pytest.raises(UserError):
        decided.add_rule(effect, pattern, **(RULE | more))


def post(origin: str, path: str, headers: dict[str, str], **form: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(origin).netloc, timeout=30)
    connection.request(
        "POST", path, urlencode(form), headers | {"Content-Type": "application/x-www-form-urlencoded"}
    )
    status = connection.getresponse().status
    connection.close()
    return status


def test_a_form_is_taken_from_our_own_pages_only(archive):
    form = {"effect": "takedown", "pattern": HARBOUR, "reason": "court order"}
    with Desk(archive) as desk:
        for headers in (
            {},
            {"Origin": "http://evil.example"},
            {"Origin": desk.replay_origin},
            {"Origin": "null"},
        ):
            assert post(desk.origin, "/access", headers, **form) == 403
        assert post(desk.origin, "/access", {"Origin": desk.origin}, **form) == 303
        assert post(desk.origin, "/access", {"Origin": desk.origin}, withdraw="1", reason="lifted") == 303
        assert post(desk.origin, "/access", {"Origin": desk.origin}, withdraw="7", reason="lifted") == 400
        assert post(desk.origin, "/access", {"Origin": desk.origin}, pattern="x" * 70_000) == 413
        assert json.loads(get(desk.origin, "/access.json")[1])["rules_that_hold"] == 0


def test_a_saved_query_has_a_feed_of_what_is_new(archive):
    import xml.etree.ElementTree as ET

    with Desk(archive) as desk:
        assert post(desk.origin, "/saved", {"Origin": desk.origin}, name="Walls", query="wall") == 303
        saved = json.loads(get(desk.origin, "/saved.json")[1])["saved"]
        assert [(row["name"], row["total"]) for row in saved] == [("Walls", 1)]
        feed = ET.fromstring(get(desk.origin, "/feed?q=wall")[1].strip())
        titles = [entry.findtext("{*}title") for entry in feed.iterfind("{*}entry")]
        assert titles == ["Harbour wall holds, just (version 2: headline body)", "Harbour wall holds"]
        assert post(desk.origin, "/saved", {"Origin": desk.origin}, delete=str(saved[0]["id"])) == 303
        assert json.loads(get(desk.origin, "/saved.json")[1])["saved"] == []


def test_two_parties_are_made_one_and_two_again(archive):
    with Index.open(archive.index, read_only=True) as index:
        one, other = (
            row["key"]
            for row in index.rows("select key from parties where kind = 'person' order by key limit 2")
        )
    with Desk(archive) as desk:
        page = f"/party.json?{urlencode({'key': one})}"
        before = json.loads(get(desk.origin, page)[1])
        assert (
            post(desk.origin, "/party", {"Origin": desk.origin}, key=one, other=other, note="a test") == 303
        )
        together = json.loads(get(desk.origin, page)[1])
        assert {member["key"] for member in together["members"]} == {one, other}
        assert len(together["works"]) > len(before["works"])
        assert "a test" in get(desk.origin, f"/party?{urlencode({'key': one})}")[1]
        assert post(desk.origin, "/party", {"Origin": desk.origin}, key=one, undo="1") == 303
        assert json.loads(get(desk.origin, page)[1])["works"] == before["works"]
        assert post(desk.origin, "/party", {"Origin": desk.origin}, key=one, undo="1") == 400


def test_the_list_that_pywb_replays_from_leaves_it_out_at_once(archive, tmp_path):
    from archive.replay.server import ReplayServer

    server = ReplayServer(archive.path, environment=tmp_path)
    listed = archive.replay / "archive.cdxj"
    server.refresh()
    assert "2024/harbour" in listed.read_text(encoding="utf-8")
    withhold(archive)
    server.refresh()
    assert "2024/harbour" not in listed.read_text(encoding="utf-8")
