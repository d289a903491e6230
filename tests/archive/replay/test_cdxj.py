from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime

from archive.model import Place, Record
from archive.replay.environment import program
from archive.urls import surt_key
from archive.warc.cdxj import cdxj_lines
from tests.archive.replay.small_archive import make_archive


def record(url: str | None, record_type: str = "response", **more: object) -> Record:
    place = Place(file="A.warc.gz", offset=120, length=345)
    captured_at = datetime(2024, 3, 1, 8, 0, 1, 999_999, tzinfo=UTC)
    return Record(
        record_type=record_type,
        record_id="urn:uuid:1",
        target_uri=url,
        captured_at=captured_at,
        place=place,
        **more,
    )


def test_the_list_is_the_one_that_pywb_makes_of_the_same_warc(tmp_path, replay_environment):
    records = make_archive(tmp_path)
    [warc] = (tmp_path / "warc").iterdir()
    indexer = program(replay_environment, "cdx-indexer")
    theirs = subprocess.run(
        [indexer, "--sort", "--cdxj", warc], capture_output=True, text=True, check=True
    ).stdout

    assert list(cdxj_lines(records)) == theirs.splitlines(keepends=True)
    assert len(theirs.splitlines()) == sum(record.is_capture for record in records)


def test_a_line_says_where_the_capture_stands():
    [line] = cdxj_lines(
        [
            record(
                "https://www.Herald.example/A?b=2&a=1",
                status=200,
                mime="text/html",
                payload_digest="sha1:ABC",
            )
        ]
    )
    assert line == (
        'example,herald)/a?a=1&b=2 20240301080001 {"url": "https://www.Herald.example/A?b=2&a=1", "mime": "text/html", '
        '"status": "200", "digest": "ABC", "length": "345", "offset": "120", "filename": "A.warc.gz"}\n'
    )


def test_what_is_unknown_is_left_out():
    [line] = cdxj_lines([record("http://herald.example/")])
    assert json.loads(line.split(" ", 2)[2]).keys() == {"url", "mime", "length", "offset", "filename"}


def test_only_captures_with_a_url_are_listed():
    others = [
        record("http://herald.example/", kind) for kind in ("request", "metadata", "warcinfo", "conversion")
    ]
    assert list(cdxj_lines([*others, record(None)])) == []


def test_lists_too_long_for_memory_come_out_the_same():
    records = [record(f"http://herald.example/{number * 7919 % 1000}") for number in range(1000)]
    assert (
        list(cdxj_lines(iter(records), chunk=64)) == list(cdxj_lines(records)) == sorted(cdxj_lines(records))
    )


AWKWARD = [
    "http://example.com",
    "http://www2.Example.COM:80/A/../b//c/?z=1&a=2#x",
    "https://example.com:443/index.html;jsessionid=0123456789abcdef0123456789ABCDEF",
    "https://example.com:8443/a?utm_source=x&PHPSESSID=0123456789abcdef0123456789abcdef",
    "http://user:pass@example.com/",
    "http://127.0.0.2:8000/news/1",
    "http://[::1]:8000/news/1",
    "http://b%C3%BCcher.example/%7Euser/%e2%82%ac",
    "http://bücher.example/ü?ö=ä",
    "http://example.com/a%20b/?q=1+2&q=1%202",
    "http://example.com/?",
    "http://example.com/a?&&b",
    "dns:example.com",
    "urn:uuid:00000000-0000-4000-8000-000000000000",
]


def test_keys_are_those_that_pywb_looks_up(replay_environment):
    code = "import json, sys; from pywb.utils.canonicalize import canonicalize as c; print(json.dumps([c(u) for u in json.load(sys.stdin)]))"
    python = program(replay_environment, "python")
    theirs = subprocess.run(
        [python, "-W", "ignore", "-c", code],
        input=json.dumps(AWKWARD),
        capture_output=True,
        text=True,
        check=True,
    )
    assert dict(zip(AWKWARD, map(surt_key, AWKWARD), strict=True)) == dict(
        zip(AWKWARD, json.loads(theirs.stdout), strict=True)
    )
