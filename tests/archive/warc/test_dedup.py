import pytest

from archive.model import Place, Record
from archive.warc.dedup import OriginalsInMemory


@pytest.fixture
def response(clock):
    def make(number, digest, url="http://a.example/"):
        return Record(
            record_type="response",
            record_id=f"urn:n:{number}",
            target_uri=url,
            captured_at=clock(),
            place=Place(file="a.warc.gz", offset=number, length=1),
            payload_digest=digest,
        )

    return make


def test_an_original_of_the_same_url_is_preferred(response):
    originals = OriginalsInMemory()
    originals.remember(response(1, "sha1:x"))
    originals.remember(response(2, "sha1:x", "http://b.example/"))
    assert originals.find("sha1:x", "http://b.example/").record_id == "urn:n:2"
    assert originals.find("sha1:x", "http://c.example/").record_id == "urn:n:1"
    assert originals.find("sha1:y", "http://a.example/") is None


def test_only_the_latest_are_remembered(response):
    originals = OriginalsInMemory(limit=2)
    for number in range(3):
        originals.remember(response(number, f"sha1:{number}"))
    assert originals.find("sha1:0", "http://a.example/") is None
    assert originals.find_record("urn:n:0") is None
    assert originals.find_record("urn:n:2").payload_digest == "sha1:2"
