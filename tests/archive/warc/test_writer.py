"""What a writer makes of an exchange."""

import io
import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.model import FetchNotes
from archive.warc.reader import iter_records, read_record
from tests.archive.warc.written import CHUNKED, HELLO, NO_NOTES, OK, only_file, raw_records


def test_a_page_is_written_as_response_request_and_metadata(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    exchange = make_exchange(
        CHUNKED, ip="192.0.2.1", tls_version="TLSv1.3", cipher="TLS_AES_128_GCM_SHA256", elapsed_ms=7
    )
    writer.write_exchange(
        exchange,
        FetchNotes(
            via="http://a.example/news", discovery="link", robots="allowed", robots_record="urn:uuid:r"
        ),
    )
    writer.close()
    assert only_file(tmp_path).name.startswith("test-20260301120000000-00000-")
    warcinfo, response, request, metadata = raw_records(only_file(tmp_path))
    assert re.sub(rb"(Filename: |Digest: sha1:)\S+", rb"\1*", warcinfo) == (
        b"WARC/1.1\r\n"
        b"WARC-Type: warcinfo\r\n"
        b"WARC-Record-ID: <urn:uuid:3>\r\n"
        b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Filename: *\r\n"
        b"WARC-Block-Digest: sha1:*\r\n"
        b"Content-Type: application/warc-fields\r\n"
        b"Content-Length: 144\r\n"
        b"\r\n"
        b"software: tearsheet\r\n"
        b"format: WARC File Format 1.1\r\n"
        b"conformsTo: https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/\r\n"
        b"\r\n\r\n"
    )
    assert response == (
        b"WARC/1.1\r\n"
        b"WARC-Type: response\r\n"
        b"WARC-Record-ID: <urn:uuid:0>\r\n"
        b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\n"
        b"WARC-IP-Address: 192.0.2.1\r\n"
        b"WARC-Protocol: http/1.1\r\n"
        b"WARC-Protocol: tls/1.3\r\n"
        b"WARC-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n"
        b"WARC-Concurrent-To: <urn:uuid:1>\r\n"
        b"WARC-Payload-Digest: sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N\r\n"
        b"WARC-Block-Digest: sha1:KDZVJUQ4PIEVFIKOLKUUHH4SFD6HOEEC\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"WARC-Warcinfo-ID: <urn:uuid:3>\r\n"
        b"Content-Length: 67\r\n"
        b"\r\n" + CHUNKED + b"\r\n\r\n"
    )
    assert request == (
        b"WARC/1.1\r\n"
        b"WARC-Type: request\r\n"
        b"WARC-Record-ID: <urn:uuid:1>\r\n"
        b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\n"
        b"WARC-IP-Address: 192.0.2.1\r\n"
        b"WARC-Protocol: http/1.1\r\n"
        b"WARC-Protocol: tls/1.3\r\n"
        b"WARC-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n"
        b"WARC-Concurrent-To: <urn:uuid:0>\r\n"
        b"WARC-Payload-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\n"
        b"WARC-Block-Digest: sha1:JY66MHDYUADWSY5XTRTWV6WXXTLGYOOV\r\n"
        b"Content-Type: application/http; msgtype=request\r\n"
        b"WARC-Warcinfo-ID: <urn:uuid:3>\r\n"
        b"Content-Length: 35\r\n"
        b"\r\n"
        b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n"
        b"\r\n\r\n"
    )
    assert metadata == (
        b"WARC/1.1\r\n"
        b"WARC-Type: metadata\r\n"
        b"WARC-Record-ID: <urn:uuid:2>\r\n"
        b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Target-URI: http://a.example/\r\n"
        b"WARC-Concurrent-To: <urn:uuid:0>\r\n"
        b"WARC-Block-Digest: sha1:Y2GJVT4KCWB2KL4WYG5AINB4EQCIWI76\r\n"
        b"Content-Type: application/warc-fields\r\n"
        b"WARC-Warcinfo-ID: <urn:uuid:3>\r\n"
        b"Content-Length: 104\r\n"
        b"\r\n"
        b"via: http://a.example/news\r\n"
        b"discovery: link\r\n"
        b"robots: allowed\r\n"
        b"robotsRecord: urn:uuid:r\r\n"
        b"fetchTimeMs: 7\r\n"
        b"\r\n\r\n"
    )


def test_the_same_payload_again_is_a_revisit(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    writer.write_exchange(make_exchange(OK), NO_NOTES)
    writer.write_exchange(make_exchange(CHUNKED, target_uri="http://b.example/", request=b""), NO_NOTES)
    writer.close()
    revisit = raw_records(only_file(tmp_path))[-1]
    assert revisit == (
        b"WARC/1.1\r\n"
        b"WARC-Type: revisit\r\n"
        b"WARC-Record-ID: <urn:uuid:3>\r\n"
        b"WARC-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Profile: http://netpreserve.org/warc/1.1/revisit/identical-payload-digest\r\n"
        b"WARC-Refers-To: <urn:uuid:0>\r\n"
        b"WARC-Refers-To-Target-URI: http://a.example/\r\n"
        b"WARC-Refers-To-Date: 2026-03-01T12:00:00.000000Z\r\n"
        b"WARC-Target-URI: http://b.example/\r\n"
        b"WARC-Protocol: http/1.1\r\n"
        b"WARC-Truncated: length\r\n"
        b"WARC-Payload-Digest: sha1:VL2MMHO4YXUKFWV63YHTWSBM3GXKSQ2N\r\n"
        b"WARC-Block-Digest: sha1:6BXWMKDDNLHQM2BS67KGDRUHNFQPXZUO\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"WARC-Warcinfo-ID: <urn:uuid:2>\r\n"
        b"Content-Length: 47\r\n"
        b"\r\n"
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        b"\r\n\r\n"
    )


def test_not_modified_refers_to_the_first_capture_even_through_revisits(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    first = writer.write_exchange(make_exchange(OK), NO_NOTES)[0]
    same = writer.write_exchange(make_exchange(OK), NO_NOTES)[0]
    answer = b"HTTP/1.1 304 Not Modified\r\nETag: x\r\n\r\n"
    revisit, _, metadata = writer.write_exchange(
        make_exchange(answer), FetchNotes(revalidates=same.record_id)
    )
    assert (same.profile, revisit.profile) == ("identical-payload-digest", "server-not-modified")
    assert (revisit.refers_to, revisit.refers_to_uri) == (first.record_id, first.target_uri)
    assert revisit.refers_to_at == first.captured_at
    assert metadata.fields["responseHead"] == "SFRUUC8xLjEgMzA0IE5vdCBNb2RpZmllZA0KRVRhZzogeA0KDQo="
    writer.close()
    assert read_record(only_file(tmp_path), revisit.place.offset).block().read() == b""


def test_not_modified_without_a_question_is_a_response(make_writer, make_exchange):
    record = make_writer().write_exchange(make_exchange(b"HTTP/1.1 304 Not Modified\r\n\r\n"), NO_NOTES)[0]
    assert (record.record_type, record.status) == ("response", 304)


@pytest.mark.parametrize(
    ("response", "truncated"),
    [
        (b"HTTP/1.1 404 Not Found\r\n\r\nhello", None),
        (b"HTTP/1.1 200 OK\r\n\r\n", None),
        (OK, "length"),
    ],
)
def test_errors_empty_and_cut_payloads_are_always_kept(make_writer, make_exchange, response, truncated):
    writer = make_writer()
    for _ in range(2):
        record = writer.write_exchange(make_exchange(response, truncated=truncated), NO_NOTES)[0]
        assert record.record_type == "response"


def test_a_cut_response_is_labelled_and_has_no_payload_digest(make_writer, make_exchange):
    response, _, metadata = make_writer().write_exchange(
        make_exchange(OK[:-2], truncated="disconnect", error="connection lost"), NO_NOTES
    )
    assert (response.truncated, response.payload_digest, response.payload_length) == (
        "disconnect",
        None,
        None,
    )
    assert metadata.fields == {"captureOutcome": "truncated", "error": "connection lost"}


@pytest.mark.parametrize(
    "framed",
    [
        b"Transfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    ],
)
def test_what_cannot_be_unframed_has_no_payload_digest(make_writer, make_exchange, framed):
    response = make_writer().write_exchange(make_exchange(b"HTTP/1.1 200 OK\r\n" + framed), NO_NOTES)[0]
    assert (response.payload_digest, response.payload_length) == (None, None)


def test_what_is_not_http_is_kept_in_the_metadata_record(make_writer, make_exchange):
    request, metadata = make_writer().write_exchange(make_exchange(b"SSH-2.0-x\r\n"), NO_NOTES)
    assert request.record_type == "request"
    assert metadata.fields == {"captureOutcome": "failed", "responseHead": "U1NILTIuMC14DQo="}


def test_interim_responses_are_kept_aside(make_writer, make_exchange):
    interim = b"HTTP/1.1 103 Early Hints\r\n\r\n"
    both = interim + OK
    exchange = make_exchange(
        OK,
        response=io.BytesIO(both),
        response_start=len(interim),
        response_end=len(both),
        head_end=len(both) - 5,
    )
    response, _, metadata = make_writer().write_exchange(exchange, NO_NOTES)
    assert (response.status, response.payload_digest, response.payload_length) == (200, HELLO, 5)
    assert metadata.fields == {"interimResponses": "SFRUUC8xLjEgMTAzIEVhcmx5IEhpbnRzDQoNCg=="}


def test_bytes_behind_the_exchange_are_not_written(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    writer.write_exchange(make_exchange(OK, response=io.BytesIO(OK + b"HTTP/1.1 200 next")), NO_NOTES)
    writer.close()
    assert list(iter_records(only_file(tmp_path)))[1].block().read() == OK


def test_own_records_are_written_too(tmp_path, make_writer):
    writer = make_writer()
    about = writer.write_metadata("urn:tearsheet:run:1", [("pages", "7"), ("note", "two\r\nlines")])
    page_list = writer.write_resource("urn:tearsheet:pages", "text/plain", b"hello")
    assert about.fields == {"pages": "7", "note": "two lines"}
    assert (page_list.payload_digest, page_list.mime, page_list.payload_length) == (HELLO, "text/plain", 5)
    writer.close()
    assert [found.record for found in iter_records(only_file(tmp_path))][1:] == [about, page_list]


TOKENS = st.text(st.characters(codec="latin-1"), max_size=12)
ODD_TEXT = st.one_of(st.none(), st.text(max_size=20))


@st.composite
def exchanges(draw):
    status = draw(st.sampled_from([200, 200, 204, 301, 304, 404, 503]))
    lines = draw(st.lists(st.one_of(
        st.sampled_from(["Content-Type: text/HTML; x", "Transfer-Encoding: chunked", "Location: ../ü b", "Content-Length: 5",
                         "Location: http://[x", "Date: Sun, 01 Mar 2026 12:00:00 GMT", " folded", "no colon"]),
        TOKENS), max_size=5))  # fmt: skip
    end = draw(st.sampled_from(["\r\n", "\n"]))
    head = f"HTTP/1.1 {status} OK{end}{end.join(line for line in lines if line.strip())}{end}{end}"
    body = draw(
        st.one_of(st.binary(max_size=60), st.sampled_from([b"hello", b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"]))
    )
    response = (
        draw(st.sampled_from([b"", b"HTTP/1.1 100 Continue\r\n\r\n"])) + b"|" + head.encode("latin-1") + body
    )
    start = response.index(b"|")
    response = response.replace(b"|", b"", 1)
    return {
        "response": io.BytesIO(response),
        "response_start": start,
        "response_end": len(response),
        "head_end": draw(st.sampled_from([start + len(head), None])),
        "target_uri": "http://a.example/" + draw(st.text(max_size=10)),
        "request": draw(
            st.sampled_from([b"GET / HTTP/1.1\r\n\r\n", b"POST / HTTP/1.1\r\n\r\nx", b"", b"\x00\xff"])
        ),
        "truncated": draw(st.sampled_from([None, None, "length", "time"])),
        "ip": draw(st.sampled_from([None, "::1"])),
        "error": draw(ODD_TEXT),
        "elapsed_ms": draw(st.sampled_from([None, 0, 12])),
    }


NOTES = st.builds(
    FetchNotes,
    via=ODD_TEXT,
    discovery=ODD_TEXT,
    robots=ODD_TEXT,
    revalidates=st.sampled_from([None, "urn:uuid:0", "urn:x"]),
)


@given(made=st.lists(st.tuples(exchanges(), NOTES), min_size=1, max_size=4))
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_returned_equals_what_is_read_back(tmp_path_factory, make_writer, make_exchange, made):
    folder = tmp_path_factory.mktemp("warc")
    writer = make_writer()
    writer._folder = folder
    written = [writer.write_exchange(make_exchange(OK, **facts), notes) for facts, notes in made]
    warcinfo = writer.warcinfo
    writer.close()
    assert warcinfo is not None
    read = [found.record for found in iter_records(only_file(folder))]
    assert read == [warcinfo, *itertools.chain.from_iterable(written)]
    assert not [found.flaws for found in iter_records(only_file(folder)) if found.flaws]
