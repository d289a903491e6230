"""The index knows payloads of all runs, and answers at once however many captures share one."""

from datetime import UTC, datetime, timedelta

import pytest

from archive.index.originals import IndexedOriginals
from archive.index.store import Index
from archive.model import Place, Record

START = datetime(2024, 3, 1, tzinfo=UTC)
PIXEL = "sha1:PIXEL"


def capture(number: int, url: str, digest: str, **changes) -> Record:
    facts = {
        "record_type": "response",
        "record_id": f"urn:uuid:{number}",
        "target_uri": url,
        "status": 200,
        "payload_digest": digest,
    }
    place = Place(file="A.warc.gz", offset=number * 100, length=90)
    return Record(captured_at=START + timedelta(seconds=number), place=place, **(facts | changes))


@pytest.fixture
def originals_of(tmp_path):
    """Return a function: the originals that an index of some records knows."""

    def made(*records: Record) -> IndexedOriginals:
        with Index.open(tmp_path / "index.db") as index:
            for record in records:
                index.add_record(record)
        return IndexedOriginals(tmp_path / "index.db")

    return made


def test_the_first_capture_of_the_same_address_is_preferred(originals_of):
    originals = originals_of(
        capture(1, "http://a.example/x", PIXEL),
        capture(2, "http://b.example/y", PIXEL),
        capture(3, "http://b.example/y", PIXEL),
    )

    assert originals.find(PIXEL, "http://b.example/y").record_id == "urn:uuid:2"
    assert originals.find(PIXEL, "http://c.example/").record_id == "urn:uuid:1"
    assert originals.find("sha1:OTHER", "http://b.example/y") is None


@pytest.mark.parametrize(
    "changes",
    [{"status": 404}, {"truncated": "length"}, {"record_type": "resource"}, {"record_type": "revisit"}],
)
def test_what_holds_no_whole_good_answer_is_no_original(originals_of, changes):
    assert (
        originals_of(capture(1, "http://a.example/x", PIXEL, **changes)).find(PIXEL, "http://a.example/x")
        is None
    )


def test_one_payload_of_thousands_of_captures_is_found_without_looking_at_all(originals_of):
    originals = originals_of(*(capture(n, f"http://a.example/{n}", PIXEL) for n in range(5000)))
    steps = []
    originals._index.set_progress_handler(lambda: steps.append(1), 1000)

    assert originals.find(PIXEL, "http://a.example/4321").record_id == "urn:uuid:4321"
    assert originals.find(PIXEL, "http://elsewhere.example/").record_id == "urn:uuid:0"
    assert len(steps) < 20  # thousands of instructions of SQLite, some 20 for each row


def test_a_revisit_leads_to_its_original(originals_of):
    originals = originals_of(
        capture(1, "http://a.example/x", PIXEL),
        capture(2, "http://a.example/x", PIXEL, record_type="revisit", refers_to="urn:uuid:1"),
    )

    assert originals.find_record("urn:uuid:2").record_id == "urn:uuid:1"
    assert originals.find_record("urn:uuid:1").record_id == "urn:uuid:1"
    assert originals.find_record("urn:uuid:3") is None


def test_what_a_run_wrote_is_known_before_the_index_has_it(originals_of):
    originals = originals_of()
    originals.remember(capture(1, "http://a.example/x", PIXEL))

    assert originals.find(PIXEL, "http://b.example/").record_id == "urn:uuid:1"
