"""Whoever copies index.db after a run has all of it, also while somebody reads."""

import shutil
import sqlite3
from contextlib import closing

from archive.index.store import Index
from tests.archive.index.cases import article, capture


def test_the_file_alone_is_whole_when_a_writer_has_closed(tmp_path):
    path = tmp_path / "index.db"
    Index.open(path).close()
    with closing(
        sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    ) as reader:  # who only reads cannot put the log in its place
        assert reader.execute("select count(*) from articles").fetchone() == (0,)
        with Index.open(path) as index:
            index.add_record(capture(1))
            index.add_reading(capture(1), article())
        alone = tmp_path / "alone.db"
        shutil.copy(path, alone)
    with closing(sqlite3.connect(alone)) as copy:
        assert copy.execute("select count(*) from articles").fetchone() == (1,)


def test_a_reader_does_not_keep_a_writer_waiting_at_its_end(tmp_path):
    path = tmp_path / "index.db"
    Index.open(path).close()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)) as reader:
        reader.execute("begin")
        reader.execute("select count(*) from articles").fetchone()
        with Index.open(path) as index:
            index.add_record(capture(1))
            index.add_reading(capture(1), article())
        assert reader.execute("select count(*) from articles").fetchone() == (0,)
    with Index.open(path, read_only=True) as index:
        assert len(list(index.iter_articles())) == 1
