"""What pages reserve is recorded, and withheld only where tearsheet.toml says so."""

from __future__ import annotations

import pytest

from archive.config import Config
from archive.folder import ArchiveFolder
from archive.index.reading_room import reading_room
from archive.index.search import Search
from archive.index.store import Index
from tests.archive.index.cases import OTHER_PAGE, PAGE, article, capture, read


@pytest.fixture
def folder(tmp_path):
    folder = ArchiveFolder(tmp_path / "archive").create(Config())
    with Index.open(folder.index) as index:
        reserved = article(PAGE, reservations=("noarchive", "tdm-reservation"))
        free = article(OTHER_PAGE, "Ferry sails again", ("The ferry sails.",))
        assert read(index, (capture(1), reserved), (capture(2, OTHER_PAGE), free)) == [
            "new-article",
            "new-article",
        ]
    return folder


def shown(folder, *, is_staff=False):
    with reading_room(folder, is_staff=is_staff) as index:
        articles = {row["url"] for row in index.rows("select url from articles")}
        captures = {row["target_uri"] for row in index.rows("select target_uri from captures")}
        found = {hit.url for hit in index.search(Search(text="storm")).hits}
    return articles, captures, found


def honour(folder, setting):
    text = folder.config_file.read_text(encoding="utf-8")
    assert f"{setting} = false" in text
    folder.config_file.write_text(text.replace(f"{setting} = false", f"{setting} = true"), encoding="utf-8")


def test_what_a_page_reserves_is_recorded_and_shown_all_the_same(folder):
    articles, captures, found = shown(folder)
    assert articles == captures == {PAGE, OTHER_PAGE}
    assert found == {PAGE}
    with reading_room(folder) as index:
        rows = index.rows("select url, reservations from v_reservations")
    assert rows == [{"url": PAGE, "reservations": "noarchive tdm-reservation"}]


@pytest.mark.parametrize("setting", ["honour_noarchive", "honour_tdm_reservation"])
def test_what_is_honoured_is_withheld_from_all_but_staff_and_kept(folder, setting):
    honour(folder, setting)
    articles, captures, found = shown(folder)
    assert articles == captures == {OTHER_PAGE}
    assert found == set()
    assert shown(folder, is_staff=True)[0] == {PAGE, OTHER_PAGE}
    with Index.open(folder.index, read_only=True) as index:
        assert len(index.rows("select id from captures")) == 2


def test_a_page_that_reserves_only_later_keeps_its_older_captures(folder):
    honour(folder, "honour_noarchive")
    with Index.open(folder.index) as index:
        later = article(
            OTHER_PAGE, "Ferry sails, now for members", ("All new.",), reservations=("noarchive",)
        )
        read(index, (capture(3, OTHER_PAGE), later))
    with reading_room(folder) as index:
        times = index.rows("select captured_at from captures where target_uri = ?", (OTHER_PAGE,))
    assert len(times) == 1
