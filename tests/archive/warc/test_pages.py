import dataclasses
import gzip

import pytest

from archive.http import page_from
from archive.model import FetchNotes, Place, Record
from archive.warc.pages import may_be_page, page_of
from archive.warc.reader import iter_records, read_record

HTML = b"<p>So it goes."
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"


def chunked(payload):
    return b"%x\r\n%b\r\n0\r\n\r\n" % (len(payload), payload)


ARTICLE = HEAD + chunked(gzip.compress(HTML, mtime=0))


@pytest.fixture
def record(clock):
    return Record(
        record_type="response",
        record_id="urn:n:1",
        target_uri="https://a.example/",
        captured_at=clock(),
        place=Place(file="a.warc.gz", offset=0, length=1),
        status=200,
        mime="text/html",
        payload_length=10,
    )


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, True),
        ({"mime": "application/xhtml+xml"}, True),
        ({"mime": "application/rss+xml"}, True),
        ({"mime": "application/json"}, True),
        ({"mime": "text/plain"}, True),
        ({"mime": None}, True),
        ({"mime": "text/css"}, False),
        ({"mime": "image/svg+xml"}, False),
        ({"mime": "application/pdf"}, False),
        ({"status": 404}, False),
        ({"status": None}, False),
        ({"payload_length": 0}, False),
        ({"payload_length": None}, True),
        ({"truncated": "disconnect"}, False),
        ({"target_uri": "dns:a.example"}, False),
        ({"record_type": "request"}, False),
        ({"record_type": "resource"}, False),
        ({"record_type": "revisit", "truncated": "length", "profile": "identical-payload-digest"}, True),
        ({"record_type": "revisit", "status": None, "profile": "server-not-modified"}, True),
        ({"record_type": "revisit", "status": None, "profile": "identical-payload-digest"}, False),
    ],
)
def test_what_may_be_a_page(record, facts, expected):
    assert may_be_page(dataclasses.replace(record, **facts)) is expected


def pages_of(folder):
    """Return the pages of the only file of *folder*, revisits resolved in it."""
    (path,) = folder.glob("*.warc.gz")
    places = {found.record.record_id: found.record.place for found in iter_records(path)}

    def find_original(revisit):
        place = places.get(revisit.refers_to)
        return read_record(path, place.offset) if place else None

    return [page for found in iter_records(path) if (page := page_of(found, find_original))]


def test_a_page_read_back_is_the_page_of_the_crawl(tmp_path, make_writer, make_exchange, clock):
    writer = make_writer()
    writer.write_exchange(make_exchange(ARTICLE), FetchNotes())
    writer.close()
    crawled = page_from(
        url="http://a.example/", captured_at=clock(), head=HEAD, entity=gzip.compress(HTML, mtime=0)
    )
    assert crawled.payload == HTML
    assert pages_of(tmp_path) == [crawled]


def test_revisits_show_their_originals_payload(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    first = writer.write_exchange(make_exchange(ARTICLE), FetchNotes())[0]
    other = ARTICLE.replace(b"OK\r\n", b"OK\r\nETag: 2\r\n")
    writer.write_exchange(make_exchange(other, target_uri="http://b.example/"), FetchNotes())
    not_modified = make_exchange(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    writer.write_exchange(not_modified, FetchNotes(revalidates=first.record_id))
    writer.close()
    pages = pages_of(tmp_path)
    assert [page.payload for page in pages] == [HTML] * 3
    assert [page.url for page in pages] == ["http://a.example/", "http://b.example/", "http://a.example/"]
    assert [page.header("etag") for page in pages] == [None, "2", None]


def test_a_revisit_without_original_is_no_page(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    answer = make_exchange(b"HTTP/1.1 304 Not Modified\r\n\r\n")
    writer.write_exchange(answer, FetchNotes(revalidates="urn:uuid:elsewhere"))
    writer.close()
    assert pages_of(tmp_path) == []


def test_at_most_the_limit_is_read(tmp_path, make_writer, make_exchange):
    writer = make_writer()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    writer.write_exchange(make_exchange(head + b"x" * 200_000), FetchNotes())
    writer.close()
    (path,) = tmp_path.glob("*.warc.gz")
    page = page_of(list(iter_records(path))[1], lambda _: None, limit=1000)
    assert page.payload == b"x" * 1000
