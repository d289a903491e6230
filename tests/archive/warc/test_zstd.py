import random
import time

import pytest

from archive.warc import zstd
from archive.warc.reader import iter_records, read_record
from tests.archive.warc.test_reader import THREE, read, record

library = zstd._library()
pytestmark = pytest.mark.skipif(library is None, reason="no zstd library here")
DICTIONARY_MAGIC = b"\x5d\x2a\x4d\x18"


def frames(*records, **options):
    return b"".join(library.compress(each, **options) for each in records)


def skipped(content, magic=DICTIONARY_MAGIC):
    return magic + len(content).to_bytes(4, "little") + content


@pytest.fixture(scope="module")
def dictionary():
    dice = random.Random(1)
    words = [dice.randbytes(6).hex() for _ in range(200)]
    samples = [record(n, " ".join(dice.choices(words, k=60)).encode()) for n in range(400)]
    return library.train_dict(samples, 4000)


def test_frames_are_read_like_members(tmp_path):
    ids, damages, found = read(tmp_path, frames(*THREE), name="a.warc.zst")
    assert (ids, damages) == (["0", "1", "2"], [])
    ends = [each.record.place.offset + each.record.place.length for each in found]
    assert [each.record.place.offset for each in found] == [0, *ends[:-1]]
    place = found[2].record.place
    assert read_record(tmp_path / "a.warc.zst", place.offset).record == found[2].record


@pytest.mark.parametrize("is_packed", [False, True])
def test_a_dictionary_in_front_serves_every_record(tmp_path, dictionary, is_packed):
    content = dictionary.dict_content
    front = skipped(library.compress(content) if is_packed else content)
    packed = front + frames(*THREE, zstd_dict=dictionary)
    ids, damages, found = read(tmp_path, packed, name="a.warc.zst")
    assert (ids, damages) == (["0", "1", "2"], [])
    place = found[1].record.place
    assert place.offset > len(front)
    assert read_record(tmp_path / "a.warc.zst", place.offset).record == found[1].record


def test_a_frame_without_its_dictionary_is_damage(tmp_path, dictionary):
    packed = frames(THREE[0], zstd_dict=dictionary) + frames(THREE[1])
    ids, damages, _ = read(tmp_path, packed, name="a.warc.zst")
    assert ids == ["1"]
    assert "offset 0: the zstd frame is damaged" in damages[0]


@pytest.mark.parametrize("front", [skipped(b"junk"), skipped(b""), skipped(b"note", b"\x50\x2a\x4d\x18")])
def test_frames_to_be_skipped_are_skipped(tmp_path, front):
    ids, damages, _ = read(tmp_path, front + frames(THREE[0]) + skipped(b"x", front[:4]) + frames(THREE[1]))
    assert (ids, damages) == (["0", "1"], [])


def test_behind_damage_reading_goes_on(tmp_path):
    first, second, third = (frames(each) for each in THREE)
    broken = bytearray(second)
    broken[len(broken) // 2] ^= 0xFF
    for middle in (bytes(broken), second[:-9], b"junk" * 30_000):
        ids, damages, _ = read(tmp_path, first + middle + third)
        assert ids[0] == "0"
        assert ids[-1] == "2"
        assert damages
        assert f"offset {len(first)}: " in damages[0]


def test_a_torn_tail_is_named(tmp_path):
    ids, damages, _ = read(tmp_path, frames(*THREE)[:-5])
    assert ids == ["0", "1"]
    assert "the zstd frame ends early" in damages[0]


def test_a_few_bytes_that_stand_for_many_are_read_in_pieces(tmp_path):
    block = bytes(100 << 20)
    path = tmp_path / "a.warc.zst"
    path.write_bytes(frames(record(0, block), THREE[1]))
    began = time.monotonic()
    found = list(iter_records(path))
    assert [each.length for each in found] == [100 << 20, 1]
    assert time.monotonic() - began < 10
