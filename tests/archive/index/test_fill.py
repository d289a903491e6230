from __future__ import annotations

from archive.index.compare import table_contents
from archive.index.content import content_hash
from archive.index.store import Index
from tests.archive.index.cases import PAGE, article, capture, read


def test_an_older_index_becomes_what_a_new_one_would_be(tmp_path):
    edited = article(body=("The storm came in the morning.",))
    with Index.open(tmp_path / "index.db") as index:
        read(index, (capture(1), article()), (capture(2), edited))
        read(index, *((capture(number, status=404), None) for number in (3, 30)))
        expected = table_contents(index)
        as_before_changes(index)
    with Index.open(tmp_path / "index.db") as index:
        assert table_contents(index) == expected
        index.check_fulltext()
        assert read(index, (capture(40), edited)) == ["unchanged"]
        assert [change.kind for change in index.changes(index.article_at(PAGE).id)][-2:] == [
            "removed",
            "restored",
        ]


def as_before_changes(index):
    """Take out of *index* what the sixth migration brought."""
    index.commit()
    for row in index.rows("select id, field_hashes from article_texts"):
        hashes = " ".join(row["field_hashes"].split()[:10])
        index.rows("update article_texts set field_hashes = ?, content_hash = ? where id = ? returning id", (hashes, content_hash(hashes), row["id"]))  # fmt: skip
    for statement in (
        "drop view v_changes",
        "drop table edits",
        "drop table absences",
        "delete from _sqlite_migrations where name = 'm006_changes' returning 1",
    ):
        index.rows(statement)
