"""Parquet: one row for each article, typed, with lists as lists; for statistics with DuckDB, pandas, R. Needs pyarrow

The columns are those of the CSV, and of the JSON lines where they are lists. Rows are written in groups, so that memory
holds some hundred articles, whatever there is.
"""

from __future__ import annotations

import importlib.util
from datetime import datetime
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

from archive.errors import UserError
from archive.export.values import article_values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archive.index.stored import StoredArticle

GROUP = 500
"""Articles in a row group."""
_TEXTS = (
    "url", "site", "publisher", "headline", "standfirst", "byline", "section", "language", "page_type", "date_published",
    "date_modified", "copyright_notice", "redirected_to", "body",
)  # fmt: skip
_LISTS = ("authors", "staff", "agencies", "tags", "corrections", "aliases")
_TIMES = ("first_captured_at", "last_captured_at", "gone_at")
_CREDIT = ("name", "kind", "role", "agency", "raw", "found_in")


def check() -> None:
    """Return when this format can be written; raise UserError, which names the remedy, when not."""
    if importlib.util.find_spec("pyarrow") is None:
        raise UserError(
            "Parquet is written by pyarrow, which is not installed: pip install 'tearsheet[parquet]'"
        )


def export(articles: Iterable[StoredArticle], raw: IO[bytes]) -> int:
    """Write *articles* to the binary file *raw*; return how many."""
    check()
    import pyarrow as pa  # noqa: PLC0415  (an extra)
    from pyarrow import parquet  # noqa: PLC0415

    schema = _schema(pa)
    waiting = iter(articles)
    count = 0
    with parquet.ParquetWriter(raw, schema, compression="zstd") as writer:
        while group := [_row(article_values(article)) for article in islice(waiting, GROUP)]:
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
            count += len(group)
    return count


def _schema(pa: Any) -> Any:
    """Return the columns and their types."""
    words = pa.list_(pa.string())
    fields = [
        ("id", pa.int64()),
        *((name, pa.string()) for name in _TEXTS),
        ("published_on", pa.date32()),
        *((name, pa.timestamp("us", tz="UTC")) for name in _TIMES),
        ("paywalled", pa.bool_()),
        ("version_count", pa.int32()),
        ("word_count", pa.int32()),
        *((name, words) for name in _LISTS),
        ("dateline", words),
        ("credits", pa.list_(pa.struct([(name, pa.string()) for name in _CREDIT]))),
        ("image_credits", pa.list_(pa.struct([(name, pa.string()) for name in ("name", "kind", "agency")]))),
        ("images", pa.list_(pa.struct([(name, pa.string()) for name in ("url", "caption")]))),
    ]
    return pa.schema(fields)


def _row(values: dict[str, Any]) -> dict[str, Any]:
    published = values["date_published"]
    return {
        **{
            name: _plain(values[name])
            for name in ("id", *_TEXTS, *_LISTS, "paywalled", "version_count", "word_count")
        },
        "published_on": _day(published),
        **{name: datetime.fromisoformat(values[name]) if values[name] else None for name in _TIMES},
        "dateline": [place["place"] for place in values["dateline"]],
        "credits": [_part(credit, _CREDIT) for credit in values["credits"]],
        "image_credits": [_part(credit, ("name", "kind", "agency")) for credit in values["image_credits"]],
        "images": [_part(image, ("url", "caption")) for image in values["images"]],
    }


def _part(values: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(values[name]) for name in names}


def _plain(value: Any) -> Any:
    """Return *value* in what UTF-8 can say: archived pages hold halves of surrogate pairs."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _day(published: str | None) -> Any:
    """Return the day as printed; None where only a year or month was, or nothing."""
    try:
        return datetime.fromisoformat(published or "").date()
    except ValueError:
        return None
