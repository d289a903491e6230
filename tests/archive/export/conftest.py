"""Subsets of a crawl of the sample newsroom, and what an index says of their articles."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from archive.export.subset import Subset
from archive.index.compare import table_contents
from archive.index.store import Index
from tests.conftest import run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

QUERY = "agency:afp OR agency:jiji"
ARTICLE_TABLES = (
    "articles",
    "article_texts",
    "versions",
    "article_urls",
    "article_tags",
    "article_images",
    "credits",
    "corrections",
    "attributions",
)


@contextmanager
def subset_of(archive: Path, query: str = QUERY, warnings: list[str] | None = None) -> Iterator[Subset]:
    """Yield the subset of *archive* that *query* finds, or all of it."""
    with Index.open(archive / "index.db", read_only=True) as index:
        yield Subset(
            index=index,
            warc_folder=archive / "warc",
            articles=index.ids(query) if query else None,
            query=query,
            file_name="subset.warc.gz",
            software="a test",
            made_at=datetime(2026, 3, 1, tzinfo=UTC),
            warn=[].append if warnings is None else warnings.append,
        )


@pytest.fixture
def rows_of() -> Callable[[Path, str], dict[str, list]]:
    """Return a function: what the index of an archive says of the articles found, wherever their captures stand."""

    def rows(archive: Path, query: str = "") -> dict[str, list]:
        with Index.open(archive / "index.db", read_only=True) as index:
            wanted = {index.article(number).identity for number in index.ids(query)}
            contents = table_contents(index)
        return {
            table: [_plain(row) for row in contents[table] if _identity(row) in wanted]
            for table in ARTICLE_TABLES
        }

    return rows


@pytest.fixture
def read_in(tmp_path: Path) -> Callable[[Path], Path]:
    """Return a function that makes a new archive of a file, which must be whole."""

    def make(file: Path) -> Path:
        archive = tmp_path / f"from-{file.name}"
        run(archive, "verify", str(file))
        run(archive, "reindex", "--from", str(file))
        return archive

    return make


def _identity(row: dict) -> str:
    whose = row.get("identity") or row.get("article_id") or row["text_id"]
    return whose.rpartition("#")[0] if "#" in whose else whose


def _plain(row: dict) -> dict:
    return {name: value for name, value in row.items() if not name.endswith("capture_id")}
