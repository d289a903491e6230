"""The replay's addresses: pages, raw captures, CDX, Memento; over real HTTP, from real WARC records."""

import http.client
import json
import re
from email.utils import format_datetime
from urllib.parse import quote, urlsplit

import pytest

from archive.folder import ArchiveFolder
from archive.index.store import Index
from archive.web.serving import Desk
from tests.archive.replay import small_archive as herald


@pytest.fixture(scope="module")
def herald_desk(tmp_path_factory):
    """Yield a desk on the small archive, with an index."""
    folder = ArchiveFolder(tmp_path_factory.mktemp("own") / "a folder {with} ünusual name")
    records = herald.make_archive(folder.path)
    with Index.open(folder.index) as index:
        for record in records:
            index.add_record(record)
    with Desk(folder) as desk:
        yield desk


@pytest.fixture
def ask(herald_desk):
    """Return a function that asks the replay and returns the answer, its body read."""

    def asked(path, *, headers=None, origin=None):
        connection = http.client.HTTPConnection(
            urlsplit(origin or herald_desk.replay_origin).netloc, timeout=20
        )
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        answer.body = answer.read().decode("utf-8", "replace")
        connection.close()
        return answer

    return asked


def test_a_capture_is_shown_as_it_was_at_each_time(ask):
    for at, headline in (
        (herald.FIRST, herald.FIRST_HEADLINE),
        (herald.EDITED, herald.EDITED_HEADLINE),
        (herald.SAME_AGAIN, herald.EDITED_HEADLINE),
        (herald.NOT_MODIFIED, herald.EDITED_HEADLINE),
    ):
        answer = ask(f"/{at:%Y%m%d%H%M%S}mp_/{quote(herald.HARBOUR)}")
        assert answer.status == 200
        assert f"<h1>{headline}</h1>" in answer.body
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Memento-Datetime"] == format_datetime(at, usegmt=True)


def test_fewer_digits_and_no_digits_lead_to_the_closest_capture(ask):
    for path, wanted in (
        (f"/{herald.HARBOUR}", "20240304080000"),
        (
            f"/20240301/{herald.HARBOUR}",
            "20240302080000",
        ),  # the end of that day is closer to the next morning
        (f"/2020/{herald.HARBOUR}", "20240301080000"),
    ):
        answer = ask(path)
        assert (answer.status, answer.headers["Location"].split("/")[1]) == (302, wanted)


def test_the_bar_says_what_it_shows_and_leads_to_the_other_captures(ask):
    answer = ask(f"/{herald.EDITED:%Y%m%d%H%M%S}/{quote(herald.HARBOUR)}")
    assert "2024-03-02 08:00:00 UTC" in answer.body
    assert "all 4 captures" in answer.body
    assert '<strong aria-current="true">2024-03-02 08:00:00</strong>' in answer.body
    assert answer.body.count("2024-03-02 08:00:00</strong>") == 1
    assert f"/20240301080000/{herald.HARBOUR.replace('&', '&amp;')}" in answer.body
    assert "all 3 parts archived" in answer.body


def test_a_raw_capture_is_what_was_sent_and_runs_nothing(ask):
    answer = ask(f"/{herald.FIRST:%Y%m%d%H%M%S}id_/{quote(herald.HARBOUR)}")
    assert answer.body.encode() == herald._harbour(herald.FIRST_HEADLINE)
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_time_gate_leads_to_the_memento_closest_to_the_time_asked_for(ask):
    asked_for = {"Accept-Datetime": "Sat, 02 Mar 2024 09:00:00 GMT"}
    answer = ask(f"/timegate/{quote(herald.HARBOUR)}", headers=asked_for)
    assert (answer.status, answer.headers["Vary"]) == (302, "accept-datetime")
    memento = ask(
        urlsplit(answer.headers["Location"]).path + "?" + urlsplit(answer.headers["Location"]).query
    )
    assert memento.headers["Memento-Datetime"] == "Sat, 02 Mar 2024 08:00:00 GMT"
    assert f'<{herald.HARBOUR}>; rel="original"' in memento.headers["Link"]
    assert 'rel="timegate"' in memento.headers["Link"]
    assert ask("/timegate/http://never.example/").status == 404
    assert ask(f"/timegate/{quote(herald.HARBOUR)}", headers={"Accept-Datetime": "yesterday"}).status == 400


def test_a_time_map_lists_every_memento(ask):
    answer = ask(f"/timemap/link/{quote(herald.HARBOUR)}")
    assert answer.headers["Content-Type"].startswith("application/link-format")
    entries = re.findall(r'<([^>]+)>; rel="([^"]+)"', answer.body)
    assert [rel for _, rel in entries] == [
        "original",
        "timegate",
        "self",
        "first memento",
        "memento",
        "memento",
        "last memento",
    ]
    values = json.loads(ask(f"/timemap/json/{quote(herald.HARBOUR)}").body)
    assert len(values["mementos"]["list"]) == 4


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("url=http://herald.example/old-harbour", 1),
        ("url=herald.example/old-harbour", 1),
        (f"url={quote(herald.HARBOUR, safe='')}", 4),
        (f"url={quote(herald.HARBOUR, safe='')}&limit=2", 2),
        (f"url={quote(herald.HARBOUR, safe='')}&from=20240302&to=20240303", 2),
        (f"url={quote(herald.HARBOUR, safe='')}&filter=mimetype:warc/revisit", 2),
        (f"url={quote(herald.HARBOUR, safe='')}&filter=!mimetype:warc/revisit", 2),
        (f"url={quote(herald.HARBOUR, safe='')}&collapse=digest", 2),
        ("url=http://herald.example/2024*", 4),
        ("url=*.herald.example&filter=~original:static", 4),
        ("url=herald.example&matchType=domain&filter=~original:static", 4),
        ("url=erald.example&matchType=domain", 0),
        ("url=http://never.example/", 0),
    ],
)  # fmt: skip
def test_the_cdx_server_answers(ask, question, wanted):
    assert len(ask(f"/cdx?{question}").body.splitlines()) == wanted
    listed = json.loads(ask(f"/cdx?{question}&output=json").body)
    assert len(listed) == (wanted + 1 if wanted else 0)


@pytest.mark.parametrize(
    "question",
    ["", "url=x&limit=many", "url=x&matchType=near", "url=x&filter=nothing", "url=x&fl=a", "url=x&to=late"],
)
def test_a_question_that_cannot_be_read_is_answered_in_words(ask, question):
    answer = ask(f"/cdx?{question}")
    assert answer.status == 400
    assert answer.body.strip()


def test_redirects_stay_in_the_archive(ask):
    answer = ask(f"/{herald.FIRST:%Y%m%d%H%M%S}mp_/{herald.MOVED}")
    assert answer.headers["Location"].startswith(
        f"/{herald.FIRST:%Y%m%d%H%M%S}mp_/http://herald.example/2024/"
    )


@pytest.mark.parametrize(
    "path",
    ["/-/../application.py", "/-/%2e%2e/application.py", "/-/..%2f..%2fapplication.py", "/-//etc/passwd", "/2024id_/file:///etc/passwd",
     "/2024id_/../../etc/passwd", "/2024/http://never.example/", "/x", "/*/", "/timemap/link/"],
)  # fmt: skip
def test_nothing_beside_captures_is_served(ask, path):
    answer = ask(path)
    assert answer.status in {302, 404}
    assert "root:" not in answer.body


@pytest.mark.parametrize("which", ["origin", "replay_origin"])
def test_a_name_of_somebody_elses_is_no_way_in(ask, herald_desk, which):
    origin = getattr(herald_desk, which)
    assert ask("/", headers={"Host": "evil.example"}, origin=origin).status == 421
    assert ask("/", headers={"Host": f"localhost:{urlsplit(origin).port}"}, origin=origin).status in {
        200,
        307,
    }


def test_desk_and_replay_are_two_origins(herald_desk):
    assert herald_desk.origin != herald_desk.replay_origin


def test_no_service_worker_is_served(ask):
    assert ask(f"/{herald.HOME}", headers={"Service-Worker": "script"}).status == 403
