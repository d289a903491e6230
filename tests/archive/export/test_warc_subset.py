"""A WARC subset stands by itself: other tools read it, and the articles in it read the same."""

from __future__ import annotations

import gzip
import io
import shutil
from dataclasses import replace

import pytest

from archive.export.warc_subset import export
from archive.index.store import Index
from archive.warc.reader import iter_records
from tests.archive.export.conftest import QUERY, subset_of
from tests.conftest import run

SAMPLE_ARC = "ukwa+webarchive-test-suite/IAH-20080430204825-00000-blackbook-truncated.arc.gz"


@pytest.fixture
def exported(second_crawl, tmp_path):
    """Return a function that exports what a query finds, with the real command."""

    def export_to(query: str, archive=None, name="subset.warc.gz"):
        target = tmp_path / name
        run(
            archive or second_crawl.archive,
            "export",
            "--format",
            "warc",
            "--output",
            str(target),
            *([query] if query else []),
        )
        return target

    return export_to


def urls_in(file):
    return {opened.record.target_uri for opened in iter_records(file) if opened.record.is_capture}


@pytest.mark.parametrize("query", [QUERY, ""])
def test_the_articles_read_the_same(second_crawl, exported, read_in, rows_of, query):
    expected = rows_of(second_crawl.archive, query)

    assert rows_of(read_in(exported(query))) == expected
    assert len(expected["articles"]) > 5


def test_articles_that_changed_went_or_moved_do_too(second_crawl, exported, read_in, rows_of):
    found = set()
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        for question in ("version_count > 1", "gone_at is not null", "redirected_to is not null"):
            rows = index.rows(f"select headline from v_articles where {question}")
            assert rows, question
            found |= {row["headline"] for row in rows}
    query = " OR ".join(f'headline:"{headline}"' for headline in sorted(found))

    assert rows_of(read_in(exported(query))) == rows_of(second_crawl.archive, query)


def test_each_record_is_there_once_byte_for_byte_and_in_order(second_crawl, exported):
    file = exported(QUERY)
    source = {}
    for path in sorted((second_crawl.archive / "warc").glob("*.warc.gz")):
        content = path.read_bytes()
        for opened in iter_records(path):
            place = opened.record.place
            source[opened.record.record_id] = content[place.offset : place.offset + place.length]
    copy = file.read_bytes()
    records = [opened.record for opened in iter_records(file)][1:]
    ids = [record.record_id for record in records]

    assert len(set(ids)) == len(ids)
    assert [name for name in source if name in set(ids)] == ids
    for record in records:
        assert copy[record.place.offset :][: record.place.length] == source[record.record_id]


def test_captures_bring_requests_notes_originals_robots_and_the_record_of_their_file(exported):
    records = [opened.record for opened in iter_records(exported(QUERY))]
    by_id = {record.record_id: record for record in records}
    concurrent = {other for record in records for other in record.concurrent_to}

    assert {record.warcinfo_id for record in records if record.warcinfo_id} <= by_id.keys()
    for record in records:
        if record.is_capture:
            assert record.record_id in concurrent
            assert any(
                other in by_id and by_id[other].record_type == "request" for other in record.concurrent_to
            )
            assert record.record_type != "revisit" or by_id[record.refers_to].record_type == "response"
    allowed_by = {record.fields.get("robotsRecord") for record in records} - {None}
    assert allowed_by
    assert allowed_by <= by_id.keys()


def test_the_first_record_says_what_the_file_is(exported):
    first = next(iter_records(exported("agency:jiji")))

    assert first.record.record_type == "warcinfo"
    assert first.record.fields["query"] == "agency:jiji"
    assert first.record.fields["software"].startswith("Tearsheet/")
    assert "Subset" in first.record.fields["description"]
    assert ("WARC-Filename", "subset.warc.gz") in first.headers


def test_all_that_was_fetched_for_the_pages_is_there_and_what_they_share(second_crawl, exported):
    captures = [opened.record for opened in iter_records(exported("agency:afp")) if opened.record.is_capture]
    urls = {record.target_uri for record in captures}
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        fetched = index.rows("select via, target_uri from v_captures where discovery = 'requisite'")
        pages = {index.article(number).url for number in index.ids("agency:afp")}
    own = {row["target_uri"] for row in fetched if row["via"] in pages}
    originals = {record.refers_to for record in captures}  # may be those of another site, which needs more
    sheets = {
        r.target_uri for r in captures if r.target_uri.endswith(".css") and r.record_id not in originals
    }

    assert own
    assert own <= urls
    assert sheets - own  # shared ones, which the crawler met on another page
    assert {row["target_uri"] for row in fetched if row["via"] in sheets} <= urls


def test_other_articles_and_their_pictures_stay_behind(second_crawl, exported, newsroom):
    urls = urls_in(exported("agency:jiji"))
    with Index.open(second_crawl.archive / "index.db", read_only=True) as index:
        ids = index.ids("agency:jiji")
        others = {article.url for article in index.iter_articles() if article.id not in ids}
        everything = {record.target_uri for record in index.iter_captures()}

    assert not urls & others
    assert len(urls) < len(everything) / 5


def test_the_same_subset_gives_the_same_bytes(second_crawl):
    def made():
        out = io.BytesIO()
        with subset_of(second_crawl.archive) as subset:
            assert export(subset, out) > 20
        return out.getvalue()

    assert made() == made()


@pytest.mark.parametrize("packing", ["in one member", "not compressed"])
def test_files_packed_otherwise_are_packed_record_by_record(exported, read_in, rows_of, tmp_path, packing):
    plain = gzip.decompress(exported("agency:jiji").read_bytes())
    file = tmp_path / ("odd.warc.gz" if packing == "in one member" else "odd.warc")
    file.write_bytes(gzip.compress(plain) if packing == "in one member" else plain)
    odd = read_in(file)

    for query in ("agency:jiji", ""):
        again = exported(query, odd, name=f"again{len(query)}.warc.gz")
        records = list(iter_records(again))
        assert all(opened.record.place.length for opened in records)
        assert [opened.flaws for opened in records if opened.flaws] == []
    assert rows_of(read_in(again)) == rows_of(odd)


def test_an_arc_file_becomes_warc_records(shared, tmp_path, exported):
    file = shared / "warc-samples" / SAMPLE_ARC
    captures = [opened.record for opened in iter_records(file) if opened.record.is_capture]
    archive = tmp_path / "arcs"
    run(archive, "reindex", "--from", str(file))

    found = [opened.record for opened in iter_records(exported("", archive)) if opened.record.is_capture]

    assert [(r.target_uri, r.captured_at, r.status, r.record_id) for r in found] == [
        (r.target_uri, r.captured_at, r.status, r.record_id) for r in captures
    ]


def test_a_damaged_record_is_left_out_and_named(second_crawl, tmp_path):
    archive = shutil.copytree(second_crawl.archive, tmp_path / "damaged")
    with Index.open(archive / "index.db", read_only=True) as index:
        picture = next(
            r
            for r in index.iter_captures()
            if (r.mime or "").startswith("image/png") and r.record_type == "response"
        )
    warc = archive / "warc" / picture.place.file
    content = bytearray(warc.read_bytes())
    content[picture.place.offset + 20 : picture.place.offset + 60] = bytes(40)
    warc.write_bytes(content)
    warnings: list[str] = []
    out = tmp_path / "rest.warc.gz"

    with subset_of(archive, "", warnings) as whole, out.open("wb") as file:
        export(replace(whole, articles=whole.index.ids("")), file)

    assert [text for text in warnings if f"offset {picture.place.offset}" in text]
    run(archive, "verify", str(out))


def test_nothing_is_written_where_it_cannot_be_whole(second_crawl, tmp_path):
    archive = shutil.copytree(second_crawl.archive, tmp_path / "lost")
    target = tmp_path / "subset.warc.gz"
    target.write_bytes(b"what was there before")
    for file in (archive / "warc").glob("*.warc.gz"):
        file.unlink()

    run(archive, "export", "--format", "warc", "--output", str(target), QUERY, expect=1)

    assert target.read_bytes() == b"what was there before"
    assert [path.name for path in tmp_path.iterdir() if "partial" in path.name] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--format", "warc"],
        ["--format", "wacz", "--output", "-"],
        ["--format", "warc", "--output", "x", "zzqx"],
    ],
)
def test_a_file_must_be_named_and_something_found(second_crawl, arguments):
    run(second_crawl.archive, "export", *arguments, expect=1)
