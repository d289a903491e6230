"""The CDX server API: captures by address, prefix, host or domain, and by time, as other archives' tools ask for them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from archive.index.patterns import KINDS, pattern_of
from archive.replay import headers
from archive.replay.addresses import moment_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from archive.index.store import Index

FIELDS = (
    "urlkey",
    "timestamp",
    "original",
    "mimetype",
    "statuscode",
    "digest",
    "redirect",
    "length",
    "offset",
    "filename",
)
_SHOWN = ("urlkey", "timestamp", "original", "mimetype", "statuscode", "digest", "length")
_MOST = 100_000
_FILTER = re.compile(r"(?P<no>!?)(?P<loose>~?)(?P<field>[a-z]+):(?P<value>.{1,500})", re.DOTALL)


class _Unreadable(Exception):  # noqa: N818
    """A parameter that cannot be understood."""


def answer_cdx(index: Index, parameters: Mapping[str, str]) -> Response:
    """Answer ``/cdx?url=…`` with matchType, from, to, limit, filter, fl, output, sort and collapse=digest."""
    try:
        query, values = _query(parameters)
        shown = _fields(parameters)
    except _Unreadable as error:
        return PlainTextResponse(f"{error}\n", 400, headers=headers.WINDOW)
    rows = index.rows(query, values)
    if parameters.get("collapse") == "digest":
        rows = _collapsed(rows)
    lines = [[str(row[field] if row[field] is not None else "-") for field in shown] for row in rows]
    if parameters.get("output") == "json":
        body, kind = (
            json.dumps([list(shown), *lines] if lines else [], ensure_ascii=False),
            "application/json",
        )
    else:
        body, kind = "".join(" ".join(line) + "\n" for line in lines), "text/plain; charset=utf-8"
    return Response(body.encode("utf-8", "replace"), headers=headers.WINDOW | {"Content-Type": kind})


def _query(parameters: Mapping[str, str]) -> tuple[str, list[object]]:
    url = parameters.get("url", "").strip()
    if not url:
        raise _Unreadable("url= is missing: the address whose captures are wanted")
    wheres, values = _range(url, parameters.get("matchType", ""))
    for name, sign in (("from", ">="), ("to", "<=")):
        if stamp := parameters.get(name, "").strip():
            wheres.append(f"substr(timestamp, 1, 14) {sign} ?")
            values.append(stamp.ljust(14, "0") if name == "from" else f"{_end(name, stamp):%Y%m%d%H%M%S}")
    if text := parameters.get("filter"):
        where, value = _filter(text)
        wheres.append(where)
        values.append(value)
    limit = parameters.get("limit", "")
    if limit and not limit.lstrip("-").isdecimal():
        raise _Unreadable("limit= takes a number")
    count = int(limit or _MOST)
    order = "desc" if count < 0 or parameters.get("sort") == "reverse" else "asc"
    values.append(min(abs(count), _MOST))
    return (
        f"select {', '.join(FIELDS)} from v_cdx where {' and '.join(wheres)} order by urlkey, timestamp {order} limit ?",
        values,
    )


def _range(url: str, kind: str) -> tuple[list[str], list[object]]:
    """Return the conditions on the sortable form of the address, which is indexed."""
    if kind and kind not in KINDS:
        raise _Unreadable(f"matchType= takes {', '.join(KINDS)}")
    where, values = pattern_of(url, kind).condition("urlkey")
    return [where], values


def _filter(text: str) -> tuple[str, str]:
    found = _FILTER.fullmatch(text)
    if found is None or found["field"] not in FIELDS:
        raise _Unreadable(f"filter= takes [!]field:value, the field one of {', '.join(FIELDS)}")
    sign = "not " if found["no"] else ""
    if found["loose"]:
        return f"{sign}instr(coalesce({found['field']}, ''), ?) > 0", found["value"]
    return f"{sign}(cast(coalesce({found['field']}, '') as text) = ?)", found["value"]


def _end(name: str, stamp: str) -> datetime:
    moment = moment_of(stamp) if stamp.isascii() and stamp.isdecimal() else None
    if moment is None:
        raise _Unreadable(f"{name}= takes 4 to 14 digits: 2024, 202403, 20240301080000")
    return moment


def _fields(parameters: Mapping[str, str]) -> tuple[str, ...]:
    chosen = tuple(filter(None, parameters.get("fl", "").split(",")))
    unknown = [name for name in chosen if name not in FIELDS]
    if unknown:
        raise _Unreadable(f"fl= takes {', '.join(FIELDS)}")
    return chosen or _SHOWN


def _collapsed(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return *rows* without those that have address and digest of the one before."""
    kept: list[dict[str, object]] = []
    for row in rows:
        if not kept or (kept[-1]["urlkey"], kept[-1]["digest"]) != (row["urlkey"], row["digest"]):
            kept.append(row)
    return kept
