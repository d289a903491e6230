import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import DamagedRecord, UserError
from archive.warc.reader import iter_records, read_record
from archive.warc.verify import verify_file
from archive.warc.wacz import extract_warcs
from tests.archive.warc.test_reader import CUT, THREE, members

STORED, DEFLATED = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED


def wacz(path, files, compression=STORED):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("datapackage.json", "{}", DEFLATED)
        for name, content in files.items():
            archive.writestr(name, content, compression)
    return path


@pytest.mark.parametrize("compression", [STORED, DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_records_are_read_in_place_and_found_again(tmp_path, compression):
    files = {"archive/b.warc.gz": members(*THREE[:2]), "archive/a.warc": THREE[2]}
    path = wacz(tmp_path / "x.wacz", files, compression)
    found = list(iter_records(path))
    assert [each.record.record_id for each in found] == ["urn:n:0", "urn:n:1", "urn:n:2"]
    places = [each.record.place for each in found]
    assert [place.file for place in places] == ["x.wacz/archive/b.warc.gz"] * 2 + ["x.wacz/archive/a.warc"]
    assert [place.offset for place in places] == [0, len(members(THREE[0])), 0]
    for each in found:
        place = each.record.place
        again = read_record(tmp_path / place.file, place.offset, place.inner)
        assert again.record == each.record
        assert again.block().read() == each.block().read()


def test_damage_in_one_file_is_named_and_the_next_is_read(tmp_path):
    files = {"archive/a.warc.gz": members(THREE[0]) + CUT, "archive/b.warc.gz": members(THREE[2])}
    path = wacz(tmp_path / "x.wacz", files)
    damages = []
    found = list(iter_records(path, on_damage=damages.append))
    assert len(found) == 2
    [damage] = damages
    assert (damage.file, damage.offset) == ("x.wacz/archive/a.warc.gz", len(members(THREE[0])))
    assert [finding.file for finding in verify_file(path)] == [damage.file]


def test_a_packed_file_whose_checksum_is_wrong_is_named(tmp_path):
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc": THREE[0] * 9, "archive/b.warc": THREE[1]}, DEFLATED)
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        content[archive.getinfo("archive/a.warc").header_offset + 80] ^= 0xFF
    path.write_bytes(content)
    damages = []
    found = list(iter_records(path, on_damage=damages.append))
    assert [each.record.record_id for each in found] == ["urn:n:1"]
    assert "x.wacz/archive/a.warc" in str(damages[0])
    assert "cannot be unpacked" in str(damages[0])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and no more", "list of files cannot be read"),
        (None, "holds no WARC file"),
    ],
)
def test_what_holds_nothing_is_named(tmp_path, content, words):
    path = tmp_path / "x.wacz"
    if content is None:
        wacz(path, {"pages/pages.jsonl": b"{}"})
    else:
        path.write_bytes(content)
    with pytest.raises(DamagedRecord, match=words):
        list(iter_records(path))
    with pytest.raises(UserError, match=r"x\.wacz: "):
        extract_warcs(path, tmp_path)
    with pytest.raises(DamagedRecord, match=r"x\.wacz/a\.warc, offset 0: "):
        read_record(path / "a.warc", 0)


@pytest.mark.parametrize("compression", [STORED, DEFLATED])
@pytest.mark.parametrize("size_is_known", [True, False])
def test_a_wacz_that_was_cut_off_is_read_as_far_as_it_goes(tmp_path, compression, size_is_known):
    files = {"archive/a.warc.gz": members(*THREE), "archive/b.warc.gz": members(*THREE)}
    path = (
        wacz(tmp_path / "x.wacz", files, compression)
        if size_is_known
        else streamed(tmp_path, files, compression)
    )
    with zipfile.ZipFile(path) as archive:
        second = archive.getinfo("archive/b.warc.gz").header_offset
    path.write_bytes(path.read_bytes()[: second + 90])
    damages = []
    found = list(iter_records(path, on_damage=damages.append))
    assert [each.record.record_id for each in found][:3] == ["urn:n:0", "urn:n:1", "urn:n:2"]
    assert (damages[0].file, damages[0].offset) == ("x.wacz", 0)
    assert "list of files cannot be read" in damages[0].reason
    place = found[2].record.place
    assert read_record(tmp_path / place.file, place.offset).record == found[2].record
    with pytest.raises(UserError, match="list of files cannot be read"):
        extract_warcs(path, tmp_path)


def streamed(folder, files, compression):
    """Return a ZIP file that was written into a pipe: sizes stand behind the files."""

    class Pipe(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise io.UnsupportedOperation

        def tell(self):
            raise io.UnsupportedOperation

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content, compression)
    (folder / "x.wacz").write_bytes(pipe.getvalue())
    return folder / "x.wacz"


@pytest.mark.parametrize("compression", [STORED, DEFLATED])
def test_warc_files_are_taken_out_byte_for_byte_and_once(tmp_path, compression):
    (tmp_path / "warc").mkdir()
    path = wacz(tmp_path / "x y.wacz", {"archive/a.warc.gz": members(*THREE)}, compression)
    for _ in range(2):
        assert extract_warcs(path, tmp_path / "warc") == [tmp_path / "warc" / "a.warc.gz"]
    assert [each.name for each in (tmp_path / "warc").iterdir()] == ["a.warc.gz"]
    assert (tmp_path / "warc" / "a.warc.gz").read_bytes() == members(*THREE)


def test_another_file_of_that_name_is_not_overwritten(tmp_path):
    (tmp_path / "a.warc.gz").write_bytes(b"mine")
    path = wacz(tmp_path / "x.wacz", {"archive/a.warc.gz": members(*THREE)})
    assert extract_warcs(path, tmp_path) == [tmp_path / "x-a.warc.gz"]
    assert (tmp_path / "a.warc.gz").read_bytes() == b"mine"
    (tmp_path / "x-a.warc.gz").write_bytes(b"mine too")
    with pytest.raises(UserError, match="rename"):
        extract_warcs(path, tmp_path)


@pytest.mark.parametrize("name", ["../../evil.warc", "/evil.warc", "archive/..warc", "a\\..\\evil.warc"])
def test_names_lead_nowhere_else(tmp_path, name):
    folder = tmp_path / "one" / "two"
    folder.mkdir(parents=True)
    [path] = extract_warcs(wacz(tmp_path / "x.wacz", {name: THREE[0]}), folder)
    assert path.parent == folder
    assert path.read_bytes() == THREE[0]


def _whole():
    made = io.BytesIO()
    wacz(made, {"archive/a.warc.gz": members(THREE[0]), "archive/b.warc": THREE[1]})
    return made.getvalue()


WHOLE = _whole()


@given(st.binary(min_size=1, max_size=12), st.integers(4, len(WHOLE)))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_in_any_place_are_survived(tmp_path, junk, at):
    path = tmp_path / "x.wacz"
    path.write_bytes(WHOLE[:at] + junk + WHOLE[at + len(junk) :])
    list(iter_records(path, on_damage=lambda _: None))
