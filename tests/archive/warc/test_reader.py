import gzip
import io
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import DamagedRecord
from archive.warc.reader import iter_records, read_record

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "warc-samples"

# Fewer records than the tool that finds most of them counts, and why ours is right.
FEWER = {
    "transfer_compression_none_truncated.warc.gz": (
        2,
        "the third is cut off in the middle of its gzip member",
    ),
    "test-arc-1.0-invalid-fields.arc": (1, "the first has neither URL nor length"),
    **{
        f"invalid-warcheaderversion-{number}.warc": (0, "one line is no record")
        for number in (2, 4, 5, 6, 10, 20, 22, 23, 25)
    },
}
DAMAGED = {
    "oduwsdl+ipwb/redirect.warc", "webrecorder+pywb/example.warc",
    "badexample.arc.gz", "date_resolution_microsecond.warc.gz", "date_resolution_nanosecond.warc.gz", "broken.warc",
    "test-arc-1.0-dashed-fields.arc", "test-arc-1.0-invalid-fields.arc", "invalid-warcrecord-3.warc",
    "transfer_compression_none_truncated.warc.gz", "example-bad-length.warc",
    *(f"invalid-warcheaderfieldpolicy-{number}.warc" for number in (4, 8, 11, 17)),
    *(f"invalid-warcheaderversion-{number}.warc" for number in (2, 4, 5, 6, 8, 10, 12, 13, 14, 16, 18, 22, 23, 25)),
}  # fmt: skip


def sample_counts():
    """Return (path, most records that one of the tools in the samples' README read)."""
    if not SAMPLES.is_dir():
        return []
    counts = {}
    for line in (SAMPLES / "README.md").read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) > 5 and "/" in cells[1]:
            counts[cells[1]] = max(
                [int(found[1]) for cell in cells[3:5] if (found := re.match(r"(\d+) rec", cell))]
            )
    return sorted(counts.items())


@pytest.mark.parametrize(("name", "count"), sample_counts())
def test_every_sample_is_read_to_its_end(name, count):
    path, damages = SAMPLES / name, []
    began = time.monotonic()
    found = list(iter_records(path, on_damage=damages.append))
    assert time.monotonic() - began < 20
    expected, _ = FEWER.get(path.name, (count, ""))
    assert len(found) >= expected
    assert all(damage.file == path.name and damage.reason and damage.offset >= 0 for damage in damages)
    assert bool(damages) == (path.name in DAMAGED or name in DAMAGED)
    assert all(record.record.captured_at.tzinfo for record in found)
    assert len({(r.record.place.offset, r.record.place.inner) for r in found}) == len(found)


@pytest.mark.parametrize(
    "path", sorted(SAMPLES.rglob("*")) if SAMPLES.is_dir() else [], ids=lambda path: path.name
)
def test_no_sample_raises_anything_but_damage(path):
    if path.is_dir():
        return
    try:
        for found in iter_records(path):
            again = read_record(
                path.parent / found.record.place.file, found.record.place.offset, found.record.place.inner
            )
            assert again.record == found.record
            assert again.http_head() == found.http_head()
            if found.length < 1 << 22:
                assert again.entity() == found.entity()
            if found.record.place.offset > 200_000:
                break
    except DamagedRecord as damage:
        assert damage.file.partition("/")[0] == path.name  # noqa: PT017  (no damage is as well)


def test_every_wacz_sample_is_read_from_the_files_inside(shared):
    counts = {}
    for path in sorted(shared.glob("warc-samples/**/*.wacz")):
        damages = []
        found = list(iter_records(path, on_damage=damages.append))
        assert bool(found) != bool(damages)
        assert all(each.record.place.file.startswith(f"{path.name}/") for each in found)
        counts[path.name] = len(found)
    assert counts
    assert [name for name, count in counts.items() if not count] in ([], ["invalid_example_1.wacz"])


def record(number, block=b"x", length=None, version=b"WARC/1.1", end=b"\r\n\r\n"):
    size = len(block) if length is None else length
    return (
        b"%b\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:n:%d>\r\nWARC-Date: 2026-03-01T12:00:00Z\r\n"
        b"WARC-Target-URI: http://a.example/%d\r\nContent-Length: %d\r\n\r\n%b%b"
    ) % (version, number, number, size, block, end)


def members(*records):
    return b"".join(gzip.compress(each, mtime=0) for each in records)


def read(tmp_path, content, name="a.warc.gz"):
    path = tmp_path / name
    path.write_bytes(content)
    damages = []
    found = list(iter_records(path, on_damage=damages.append))
    return (
        [each.record.record_id.removeprefix("urn:n:") for each in found],
        [str(each) for each in damages],
        found,
    )


THREE = [record(number) for number in range(3)]


@pytest.mark.parametrize(
    ("content", "inner"),
    [
        (members(*THREE), [0, 0, 0]),
        (b"".join(THREE), [0, 0, 0]),
        (members(b"".join(THREE)), [0, len(THREE[0]), 2 * len(THREE[0])]),
        (members(*THREE[:2]) + members(b"") + members(THREE[2]), [0, 0, 0]),
        (members(THREE[0][:40], THREE[0][40:], *THREE[1:]), [0, 0, 0]),
        (members(THREE[0] + THREE[1][:50], THREE[1][50:], THREE[2]), [0, len(THREE[0]), 0]),
        (members(*(each.replace(b"\r\n", b"\n") for each in THREE)), [0, 0, 0]),
    ],
    ids=["members", "plain", "one-member", "empty-member", "split-header", "overlapping", "line-feeds"],
)
def test_every_way_of_packing_is_read_and_found_again(tmp_path, content, inner):
    ids, damages, found = read(tmp_path, content)
    assert ids == ["0", "1", "2"]
    assert damages == []
    assert [each.record.place.inner for each in found] == inner
    for each in found:
        place = each.record.place
        assert read_record(tmp_path / "a.warc.gz", place.offset, place.inner).record == each.record


@pytest.mark.parametrize("version", [b"WARC/0.17", b"WARC/0.18", b"WARC/1.0", b"WARC/1.1", b"warc/1.1"])
def test_every_version_is_read(tmp_path, version):
    content = members(*(record(number, version=version) for number in range(2)))
    ids, damages, found = read(tmp_path, content)
    assert (ids, damages) == (["0", "1"], [])
    assert all(each.flaws == () for each in found)


def test_places_cover_the_file(tmp_path):
    _, _, found = read(tmp_path, members(*THREE))
    ends = [each.record.place.offset + each.record.place.length for each in found]
    assert [each.record.place.offset for each in found] == [0, *ends[:-1]]
    assert ends[-1] == (tmp_path / "a.warc.gz").stat().st_size


FLIPPED = bytearray(members(THREE[1]))
FLIPPED[-6] ^= 1
CUT = members(THREE[1])[:-9]
N = len(members(THREE[0]))


@pytest.mark.parametrize(
    ("content", "ids", "damage"),
    [
        (
            members(THREE[0]) + FLIPPED + members(THREE[2]),
            ["0", "2"],
            rf"offset {N}: the gzip member is damaged",
        ),
        (members(THREE[0]) + CUT + members(THREE[2]), ["0", "2"], rf"offset {N}: the gzip member is damaged"),
        (members(THREE[0]) + CUT, ["0"], rf"offset {N}: the gzip member ends early"),
        (members(THREE[0]) + b"junk" + members(THREE[2]), ["0", "2"], rf"offset {N}: no gzip member"),
        (members(THREE[0]) + bytes(70_000) + members(THREE[2]), ["0", "2"], rf"offset {N}: no gzip member"),
        (members(THREE[0], b"junk\n", THREE[2]), ["0", "2"], rf"offset {N}: no record begins here"),
        (
            THREE[0] + b"junk\r\nmore\r\n" + THREE[2],
            ["0", "2"],
            rf"offset {len(THREE[0])}: no record begins here",
        ),
        (THREE[0] + record(1, b"short", length=2) + THREE[2], ["0", "1", "2"], "no record begins here"),
        (THREE[0] + record(1, b"short", length=50), ["0", "1"], "the record ends early: 9 of 50"),
        (THREE[0] + THREE[1][:60], ["0"], "header does not end"),
        (b"", [], None),
        (b"\r\n\r\n", [], None),
        (b"\x1f\x8b", [], "gzip"),
        (b"PK\x03\x04rest", [], "ZIP"),
        (b"\x28\xb5\x2f\xfdrest", [], "zstd"),
        (b"nothing of the kind", [], "no record begins here"),
    ],
)
def test_damage_is_named_and_reading_goes_on(tmp_path, content, ids, damage):
    seen, damages, _ = read(tmp_path, bytes(content))
    assert seen == ids
    assert (damages == []) if damage is None else re.search(damage, damages[0])


def test_a_length_that_reaches_into_the_next_record_is_put_right(tmp_path):
    for content in (
        THREE[0] + record(1, b"short", length=300) + THREE[2] * 3,
        members(record(1, b"short", length=300), *THREE),
    ):
        _, damages, found = read(tmp_path, content)
        (put_right,) = [each for each in found if each.flaws]
        assert put_right.block().read() == b"short"
        assert "reaches into the next record" in put_right.flaws[0]
        assert len(found) >= 4
        assert damages == []


def test_without_a_listener_the_first_damage_is_raised(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members(THREE[0]) + bytes(FLIPPED) + members(THREE[2]))
    reading = iter_records(path)
    next(reading)
    with pytest.raises(DamagedRecord, match=rf"a.warc.gz, offset {N}: ") as caught:
        next(reading)
    assert caught.value.offset == N


def test_reading_begins_where_it_is_told(tmp_path):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(members(*THREE))
    assert [each.record.record_id for each in iter_records(path, N)] == ["urn:n:1", "urn:n:2"]
    assert list(iter_records(path, path.stat().st_size)) == []
    with pytest.raises(DamagedRecord):
        read_record(path, N + 1)
    with pytest.raises(DamagedRecord, match="ends before"):
        read_record(path, path.stat().st_size)


def test_an_open_file_has_its_final_name(tmp_path):
    _, damages, found = read(tmp_path, members(THREE[0]) + members(THREE[1])[:-4], name="a.warc.gz.open")
    assert found[0].record.place.file == "a.warc.gz"
    assert len(damages) == 1


@pytest.mark.parametrize(
    ("header", "flaw", "captured_at"),
    [
        (b"WARC-Date: 5088968-11-06T12:31:23Z\r\nWARC-Record-ID: <a:b>\r\n", "WARC-Date", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        (b"WARC-Record-ID: <a:b>\r\n", "no WARC-Date", datetime(2026, 3, 1, 9, tzinfo=UTC)),
        (b"WARC-Date: 2026\r\n", "no WARC-Record-ID", datetime(2026, 1, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_record_with_odd_header_is_kept(tmp_path, header, flaw, captured_at):
    block = b"HTTP/1.1 200 OK\r\nDate: Sun, 01 Mar 2026 09:00:00 GMT\r\n\r\n"
    content = b"WARC/1.0\r\nWARC-Type: response\r\n%bContent-Length: %d\r\n\r\n%b\r\n\r\n" % (
        header,
        len(block),
        block,
    )
    _, damages, found = read(tmp_path, content)
    assert damages == []
    assert found[0].flaws[0].startswith(flaw)
    assert found[0].record.captured_at == captured_at
    assert found[0].record.record_id == read(tmp_path, content)[2][0].record.record_id


def test_header_fields_are_kept_in_order_and_number(tmp_path):
    content = (
        b"WARC/1.0\r\nwarc-type: metadata\r\nWARC-Record-ID: <a:b>\r\nWARC-Date: 2026\r\nWARC-Concurrent-To: <c:1>\r\n"
        b"WARC-Target-URI: <http://a.example/x y>\r\nX: one\r\n\ttwo\r\nWARC-Concurrent-To: <c:2>\r\nno colon\r\n"
        b"Content-Type: application/warc-fields\r\nContent-Length: 22\r\n\r\nvia: x\r\noutlink: 1\r\n\r\n\r\n\r\n"
    )
    _, damages, (found,) = read(tmp_path, content)
    assert damages == []
    assert [name for name, _ in found.headers][:4] == [
        "warc-type",
        "WARC-Record-ID",
        "WARC-Date",
        "WARC-Concurrent-To",
    ]
    assert ("X", "one two") in found.headers
    assert found.record.concurrent_to == ("c:1", "c:2")
    assert found.record.target_uri == "http://a.example/x%20y"
    assert found.record.fields == {"via": "x", "outlink": "1"}


def test_a_large_block_is_read_from_a_file_of_its_own(tmp_path):
    block = bytes(range(256)) * (5 << 12)
    _, damages, found = read(tmp_path, members(record(0, block), THREE[1]))
    assert damages == []
    assert not isinstance(found[0].block(), io.BytesIO)
    assert found[0].block().read() == block


@given(st.binary(max_size=400), st.booleans(), st.integers(0, 600))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_place_are_survived(tmp_path, junk, packed, at):
    content = members(*THREE) if packed else b"".join(THREE)
    read(tmp_path, content[:at] + junk + content[at + len(junk) // 2 :])


def test_many_lying_lengths_do_not_keep_us(tmp_path):
    began = time.monotonic()
    read(
        tmp_path, b"".join(record(number, b"y" * 100, length=10**12) for number in range(2000)), name="a.warc"
    )
    assert time.monotonic() - began < 10
