"""One real crawl of a server that sends odd things; then the archive is held against what the server saw."""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from warcio.archiveiterator import ArchiveIterator

from tests.crawler.capture.cases import ANSWERS, CASES, NO_RESPONSE, PAGE, WHOLE
from tests.crawler.capture.rawserver import RawServer, Seen

ROOT = Path(__file__).resolve().parents[3]
BOTH = pytest.mark.parametrize("scheme", ["http", "https"])
EVERY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@dataclass
class Archived:
    """A WARC record as it stands in the file."""

    record_type: str
    fields: dict[str, list[str]]
    block: bytes

    def field(self, name: str) -> str | None:
        return next(iter(self.fields.get(name, [])), None)


class Crawl:
    """What the server saw, what the archive holds and what Scrapy made of it."""

    def __init__(self, server: RawServer, warc_folder: Path, report: dict[str, Any]) -> None:
        self.server = server
        self.report = report
        self.archived: dict[tuple[int, str], list[Archived]] = defaultdict(list)
        self.ids: dict[str, str] = {}
        for file in sorted(warc_folder.glob("*.warc.gz")):
            self._read(file)
        self.outcomes = {_place(outcome["url"]): outcome for outcome in report["outcomes"]}

    def records(self, record_type: str, port: int, case: str) -> list[Archived]:
        return [record for record in self.archived[port, case] if record.record_type == record_type]

    def exchanged(self, case: str, port: int) -> list[Seen]:
        """Return what the server saw, without what Twisted repeats when a kept connection ends without a byte."""
        seen = self.server.of(case, port)
        return [one for one in seen if one.sent or one is seen[-1]]

    def port(self, scheme: str) -> int:
        return getattr(self.server, scheme)

    def _read(self, file: Path) -> None:
        with file.open("rb") as stream:
            for record in ArchiveIterator(stream, no_record_parse=True):
                fields: dict[str, list[str]] = defaultdict(list)
                for name, value in record.rec_headers.headers:
                    fields[name].append(value)
                block = record.content_stream().read()
                self.ids[fields["WARC-Record-ID"][0].strip("<>")] = record.rec_type
                if uri := record.rec_headers.get_header("WARC-Target-URI"):
                    self.archived[_place(uri)].append(Archived(record.rec_type, fields, block))


def _place(uri: str) -> tuple[int, str]:
    parts = urlsplit(uri)
    return parts.port or 0, parts.path.rpartition("/")[2]


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    folder = tmp_path_factory.mktemp("crawl")
    with RawServer(ANSWERS, folder) as server:
        ports = {name: getattr(server, name) for name in ("http", "https", "fragile")}
        (folder / "ports.json").write_text(json.dumps(ports))
        places = [str(folder / name) for name in ("ports.json", "warc", "outcomes.json")]
        subprocess.run(
            [sys.executable, "-W", "error", "-m", "tests.crawler.capture.crawl_cases", *places],
            cwd=ROOT,
            check=True,
            timeout=90,
        )
        report = json.loads((folder / "outcomes.json").read_text())
        return Crawl(server, folder / "warc", report)


@BOTH
@EVERY_CASE
def test_requests_are_archived_as_they_arrived(crawl, case, scheme):
    [seen] = crawl.exchanged(case.name, crawl.port(scheme))
    [request] = crawl.records("request", crawl.port(scheme), case.name)

    assert request.block == seen.request


@BOTH
@EVERY_CASE
def test_responses_are_archived_as_they_were_sent(crawl, case, scheme):
    [seen] = crawl.exchanged(case.name, crawl.port(scheme))
    sent = bytes(seen.sent)
    records = crawl.records("response", crawl.port(scheme), case.name)

    if case.kept == NO_RESPONSE:
        assert records == []
        [note] = crawl.records("metadata", crawl.port(scheme), case.name)
        assert _told(note.block, "interimResponses") + _told(note.block, "responseHead") == sent
        return
    [record] = records
    assert record.field("WARC-Truncated") == (None if case.kept == WHOLE else case.kept)
    if case.kept == WHOLE:
        assert record.block == sent[len(case.interim) : len(sent) - len(case.surplus)]
    else:
        assert sent.startswith(record.block)
        assert b"\n\r\n" in record.block


def _told(block: bytes, name: str) -> bytes:
    """Return the bytes that a metadata record holds as base64 in the field *name*."""
    lines = (line.partition(b": ") for line in block.split(b"\r\n"))
    return b64decode(b"".join(value for key, _, value in lines if key == name.encode()))


@BOTH
def test_interim_heads_are_kept_aside(crawl, scheme):
    for case in (case for case in CASES if case.interim):
        [note] = crawl.records("metadata", crawl.port(scheme), case.name)
        assert _told(note.block, "interimResponses") == case.interim


@BOTH
@EVERY_CASE
def test_the_capture_is_in_the_meta_whatever_scrapy_made_of_it(crawl, case, scheme):
    capture = crawl.outcomes[crawl.port(scheme), case.name]["capture"]

    if case.kept == NO_RESPONSE:
        assert capture is None
    else:
        assert crawl.ids[capture["id"]] == "response"
        assert capture["uri"].endswith(f"/{case.name}?q=1&%C3%A9=2")


@BOTH
def test_tls_facts_and_the_address_are_known(crawl, scheme):
    for case in CASES:
        for record in crawl.records("response", crawl.port(scheme), case.name):
            assert record.field("WARC-IP-Address") == "127.0.0.1"
            assert bool(record.field("WARC-Cipher-Suite")) is (scheme == "https")


def test_a_connection_cut_below_tls_is_no_end_of_a_body(crawl):
    [plain] = crawl.records("response", crawl.server.http, "cut-tls")
    [secure] = crawl.records("response", crawl.server.https, "cut-tls")

    assert plain.field("WARC-Truncated") is None
    assert secure.field("WARC-Truncated") == "disconnect"
    assert plain.block == secure.block


@BOTH
def test_robots_txt_is_archived_as_sent_and_obeyed_as_decoded(crawl, scheme):
    port = crawl.port(scheme)
    [robots] = crawl.server.of("robots.txt", port)

    assert [record.block for record in crawl.records("response", port, "robots.txt")] == [bytes(robots.sent)]
    assert crawl.server.of("forbidden", port) == []
    assert crawl.outcomes[port, "forbidden"]["outcome"] == "IgnoreRequest"


@BOTH
def test_both_ends_of_a_redirect_are_archived(crawl, scheme):
    port = crawl.port(scheme)
    [moved], [arrived] = crawl.server.of("redirects", port), crawl.server.of("redirected", port)

    assert [record.block for record in crawl.records("response", port, "redirects")] == [bytes(moved.sent)]
    assert [record.block for record in crawl.records("request", port, "redirected")] == [arrived.request]
    assert crawl.outcomes[port, "redirects"]["capture"]["uri"].endswith("/redirected?from=there")
    [note] = crawl.records("metadata", port, "redirected")
    assert b"redirect" in note.block
    assert b"/redirects" in note.block


@BOTH
def test_a_request_that_is_not_sent_after_a_redirect_has_no_capture(crawl, scheme):
    outcome = crawl.outcomes[crawl.port(scheme), "leads-astray"]

    assert outcome["outcome"] == "IgnoreRequest"
    assert outcome["capture"] is None
    assert len(crawl.records("response", crawl.port(scheme), "leads-astray")) == 1


def test_every_retry_is_archived(crawl):
    seen = crawl.server.of("retried", crawl.server.http)
    responses = crawl.records("response", crawl.server.http, "retried")

    assert [record.block for record in responses] == [bytes(attempt.sent) for attempt in seen]
    assert [record.field("WARC-Truncated") for record in responses] == [None, "disconnect", None]
    requests = crawl.records("request", crawl.server.http, "retried")
    assert [record.block for record in requests] == [attempt.request for attempt in seen]


def test_a_request_that_twisted_repeats_on_a_new_connection_is_archived_once(crawl):
    seen = crawl.server.of("fragile-2", crawl.server.fragile)
    requests = crawl.records("request", crawl.server.fragile, "fragile-2")

    assert [bool(attempt.sent) for attempt in seen] == [False, True]
    assert [record.block for record in requests] == [seen[1].request]
    [response] = crawl.records("response", crawl.server.fragile, "fragile-2")
    assert response.block == bytes(seen[1].sent)


@pytest.mark.parametrize(("case", "scheme"), [("proxied", "http"), ("tunnelled", "https")])
def test_through_a_proxy_the_bytes_are_the_same_and_the_address_unknown(crawl, case, scheme):
    [seen] = crawl.server.of(case, crawl.server.http)
    [request] = crawl.records("request", crawl.port(scheme), case)
    [response] = crawl.records("response", crawl.port(scheme), case)

    assert request.block == seen.request
    assert response.block == bytes(seen.sent)
    assert response.field("WARC-IP-Address") is None
    assert bool(response.field("WARC-Cipher-Suite")) is (scheme == "https")


def test_what_never_reached_the_wire_is_counted_and_not_archived(crawl):
    assert crawl.archived[9, "refused"] == []
    assert crawl.report["stats"]["archive/not_sent"] > 0
    assert crawl.outcomes[9, "refused"]["capture"] is None


def test_archive_only_keeps_the_body_from_scrapy(crawl):
    for scheme in ("http", "https"):
        outcome = crawl.outcomes[crawl.port(scheme), "archive-only"]
        assert (outcome["outcome"], outcome["length"]) == ("TextResponse", 0)


@BOTH
def test_what_nobody_parses_comes_as_bytes_with_all_its_headers(crawl, scheme):
    outcome = crawl.outcomes[crawl.port(scheme), "plain"]

    assert (outcome["outcome"], outcome["body"]) == ("Response", None)
    assert outcome["length"] > 100


@BOTH
@pytest.mark.parametrize(
    ("case", "length"), [("video", 0), ("long-announced", 0), ("long-chunked", 0), ("nearly-long", 1_999_999)]
)
def test_bodies_that_nothing_reads_or_that_are_too_long_come_without_being_asked_to_stay(
    crawl, case, length, scheme
):
    outcome = crawl.outcomes[crawl.port(scheme), case]

    assert outcome["length"] == length
    assert outcome["archive_only"] is (length == 0)
    assert crawl.report["stats"]["archive/bodies_spared"] == 6


def test_listeners_hear_of_all_records_in_the_order_of_the_file(crawl):
    assert crawl.report["heard"] == list(crawl.ids)


def test_pages_come_decoded_and_without_content_encoding(crawl):
    outcome = crawl.outcomes[crawl.server.http, "chunked-gzip"]

    assert outcome["page"].encode("latin-1") == PAGE
    assert outcome["body"] == PAGE.decode()
    assert outcome["coding"] is False


def test_a_revisit_is_a_capture_too_and_its_page_is_read(crawl):
    [revisit] = crawl.records("revisit", crawl.server.http, "again-2")
    outcome = crawl.outcomes[crawl.server.http, "again-2"]

    assert crawl.ids[outcome["capture"]["id"]] == "revisit"
    assert outcome["page"].encode("latin-1") == PAGE
    assert revisit.block == outcome["head"].encode()


def test_the_meta_carries_the_raw_head(crawl):
    [seen] = crawl.server.of("odd-fields", crawl.server.http)

    head = crawl.outcomes[crawl.server.http, "odd-fields"]["head"].encode("latin-1")
    assert head == bytes(seen.sent).removesuffix(b"hello")


def test_forty_megabytes_never_keep_the_reactor_busy(crawl):
    [record] = crawl.records("response", crawl.server.http, "forty-megabytes")

    assert len(record.block) > 40 << 20
    assert record.field("WARC-Truncated") is None
    assert crawl.report["longest_turn"] < 0.2
