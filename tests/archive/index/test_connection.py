from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlite_utils import Database

from archive.errors import UnknownArchive
from archive.index.connection import connect
from archive.index.migrations import migrations
from archive.index.store import Index
from tests.archive.index.cases import PAGE, article, capture, read


@pytest.fixture
def path(tmp_path):
    return tmp_path / "index.db"


def test_all_migrations_are_applied_to_a_new_file_once(path):
    for _ in range(2):
        Index.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        database = Database(connection)
        assert migrations.pending(database) == []
        assert len(migrations.applied(database)) == len({step.name for step in migrations.applied(database)})


def test_what_is_not_there_is_not_made_for_reading(path):
    with pytest.raises(UnknownArchive, match="is not there"):
        Index.open(path, read_only=True)
    assert not path.exists()


def test_what_is_no_database_and_what_is_another_one_are_named(path):
    path.write_bytes(b"<html>" * 1000)
    with pytest.raises(UnknownArchive, match="cannot be read as an index"):
        Index.open(path, read_only=True)
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("create table somebody_elses (a)")
    with pytest.raises(UnknownArchive, match="no index of this version"):
        Index.open(path, read_only=True)


def test_an_index_that_lacks_a_migration_is_named(path):
    Index.open(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "delete from _sqlite_migrations where id = (select max(id) from _sqlite_migrations)"
        )
    with pytest.raises(UnknownArchive, match="no index of this version"):
        Index.open(path, read_only=True)


def test_the_full_text_is_made_anew_when_letters_are_folded_otherwise(path):
    with Index.open(path) as index:
        read(index, (capture(1), article()))
    with closing(connect(path, read_only=False)) as connection:
        connection.execute("insert into article_fts(article_fts) values ('delete-all')")
        connection.execute("update search_settings set value = 'another'")
    with Index.open(path) as index:
        index.check_fulltext()
        assert [
            row["url"]
            for row in index.rows(
                "select url from articles where id in (select rowid from article_fts where article_fts match 'storm')"
            )
        ] == [PAGE]


def test_a_reader_sees_what_was_committed_while_a_writer_works(path):
    with Index.open(path) as writer:
        read(writer, (capture(1), article()))
        writer.commit()
        read(writer, (capture(2), article(headline="Not yet")))
        with Index.open(path, read_only=True) as reader:
            assert reader.article_at(PAGE).content.headline == article().headline
