from __future__ import annotations

import zlib

import pytest

from archive.warc.members import next_record
from crawler.reindex import warc_files
from crawler.reindex.tasks import segments
from crawler.reindex.writing import WronglyDivided
from tests.crawler.reindex.archives import (
    make_archive,
    read,
    reader_that_dies,
    reader_that_dies_once,
    reader_that_hangs,
    url_of,
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return make_archive(tmp_path_factory.mktemp("reindex") / "archive")


@pytest.fixture(scope="module")
def expected(archive):
    tables, rereading = read(archive, "expected.db")
    assert len(tables["articles"]) == 30
    assert len(tables["versions"]) == 40
    assert sum(row["record_type"] == "revisit" for row in tables["captures"]) > 10
    assert len(tables["readings"]) == rereading.seen.pages
    return tables


@pytest.mark.parametrize(("jobs", "divide_by"), [(0, 4000), (1, None), (3, 4000)])
def test_rows_do_not_depend_on_how_many_processes_read_nor_on_how_files_are_divided(
    archive, expected, jobs, divide_by
):
    tables, rereading = read(archive, f"jobs-{jobs}.db", jobs=jobs, divide_by=divide_by)
    assert {name: rows for name, rows in tables.items() if rows != expected[name]} == {}
    assert rereading.seen.faults == []
    assert rereading.seen.deaths == 0


def test_what_is_read_already_is_not_read_again(archive, expected):
    _, rereading = read(archive, "expected.db")
    assert (rereading.seen.records, rereading.seen.pages) == (0, 0)


def test_a_page_of_which_processes_die_is_named_and_all_others_are_read(archive, expected):
    tables, rereading = read(archive, "dies.db", jobs=2, reader=reader_that_dies)
    captures, faults = 2, rereading.seen.faults
    assert len(faults) == captures
    assert all(url_of(7) in fault and "offset" in fault and "SIGKILL" in fault for fault in faults)
    assert rereading.seen.deaths == 2 * captures
    assert len(tables["articles"]) == len(expected["articles"]) - 1
    assert tables["captures"] == expected["captures"]
    without = [row for row in expected["articles"] if row["url"] != url_of(7)]
    assert tables["articles"] == without


def test_a_process_that_dies_of_something_else_costs_nothing(archive, expected):
    tables, rereading = read(archive, "once.db", jobs=2, reader=reader_that_dies_once)
    assert (rereading.seen.deaths, rereading.seen.faults) == (1, [])
    assert tables == expected


def test_a_page_that_takes_for_ever_is_named(archive, expected):
    tables, rereading = read(archive, "hangs.db", jobs=2, reader=reader_that_hangs, seconds_a_page=8)
    assert all("took more than" in fault for fault in rereading.seen.faults)
    assert len(tables["articles"]) == len(expected["articles"]) - 1


def test_a_revisit_is_read_wherever_its_response_stands(archive, expected, tmp_path):
    turned = make_archive(tmp_path / "archive")
    for number, path in enumerate(reversed(warc_files(turned.warc))):
        path.rename(turned.warc / f"{number:03d}.warc.gz")
    tables, _ = read(turned, "index.db")
    assert [
        {key: row[key] for key in ("number", "seen_from", "seen_until", "changed")}
        for row in tables["versions"]
    ] == [
        {key: row[key] for key in ("number", "seen_from", "seen_until", "changed")}
        for row in expected["versions"]
    ]


def test_a_file_is_not_divided_where_a_payload_holds_records(tmp_path):
    archive = make_archive(tmp_path / "archive", articles=4, max_bytes=1 << 30)
    [path] = warc_files(archive.warc)
    inner = path.read_bytes()
    begin = next_record(path.open("rb"), 1)
    body = inner[begin:]
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n" % len(
        body
    )
    record = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-01T00:00:00Z\r\n"
        b"WARC-Target-URI: https://www.herald.example/x.warc.gz\r\nContent-Type: application/http; msgtype=response\r\n"
        b"Content-Length: %d\r\n\r\n%s%s\r\n\r\n" % (len(head) + len(body), head, body)
    )
    squeezer = zlib.compressobj(0, zlib.DEFLATED, 31)
    path.write_bytes(squeezer.compress(record) + squeezer.flush() + inner)
    size = len(record) // 2
    assert [piece.is_last for piece in segments(path, 0, size=size)][:1] == [False]
    whole, _ = read(archive, "whole.db")
    assert len(whole["articles"]) == 4
    with pytest.raises(WronglyDivided):
        read(archive, "divided.db", divide_by=size)
