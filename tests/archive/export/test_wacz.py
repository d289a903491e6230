"""What is in a WACZ file, and that each part of it leads to the next."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from typing import TYPE_CHECKING

import pytest

from archive.errors import UserError
from archive.export import wacz, wacz_container
from archive.index.store import Index
from archive.times import format_timestamp
from archive.warc.cdxj import cdxj_lines
from archive.warc.reader import iter_records
from tests.archive.export.conftest import QUERY, subset_of

if TYPE_CHECKING:
    from pathlib import Path


def packed(archive: Path, query: str = QUERY) -> bytes:
    out = io.BytesIO()
    with subset_of(archive, query) as subset:
        assert wacz.export(subset, out) > 20
    return out.getvalue()


@pytest.fixture(params=[QUERY, ""], ids=["query", "whole archive"])
def file(request, second_crawl) -> zipfile.ZipFile:
    """Return a WACZ file of what a query finds, and one of the whole archive."""
    return zipfile.ZipFile(io.BytesIO(packed(second_crawl.archive, request.param)))


def cdxj_of(file: zipfile.ZipFile) -> list[tuple[str, str, dict]]:
    lines = gzip.decompress(file.read("indexes/index.cdx.gz")).decode().splitlines()
    return [
        (key, timestamp, json.loads(said)) for key, timestamp, said in (line.split(" ", 2) for line in lines)
    ]


def test_every_file_is_listed_with_its_hash(file):
    package = json.loads(file.read("datapackage.json"))
    listed = {resource["path"]: resource for resource in package["resources"]}

    assert (package["profile"], package["wacz_version"]) == ("data-package", "1.1.1")
    assert listed.keys() == set(file.namelist()) - {"datapackage.json", "datapackage-digest.json"}
    for path, resource in listed.items():
        content = file.read(path)
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    digest = json.loads(file.read("datapackage-digest.json"))
    assert digest["hash"] == f"sha256:{hashlib.sha256(file.read('datapackage.json')).hexdigest()}"


def test_what_is_compressed_is_stored_and_no_local_header_has_a_zip64_field(file):
    for info in file.infolist():
        if info.filename.endswith(".gz"):
            assert info.compress_type == zipfile.ZIP_STORED
        file.fp.seek(info.header_offset)
        header = file.fp.read(30)
        assert int.from_bytes(header[28:30], "little") == 0  # bytes of extra fields (APPNOTE, 4.3.7)
        assert not info.flag_bits & 0x08  # sizes stand in the header, not behind the data


def test_the_index_leads_to_each_capture(file, tmp_path):
    file.extractall(tmp_path)
    there = {}
    for warc in sorted((tmp_path / "archive").iterdir()):
        for opened in iter_records(warc):
            record = opened.record
            if record.is_capture:
                there[warc.name, str(record.place.offset), str(record.place.length)] = record
    lines = cdxj_of(file)

    assert len(lines) == len(there) > 20
    assert [line[:2] for line in lines] == sorted(line[:2] for line in lines)
    for _, timestamp, said in lines:
        record = there.pop((said["filename"], said["offset"], said["length"]))
        assert (record.target_uri, format_timestamp(record.captured_at)) == (said["url"], timestamp)


def test_the_directory_of_the_index_leads_to_its_blocks(second_crawl, monkeypatch):
    monkeypatch.setattr(wacz, "_BLOCK", 10)
    file = zipfile.ZipFile(io.BytesIO(packed(second_crawl.archive)))
    index = file.read("indexes/index.cdx.gz")
    meta, *blocks = file.read("indexes/index.idx").decode().splitlines()

    assert json.loads(meta.removeprefix("!meta 0 "))["filename"] == "index.cdx.gz"
    assert len(blocks) > 2
    seen = 0
    for line in blocks:
        key, timestamp, said = line.split(" ", 2)
        place = json.loads(said)
        block = index[place["offset"] :][: place["length"]]
        assert place["digest"] == f"sha256:{hashlib.sha256(block).hexdigest()}"
        assert gzip.decompress(block).decode().startswith(f"{key} {timestamp} ")
        seen += len(block)
    assert seen == len(index)


def test_each_version_is_a_page_that_the_index_knows(second_crawl, file):
    captured = {(said["url"], timestamp) for _, timestamp, said in cdxj_of(file)}
    head, *pages = map(json.loads, file.read("pages/pages.jsonl").decode().splitlines())
    query = "" if len(captured) > 200 else QUERY
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        versions = [version for number in index.ids(query) for version in index.versions(number)]

    assert head["format"] == "json-pages-1.0"
    assert len(pages) == len({page["id"] for page in pages}) == len(versions)
    assert {page["title"] for page in pages} == {version.content.headline for version in versions}
    for page in pages:
        digits = "".join(character for character in page["ts"] if character.isdigit())
        assert (page["url"], digits) in captured
    package = json.loads(file.read("datapackage.json"))
    assert (package["mainPageUrl"], package["mainPageDate"]) == (pages[0]["url"], pages[0]["ts"])


def test_the_files_of_the_whole_archive_are_its_own(second_crawl):
    file = zipfile.ZipFile(io.BytesIO(packed(second_crawl.archive, "")))
    own = sorted((second_crawl.archive / "warc").glob("*.warc.gz"))
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        expected = list(cdxj_lines(index.iter_captures()))

    assert sorted(name for name in file.namelist() if name.startswith("archive/")) == [
        f"archive/{p.name}" for p in own
    ]
    assert all(file.read(f"archive/{path.name}") == path.read_bytes() for path in own)
    assert gzip.decompress(file.read("indexes/index.cdx.gz")).decode().splitlines(keepends=True) == expected


def test_records_go_on_in_another_file_when_one_is_full(second_crawl, monkeypatch, tmp_path):
    monkeypatch.setattr(wacz, "PART", 20_000)
    file = zipfile.ZipFile(io.BytesIO(packed(second_crawl.archive)))
    parts = [info for info in file.infolist() if info.filename.startswith("archive/")]

    assert len(parts) > 3
    test_the_index_leads_to_each_capture(file, tmp_path)
    for number, part in enumerate(parts):
        assert part.filename == f"archive/subset-{number:05}.warc.gz"
        first = next(iter_records(tmp_path / part.filename))
        assert first.record.fields["query"] == QUERY


def test_files_too_large_for_an_entry_are_repacked(second_crawl, monkeypatch, tmp_path):
    largest = max(path.stat().st_size for path in (second_crawl.archive / "warc").glob("*.warc.gz"))
    monkeypatch.setattr(wacz, "ENTRY_LIMIT", largest)
    monkeypatch.setattr(wacz, "PART", largest // 3)
    file = zipfile.ZipFile(io.BytesIO(packed(second_crawl.archive, "")))

    assert sum("repacked-" in name for name in file.namelist()) >= 3
    test_the_index_leads_to_each_capture(file, tmp_path)
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        assert len(cdxj_of(file)) == len(list(index.iter_captures()))


def test_a_record_too_large_for_an_entry_is_refused(second_crawl, monkeypatch):
    monkeypatch.setattr(wacz_container, "ENTRY_LIMIT", 3000)

    with pytest.raises(UserError, match="too large for a WACZ file"):
        packed(second_crawl.archive)


def test_the_same_subset_gives_the_same_bytes(second_crawl):
    assert packed(second_crawl.archive) == packed(second_crawl.archive)


def test_an_archive_made_of_it_has_the_same_articles(second_crawl, read_in, rows_of, tmp_path):
    target = tmp_path / "subset.wacz"
    target.write_bytes(packed(second_crawl.archive))

    assert rows_of(read_in(target)) == rows_of(second_crawl.archive, QUERY)
